import { describe, expect, test } from "vitest";
import { lanting } from "../support/books.ts";
import { CHANNEL } from "../support/fake-slack-people.ts";
import { cards, discussed, READS, threadOf, type SlackThread } from "../support/fake-slack-threads.ts";
import { MODES, slackWalk, type Mode, type SlackWalk } from "../support/fake-slack-walk.ts";

const ELSEWHERE = "C0ELSEWHERE";
const MOVED = "C0MOVED";

const reading = (value: string): string =>
  `填报 LT-004 ${value} EFLOPS 截至:2026-06-30 来源:https://data.lanting.example/06 级别:E3`;

interface Standing {
  readonly walked: SlackWalk;
  readonly thread: SlackThread;
  /** Records a reading in another channel, and lets it be told. */
  readonly record: (value: string) => Promise<void>;
}

/** A discussion with a reading in it, and another channel from where more is recorded. */
async function standing(mode: Mode): Promise<Standing> {
  const walked = await slackWalk(mode, { dataset: lanting, scopes: READS });
  const { slack, pass } = walked;
  slack.addChannel({ id: ELSEWHERE, member: true, archived: false });
  const thread = await discussed(walked, "LT-004");
  return {
    walked,
    thread,
    async record(value) {
      await slack.mention(reading(value), { channel: ELSEWHERE });
      await pass(2);
      await pass(2);
    },
  };
}

/** What is tried in the channel from now on. */
function tries({ slack }: SlackWalk): () => number {
  const count = (): number =>
    slack.calls.filter(({ method, params }) => method.startsWith("chat.") && params["channel"] === CHANNEL)
      .length;
  const before = count();
  return () => count() - before;
}

