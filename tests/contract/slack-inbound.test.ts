import { describe, expect, test } from "vitest";
import { CHANNEL, USER } from "../support/fake-slack-people.ts";
import { BOT_USER, TEAM } from "../support/fake-slack-state.ts";
import { echo, echoing, gate, NOW, started } from "../support/fake-slack-bot.ts";

describe("a slash command", () => {
  test("is answered inside its acknowledgement, for its caller only", async () => {
    const { slack, inbound } = await started();
    const answer = await slack.slash("show LT-001 value:>=5");
    expect(answer.through).toBe("acknowledgement");
    expect(answer.shown).toBe("ephemeral");
    expect(answer.text).toContain("you said show LT-001 value:>=5");
    expect(inbound[0]).toMatchObject({
      via: "slash",
      line: "show LT-001 value:>=5",
      actor: { platform: "slack", workspace: TEAM, id: USER },
      address: { platform: "slack", workspace: TEAM, to: { channel: CHANNEL }, thread: null },
      at: NOW,
      ref: null,
    });
    expect(slack.calls.map((call) => call.method)).toEqual(["auth.test", "apps.connections.open"]);
  });

  test("is answered to everyone where the answer is for the channel", async () => {
    const { slack } = await started();
    const answer = await slack.slash("share board");
    expect(answer.shown).toBe("in_channel");
    expect(slack.posts(CHANNEL)).toHaveLength(1);
  });

  test("is acknowledged empty when the answer takes long, and answered by its response address", async () => {
    const late = gate();
    const { slack } = await started(
      async (inbound) => {
        await late.passed;
        await echoing(inbound);
      },
      { timings: { acknowledge: 1 } },
    );
    const acknowledged = slack.nextAcknowledgement();
    const asked = slack.slash("board");
    expect((await acknowledged).payload).toEqual({});
    late.open();
    const answer = await asked;
    expect(answer.through).toBe("response_url");
    expect(answer.shown).toBe("ephemeral");
  });

  test("is acknowledged even when the bot fails over it", async () => {
    const { slack, captured } = await started(async () => {
      throw new RangeError("a fault of ours about xoxb-secret");
    });
    const trigger = { command: "/qushi", text: "board", team_id: TEAM, channel_id: CHANNEL, user_id: USER };
    const more = { trigger_id: "t.1", response_url: "http://127.0.0.1:9/x" };
    const { payload } = await slack.envelope("slash_commands", { ...trigger, ...more });
    expect(payload).toEqual({});
    expect(captured.lines.join("\n")).toContain("slack: a line failed");
    expect(captured.lines.join("\n")).not.toContain("xoxb-secret");
  });
});

describe("a mention", () => {
  test("is answered in a thread of its own, and its text is decoded", async () => {
    const { slack, inbound } = await started();
    const answer = await slack.mention("evidence LT-001 https://example.org/a?b=1&c=2 <R&D>");
    const line = "evidence LT-001 https://example.org/a?b=1&c=2 <R&D>";
    expect(inbound[0]).toMatchObject({ via: "mention", line, address: { thread: null } });
    expect(answer.text).toContain(`you said ${line}`);
    expect(answer.thread).toBe(inbound[0]?.ref?.id);
    expect(inbound[0]?.at.toISOString()).toBe(
      new Date(Math.floor(Number(inbound[0]?.ref?.id)) * 1_000).toISOString(),
    );
  });

  test("is answered all the same where the channel is busy, and once where the reply is lost", async () => {
    const { slack, captured } = await started();
    slack.failNext("chat.postMessage", { retryAfter: 0 });
    slack.failNext("chat.postMessage", { retryAfter: 0 });
    const answer = await slack.mention("board");
    expect(answer.text).toContain("you said board");
    const lost = captured.said("slack: a line failed");
    slack.failNext("chat.postMessage", { cutAfterAccept: true });
    await slack.mention("due");
    await lost;
    expect(slack.posts(CHANNEL).map(({ thread }) => thread)).toHaveLength(2);
  });

  test("is not waited for at the end longer than one more try takes", async () => {
    const { slack, bot } = await started();
    slack.failNext("chat.postMessage", { retryAfter: 20 });
    const refused = slack.nextCall("chat.postMessage");
    const asked = slack.mention("board");
    await refused;
    await slack.settled();
    await bot.stop();
    expect((await asked).text).toContain("you said board");
  });

  test("inside a thread is answered there, and the thread is known", async () => {
    const { slack, inbound } = await started();
    const parent = await slack.mention("board");
    const answer = await slack.mention("due", { threadTs: parent.thread ?? "" });
    expect(answer.thread).toBe(parent.thread);
    expect(inbound[1]?.address.thread).toBe(parent.thread);
  });

  test("delivered twice carries the same id, as does the same message seen as another event", async () => {
    const { slack, inbound } = await started();
    const answer = await slack.mention("board");
    const again = slack.nextPost(CHANNEL);
    await slack.redeliver();
    await again;
    const twin = slack.nextPost("D0WANG");
    const event = {
      type: "message",
      channel_type: "im",
      channel: "D0WANG",
      user: USER,
      text: "hi",
      ts: "5.1",
    };
    await slack.event(event);
    await twin;
    const other = slack.nextPost("D0WANG");
    await slack.event({ ...event, type: "app_mention" });
    await other;
    const ids = inbound.map(({ id }) => id);
    expect(ids[0]).toBe(`slack:${TEAM}:${CHANNEL}:${answer.thread ?? ""}`);
    expect(ids[1]).toBe(ids[0]);
    expect(ids[3]).toBe(ids[2]);
  });
});

