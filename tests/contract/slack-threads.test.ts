import { describe, expect, test } from "vitest";
import type { MessageRef } from "../../src/core/place.ts";
import { DeliveryError, type MessageInbound } from "../../src/platform/platform.ts";
import { bench, echo, started, startedFor, type Bench } from "../support/fake-slack-bot.ts";
import { CHANNEL, USER } from "../support/fake-slack-people.ts";
import { BOT, BOT_USER, TEAM } from "../support/fake-slack-state.ts";
import { READS } from "../support/fake-slack-threads.ts";

const PRIVATE = "G0CLOSED";
const HERE = { platform: "slack", workspace: TEAM, to: { channel: CHANNEL }, thread: null } as const;

/** A bot that may read, with a message of its own to talk below. */
async function reading(
  options: Parameters<typeof started>[1] = {},
): Promise<Bench & { readonly first: MessageRef }> {
  const made = await started(undefined, { scopes: READS, ...options });
  const { ref: first } = await made.bot.post(HERE, echo("first"), "t:a.1");
  return { ...made, first };
}

function talk({ others }: Pick<Bench, "others">): readonly MessageInbound[] {
  return others.flatMap((each) => (each.type === "message" ? [each] : []));
}

describe.each([false, true])("over HTTP: %s", (http) => {
  test("what people say in a thread comes in decoded, with where and who; the same id when it comes again", async () => {
    const made = await reading({ http });
    const { slack, first } = made;
    const said = await slack.talk("见 https://a.example/?b=1&c=2 <@U0CHEN> & 再说", { threadTs: first.id });
    await slack.redeliver();
    const all = talk(made);
    expect(all).toHaveLength(2);
    expect(new Set(all.map(({ id }) => id)).size).toBe(1);
    expect(all[0]).toMatchObject({
      actor: { platform: "slack", workspace: TEAM, id: USER },
      address: { ...HERE, thread: first.id },
      place: HERE,
      text: "见 https://a.example/?b=1&c=2 <@U0CHEN> & 再说",
      ref: { address: { ...HERE, thread: first.id }, id: said.id },
    });
  });
});

test("what could not be stored comes again", async () => {
  let failures = 1;
  const ids: string[] = [];
  const made = await startedFor(
    async ({ id, type }) => {
      if (type === "message") ids.push(id);
      if (failures > 0) {
        failures -= 1;
        throw new Error("the store is away");
      }
    },
    { http: true, scopes: READS },
  );
  const { slack, bot } = made;
  const { ref } = await bot.post(HERE, echo("first"), "t:a.1");
  await slack.talk("听得到吗？", { threadTs: ref.id });
  expect(ids).toHaveLength(2);
  expect(new Set(ids).size).toBe(1);
});

test("private channels are read the same way", async () => {
  const made = await reading();
  const { slack, bot } = made;
  slack.addChannel({ id: PRIVATE, member: true, archived: false });
  const { ref } = await bot.post({ ...HERE, to: { channel: PRIVATE } }, echo("first"), "t:b.1");
  await slack.talk("悄悄说", { channel: PRIVATE, threadTs: ref.id });
  expect(talk(made)).toMatchObject([{ text: "悄悄说", place: { to: { channel: PRIVATE } } }]);
});

test("a mention in a thread is a line, not talk, though it comes as both", async () => {
  const made = await reading();
  const { slack, first, inbound } = made;
  await slack.mention("备注 已查无新", { threadTs: first.id });
  expect(inbound).toMatchObject([{ via: "mention", line: "备注 已查无新", address: { thread: first.id } }]);
  expect(talk(made)).toEqual([]);
});

test("what is said outside threads, by bots, or is no saying at all does not come in", async () => {
  const made = await reading();
  const { slack, first } = made;
  await slack.talk("午饭吃什么");
  const base = { type: "message", channel: CHANNEL, channel_type: "channel", thread_ts: first.id };
  const said = { ...base, user: USER, text: "https://a.example/", ts: "1796000900.000900" };
  // Shapes of docs.slack.dev/reference/events/message and the pages of its subtypes.
  const none = [
    { ...said, bot_id: BOT, user: BOT_USER },
    { ...said, subtype: "bot_message", bot_id: "B0OTHER" },
    { ...said, user: "USLACKBOT" },
    { ...base, subtype: "message_changed", ts: "1796000901.000900", message: said, previous_message: said },
    { ...base, subtype: "message_deleted", ts: "1796000902.000900", deleted_ts: said.ts, hidden: true },
    { ...said, subtype: "channel_join" },
    { ...base, subtype: "message_replied", ts: "1796000903.000900", message: said },
    // The first message itself, told again when somebody replies.
    { ...said, ts: first.id },
    { ...said, subtype: "tombstone", user: "USLACKBOT", hidden: true },
  ];
  for (const event of none) await slack.event({ ...event, event_ts: "1796000950.000001" });
  expect(talk(made)).toEqual([]);
  // Shown in the channel too, or with a file: people's own words all the same.
  for (const subtype of ["thread_broadcast", "file_share"])
    await slack.event({ ...said, subtype, event_ts: said.ts });
  expect(talk(made)).toHaveLength(2);
});

