import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { currentEnvironment, readConfig, type Config, type ConfigFault } from "../../src/config.ts";

const SLACK = { SLACK_BOT_TOKEN: "xoxb-1-invented", SLACK_APP_TOKEN: "xapp-1-invented" };
const FEISHU = { FEISHU_APP_ID: "cli_0123456789abcdef", FEISHU_APP_SECRET: "invented-secret" };

function configOf(env: Record<string, string | undefined>): Config {
  const read = readConfig(env);
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  return read.config;
}

function faultsOf(env: Record<string, string | undefined>): ConfigFault[] {
  const read = readConfig(env);
  return read.ok ? [] : read.faults;
}

function named(env: Record<string, string | undefined>): string[] {
  return faultsOf(env).map((fault) => fault.variable);
}

test("needs nothing", () => {
  expect(configOf({ PATH: "/usr/bin", HOME: "/" })).toEqual({
    dataset: "shenzhen-2026",
    lang: null,
    zone: null,
    dir: "./var",
    databaseUrl: null,
    admins: [],
    logLevel: "info",
    digest: { cron: "7 9 * * 1", to: [] },
    slack: null,
    feishu: null,
    secrets: [],
  });
});

test("reads everything, trimmed and in any case of letters", () => {
  const config = configOf({
    ...SLACK,
    ...FEISHU,
    QUSHI_DATASET: " lanting-2026 ",
    QUSHI_LANG: "EN",
    QUSHI_TZ: "Europe/Dublin",
    QUSHI_DIR: "/srv/qushi",
    QUSHI_ADMINS: "slack:T1:U1， feishu:ou_x",
    DATABASE_URL: "postgres://qushi:invented-word@127.0.0.1/qushi",
    LOG_LEVEL: "Warn",
    QUSHI_DIGEST: " 0   8 * * 1-5",
    QUSHI_DIGEST_TO: "terminal, slack:T1:C1,,slack:T1:C1， feishu:oc_x",
    SLACK_API_URL: "http://127.0.0.1:9/api",
    FEISHU_DOMAIN: "http://127.0.0.1:8/",
    FEISHU_MODE: "WS",
  });
  expect(config).toMatchObject({
    dataset: "lanting-2026",
    lang: "en",
    zone: "Europe/Dublin",
    dir: "/srv/qushi",
    databaseUrl: "postgres://qushi:invented-word@127.0.0.1/qushi",
    admins: [
      { platform: "slack", workspace: "T1", id: "U1" },
      { platform: "feishu", workspace: null, id: "ou_x" },
    ],
    logLevel: "warn",
  });
  expect(config.digest.cron).toBe("0 8 * * 1-5");
  expect(config.digest.to.map((to) => to.platform)).toEqual(["terminal", "slack", "feishu"]);
  expect(config.slack).toEqual({
    botToken: "xoxb-1-invented",
    appToken: "xapp-1-invented",
    apiUrl: "http://127.0.0.1:9/api/",
  });
  expect(config.feishu).toEqual({
    appId: "cli_0123456789abcdef",
    appSecret: "invented-secret",
    domain: "http://127.0.0.1:8",
  });
  expect(config.secrets).toEqual([
    "xoxb-1-invented",
    "xapp-1-invented",
    "invented-secret",
    "postgres://qushi:invented-word@127.0.0.1/qushi",
  ]);
});

test("takes an empty value for one that is not set", () => {
  expect(
    configOf({ QUSHI_LANG: "", QUSHI_TZ: "  ", SLACK_BOT_TOKEN: "", FEISHU_APP_ID: "\t", QUSHI_DIGEST: "" }),
  ).toEqual(configOf({}));
});

test.each([
  ["feishu", "https://open.feishu.cn"],
  ["Lark", "https://open.larksuite.com"],
  ["https://open.example.org/base//", "https://open.example.org/base"],
])("takes %s for a Feishu cloud", (typed, domain) => {
  expect(configOf({ ...FEISHU, FEISHU_DOMAIN: typed }).feishu?.domain).toBe(domain);
});