describe.each(MODES)("by %s", (mode) => {
  test("renamed: the thread goes on as if nothing had been", async () => {
    const { walked, thread, record } = await standing(mode);
    await walked.slack.rename(CHANNEL);
    await record("8.2");
    expect(thread.card().text).toContain("8.2 EFLOPS");
    expect(thread.replies()).toHaveLength(1);
    expect(cards(walked.slack.posts(CHANNEL), "LT-004")).toHaveLength(1);
  });

  test.each([
    ["archived and unarchived", "archive", "unarchive"],
    ["left and joined again", "leave", "join"],
  ] as const)("%s: it rests, then the same thread has everything", async (_what, away, back) => {
    const { walked, thread, record } = await standing(mode);
    const { slack, pass } = walked;
    await slack[away](CHANNEL);
    const tried = tries(walked);
    await record("8.2");
    expect(tried()).toBe(0);
    await slack[back](CHANNEL);
    await slack.redeliver();
    await pass(2);
    await pass(2);
    expect(cards(slack.posts(CHANNEL), "LT-004")).toHaveLength(1);
    expect(thread.card().text).toContain("8.2 EFLOPS");
    expect(thread.replies().map(({ text }) => text)).toEqual([expect.stringContaining("8.2 EFLOPS")]);
    // It is the one that is meant there again.
    expect((await thread.mention("备注 已查无新")).text).toContain("LT-004");
    const again = await slack.mention("讨论 LT-004");
    expect(JSON.stringify(again.payload)).toContain(thread.card().id.replace(".", ""));
  });

  test("archived before Slack says so: what is refused is not lost", async () => {
    const { walked, thread, record } = await standing(mode);
    const { slack, pass } = walked;
    // The event is on its way; the first that tries finds out.
    slack.addChannel({ id: CHANNEL, member: true, archived: true });
    await record("8.2");
    await record("8.4");
    await slack.archive(CHANNEL);
    await slack.unarchive(CHANNEL);
    await pass(2);
    await pass(2);
    expect(cards(slack.posts(CHANNEL), "LT-004")).toHaveLength(1);
    expect(thread.card().text).toContain("8.4 EFLOPS");
    expect(
      thread
        .replies()
        .map(({ text }) => text)
        .join("\n"),
    ).toContain("8.4 EFLOPS");
  });

  test("deleted: nothing is tried there any more, the record and the other channels go on", async () => {
    const { walked, record } = await standing(mode);
    const { slack, store } = walked;
    const other = await discussed(walked, "LT-004", ELSEWHERE);
    await slack.erase(CHANNEL);
    const tried = tries(walked);
    await record("8.2");
    expect(tried()).toBe(0);
    expect(await store.ledger(0, 10)).toHaveLength(1);
    expect(other.card().text).toContain("8.2 EFLOPS");
  });

  test("another id: one thread again, under the new one", async () => {
    const { walked, record } = await standing(mode);
    const { slack, pass, store } = walked;
    await slack.move(CHANNEL, MOVED);
    await slack.redeliver();
    await pass(2);
    await record("8.2");
    expect((await store.discussions("all")).filter(({ away }) => away === null)).toHaveLength(1);
    const thread = threadOf(walked, "LT-004", MOVED);
    expect(thread.card().text).toContain("8.2 EFLOPS");
    expect((await thread.mention("备注 已查无新")).text).toContain("LT-004");
    await slack.mention("讨论 LT-004", { channel: MOVED });
    await pass(2);
    expect(threadOf(walked, "LT-004", MOVED).card().id).toBe(thread.card().id);
  });

  test("its first message deleted where people have replied: the state stands in the thread and is edited there", async () => {
    const { walked, thread, record } = await standing(mode);
    const { slack } = walked;
    await thread.talk("年底能到吗？", { user: "U0LIU" });
    await slack.remove(thread.card());
    await record("8.2");
    const state = thread.replies().filter(({ text }) => text.startsWith("讨论 · LT-004"));
    expect(state).toHaveLength(1);
    expect(state[0]?.text).toContain("8.2 EFLOPS");
    await record("8.4");
    const after = thread.replies().filter(({ text }) => text.startsWith("讨论 · LT-004"));
    expect(after.map(({ id }) => id)).toEqual(state.map(({ id }) => id));
    expect(after[0]?.text).toContain("8.4 EFLOPS");
    expect((await thread.mention("备注 已查无新")).text).toContain("LT-004");
  });

  test("its first message deleted before anybody replied: it is begun anew, and what happened is told there", async () => {
    const { walked, thread, record } = await standing(mode);
    const { slack, store } = walked;
    const old = thread.card();
    await slack.remove(old);
    await record("8.2");
    const [anew, ...more] = cards(slack.posts(CHANNEL), "LT-004");
    expect(more).toEqual([]);
    expect(anew?.text).toContain("8.2 EFLOPS");
    const now = threadOf(walked, "LT-004");
    expect(now.replies().map(({ text }) => text)).toEqual([expect.stringContaining("8.2 EFLOPS")]);
    await record("8.4");
    expect(now.card().text).toContain("8.4 EFLOPS");
    expect(now.replies()).toHaveLength(2);
    expect(await store.discussions("all")).toHaveLength(1);
  });

  test("a locked thread: it is begun anew, with the proposal that waits", async () => {
    const { walked, thread, record } = await standing(mode);
    const { slack, pass, store } = walked;
    await slack.mention("周报 设置 每周一 9:07");
    slack.lock(thread.card());
    await record("8.2");
    const now = threadOf(walked, "LT-004");
    expect(now.card().id).not.toBe(thread.card().id);
    expect(now.card().text).toContain("8.2 EFLOPS");
    expect(now.replies().map(({ text }) => text)).toEqual([expect.stringContaining("8.2 EFLOPS")]);
    await slack.mention("评定 LT-004 推进中 理由:已扩容", { channel: ELSEWHERE });
    await pass(2);
    await pass(2);
    expect(now.replies().at(-1)?.text).toContain("待评定");
    // A thread says nothing of its channel.
    expect((await store.subscriptions("all")).map(({ paused }) => paused)).toEqual([null]);
    expect(cards(slack.posts(CHANNEL), "LT-004")).toHaveLength(2);
  });
});
