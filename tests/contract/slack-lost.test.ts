import { describe, expect, test } from "vitest";
import { createSlack } from "../../src/adapters/slack/index.ts";
import type { Address } from "../../src/core/place.ts";
import type { Inbound } from "../../src/platform/platform.ts";
import { onCommand } from "../support/commands-only.ts";
import { captureLog, echo, echoing, gate, NOW, started } from "../support/fake-slack-bot.ts";
import { CHANNEL } from "../support/fake-slack-people.ts";
import { TEAM } from "../support/fake-slack-state.ts";

const TO: Address = { platform: "slack", workspace: TEAM, to: { channel: CHANNEL }, thread: null };

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

  test("is told once for each thing that is wrong, however often it is tried", async () => {
    const { slack, captured } = await started();
    for (let attempt = 0; attempt < 4; attempt += 1)
      slack.failNext("apps.connections.open", { error: "internal_error" });
    await slack.cutConnection();
    const told = captured.lines.filter((line) => line.includes("cannot connect"));
    expect(told.map((line) => line.split(" ")[0])).toEqual(["warn", "debug", "debug", "debug"]);
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
    await slack.cutConnection();
    late.open();
    expect(await asked).toMatchObject({ through: "response_url", shown: "ephemeral" });
  });

  test("that Slack is about to close answers what still comes on it, until there is another", async () => {
    const { slack } = await started(undefined, { timings: { call: 200 } });
    slack.failNext("apps.connections.open", { hang: true });
    const asked = slack.nextCall("apps.connections.open");
    slack.frame({ type: "disconnect", reason: "warning", debug_info: {} });
    await asked;
    expect(await slack.slash("board")).toMatchObject({ through: "acknowledgement" });
    await slack.nextGreeting();
    await slack.connectionsAtMost(1);
    expect((await slack.slash("due")).through).toBe("acknowledgement");
  });

  test("before an event was taken in: it comes again with the same id", async () => {
    const first = gate();
    const entered = gate();
    const { slack, inbound } = await started(async (inbound) => {
      entered.open();
      if (slackGreetings() === 1) await first.passed;
      await echoing(inbound);
    });
    const slackGreetings = () => slack.greetings();
    const asked = slack.mention("board");
    await entered.passed;
    await slack.cutConnection();
    expect((await asked).text).toContain("you said board");
    expect(inbound.map(({ id }) => id)).toEqual([inbound[0]?.id, inbound[0]?.id]);
    first.open();
  });

  test("does not hold up a post", async () => {
    const { slack, bot } = await started(undefined, { timings: { retryFirst: 60_000 } });
    slack.failNext("apps.connections.open", { status: 500 });
    slack.cutConnection().catch(() => undefined);
    await slack.nextCall("apps.connections.open");
    expect(bot.health().state).toBe("reconnecting");
    await bot.post(TO, echo("digest"), "d:1");
    expect(slack.posts(CHANNEL)).toHaveLength(1);
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

test("two that run at once share what comes in; one that is cut leaves it to the other", async () => {
  const { slack, bot, inbound } = await started();
  const { log } = captureLog();
  const second = createSlack({ ...slack.credentials, log, now: () => NOW, timings: { retryFirst: 60_000 } });
  const others: Inbound[] = [];
  await second.start(async (one) => {
    others.push(one);
    await onCommand(echoing)(one);
  });
  for (const line of ["one", "two", "three", "four"]) await slack.slash(line);
  expect([inbound.length, others.length]).toEqual([2, 2]);
  await second.stop();
  await slack.connectionsAtMost(1);
  for (const line of ["five", "six"]) await slack.slash(line);
  expect(inbound).toHaveLength(4);
  expect(bot.health().state).toBe("connected");
});