describe("refuses, each with its variable and a next step", () => {
  test.each([
    ["an unknown language", { QUSHI_LANG: "fr" }, "QUSHI_LANG"],
    ["an unknown zone", { QUSHI_TZ: "Mars/Base" }, "QUSHI_TZ"],
    ["an unknown level", { LOG_LEVEL: "loud" }, "LOG_LEVEL"],
    ["a field of seconds", { QUSHI_DIGEST: "0 7 9 * * 1" }, "QUSHI_DIGEST"],
    ["four fields", { QUSHI_DIGEST: "7 9 * *" }, "QUSHI_DIGEST"],
    ["an hour that is none", { QUSHI_DIGEST: "7 25 * * 1" }, "QUSHI_DIGEST"],
    ["a nickname of a schedule", { QUSHI_DIGEST: "@weekly" }, "QUSHI_DIGEST"],
    ["a rule that never comes round", { QUSHI_DIGEST: "7 9 31 2 *" }, "QUSHI_DIGEST"],
    ["hours that run backwards", { QUSHI_DIGEST: "7 9 1-0 * *" }, "QUSHI_DIGEST"],
    ["an admin that is nobody", { QUSHI_ADMINS: "U1" }, "QUSHI_ADMINS"],
    ["a database that is none", { DATABASE_URL: "mysql://x" }, "DATABASE_URL"],
    ["a malformed address", { QUSHI_DIGEST_TO: "terminal,C1" }, "QUSHI_DIGEST_TO"],
    ["a webhook", { QUSHI_DIGEST_TO: "webhook:NEWS" }, "QUSHI_DIGEST_TO"],
    [
      "an address of a platform that is not configured",
      { QUSHI_DIGEST_TO: "slack:T1:C1" },
      "QUSHI_DIGEST_TO",
    ],
    ["a bot token without an app token", { SLACK_BOT_TOKEN: "xoxb-1" }, "SLACK_APP_TOKEN"],
    ["an app token without a bot token", { SLACK_APP_TOKEN: "xapp-1" }, "SLACK_BOT_TOKEN"],
    ["Slack's HTTP mode", { SLACK_SIGNING_SECRET: "invented" }, "SLACK_SIGNING_SECRET"],
    [
      "HTTP mode with a bot token",
      { SLACK_SIGNING_SECRET: "invented", SLACK_BOT_TOKEN: "xoxb-1" },
      "SLACK_SIGNING_SECRET",
    ],
    ["a user's token", { ...SLACK, SLACK_BOT_TOKEN: "xoxp-1" }, "SLACK_BOT_TOKEN"],
    ["a token in the other's place", { ...SLACK, SLACK_APP_TOKEN: "xoxb-1" }, "SLACK_APP_TOKEN"],
    ["an address that is no web address", { SLACK_API_URL: "slack.com/api" }, "SLACK_API_URL"],
    ["an address with a query", { SLACK_API_URL: "https://slack.com/api/?a=b" }, "SLACK_API_URL"],
    ["an app id of the wrong shape", { ...FEISHU, FEISHU_APP_ID: "cli_0123" }, "FEISHU_APP_ID"],
    ["an app id without a secret", { FEISHU_APP_ID: "cli_0123456789abcdef" }, "FEISHU_APP_SECRET"],
    ["a secret without an app id", { FEISHU_APP_SECRET: "invented" }, "FEISHU_APP_ID"],
    ["a cloud that is none", { FEISHU_DOMAIN: "ftp://open.example.org" }, "FEISHU_DOMAIN"],
    ["Feishu's HTTP mode", { FEISHU_MODE: "http" }, "FEISHU_MODE"],
    ["a mode that is none", { FEISHU_MODE: "tcp" }, "FEISHU_MODE"],
    ["a slip in a name", { QUSHI_LNAG: "zh" }, "QUSHI_LNAG"],
  ])("%s", (_what, env, variable) => {
    expect(named(env)).toEqual([variable]);
    const [fault] = faultsOf(env);
    expect(fault?.what).toMatch(/\.$/);
    expect(fault?.fix).toMatch(/[.?]$/);
  });
});

test("names everything that is wrong at once", () => {
  const env = {
    QUSHI_LANG: "fr",
    QUSHI_DIGEST: "x",
    QUSHI_DIGEST_TO: "a,b",
    SLACK_BOT_TOKEN: "bad",
    FEISHU_APP_ID: "bad",
    SLACK_APP_TOKN: "xapp-1",
  };
  expect(named(env).toSorted()).toEqual(
    [
      "FEISHU_APP_ID",
      "FEISHU_APP_SECRET",
      "QUSHI_DIGEST",
      "QUSHI_DIGEST_TO",
      "QUSHI_DIGEST_TO",
      "QUSHI_LANG",
      "SLACK_APP_TOKEN",
      "SLACK_APP_TOKN",
      "SLACK_BOT_TOKEN",
    ].toSorted(),
  );
});

