import { describe, expect, test } from "vitest";
import type { Inbound } from "../../src/platform/platform.ts";
import { CHANNEL, USER } from "../support/fake-slack-people.ts";
import { BOT_USER, TEAM } from "../support/fake-slack-state.ts";
import { bench, echo, gate, started, startedFor } from "../support/fake-slack-bot.ts";

const place = (channel: string) => ({ platform: "slack", workspace: TEAM, to: { channel }, thread: null });
const person = (id: string) => ({ platform: "slack", workspace: TEAM, id });

function places(others: readonly Inbound[]) {
  return others.flatMap((one) => (one.type === "place" ? [one] : []));
}

describe("a place", () => {
  test("is joined, left, archived, unarchived, renamed, moved and deleted", async () => {
    const { slack, others } = await started();
    await slack.join("C0NEW", "U0LIU");
    await slack.rename("C0NEW");
    await slack.archive("C0NEW", "U0LIU");
    await slack.unarchive("C0NEW", "U0LIU");
    await slack.leave("C0NEW");
    await slack.move(CHANNEL, "C0MOVED");
    await slack.erase("C0MOVED");
    const [joined] = places(others);
    expect(places(others).map(({ what }) => what)).toEqual([
      "joined",
      "renamed",
      "gone",
      "back",
      "left",
      "moved",
      "gone",
    ]);
    expect(joined).toMatchObject({ place: place("C0NEW"), actor: person("U0LIU"), to: null });
    expect(places(others)[5]).toMatchObject({ place: place(CHANNEL), to: place("C0MOVED"), actor: null });
    expect(new Set(others.map(({ id }) => id)).size).toBe(7);
  });

  test("is told with the same id when Slack tells it again", async () => {
    const { slack, others } = await started();
    await slack.join("C0NEW");
    await slack.redeliver();
    expect(others[0]?.id).toBe(others[1]?.id);
  });

  test("that other people or other installations join is nobody's business", async () => {
    const { slack, others } = await started();
    const event = { type: "member_joined_channel", channel: CHANNEL, channel_type: "C", event_ts: "7.1" };
    await slack.event({ ...event, user: USER });
    await slack.event({ ...event, type: "member_left_channel", user: USER });
    await slack.envelope("events_api", {
      type: "event_callback",
      team_id: "T0OTHER",
      event_id: "Ev1",
      event_time: 7,
      event: { ...event, user: BOT_USER },
    });
    await slack.event({ type: "channel_archive" });
    expect(others).toEqual([]);
  });

  test("direct messages are joined when somebody opens them", async () => {
    const { slack, others } = await started();
    await slack.event({
      type: "app_home_opened",
      user: USER,
      channel: "D0WANG",
      tab: "messages",
      event_ts: "8.1",
    });
    expect(places(others)[0]).toMatchObject({
      what: "joined",
      place: { platform: "slack", workspace: TEAM, to: { person: USER }, thread: null },
      actor: person(USER),
    });
  });
});

describe("whether it may post", () => {
  test.each([
    ["where it is a member", place(CHANNEL), "yes"],
    ["in another channel", place("C0OPEN"), { invite: "/invite @Qushi" }],
    ["in a private channel, which is hidden from it", place("G0SHUT"), { invite: "/invite @Qushi" }],
    ["to a person, of whom it does not ask", { ...place(""), to: { person: USER } }, "unknown"],
    ["in another workspace, where its token is none", { ...place(CHANNEL), workspace: "T0OTHER" }, "unknown"],
  ])("%s is known", async (_where, to, expected) => {
    const { slack, bot } = await started();
    slack.addChannel({ id: "C0OPEN", member: false, archived: false });
    slack.addChannel({ id: "G0SHUT", member: false, archived: false });
    expect(await bot.mayPost({ ...to, platform: "slack" })).toEqual(expected);
  });

  test("is not waited for", async () => {
    const { slack, bot } = await started(undefined, { timings: { look: 1, call: 600_000 } });
    slack.failNext("conversations.info", { hang: true });
    expect(await bot.mayPost({ ...place(CHANNEL), platform: "slack" })).toEqual("unknown");
  });

  test("is unknown before it has started", async () => {
    const { bot } = await bench();
    expect(await bot.mayPost({ ...place(CHANNEL), platform: "slack" })).toEqual("unknown");
  });
});

describe("an event", () => {
  test("is acknowledged only when it was taken in", async () => {
    const stored = gate();
    const entered = gate();
    const { slack } = await startedFor(async () => {
      entered.open();
      await stored.passed;
    });
    const told = slack.join("C0NEW");
    await entered.passed;
    await slack.settled();
    expect(slack.acknowledgements).toEqual([]);
    stored.open();
    expect((await told).payload).toEqual({});
  });

  test("is acknowledged once it is answered, however long that goes on", async () => {
    const answering = gate();
    const { slack } = await started(async (inbound) => {
      await inbound.reply(echo(inbound.line), { audience: "channel" });
      await answering.passed;
    });
    await slack.mention("board");
    expect(slack.acknowledgements).toHaveLength(1);
    answering.open();
  });

  test("that could not be taken in is not acknowledged, and comes again", async () => {
    let fails = true;
    const { slack, others, captured } = await startedFor(async () => {
      if (fails) throw new RangeError("the store is busy with xoxb-secret");
    });
    slack.join("C0NEW").catch(() => undefined);
    await captured.said("a line failed");
    await slack.settled();
    expect(slack.acknowledgements).toEqual([]);
    fails = false;
    await slack.redeliver();
    expect(slack.acknowledgements).toHaveLength(1);
    expect(others[0]?.id).toBe(others[1]?.id);
    expect(captured.lines.join("\n")).not.toContain("xoxb-secret");
  });
});

describe("an app that is taken out of the workspace", () => {
  test("says so once, in the log and in health, and posts are refused without asking Slack", async () => {
    const { slack, bot, captured } = await started();
    await slack.uninstall();
    expect(bot.health().state).toBe("failed");
    const told = captured.lines.filter((line) => line.includes("installation is refused"));
    expect(told).toHaveLength(1);
    expect(told[0]).toContain("SLACK_BOT_TOKEN");
    const calls = slack.calls.length;
    const to = { platform: "slack", workspace: TEAM, to: { channel: CHANNEL }, thread: null } as const;
    await expect(bot.post(to, echo("x"), "d:1")).rejects.toMatchObject({ code: "forbidden", scope: "all" });
    expect(slack.calls).toHaveLength(calls);
    await bot.stop();
    expect(bot.health().state).toBe("stopped");
  });

  test("is not one where only a person's token was revoked", async () => {
    const { slack, bot } = await started();
    await slack.event({ type: "tokens_revoked", tokens: { oauth: ["U0LIU"], bot: [] }, event_ts: "7.1" });
    expect(bot.health().state).toBe("connected");
  });

  test("a revoked token that shows in an answer is told once, and forgotten once Slack answers again", async () => {
    const { slack, bot, captured } = await started();
    const to = { platform: "slack", workspace: TEAM, to: { channel: CHANNEL }, thread: null } as const;
    for (const key of ["d:1", "d:2"]) {
      slack.failNext("chat.postMessage", { error: "token_revoked" });
      await expect(bot.post(to, echo("x"), key)).rejects.toMatchObject({ code: "forbidden" });
    }
    expect(bot.health()).toEqual({ state: "failed", detail: "token_revoked" });
    expect(captured.lines.filter((line) => line.includes("installation is refused"))).toHaveLength(1);
    await bot.post(to, echo("x"), "d:3");
    expect(bot.health().state).toBe("connected");
  });
});
