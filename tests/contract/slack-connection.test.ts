import { createServer } from "node:net";
import { describe, expect, test } from "vitest";
import { createSlack } from "../../src/adapters/slack/index.ts";
import { PlatformStartError, type Platform } from "../../src/platform/platform.ts";
import type { SlackFault } from "../support/fake-slack-state.ts";
import { bench, captureLog, echoing, gate, NOW, started } from "../support/fake-slack-bot.ts";

async function startFault(bot: Platform): Promise<PlatformStartError> {
  const error: unknown = await bot
    .start(async () => undefined)
    .then(
      () => new Error("it started"),
      (reason: unknown) => reason,
    );
  if (error instanceof PlatformStartError) return error;
  throw error;
}

describe("starting", () => {
  test("asks once who it is and waits for hello", async () => {
    const { slack, bot } = await started();
    expect(bot.health()).toEqual({ state: "connected", detail: null });
    expect(slack.calls.map(({ method, token }) => [method, token])).toEqual([
      ["auth.test", "bot"],
      ["apps.connections.open", "app"],
    ]);
  });

  test.each([
    ["a wrong bot token", { botToken: "xoxb-wrong" }, "SLACK_BOT_TOKEN", "OAuth & Permissions"],
    ["an app token as bot token", { botToken: "xapp-fake-app-token" }, "SLACK_BOT_TOKEN", "xoxb-"],
    ["a wrong app token", { appToken: "xapp-wrong" }, "SLACK_APP_TOKEN", "connections:write"],
    ["a bot token as app token", { appToken: "xoxb-fake-bot-token" }, "SLACK_APP_TOKEN", "xapp-"],
  ])("with %s says which variable and where it is found", async (_what, options, variable, place) => {
    const { bot, captured } = await bench(options);
    const fault = await startFault(bot);
    expect(fault.retryable).toBe(false);
    expect(fault.message).toContain(variable);
    expect(fault.fix).toContain(variable);
    expect(fault.fix).toContain(place);
    expect(bot.health().state).toBe("failed");
    expect(`${fault.message}${fault.fix}${captured.lines.join("")}`).not.toMatch(/xapp-\w|xoxb-\w/);
  });

  test.each<[string, string, SlackFault]>([
    ["the first call hangs", "auth.test", { hang: true }],
    ["Slack is at fault", "auth.test", { status: 500 }],
    ["a proxy answers", "apps.connections.open", { garbage: true }],
    ["too many ask at once", "apps.connections.open", { retryAfter: 30 }],
    ["no hello comes", "hello", {}],
  ])("when %s may be tried again", async (_what, method, fault) => {
    const { slack, bot } = await bench({ startTimeoutMs: 300 });
    slack.failNext(method, fault);
    const refused = await startFault(bot);
    expect(refused.retryable).toBe(true);
    expect(refused.message).toContain("Slack did not answer");
    await bot.start(echoing);
    expect((await slack.direct("board")).text).toContain("you said board");
    await slack.connectionsAtMost(1);
  });

  test("where nobody listens may be tried again", async () => {
    const closed = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => closed.once("listening", resolve));
    const address = closed.address();
    await new Promise((resolve) => closed.close(resolve));
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const { log } = captureLog();
    const credentials = { botToken: "xoxb-a", appToken: "xapp-a", apiUrl: `http://127.0.0.1:${port}/api/` };
    const bot = createSlack({ ...credentials, log, now: () => NOW });
    const refused = await startFault(bot);
    expect(refused).toMatchObject({ retryable: true, message: "Slack did not answer (ECONNREFUSED)." });
  });
});

