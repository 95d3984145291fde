import { describe, expect, test } from "vitest";
import type { Act } from "../../src/core/act.ts";
import { createBook } from "../../src/core/book.ts";
import { newDiscussion, type Discussion } from "../../src/core/discussion.ts";
import type { Address } from "../../src/core/place.ts";
import type { Settings } from "../../src/core/subscription.ts";
import { renderText } from "../../src/message/text.ts";
import { createDiscussions, type KeepDiscussions } from "../../src/schedule/discussions.ts";
import type { Claimed, Outcome } from "../../src/store/outbox.ts";
import type { Store } from "../../src/store/store.ts";
import { channel, chargers as reading, cst, rig, type Rig } from "../support/year-rig.ts";

const WANG = { platform: "slack", workspace: "T1", id: "U0WANG" } as const;
const CHEN = { platform: "slack", workspace: "T1", id: "U0CHEN" } as const;
const HERE = channel("C1");
const ELSEWHERE = channel("C9");

const proposal: Act = { type: "rating_proposed", data: { rating: "in_progress", reason: "under way" } };

/** A discussion of DK-003 in a channel, with a worker that does as it is told. */
interface Played extends Rig {
  readonly keep: KeepDiscussions;
  /** Keeps the discussions until nothing is left to do, and sends what is due; each as "act to: text". */
  readonly round: (time: string) => Promise<readonly string[]>;
  readonly write: (time: string, id: string, act: Act, from?: Address) => Promise<void>;
  readonly discussion: () => Promise<Discussion>;
  /** How the next delivery whose text matches ends. */
  readonly fails: (pattern: RegExp, outcome: Outcome) => void;
}

async function played(settings: Partial<Settings> = {}): Promise<Played> {
  const base = await rig();
  const { store, book } = base;
  await base.settings(HERE, settings);
  const keeperOf = (its: Store): KeepDiscussions =>
    createDiscussions({ book, store: its, lang: "en", zone: "Asia/Shanghai", admins: [CHEN] });
  const keep = keeperOf(store);
  const faults: { pattern: RegExp; outcome: Outcome }[] = [];
  const at = cst("2026-03-02 09:00");
  const of = { commitmentId: "DK-003", place: HERE, key: "t:a", toldSeq: 0 };
  await store.commit({ at, discussions: [newDiscussion(of)] });

  const send = async (row: Claimed, now: Date): Promise<string> => {
    const { delivery, lease, edits } = row;
    const text = renderText(delivery.message, { columns: 200, colour: false });
    const fault = faults.findIndex(({ pattern }) =>
      pattern.test(`${delivery.act === "post" ? "post" : "edit"} ${text}`),
    );
    const [planned] = fault < 0 ? [] : faults.splice(fault, 1);
    const ref = edits ?? { address: { ...delivery.to, thread: null }, id: `ts.${delivery.key}` };
    const outcome = planned?.outcome ?? { type: "sent", ref };
    await store.settle(delivery.key, lease, outcome, { at: now });
    const where = delivery.act === "post" ? (delivery.to.thread === null ? "post" : "reply") : "edit";
    return `${outcome.type === "sent" ? "" : `${outcome.type} `}${where}: ${text.split("\n").slice(0, 40).join(" | ")}`;
  };
  return {
    ...base,
    keep,
    async round(time) {
      const now = cst(time);
      const sent: string[] = [];
      for (let turns = 0; turns < 20; turns += 1) {
        await catchUp(base);
        const { count } = await keep(now);
        const rows = await store.claim({ now, limit: 100, leaseMs: 60_000, budgets: new Map() });
        for (const row of rows) sent.push(await send(row, now));
        if (count === 0 && rows.length === 0) return sent;
      }
      throw new Error("it never comes to rest");
    },
    async write(time, id, act, from = ELSEWHERE) {
      const actorKey = await store.personKey(WANG);
      const made = { id, commitmentId: "DK-003", actorKey, at: cst(time), effectiveOn: time.slice(0, 10) };
      await store.commit({
        at: cst(time),
        ledger: [{ ...made, from: { address: from, message: null }, ...act }],
      });
    },
    async discussion() {
      const [found] = await store.discussions("all");
      if (found === undefined) throw new Error("no discussion");
      return found;
    },
    fails: (pattern, outcome) => faults.push({ pattern, outcome }),
  };
}

async function catchUp({ store, book }: Pick<Rig, "store" | "book">): Promise<void> {
  book.ledger.apply(await store.ledger(book.ledger.seq, 1_000));
}

const inThread = { ...HERE, thread: "ts.t:a.1" };
const gone: Outcome = { type: "failed", reason: "target_gone: edit_window_closed" };