test("says which modes and webhooks this version does not have", () => {
  for (const env of [
    { SLACK_SIGNING_SECRET: "x" },
    { FEISHU_MODE: "HTTP" },
    { QUSHI_DIGEST_TO: "webhook:A" },
  ]) {
    expect(faultsOf(env)[0]?.what).toContain("not available in this version");
  }
});

test("does not ask twice about a platform that is half configured", () => {
  expect(named({ SLACK_BOT_TOKEN: "xoxb-1", QUSHI_DIGEST_TO: "slack:T1:C1" })).toEqual(["SLACK_APP_TOKEN"]);
});

test("suggests the name that was meant, and leaves names of others alone", () => {
  expect(faultsOf({ QUSHI_LNAG: "zh" })[0]?.fix).toBe("Did you mean QUSHI_LANG?");
  expect(faultsOf({ SLACK_BOT_TOKENS: "x" })[0]?.fix).toBe("Did you mean SLACK_BOT_TOKEN?");
  expect(named({ SLACK_CLI_HOME: "/x", FEISHU_CALENDAR: "x", LANG: "C", QUSHI_COLLECTION: "x" })).toEqual([]);
});

test("accepts what later versions read", () => {
  const later = {
    HOST: "0.0.0.0",
    PORT: "80",
    FEISHU_ENCRYPT_KEY: "k",
    FEISHU_VERIFICATION_TOKEN: "v",
    QUSHI_WEBHOOK_NEWS: "slack+https://example.org",
  };
  expect(named(later)).toEqual([]);
});

test("never prints a secret", () => {
  const secret = "hunter2-hunter2";
  const env = {
    SLACK_BOT_TOKEN: secret,
    SLACK_APP_TOKEN: `x${secret}`,
    SLACK_SIGNING_SECRET: secret,
    FEISHU_APP_ID: secret,
    FEISHU_APP_SECRET: secret,
    SLACK_API_URL: `https://user:${secret}@example.org:x`,
    FEISHU_DOMAIN: `https://user:${secret}@example.org`,
    QUSHI_DIGEST_TO: `${secret},https://hooks.slack.com/services/T0/B0/${secret}`,
    QUSHI_LANG: secret,
    SLACK_BOT_TOKN: secret,
  };
  expect(faultsOf(env).length).toBeGreaterThan(6);
  expect(JSON.stringify(faultsOf(env))).not.toContain("hunter2");
});

test("answers any environment with a configuration or with faults on one line each", () => {
  const name = fc.constantFrom(
    "QUSHI_LANG",
    "QUSHI_TZ",
    "QUSHI_DIGEST",
    "QUSHI_DIGEST_TO",
    "SLACK_API_URL",
    "FEISHU_DOMAIN",
    "FEISHU_APP_ID",
    "LOG_LEVEL",
  );
  fc.assert(
    fc.property(fc.dictionary(name, fc.string({ unit: "binary" })), (env) => {
      for (const { variable, what, fix } of faultsOf(env))
        expect(`${variable}: ${what} ${fix}`).not.toMatch(/[\n\r\u001b]/);
    }),
  );
});

describe("the .env file", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "qushi-config-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
    for (const name of ["QUSHI_LANG", "QUSHI_TZ", "LOG_LEVEL"]) delete process.env[name];
  });

  test("adds to the environment and changes nothing that is set", () => {
    const file = join(folder, ".env");
    writeFileSync(file, "# a comment\nQUSHI_LANG=zh\nQUSHI_TZ='Asia/Shanghai'\nLOG_LEVEL=debug # why\n");
    process.env.QUSHI_LANG = "en";
    expect(configOf(currentEnvironment(file))).toMatchObject({
      lang: "en",
      zone: "Asia/Shanghai",
      logLevel: "debug",
    });
  });

  test("may be missing", () => {
    expect(readConfig(currentEnvironment(join(folder, "none"))).ok).toBe(true);
  });

  test("is a fault where it cannot be read", () => {
    const file = join(folder, ".env");
    mkdirSync(file);
    expect(named(currentEnvironment(file))).toEqual([".env"]);
  });
});
