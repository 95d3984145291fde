import { createServer } from "node:http";
import { afterEach, expect, test, vi } from "vitest";
import { NEEDED, OPTIONAL } from "../../src/adapters/slack/manifest.ts";
import { SCOPES } from "../../src/adapters/feishu/manifest.ts";
import { checkServer } from "../../src/cli/doctor-server.ts";
import { doctor } from "../../src/cli/doctor.ts";
import { manifest } from "../../src/cli/manifest.ts";
import { Stop, type Exit } from "../../src/cli/stop.ts";
import { KNOWN } from "../../src/config/variables.ts";
import { qushi } from "../support/command-line.ts";
import { startFakeFeishu } from "../support/fake-feishu.ts";
import { CHANNEL } from "../support/fake-slack-people.ts";
import { startFakeSlack } from "../support/fake-slack.ts";

/** Runs a command in this process, with nothing of Qushi's in the environment but what is given. */
async function run(
  [command = "", ...rest]: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ readonly code: Exit; readonly out: string; readonly err: string }> {
  let [out, err] = ["", ""];
  const stdout = vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    out += String(text);
    return true;
  });
  const stderr = vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    err += String(text);
    return true;
  });
  for (const name of KNOWN) vi.stubEnv(name, env[name]);
  try {
    const code = await (command === "doctor" ? doctor(rest, () => new Date()) : manifest(rest));
    return { code, out, err };
  } catch (error) {
    if (error instanceof Stop) return { code: error.exit, out, err: `${err}${error.message}` };
    throw error;
  } finally {
    stdout.mockRestore();
    stderr.mockRestore();
    vi.unstubAllEnvs();
  }
}

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const fake of opened.splice(0)) await fake.close();
});

async function slackHere() {
  const slack = await startFakeSlack();
  opened.push(slack);
  for (const { name } of [...NEEDED, ...OPTIONAL]) slack.scopes.add(name);
  const { botToken, receive, apiUrl } = slack.credentials;
  const env = { SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: receive.appToken, SLACK_API_URL: apiUrl };
  return { slack, env };
}

async function feishuHere() {
  const feishu = await startFakeFeishu();
  opened.push(feishu);
  for (const { name } of SCOPES) feishu.scopes.add(name);
  const { appId, appSecret, domain } = feishu.credentials;
  const env = { FEISHU_APP_ID: appId, FEISHU_APP_SECRET: appSecret, FEISHU_DOMAIN: domain };
  return { feishu, env };
}

test("what is pasted is alone on the one output, what is read on the other, and the copies are current", async () => {
  const english = { QUSHI_LANG: "en" };
  const overHttp = ["--mode", "http", "--url", "https://qushi.example.com"];
  const slack = await qushi(["manifest", "slack"], { env: english });
  const slackOverHttp = await run(["manifest", "slack", ...overHttp], english);
  const feishu = await run(["manifest", "feishu"], english);
  const feishuOverHttp = await run(["manifest", "feishu", ...overHttp], english);
  const checks = [
    await run(["manifest", "slack", "--check"], english),
    await run(["manifest", "feishu", "--check"], english),
  ];
  for (const { code, out } of [slack, slackOverHttp, feishu, feishuOverHttp]) {
    expect(code).toBe(0);
    expect(() => void JSON.parse(out)).not.toThrow();
  }
  expect(slackOverHttp.out).toContain("https://qushi.example.com/slack/events");
  expect(slack.err).toContain("channels:history");
  expect(feishuOverHttp.err).toContain("https://qushi.example.com/feishu/events");
  expect(`${slack.err}${feishu.err}`).not.toMatch(/必需的权限|权限管理/);
  expect(checks.map(({ out }) => out)).toEqual(["No faults.\n", "No faults.\n"]);
});

test("a set-up that works: exit 0, both languages where none is set, nothing secret", async () => {
  const [{ env, slack }, other] = await Promise.all([slackHere(), feishuHere()]);
  const send = `slack:T0QUSHI:${CHANNEL}`;
  const first = await qushi(["doctor", "slack", "--send", send], { env });
  const second = await run(["doctor", "feishu"], { ...other.env, QUSHI_LANG: "zh" });
  expect(first).toMatchObject({ code: 0, err: "" });
  expect(first.out).toMatch(/^正常 {2}机器人令牌：@qushi.*\nok {5}bot token: @qushi/m);
  expect(first.out).toMatch(/没有故障，1 条提示。\nNo faults, hints: 1\.\n$/);
  expect(slack.posts(CHANNEL)).toHaveLength(1);
  expect(second).toMatchObject({ code: 0, err: "" });
  // The commands are not registered yet.
  expect(second.out).toMatch(/提示 {2}\/ 指令：缺 10 条.*\n {6}→ 运行 qushi manifest feishu --sync\n/);
  expect(second.out).not.toMatch(/[a-z]+ is /);
  for (const { out } of [first, second])
    for (const secret of [...Object.values(env), other.env.FEISHU_APP_SECRET].filter(
      (value) => !value.includes("127.0.0.1"),
    ))
      expect(out).not.toContain(secret);
});

