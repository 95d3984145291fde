import { afterEach, describe, expect, test } from "vitest";
import { perform } from "../../src/bot/perform.ts";
import type { Address, Person } from "../../src/core/place.ts";
import { renderText } from "../../src/message/text.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import type { Store } from "../../src/store/store.ts";
import { deskOf, MONDAY, shenzhen } from "../support/books.ts";
import type { ChatFake } from "../support/chat-fake.ts";
import { FAKE_CHAT, FAKE_USER, startFakeFeishu } from "../support/fake-feishu.ts";
import { CHANNEL, USER } from "../support/fake-slack-people.ts";
import { TEAM } from "../support/fake-slack-state.ts";
import { startFakeSlack } from "../support/fake-slack.ts";
import { walk } from "../support/running.ts";

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

const WANG: Person = { platform: "slack", workspace: TEAM, id: USER };
const LI: Person = { platform: "feishu", workspace: null, id: FAKE_USER };

/** One Qushi on both fakes, its store at hand, its clock moved by the walk. */
async function both(admins: readonly Person[] = [WANG, LI]) {
  let now = MONDAY;
  const slack = await startFakeSlack(MONDAY);
  const feishu = await startFakeFeishu({ now: () => MONDAY });
  const store = await openSqlite({ file: ":memory:" });
  const qushi = await walk({
    dataset: shenzhen,
    slack: slack.credentials,
    feishu: feishu.credentials,
    admins,
    store,
    clock: () => now,
  });
  cleanups.push(
    () => slack.close(),
    () => feishu.close(),
    () => qushi.running.stop(),
  );
  await Promise.all([slack.nextGreeting(), feishu.connected()]);
  /** Puts the clock on and lets the schedule and the outbox do what is due. */
  const pass = async (seconds: number): Promise<void> => {
    now = new Date(now.getTime() + seconds * 1_000);
    await qushi.running.tick(now);
    for (let step = 0; step < 5; step += 1) {
      await qushi.running.pump();
      now = new Date(now.getTime() + 1_500);
    }
  };
  return { slack, feishu, store, running: qushi.running, pass };
}

/** Ids, figures, days and codes of an answer. */
function facts(text: string): readonly string[] {
  const found = text.matchAll(
    /\bS-\d+\b|\d{4}-\d{2}-\d{2}|\d{2}:\d{2}|\d+(?= (?:commit|项|times?|次|天))|\[[a-z_]+\]/gu,
  );
  return [...new Set([...found].map(([fact]) => fact))];
}

/** The doctor tells of the program that answers, and alone: admin-doctor.test.ts. */
const CHANGING = (await deskOf(shenzhen)).commands.filter(
  ({ name, effect, role }) => name !== "admin doctor" && (effect !== "none" || role === "admin"),
);

describe.each([
  ["Slack, slash", "slack", "slash"],
  ["Slack, mention", "slack", "mention"],
  ["Slack, direct", "slack", "direct"],
  ["Feishu, mention", "feishu", "mention"],
  ["Feishu, direct", "feishu", "direct"],
] as const)("%s", (_name, platform, how) => {
  test.each(["zh", "en"] as const)(
    "every example that changes a rule tells what a terminal tells, in %s",
    async (lang) => {
      const { slack, feishu } = await both();
      const fake: ChatFake = platform === "slack" ? slack : feishu;
      const shadow = await openSqlite({ file: ":memory:" });
      const desk = await deskOf(shenzhen, null, shadow);
      const here: Address = { platform: "terminal", workspace: null, to: { channel: "" }, thread: null };
      const someone: Person = { platform: "terminal", workspace: null, id: "someone" };
      for (const line of CHANGING.flatMap(({ examples }) => examples[lang])) {
        const asking = { line, actor: someone, place: here, at: MONDAY, role: null, lang: null };
        const door = { id: null, isRedelivered: false, isPrivate: false };
        const expected = await perform(desk, shadow, asking, door);
        if (expected === null) throw new Error(line);
        expect(expected.exit, line).toBe("answered");
        const told = await fake.ask(line, how);
        const text = renderText(expected.message, { columns: 1_000, colour: false });
        expect(facts(told.text), line).toEqual(expect.arrayContaining([...facts(text)]));
      }
      await shadow.close();
    },
  );
});

async function ruleOf(store: Store, id: string) {
  const rule = await store.subscription(id);
  if (rule === null) throw new Error(id);
  return rule;
}

test("a rule set by a slash command is for the channel, and leaves one public line that says who", async () => {
  const { slack, store, pass } = await both();
  const told = await slack.ask("digest set monday 9:07", "slash");
  expect(told.payload).toMatchObject({ response_type: "ephemeral" });
  expect(await ruleOf(store, "S-1")).toMatchObject({ to: { to: { channel: CHANNEL } }, owner: WANG });
  await pass(2);
  const lines = slack.posts(CHANNEL).map(({ text }) => text);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain(`<@${USER}> set S-1 here`);
  expect(lines[0]).toContain("unsubscribe S-1");
});

test("in a direct message a subscription is personal", async () => {
  const { slack, feishu, store } = await both();
  await slack.ask("subscribe district:guangming before:30d", "direct");
  await feishu.ask("订阅 区:光明 提前:30天", "direct");
  expect((await ruleOf(store, "S-1")).to).toMatchObject({ platform: "slack", to: { person: USER } });
  expect((await ruleOf(store, "S-2")).to).toMatchObject({ platform: "feishu", to: { person: FAKE_USER } });
});