describe("a discussion", () => {
  test("is opened with a card, which is edited in place, and told what others record", async () => {
    const { round, write } = await played();
    const [card, ...none] = await round("2026-03-02 09:00");
    expect(card).toMatch(/^post: Discussion · DK-003/);
    expect(none).toEqual([]);
    expect(await round("2026-03-02 09:05")).toEqual([]);
    await write("2026-03-02 10:00", "e1", reading(120));
    const said = await round("2026-03-02 10:01");
    expect(said).toHaveLength(2);
    expect(said[0]).toMatch(/^edit: Discussion · DK-003.*120/);
    expect(said[1]).toMatch(/^reply: .*recorded 120.*\(via Slack\)/);
    expect(await round("2026-03-02 10:02")).toEqual([]);
  });

  test("hears nothing again of what was typed in its own thread", async () => {
    const { round, write } = await played();
    await round("2026-03-02 09:00");
    await write("2026-03-02 10:00", "e1", reading(120), inThread);
    expect((await round("2026-03-02 10:01")).map((each) => each.slice(0, 5))).toEqual(["edit:"]);
  });

  test("several at once are one edit and one reply; while an edit is under way the next waits", async () => {
    const { round, write, keep, store, book } = await played();
    await round("2026-03-02 09:00");
    await write("2026-03-02 10:00", "e1", reading(120));
    await write("2026-03-02 10:00", "e2", reading(130));
    await catchUp({ store, book });
    const now = cst("2026-03-02 10:01");
    expect(await keep(now)).toEqual({ count: 2, waits: true });
    await write("2026-03-02 10:01", "e3", reading(140));
    await catchUp({ store, book });
    // A reply goes out; the card is left until the edit has arrived.
    expect(await keep(now)).toMatchObject({ count: 1 });
    expect(await keep(now)).toEqual({ count: 0, waits: true });
    const said = await round("2026-03-02 10:02");
    expect(said.filter((each) => each.startsWith("edit"))).toHaveLength(2);
    expect(said.findLast((each) => each.startsWith("edit"))).toContain("140");
  });

  test("changes with the clock too, once", async () => {
    const { round, write } = await played();
    await round("2026-03-02 09:00");
    await write("2026-03-02 10:00", "e1", reading(120));
    await round("2026-03-02 10:01");
    const edits = (await round("2026-09-30 08:00")).filter((each) => each.startsWith("edit"));
    expect(edits).toHaveLength(1);
    expect(await round("2026-09-30 18:00")).toEqual([]);
  });

  test("where the card can no longer be edited, the state stands in the thread and is edited there", async () => {
    const { round, write, fails, discussion } = await played();
    await round("2026-03-02 09:00");
    fails(/^edit/, gone);
    await write("2026-03-20 10:00", "e1", reading(120));
    const said = await round("2026-03-20 10:01");
    expect(said).toHaveLength(3);
    expect(said.at(-1)).toMatch(/^reply: Discussion · DK-003.*120/);
    const { face, parent } = await discussion();
    expect(face).not.toBe(parent);
    await write("2026-03-21 10:00", "e2", reading(130), inThread);
    expect(await round("2026-03-21 10:01")).toEqual([expect.stringMatching(/^edit: .*130/)]);
    expect((await discussion()).face).toBe(face);
  });

  test("an edit that waited too long, as in an outage, is made anew where the card stands", async () => {
    const { round, write, fails, discussion } = await played();
    await round("2026-03-02 09:00");
    fails(/^edit/, { type: "failed", reason: "too old" });
    await write("2026-03-04 10:00", "e1", reading(120), inThread);
    const said = await round("2026-03-06 10:01");
    expect(said.map((each) => each.split(": ")[0])).toEqual(["failed edit", "edit"]);
    expect(said.at(-1)).toContain("120");
    const { face, parent } = await discussion();
    expect(face).toBe(parent);
  });

  test("where not even the thread takes it, it gets a new first message, and the old thread is still known", async () => {
    const { round, write, fails, discussion } = await played();
    await round("2026-03-02 09:00");
    fails(/^edit/, gone);
    fails(/^post Discussion/, gone);
    await write("2026-03-20 10:00", "e1", reading(120), inThread);
    expect((await round("2026-03-20 10:01")).at(-1)).toMatch(/^post: Discussion/);
    const { parent, face } = await discussion();
    expect(parent).toBe(face);
    await write("2026-03-20 11:00", "e2", reading(130));
    expect(await round("2026-03-20 11:01")).toHaveLength(2);
  });

  test("a first message that is refused leaves it alone until somebody takes it up", async () => {
    const { round, write, fails, discussion } = await played();
    fails(/^post/, { type: "failed", reason: "forbidden: restricted_action" });
    expect(await round("2026-03-02 09:00")).toHaveLength(1);
    await write("2026-03-02 10:00", "e1", reading(120));
    expect(await round("2026-03-02 10:01")).toEqual([]);
    expect((await discussion()).away).toContain("restricted_action");
  });

  test("two processes keep it up once", async () => {
    const { round, write, keep, store, book } = await played();
    await round("2026-03-02 09:00");
    await write("2026-03-02 10:00", "e1", reading(120));
    await catchUp({ store, book });
    const other = createDiscussions({
      book: createBook(book.dataset, book.ledger),
      store,
      lang: "en",
      zone: "Asia/Shanghai",
      admins: [CHEN],
    });
    const now = cst("2026-03-02 10:01");
    const both = await Promise.all([keep(now), other(now)]);
    expect(both.map(({ count }) => count).toSorted((a, b) => a - b)).toEqual([0, 2]);
    expect(await round("2026-03-02 10:02")).toHaveLength(2);
  });

  test("a process that is behind leaves the card as another has drawn it", async () => {
    const { round, write, store, book } = await played();
    await round("2026-03-02 09:00");
    await write("2026-03-02 10:00", "e1", reading(120));
    await round("2026-03-02 10:01");
    const [zone, lang] = ["Asia/Shanghai", "en"] as const;
    const behind = createDiscussions({ book: createBook(book.dataset), store, lang, zone, admins: [CHEN] });
    expect(await behind(cst("2026-03-02 10:02"))).toEqual({ count: 0, waits: true });
  });
});

