import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { currentEnvironment, readConfig, type Config } from "../../src/config.ts";
import type { ConfigFault } from "../../src/config/fault.ts";

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
    http: { host: "127.0.0.1", port: 3000, asked: false },
    slack: null,
    feishu: null,
    webhooks: [],
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
    QUSHI_DIGEST_TO: "terminal, slack:T1:C1,,slack:T1:C1， feishu:oc_x, slack:T1:W1",
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
  expect(config.digest.to.map((to) => to.platform)).toEqual(["terminal", "slack", "feishu", "slack"]);
  expect(config.digest.to.at(-1)).toMatchObject({ to: { person: "W1" } });
  expect(config.slack).toEqual({
    botToken: "xoxb-1-invented",
    receive: { appToken: "xapp-1-invented" },
    apiUrl: "http://127.0.0.1:9/api/",
  });
  expect(config.feishu).toEqual({
    appId: "cli_0123456789abcdef",
    appSecret: "invented-secret",
    receive: "ws",
    domain: "http://127.0.0.1:8",
  });
  expect(config.secrets).toEqual([
    "xoxb-1-invented",
    "xapp-1-invented",
    "invented-secret",
    "postgres://qushi:invented-word@127.0.0.1/qushi",
  ]);
});

test("a signing secret alone means HTTP; with an app token Socket Mode wins", () => {
  const { SLACK_APP_TOKEN, ...http } = { ...SLACK, SLACK_SIGNING_SECRET: "0123456789abcdef0123456789abcdef" };
  expect(configOf(http).slack?.receive).toEqual({ signingSecret: "0123456789abcdef0123456789abcdef" });
  expect(configOf({ ...http, SLACK_APP_TOKEN }).slack?.receive).toEqual({ appToken: SLACK_APP_TOKEN });
});

test("Feishu over HTTP takes its key and its token", () => {
  const keys = { FEISHU_ENCRYPT_KEY: "invented-key", FEISHU_VERIFICATION_TOKEN: "invented-token" };
  expect(configOf({ ...FEISHU, ...keys }).feishu?.receive).toBe("ws");
  expect(configOf({ ...FEISHU, ...keys, FEISHU_MODE: "http" }).feishu?.receive).toEqual({
    encryptKey: "invented-key",
    verificationToken: "invented-token",
  });
  expect(named({ ...FEISHU, FEISHU_MODE: "http" })).toEqual([
    "FEISHU_ENCRYPT_KEY",
    "FEISHU_VERIFICATION_TOKEN",
  ]);
});

test("webhooks are addressed by their names, and every part of them is secret", () => {
  const config = configOf({
    QUSHI_WEBHOOK_news: "slack+https://hooks.example.org/services/T1/B1/invented",
    QUSHI_WEBHOOK_PARK: "feishu+https://open.example.org/hook/x?a=1#s%23cret",
    QUSHI_DIGEST_TO: "webhook:News,webhook:PARK,webhook:NEWS",
  });
  const news = "https://hooks.example.org/services/T1/B1/invented";
  const park = "https://open.example.org/hook/x?a=1";
  expect(config.webhooks).toEqual([
    { name: "NEWS", kind: "slack", url: news, secret: null },
    { name: "PARK", kind: "feishu", url: park, secret: "s#cret" },
  ]);
  expect(config.digest.to.map(({ to }) => to)).toEqual([{ channel: "NEWS" }, { channel: "PARK" }]);
  expect(config.secrets).toEqual(expect.arrayContaining([news, park, "s#cret"]));
});

test("the server listens where it is told", () => {
  expect(configOf({ HOST: "0.0.0.0", PORT: "8080" }).http).toEqual({
    host: "0.0.0.0",
    port: 8080,
    asked: true,
  });
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
    ["a webhook that is not there", { QUSHI_DIGEST_TO: "webhook:NEWS" }, "QUSHI_DIGEST_TO"],
    ["a webhook of no kind", { QUSHI_WEBHOOK_NEWS: "https://hooks.example.org/x" }, "QUSHI_WEBHOOK_NEWS"],
    [
      "a secret for Slack's webhook, which signs nothing",
      { QUSHI_WEBHOOK_NEWS: "slack+https://hooks.example.org/x#s" },
      "QUSHI_WEBHOOK_NEWS",
    ],
    [
      "a secret that is badly encoded",
      { QUSHI_WEBHOOK_NEWS: "feishu+https://open.example.org/x#%zz" },
      "QUSHI_WEBHOOK_NEWS",
    ],
    [
      "two webhooks of one name",
      { QUSHI_WEBHOOK_A: "slack+https://x.example.org", QUSHI_WEBHOOK_a: "slack+https://y.example.org" },
      "QUSHI_WEBHOOK_a",
    ],
    ["a port that is none", { PORT: "65536" }, "PORT"],
    ["a port in words", { PORT: "http" }, "PORT"],
    [
      "an address of a platform that is not configured",
      { QUSHI_DIGEST_TO: "slack:T1:C1" },
      "QUSHI_DIGEST_TO",
    ],
    ["a bot token without an app token", { SLACK_BOT_TOKEN: "xoxb-1" }, "SLACK_APP_TOKEN"],
    ["an app token without a bot token", { SLACK_APP_TOKEN: "xapp-1" }, "SLACK_BOT_TOKEN"],
    ["a signing secret without a bot token", { SLACK_SIGNING_SECRET: "0123456789abcdef" }, "SLACK_BOT_TOKEN"],
    [
      "a signing secret that is none",
      { SLACK_SIGNING_SECRET: "xoxb-1", SLACK_BOT_TOKEN: "xoxb-1" },
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