describe("a lost connection", () => {
  test("after Slack's goodbye is replaced, and lines go on being answered", async () => {
    const { slack, bot } = await started();
    await slack.disconnect("warning");
    expect((await slack.slash("board")).text).toContain("you said board");
    await slack.cutConnection();
    expect((await slack.mention("due")).text).toContain("you said due");
    expect(slack.greetings()).toBe(3);
    expect(bot.health().state).toBe("connected");
  });

  // Left to itself the SDK gives up such a socket after ten seconds: then this test hangs.
  test("is replaced at once, also where Slack does not answer the close", { timeout: 5_000 }, async () => {
    const { slack } = await started();
    await slack.disconnect("refresh_requested", { mute: true });
    expect((await slack.slash("board")).text).toContain("you said board");
  });

  test("is replaced however long Slack fails, and the process lives", async () => {
    const { slack, bot, captured } = await started(undefined, { timings: { start: 300 } });
    for (const fault of [{ status: 500 }, { error: "invalid_auth" }, { retryAfter: 1 }, { garbage: true }]) {
      slack.failNext("apps.connections.open", fault);
    }
    slack.failNext("hello", {});
    const before = slack.calls.length;
    await slack.cutConnection();
    expect((await slack.slash("board")).text).toContain("you said board");
    expect(slack.calls.length - before).toBe(6);
    expect(bot.health().state).toBe("connected");
    expect(captured.lines.filter((line) => line.includes("cannot connect"))).toHaveLength(5);
  });

  test("shows in health what Slack says", async () => {
    const { slack, bot, captured } = await started(undefined, { timings: { retryFirst: 60_000 } });
    slack.failNext("apps.connections.open", { error: "account_inactive" });
    const told = captured.said("cannot connect");
    const again = slack.cutConnection();
    again.catch(() => undefined);
    await told;
    expect(bot.health()).toEqual({ state: "failed", detail: "account_inactive" });
    await bot.stop();
    expect(bot.health().state).toBe("stopped");
  });

  test("before an answer was ready: the answer goes to the response address", async () => {
    const late = gate();
    const { slack } = await started(async (inbound) => {
      if (inbound.line === "slow") await late.passed;
      await echoing(inbound);
    });
    const asked = slack.slash("slow");
    await slack.disconnect();
    late.open();
    expect(await asked).toMatchObject({ through: "response_url", shown: "ephemeral" });
  });

  test("is not lost by frames that no SDK expects", async () => {
    const { slack } = await started();
    slack.frame({ type: "events_api", envelope_id: "x1", payload: { type: "app_rate_limited" } });
    slack.frame("null");
    slack.frame("not JSON");
    slack.frame({ type: "events_api", envelope_id: "x2" });
    slack.frame({ type: "interactive", envelope_id: "x3", payload: "text" });
    expect((await slack.mention("board")).text).toContain("you said board");
    expect(slack.greetings()).toBe(1);
  });
});

describe("stopping", () => {
  test("lets what is in flight finish and takes in nothing more", async () => {
    const working = gate();
    const entered = gate();
    const { slack, bot, inbound } = await started(async (inbound) => {
      entered.open();
      await working.passed;
      await echoing(inbound);
    });
    const asked = slack.slash("board");
    await entered.passed;
    const stopped = bot.stop();
    slack.frame({ type: "slash_commands", envelope_id: "late", payload: { command: "/qushi" } });
    await slack.settled();
    working.open();
    expect((await asked).through).toBe("acknowledgement");
    await stopped;
    expect(slack.acknowledgements.map((given) => given.envelopeId)).not.toContain("late");
    expect(inbound).toHaveLength(1);
    expect(bot.health().state).toBe("stopped");
    await slack.connectionsAtMost(0);
  });

  test("while it still starts leaves nothing connected", async () => {
    const { slack, bot } = await bench();
    const asked = slack.nextCall("auth.test");
    const starting = startFault(bot);
    await asked;
    await bot.stop();
    expect((await starting).retryable).toBe(true);
    expect(slack.greetings()).toBe(0);
    expect(bot.health().state).toBe("stopped");
  });

  test("does not wait for ever, and a second stop is nothing", async () => {
    const { slack, bot, captured } = await started(() => new Promise(() => undefined), {
      timings: { drain: 1 },
    });
    await slack.event({ type: "app_mention", user: "U1", channel: "C0DISTRICTS", text: "board", ts: "3.1" });
    await bot.stop();
    await bot.stop();
    expect(captured.lines.join("\n")).toContain("lines in flight");
  });
});

test("nothing that is logged holds a token, an answer address or what people wrote", async () => {
  const { slack, captured, bot } = await started();
  slack.failNext("chat.postMessage", { status: 500 });
  await slack.slash("a very private line");
  await slack.event({ type: "app_mention", user: "U1", channel: "C0DISTRICTS", text: "private", ts: "3.1" });
  await slack.disconnect();
  await bot.stop();
  expect(captured.lines.join("\n")).not.toMatch(/xoxb|xapp|\/response\/|private/);
});