test.each([
  [[], false],
  [["channels:history"], false],
  [["groups:history"], false],
  [READS, true],
] as const)("with %j it reads: %s", async (scopes, reads) => {
  const { bot } = await started(undefined, { scopes });
  expect(bot.abilities.reads).toBe(reads);
});

test("without the scopes nothing comes in", async () => {
  const made = await reading({ scopes: [] });
  await made.slack.talk("听得到吗？", { threadTs: made.first.id });
  expect(talk(made)).toEqual([]);
});

describe("a thread that does not take what is sent", () => {
  async function refusal(work: Promise<unknown>): Promise<Pick<DeliveryError, "code" | "detail" | "scope">> {
    const error: unknown = await work.then(() => null).catch((reason: unknown) => reason);
    if (!(error instanceof DeliveryError)) throw new Error(`no refusal: ${String(error)}`);
    const { code, detail, scope } = error;
    return { code, detail, scope };
  }
  const gone = (detail: string) => ({ code: "target_gone", detail, scope: "message" });

  test("deleted, with replies and without, and locked: it is the message that is gone, not the place", async () => {
    const { slack, bot, first } = await reading();
    const below = { ...HERE, thread: first.id };
    const [message] = slack.posts(CHANNEL);
    if (message === undefined) throw new Error("no message");
    slack.lock(message);
    expect(await refusal(bot.post(below, echo("more"), "k"))).toEqual(
      gone("restricted_action_thread_locked"),
    );
    await bot.edit(first, echo("it can still be edited"));
    await slack.remove(message);
    expect(await refusal(bot.edit(first, echo("more")))).toEqual(gone("message_not_found"));
    expect(await refusal(bot.post(below, echo("more"), "k"))).toEqual(gone("thread_not_found"));

    const { ref } = await bot.post(HERE, echo("second"), "t:b.1");
    await slack.talk("在", { threadTs: ref.id });
    const [second] = slack.posts(CHANNEL);
    if (second === undefined) throw new Error("no message");
    await slack.remove(second);
    expect(await refusal(bot.edit(ref, echo("more")))).toEqual(gone("message_not_found"));
    await bot.post({ ...HERE, thread: ref.id }, echo("below the notice"), "k2");
  });

  test.each(["cannot_reply_to_message", "cant_update_message", "edit_window_closed"])("%s", async (code) => {
    const { slack, bot, first } = await reading();
    slack.failNext("chat.update", { error: code });
    expect(await refusal(bot.edit(first, echo("more")))).toEqual(gone(code));
  });
});

test("an answer that refuses one person does not take the place of what others may click", async () => {
  const { slack } = await started(async (inbound) => {
    const refused = inbound.actor.id === "U0LIU";
    await inbound.reply(echo(inbound.line), {
      audience: "caller",
      ...(refused ? { refused: { field: null } } : {}),
    });
  });
  const first = await slack.mention("offer");
  const refused = await slack.click(first, "Next", { user: "U0LIU" });
  expect(refused).toMatchObject({ shown: "ephemeral", thread: first.thread });
  expect(slack.posts(CHANNEL)[0]?.text).toBe(first.text);
  expect(await slack.click(first, "Next")).toMatchObject({ shown: "replaced", id: first.id });
});

test("a message and a reply have the address that Slack itself would give", async () => {
  const { slack, bot, first } = await reading();
  const { ref } = await bot.post({ ...HERE, thread: first.id }, echo("below"), "k");
  for (const each of [first, ref]) {
    const thread = each === ref ? `?thread_ts=${first.id}&cid=${CHANNEL}` : "";
    const path = `/archives/${CHANNEL}/p${each.id.replace(".", "")}${thread}`;
    expect(bot.link(each)).toBe(`https://watchers.slack.com${path}`);
  }
  expect(bot.link({ ...first, address: { ...HERE, workspace: "T0OTHER" } })).toBeNull();
  expect((await bench()).bot.link(first)).toBeNull();
  expect(slack.calls.map(({ method }) => method)).not.toContain("chat.getPermalink");
});