test("the / commands are registered, and the doctor is content", async () => {
  const { env, feishu } = await feishuHere();
  const synced = await run(["manifest", "feishu", "--sync"], { ...env, QUSHI_LANG: "en" });
  expect(synced).toMatchObject({ code: 0, err: "" });
  expect(synced.out).toContain("/reading registered\n");
  expect(feishu.slashCommands).toHaveLength(10);
  const { out } = await run(["doctor", "feishu"], { ...env, QUSHI_LANG: "en" });
  expect(out).toContain("/ commands: all 10 are registered");
});

test("a fault ends with 3 and says what to do; so does a chat that is not configured", async () => {
  const [{ env, slack }, { env: other, feishu }] = await Promise.all([slackHere(), feishuHere()]);
  slack.scopes.delete("chat:write");
  feishu.scopes.delete("application:app_slash_command:read");
  const english = { QUSHI_LANG: "en" };
  const runs: readonly (readonly [readonly string[], Record<string, string>, number, RegExp])[] = [
    [["doctor", "slack"], { ...env, ...english }, 3, /^fault {2}scopes: chat:write .*\n {7}→ Paste/m],
    [["manifest", "feishu", "--sync"], { ...other, ...english }, 3, /99991672.*app_slash_command:read/],
    [["doctor", "feishu"], {}, 3, /FEISHU_APP_ID and FEISHU_APP_SECRET/],
    [["manifest", "feishu", "--sync"], {}, 3, /FEISHU_APP_ID/],
    [["doctor", "slack"], { SLACK_BOT_TOKEN: "xoxb-1" }, 3, /SLACK_APP_TOKEN: missing/],
  ];
  for (const [args, given, exit, words] of runs) {
    const { code, out, err } = await run(args, given);
    expect({ args, code }).toEqual({ args, code: exit });
    expect(`${out}${err}`).toMatch(words);
  }
});

test.each([
  [["slack", "--mode", "http"], /--url https:/],
  [["slack", "--mode", "http", "--url", "http://plain.example.com"], /https/],
  [["slack", "--mode", "ws"], /socket or http/],
  [["feishu", "--mode", "socket"], /ws or http/],
  [["feishu", "--url", "https://qushi.example.com"], /--mode http/],
  [["slack", "--sync"], /Feishu/],
  [["teams"], /manifest slack/],
])("a slip in qushi manifest %j is told with what to write", async (args, words) => {
  const { code, err } = await run(["manifest", ...args]);
  expect(code).toBe(2);
  expect(err).toMatch(words);
});

/** Something that answers every request with this body; its address. */
async function answering(body: string): Promise<{ readonly host: string; readonly port: number }> {
  const server = createServer((_request, response) => response.end(body));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  opened.push({
    close: async () => {
      server.closeAllConnections();
      server.close();
    },
  });
  const at = server.address();
  return { host: "0.0.0.0", port: typeof at === "object" && at !== null ? at.port : 0 };
}

test.each([
  [{ platforms: { slack: { state: "connected", detail: null } } }, "ok", /and slack is well/],
  [
    { platforms: { slack: { state: "failed", detail: "account_inactive" } } },
    "hint",
    /but slack is failed, account_inactive/,
  ],
  [{ platforms: {} }, "hint", /but slack is stopped/],
  [null, "fault", /is not Qushi/],
])("of a server that answers %j it says: %s", async (report, level, words) => {
  const at = await answering(
    report === null ? "<html>" : JSON.stringify({ ok: true, version: "1", ...report }),
  );
  const finding = await checkServer(at, "slack");
  expect(finding).toMatchObject({ level });
  expect(finding.what.en).toMatch(words);
});

test("what several findings in a row need is said once, below the last", async () => {
  const { env, slack } = await slackHere();
  for (const { name } of OPTIONAL) slack.scopes.delete(name);
  const { out } = await run(["doctor", "slack"], { ...env, QUSHI_LANG: "en" });
  expect(out.match(/^hint {3}scopes: .* is not granted/gm)).toHaveLength(OPTIONAL.length);
  expect(out.match(/→ Paste the JSON/g)).toHaveLength(1);
});

test("over HTTP it is looked whether Qushi's server is there", async () => {
  const { env } = await slackHere();
  const { SLACK_APP_TOKEN: _none, ...others } = env;
  const http = {
    ...others,
    SLACK_SIGNING_SECRET: "0123456789abcdef0123456789abcdef",
    QUSHI_LANG: "en",
    PORT: "9",
  };
  const { code, out } = await run(["doctor", "slack"], http);
  expect(code).toBe(0);
  expect(out).toMatch(/hint {3}HTTP: nothing answers at http:\/\/127\.0\.0\.1:9\/health\n.*Start Qushi/);
});