describe("a proposed rating", () => {
  test("is a card that names who waits, is reminded of once, and settles when it is decided", async () => {
    const { round, write } = await played();
    await round("2026-03-02 09:00");
    await write("2026-03-05 10:00", "p1", proposal, inThread);
    const [edit, card] = await round("2026-03-05 10:01");
    expect(edit).toMatch(/^edit/);
    expect(card).toMatch(/^reply: To be reviewed · DK-003.*slack:T1:U0CHEN.*approve DK-003 #1/);
    // Thursday to Monday are two working days.
    expect(await round("2026-03-09 08:59")).toEqual([]);
    expect(await round("2026-03-09 09:00")).toEqual([expect.stringMatching(/^reply: .*two working days/)]);
    expect(await round("2026-03-12 09:00")).toEqual([]);
    await write("2026-03-12 10:00", "d1", {
      type: "rating_approved",
      data: { proposal: "p1", single: false },
    });
    const said = await round("2026-03-12 10:01");
    expect(said.map((each) => each.slice(0, 30))).toHaveLength(4);
    const settled = said.find((each) => each.startsWith("edit: Rating"));
    expect(settled).not.toContain("approve DK-003");
    expect(said.some((each) => each.startsWith("post: DK-003"))).toBe(true);
    expect(await round("2026-03-13 10:01")).toEqual([]);
  });

  test("that was decided before anybody was reminded is not reminded of", async () => {
    const { round, write } = await played({ echo: "none" });
    await round("2026-03-02 09:00");
    await write("2026-03-05 10:00", "p1", proposal);
    await round("2026-03-05 10:01");
    await write("2026-03-05 11:00", "d1", {
      type: "rating_returned",
      data: { proposal: "p1", reason: "which figure?" },
    });
    const said = await round("2026-03-05 11:01");
    expect(said.some((each) => each.startsWith("edit: Rating") && each.includes("which figure?"))).toBe(true);
    expect(await round("2026-03-12 11:01")).toEqual([]);
  });
});

describe("the channel hears", () => {
  const final: Act = { type: "discussion_resolved", data: { outcome: "agreed" } };
  test.each([
    ["none", 0, 0],
    ["final", 0, 1],
    ["all", 1, 1],
  ] as const)("echo:%s, of a reading %i and of an outcome %i", async (echo, readings, outcomes) => {
    const { round, write } = await played({ echo });
    await round("2026-03-02 09:00");
    await write("2026-03-02 10:00", "e1", reading(120), inThread);
    const posts = (said: readonly string[]): number => said.filter((each) => each.startsWith("post:")).length;
    expect(posts(await round("2026-03-02 10:01"))).toBe(readings);
    await write("2026-03-02 11:00", "e2", final, inThread);
    expect(posts(await round("2026-03-02 11:01"))).toBe(outcomes);
    // Said in the channel itself, it was heard there.
    await write("2026-03-02 12:00", "e3", final, HERE);
    expect(posts(await round("2026-03-02 12:01"))).toBe(0);
  });
});