test("a mention that is delivered again sets its rule once", async () => {
  const { slack, store } = await both();
  await slack.ask("subscribe district:guangming before:30d", "mention");
  await slack.redeliver();
  await slack.ask("gm1", "mention");
  expect(await store.subscriptions("all")).toHaveLength(1);
});

test("digest now posts, and once more edits that message instead of repeating it", async () => {
  const { slack, feishu, pass } = await both();
  for (const [fake, channel] of [
    [slack, CHANNEL],
    [feishu, FAKE_CHAT],
  ] as const) {
    await fake.ask("digest set monday 9:07 district:guangming", "mention");
    const before = fake.posts(channel).length;
    await fake.ask("digest now", "mention");
    await pass(2);
    const first = fake
      .posts(channel)
      .slice(before)
      .filter(({ text }) => text.includes("Weekly digest"));
    expect(first).toHaveLength(1);
    const again = await fake.ask("digest now", "mention");
    expect(again.text).toContain("updated in place");
    await pass(60);
    expect(fake.posts(channel).filter(({ text }) => text.includes("Weekly digest"))).toHaveLength(1);
  }
});

test("a preview that is asked for in public comes by direct message", async () => {
  const { slack, feishu, store, pass } = await both();
  for (const [fake, channel] of [
    [slack, CHANNEL],
    [feishu, FAKE_CHAT],
  ] as const) {
    await fake.ask("digest set monday 9:07 district:guangming", "mention");
    expect((await fake.ask("digest preview", "mention")).text).toContain("by direct message");
    await pass(2);
    expect(fake.posts(channel).filter(({ text }) => text.includes("Weekly digest"))).toEqual([]);
  }
  const sent = await store.outbox({ states: ["sent"], limit: 10 });
  const previews = sent.filter(({ delivery }) => delivery.message.title?.includes("Weekly digest"));
  expect(previews.map(({ delivery }) => delivery.to.to)).toEqual([{ person: FAKE_USER }, { person: USER }]);
  // Privately it is the answer itself.
  expect((await slack.ask("digest preview", "slash")).text).toContain("Weekly digest");
});

test("what a place has set decides the language and the zone of its answers", async () => {
  const { slack } = await both();
  expect((await slack.ask("gm1", "mention")).text).toContain("光明");
  await slack.ask("settings lang:en zone:berlin", "mention");
  expect((await slack.ask("gm1", "mention")).text).toContain("Guangming");
  expect((await slack.ask("about", "mention")).text).toContain("Europe/Berlin");
  // A person's own setting goes before the place's.
  await slack.ask("设置 语言:中文", "direct");
  expect((await slack.ask("gm1", "mention")).text).toContain("光明");
});

test("the role that a verb needs is asked for, and a refusal is audited with its reason and no text", async () => {
  const { slack, store } = await both([LI]);
  const told = await slack.ask("admin outbox list", "mention");
  expect(told.text).toContain("Ask: Feishu user …rson.");
  expect(told.text).not.toContain("ou_fakeperson");
  expect(told.text).toContain("needs_role");
  const [row] = await store.audit(1);
  expect(row).toMatchObject({
    actor: WANG,
    what: "admin outbox list",
    outcome: "refused",
    detail: "needs_role",
  });
});

test("others' rules are an admin's to end; those of a channel anybody's in it", async () => {
  const { slack, feishu, store } = await both([LI]);
  await slack.ask("subscribe district:guangming before:30d", "direct");
  await slack.ask("digest set monday 9:07", "mention");
  const refused = await slack.ask("unsubscribe S-9", "mention");
  expect(refused.text).toContain("unknown_rule");
  expect((await feishu.ask("unsubscribe S-1", "mention")).text).toContain("Ended: S-1");
  expect((await slack.ask("unsubscribe S-2", "mention")).text).toContain("Ended: S-2");
  expect(await store.subscriptions("all")).toEqual([]);
});

test("a channel that is gone pauses its rules and tells their owner; invited again it runs again", async () => {
  const { slack, store, pass } = await both();
  await slack.ask("digest set monday 9:07", "mention");
  await slack.ask("subscribe district:guangming before:30d", "mention");
  slack.failNext("chat.postMessage", { error: "is_archived" });
  await slack.ask("digest now", "slash");
  await pass(2);
  expect(await ruleOf(store, "S-1")).toMatchObject({ nextAt: null });
  for (const id of ["S-1", "S-2"])
    expect((await ruleOf(store, id)).paused).toBe("target_gone: archived (is_archived)");
  const [note, ...more] = slack.posts("D0WANG").filter(({ text }) => text.includes("S-1"));
  expect(note?.text).toContain("S-1、S-2");
  expect(note?.text).toContain("频道恢复后");
  expect(more).toEqual([]);
  expect((await slack.ask("unmute", "mention")).text).toContain("S-1, S-2");
  expect(await ruleOf(store, "S-1")).toMatchObject({ paused: null });
});

test("an owner who cannot be reached hands the rules over to an admin, who is told", async () => {
  const { slack, store, pass } = await both([LI]);
  await slack.ask("digest set monday 9:07", "mention");
  await slack.ask("subscribe district:guangming before:30d", "direct");
  slack.failNext("chat.postMessage", { error: "user_not_found" });
  await pass(24 * 3_600);
  expect(await ruleOf(store, "S-1")).toMatchObject({ owner: LI, paused: null });
  expect(await ruleOf(store, "S-2")).toMatchObject({ owner: LI, nextAt: null });
});
