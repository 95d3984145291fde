import { onCommand } from "../support/commands-only.ts";
import { createServer } from "node:net";
import { describe, expect, test } from "vitest";
import { createSlack } from "../../src/adapters/slack/index.ts";
import type { Address } from "../../src/core/place.ts";
import type { Platform } from "../../src/platform/platform.ts";
import { PlatformStartError } from "../../src/platform/start-error.ts";
import { CHANNEL } from "../support/fake-slack-people.ts";
import { TEAM, type SlackFault } from "../support/fake-slack-state.ts";
import { bench, captureLog, echo, echoing, gate, NOW, started } from "../support/fake-slack-bot.ts";

const TO: Address = { platform: "slack", workspace: TEAM, to: { channel: CHANNEL }, thread: null };

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
    ["a wrong app token", { receive: { appToken: "xapp-wrong" } }, "SLACK_APP_TOKEN", "connections:write"],
    [
      "a bot token as app token",
      { receive: { appToken: "xoxb-fake-bot-token" } },
      "SLACK_APP_TOKEN",
      "xapp-",
    ],
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
    await bot.start(onCommand(echoing));
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
    const credentials = {
      botToken: "xoxb-a",
      receive: { appToken: "xapp-a" },
      apiUrl: `http://127.0.0.1:${port}/api/`,
    };
    const bot = createSlack({ ...credentials, log, now: () => NOW });
    const refused = await startFault(bot);
    expect(refused).toMatchObject({ retryable: true, message: "Slack did not answer (ECONNREFUSED)." });
  });
});

test("a Slack that refuses for long is told of once for each thing that is wrong", async () => {
  const { slack, captured } = await started();
  for (let count = 0; count < 3; count += 1) slack.failNext("apps.connections.open", { status: 500 });
  for (let count = 0; count < 3; count += 1)
    slack.failNext("apps.connections.open", { error: "invalid_auth" });
  const again = captured.said("slack: connected again");
  await slack.cutConnection();
  await again;
  const told = captured.lines.filter((line) => /^(?:warn|error)/.test(line));
  expect(told.map((line) => /http_500|invalid_auth/.exec(line)?.[0])).toEqual(["http_500", "invalid_auth"]);
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

  test("while it connects again leaves no connection behind", async () => {
    const { slack, bot } = await started();
    slack.failNext("hello", {});
    const asked = slack.nextCall("apps.connections.open");
    slack.cutConnection().catch(() => undefined);
    await asked;
    await bot.stop();
    await slack.connectionsAtMost(0);
    expect(slack.greetings()).toBe(1);
    expect(bot.health().state).toBe("stopped");
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
    const entered = gate();
    const work = () => (entered.open(), new Promise<void>(() => undefined));
    const { slack, bot, captured } = await started(work, { timings: { drain: 1 } });
    const asked = slack.event({
      type: "app_mention",
      user: "U1",
      channel: "C0DISTRICTS",
      text: "x",
      ts: "3.1",
    });
    asked.catch(() => undefined);
    await entered.passed;
    await bot.stop();
    await bot.stop();
    expect(captured.lines.join("\n")).toContain("lines in flight");
  });
});

test("one channel's 429 holds back no other channel and no answer", async () => {
  const { slack, bot } = await started();
  slack.addChannel({ id: "C0OTHER", member: true, archived: false });
  slack.limits(true);
  await bot.post(TO, echo("one"), "d:1");
  const held = bot.post(TO, echo("two"), "d:2");
  await expect(held).rejects.toMatchObject({ code: "rate_limited", retryAfterMs: 1_000, scope: "place" });
  await bot.post({ ...TO, to: { channel: "C0OTHER" } }, echo("three"), "d:3");
  expect((await slack.slash("board")).text).toContain("you said board");
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
