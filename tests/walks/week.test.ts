import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { openSqlite } from "../../src/store/sqlite.ts";
import type { Store } from "../../src/store/store.ts";
import { LONG } from "../support/delivery-walk.ts";
import { seeded } from "../support/fake-platform-rules.ts";
import { stores } from "../support/stores.ts";
import { postsOf, threadName } from "../support/week-posts.ts";
import { knownOf, ledgerOf, onFeishu } from "../support/week-record.ts";
import { RIVALS, WEEK, type Act } from "../support/week-script.ts";
import { transcript } from "../support/week-transcript.ts";
import { grantRoles, inProcess, openWeek, play, playAtOnce, type Week } from "../support/week.ts";

const SEEDS = LONG ? Array.from({ length: 20 }, (_none, at) => at + 1) : [1];

async function golden(name: string): Promise<string> {
  return readFile(join(import.meta.dirname, "..", "golden", "files", name), "utf8");
}

test("delivered twice, each event at once and once more after another, the week is the same to the letter", async () => {
  const store = await openSqlite({ file: ":memory:" });
  await grantRoles(store);
  const week = await openWeek(inProcess(store));
  onTestFinished(week.close);
  const { slack, feishu } = week;
  let [onSlack, onTheOther] = [false, false];
  await play(week, WEEK, async ({ who, deed }) => {
    // The last event of the other chat comes late, after what was done here.
    if (onSlack) await slack.redeliver();
    if (onTheOther) await feishu.redeliver();
    if (onFeishu(who)) onTheOther = true;
    else if (deed.type === "mention" || deed.type === "talk") onSlack = true;
  });
  expect(await golden("week-slack.en.txt")).toContain(transcript(week.seen, "slack", "en"));
  expect(await golden("week-feishu.zh.txt")).toContain(transcript(week.seen, "feishu", "zh"));
}, 120_000);

/** Each minute's acts in an order of the seed's. */
function shuffled(seed: number): (acts: readonly Act[]) => readonly Act[] {
  const random = seeded(seed);
  return (acts) =>
    acts
      .map((act) => ({ act, at: random() }))
      .toSorted((a, b) => a.at - b.at)
      .map(({ act }) => act);
}

async function expectOrder(week: Week, store: Store): Promise<void> {
  const entries = await ledgerOf(store);
  const all = [...WEEK, ...RIVALS];
  // Nobody's act is there twice: no more entries of theirs in a minute than they did things in it.
  for (const { by, at } of entries) {
    const minute = entries.filter(
      (each) => each.by === by && Math.abs(each.at.getTime() - at.getTime()) < 60_000,
    );
    const done = all.filter((act) => act.who === by && Math.abs(cstOf(act) - at.getTime()) < 120_000);
    expect(minute.length, JSON.stringify(minute)).toBeLessThanOrEqual(done.length);
  }
  const links = entries.filter(({ type }) => type === "evidence").map(({ data }) => data.split('"level"')[0]);
  expect(new Set(links).size).toBe(links.length);
  const decisions = entries.filter(({ type }) => type === "rating_approved" || type === "rating_returned");
  const decided = decisions.map(({ data }) => /#\d+/u.exec(data)?.[0]);
  expect(new Set(decided).size).toBe(decided.length);
  expect(decided.length).toBeGreaterThanOrEqual(2);

  // One thread of each commitment in each channel, and every proposal's card settled.
  expect((await store.discussions("all")).map(({ away }) => away)).toEqual([null, null, null]);
  for (const chat of ["slack", "feishu"] as const) {
    const posts = postsOf(chat, week);
    const threads = posts.filter(({ thread }) => thread === null).map(threadName);
    expect(threads.filter((name) => name === "LT-004")).toHaveLength(1);
    const sent = posts.filter(({ key }) => key !== null);
    expect(sent.filter(({ buttons }) => buttons.includes("Approve") || buttons.includes("通过"))).toEqual([]);
    const keys = sent.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  }
}

const cstOf = ({ at }: Act): number => new Date(`${at.replace(" ", "T")}:00+08:00`).getTime();

describe.each(SEEDS)("with the acts of each minute at once, in order %i", (seed) => {
  test("each is recorded once, and what is known is what a replay of the ledger gives", async () => {
    const store = await openSqlite({ file: ":memory:" });
    await grantRoles(store);
    const week = await openWeek(inProcess(store));
    onTestFinished(week.close);
    await playAtOnce(week, [...WEEK, ...RIVALS], shuffled(seed));
    await expectOrder(week, store);
    const folder = await mkdtemp(join(tmpdir(), "qushi-week-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    await store.backup(join(folder, "copy.db"));
    await expectReplay(week, await openSqlite({ file: join(folder, "copy.db") }));
  }, 120_000);
});

// Half a minute of two processes' work: in the long form.
describe.each(stores.filter(({ name }) => LONG && name === "postgres"))(
  "two processes on one database",
  ({ open }) => {
    test("keep one record and one thread of each commitment", async () => {
      const opened = await open();
      const other = await opened.second();
      await grantRoles(opened.store);
      const week = await openWeek(inProcess(opened.store, other));
      onTestFinished(week.close);
      await playAtOnce(week, [...WEEK, ...RIVALS], shuffled(7));
      await expectOrder(week, opened.store);
      await expectReplay(week, await opened.second());
    }, 120_000);
  },
);

/** A program that has read nothing but the store says the same of each. */
async function expectReplay(week: Week, fresh: Store): Promise<void> {
  const replayed = await openWeek(inProcess(fresh));
  try {
    await replayed.go(week.now());
    for (const id of ["LT-004", "LT-008"]) expect(await knownOf(id, week)).toBe(await knownOf(id, replayed));
  } finally {
    await replayed.close();
  }
}