describe("a direct message", () => {
  test("is answered in place", async () => {
    const { slack, inbound } = await started();
    const answer = await slack.direct("光明 算力");
    expect(answer).toMatchObject({ channel: "D0WANG", thread: null });
    expect(inbound[0]).toMatchObject({ via: "direct", line: "光明 算力" });
  });

  test("of a bot, an edit or a channel's talk is nobody's line", async () => {
    const { slack, inbound } = await started();
    const base = {
      type: "message",
      channel: "D0WANG",
      channel_type: "im",
      user: USER,
      text: "board",
      ts: "7.1",
    };
    await slack.event({ ...base, bot_id: "B0OTHER" });
    await slack.event({ ...base, user: BOT_USER });
    await slack.event({ ...base, subtype: "message_changed" });
    await slack.event({ ...base, channel: CHANNEL, channel_type: "channel" });
    await slack.event({ type: "reaction_added", user: USER, reaction: "eyes", item: { channel: CHANNEL } });
    await slack.direct("board");
    expect(inbound).toHaveLength(1);
  });
});

describe("a click", () => {
  test("runs its line; the answer is a new private message", async () => {
    const { slack, inbound } = await started(async (inbound) =>
      inbound.reply(echo(inbound.line), { audience: "caller" }),
    );
    const first = await slack.mention("list");
    const answer = await slack.click(first, "Share");
    expect(answer).toMatchObject({ shown: "ephemeral", through: "response_url", thread: first.thread });
    expect(answer.text).toContain("you said share list");
    expect(inbound[1]).toMatchObject({ via: "click", line: "share list", ref: { id: first.id } });
    expect(slack.acknowledgements.at(-1)?.payload).toEqual({});
    expect(slack.calls.filter((call) => call.method === "response_url")).toHaveLength(1);
  });

  test("on a button that replaces puts the answer in the message's place", async () => {
    const { slack } = await started();
    const first = await slack.mention("list");
    const answer = await slack.click(first, "Next");
    expect(answer).toMatchObject({ shown: "replaced", id: first.id });
    expect(slack.posts(CHANNEL).map((post) => post.text)).toEqual([answer.text]);
  });

  test("on Share in a private answer shows it to the channel", async () => {
    const { slack, inbound } = await started();
    const first = await slack.slash("list");
    const answer = await slack.click(first, "Share");
    expect(answer.shown).toBe("in_channel");
    expect(slack.posts(CHANNEL)).toHaveLength(1);
    expect(inbound[1]?.ref).toBeNull();
  });
});

test("whatever else Slack sends is acknowledged and ignored", async () => {
  const { slack, inbound } = await started();
  await slack.envelope("interactive", {
    type: "view_submission",
    view: { id: "V1" },
    team: { id: TEAM },
    user: {},
  });
  await slack.envelope("interactive", {
    type: "block_actions",
    actions: [{ type: "overflow" }],
    user: { id: USER },
  });
  await slack.envelope("interactive", {
    type: "shortcut",
    callback_id: "x",
    team: { id: TEAM },
    user: { id: USER },
  });
  await slack.envelope("interactive", { type: "of_next_year" });
  await slack.envelope("slash_commands", { command: "/qushi" });
  await slack.event({ type: "app_mention" });
  expect(slack.acknowledgements).toHaveLength(6);
  expect(inbound).toEqual([]);
});

test("a shared channel: the author's workspace is theirs, the address ours, other installations are not answered", async () => {
  const { slack, inbound } = await started();
  const event = { type: "app_mention", channel: CHANNEL, user: "U0GUEST", text: "board", ts: "9.1" };
  await slack.envelope("events_api", {
    type: "event_callback",
    team_id: "T0OTHER",
    authorizations: [{ team_id: "T0OTHER" }],
    event,
  });
  await slack.mention("due");
  const guest = slack.nextPost(CHANNEL);
  await slack.event({ ...event, user_team: "T0GUEST", thread_ts: inbound[0]?.ref?.id });
  await guest;
  expect(inbound.map(({ actor }) => actor.workspace)).toEqual([TEAM, "T0GUEST"]);
  expect(inbound[1]?.address.workspace).toBe(TEAM);
});
