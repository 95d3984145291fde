import { describe, expect, test } from "vitest";
import type { Act } from "../../src/core/act.ts";
import { createBook } from "../../src/core/book.ts";
import { EVENT_KINDS } from "../../src/core/events.ts";
import type { Address } from "../../src/core/place.ts";
import type { Subscription } from "../../src/core/subscription.ts";
import { createTick, type Tick } from "../../src/schedule/tick.ts";
import type { NewEntry, Store } from "../../src/store/store.ts";
import {
  channel,
  chargers as reading,
  cst,
  person,
  REMINDERS,
  rig,
  textOf,
  type Rig,
} from "../support/year-rig.ts";
import { deliver } from "../support/year.ts";

const SET = cst("2026-03-01 08:00");
const CHEN = { platform: "slack", workspace: "T1", id: "U0CHEN" } as const;
const EVENTS: Partial<Subscription> = { ...REMINDERS, before: [], events: EVENT_KINDS };
const DUKOU = [{ key: "district", negated: false, values: ["DK"] }] as const;

const evidence: Act = {
  type: "evidence",
  data: { url: "https://example.org/site", level: "E2", note: "acceptance" },
};
const undo = (entry: string): Act => ({ type: "undo", data: { entry, reason: null } });

/** Something is recorded by Chen: in another channel, where nothing else is said. */
async function record(
  { store }: Pick<Rig, "store">,
  at: string,
  id: string,
  act: Act,
  rest: { readonly on?: string; readonly from?: Address; readonly when?: string } = {},
): Promise<void> {
  const entry: NewEntry = {
    id,
    commitmentId: rest.on ?? "DK-003",
    actorKey: await store.personKey(CHEN),
    at: cst(rest.when ?? at),
    effectiveOn: at.slice(0, 10),
    from: { address: rest.from ?? channel("C9"), message: null },
    ...act,
  };
  await store.commit({ at: cst(at), ledger: [entry] });
}

/** What arrives, without the note on how to end it. */
async function told({ at }: Pick<Rig, "at">, time: string): Promise<readonly string[]> {
  return (await at(time)).map(
    (each) =>
      `${each.to} ${textOf(each)
        .replace(/\n[^\n]*unsubscribe.*$/su, "")
        .trim()}`,
  );
}

/** Another process: a book and a memory of its own. */
function replicaOf({ book }: Pick<Rig, "book">, store: Store): Tick {
  return createTick({ book: createBook(book.dataset), store, lang: "en" });
}

describe("events of a channel", () => {
  test("each kind is told in its words, once, in one message a tick", async () => {
    const rigged = await rig();
    await rigged.set("S-1", SET, EVENTS);
    const at = "2026-03-02 10:00";
    await record(rigged, at, "r1", reading(1200));
    await record(rigged, at, "e1", evidence);
    await record(rigged, at, "p1", {
      type: "rating_proposed",
      data: { rating: "in_progress", reason: "read" },
    });
    await record(rigged, at, "p1.decided", {
      type: "rating_approved",
      data: { proposal: "p1", single: false },
    });
    await record(rigged, at, "p2", { type: "rating_proposed", data: { rating: "met", reason: "done" } });
    await record(rigged, at, "p2.decided", {
      type: "rating_returned",
      data: { proposal: "p2", reason: "not yet" },
    });
    await record(rigged, at, "p3", { type: "rating_proposed", data: { rating: "stalled", reason: "x" } });
    await record(rigged, at, "p3.decided", { type: "rating_withdrawn", data: { proposal: "p3" } });
    await record(rigged, at, "d1", { type: "dispute_opened", data: { text: "which ones count?" } });
    await record(rigged, at, "d1.closed", {
      type: "dispute_closed",
      data: { dispute: "d1", outcome: "public ones" },
    });
    await record(rigged, at, "t1", {
      type: "target_revised",
      data: { what: "due", from: "2026-11-30", to: "2026-12-31", words: null },
    });
    await record(rigged, at, "n1", { type: "note", data: { text: "nothing", nothingNew: false } });
    const arrived = await rigged.at("2026-03-02 10:01");
    expect(arrived.map(textOf).join("\n")).toMatchInlineSnapshot(`
      "Newly recorded · 8
      - DK-003 Dukou · Public chargers: slack:T1:U0CHEN recorded 1,200 chargers (as of 28 Feb 2026, E3), source: example.org https://example.org/chargers, ahead (via Slack)
      - DK-003 Dukou · Public chargers: slack:T1:U0CHEN gave evidence E2 example.org https://example.org/site “acceptance” (via Slack)
      - DK-003 Dukou · Public chargers: not rated → in progress, approved by slack:T1:U0CHEN (via Slack)
      - DK-003 Dukou · Public chargers: slack:T1:U0CHEN returned “met” (#5): not yet (via Slack)
      - DK-003 Dukou · Public chargers: slack:T1:U0CHEN withdrew “stalled” (#7) (via Slack)
      - DK-003 Dukou · Public chargers: slack:T1:U0CHEN disputed: “which ones count?” (via Slack)
      - DK-003 Dukou · Public chargers: slack:T1:U0CHEN closed the dispute (#9): public ones (via Slack)
      - DK-003 Dukou · Public chargers: due date moved from 30 Nov 2026 to 31 Dec 2026
      Rule S-1 · to end it: \`unsubscribe S-1\`"
    `);
    expect(await told(rigged, "2026-03-02 10:02")).toEqual([]);
  });

  test("in the language of the place", async () => {
    const rigged = await rig();
    await rigged.set("S-1", SET, EVENTS);
    await rigged.settings(channel("C1"), { lang: "zh" });
    const at = "2026-03-02 10:00";
    await record(rigged, at, "r1", reading(1200));
    await record(rigged, at, "p1", {
      type: "rating_proposed",
      data: { rating: "in_progress", reason: "read" },
    });
    await record(rigged, at, "p1.decided", {
      type: "rating_approved",
      data: { proposal: "p1", single: true },
    });
    await record(rigged, at, "d1", { type: "dispute_opened", data: { text: "哪些算？" } });
    expect((await rigged.at("2026-03-02 10:01")).map(textOf).join("\n")).toMatchInlineSnapshot(`
      "新记录 · 3 条
      - DK-003 渡口 · 公共充电桩：slack:T1:U0CHEN 填报 1200 个（截至 2026-02-28，E3），来源：example.org https://example.org/chargers，超序时（经 Slack）
      - DK-003 渡口 · 公共充电桩：未评定 → 推进中，slack:T1:U0CHEN 通过（单人评定）（经 Slack）
      - DK-003 渡口 · 公共充电桩：slack:T1:U0CHEN 提出异议：“哪些算？”（经 Slack）
      规则 S-1 · 不再告知：\`退订 S-1\`"
    `);
  });

  test("only of the kinds that were named, and of what the filter selects", async () => {
    const rigged = await rig();
    await rigged.set("S-1", SET, { ...EVENTS, events: ["evidence"], filter: DUKOU });
    await record(rigged, "2026-03-02 10:00", "r1", reading(1200));
    await record(rigged, "2026-03-02 10:00", "e1", evidence, { on: "BT-001" });
    expect(await told(rigged, "2026-03-02 10:01")).toEqual([]);
    await record(rigged, "2026-03-02 10:01", "e2", evidence);
    expect(await told(rigged, "2026-03-02 10:02")).toHaveLength(1);
  });

  test("come once to a place with several rules, and not where they were recorded", async () => {
    const rigged = await rig();
    await rigged.set("S-1", SET, EVENTS);
    await rigged.set("S-2", SET, { ...EVENTS, events: ["reading"] });
    await rigged.set("S-3", SET, { ...EVENTS, to: channel("C2") });
    const from = { ...channel("C2"), thread: "1.1" };
    await record(rigged, "2026-03-02 10:00", "r1", reading(1200), { from });
    const arrived = await rigged.at("2026-03-02 10:01");
    expect(arrived.map(({ to }) => to)).toEqual(["slack:T1:C1"]);
    expect(textOf(arrived[0] ?? expect.fail())).toContain("S-1, S-2");
    expect(await told(rigged, "2026-03-02 10:02")).toEqual([]);
  });

  test("wait for the end of quiet hours, together, without what was taken back until then", async () => {
    const rigged = await rig();
    await rigged.set("S-1", SET, EVENTS);
    await rigged.set("S-2", SET, { ...EVENTS, to: channel("C2") });
    await rigged.settings(channel("C1"), { quiet: { from: "22:00", to: "07:30" } });
    await record(rigged, "2026-03-02 22:30", "r1", reading(1200));
    expect(await told(rigged, "2026-03-02 22:31")).toHaveLength(1);
    await record(rigged, "2026-03-02 23:00", "e1", evidence);
    await record(rigged, "2026-03-02 23:01", "e2", evidence);
    expect(await told(rigged, "2026-03-02 23:02")).toHaveLength(1);
    await record(rigged, "2026-03-03 02:00", "u1", undo("e1"));
    expect(await told(rigged, "2026-03-03 07:29")).toEqual([]);
    const [morning, ...others] = await rigged.at("2026-03-03 07:30");
    expect(others).toEqual([]);
    expect(morning?.to).toBe("slack:T1:C1");
    expect(textOf(morning ?? expect.fail()).match(/DK-003/gu)).toHaveLength(2);
  });

  test("are not told by a muted or paused rule, nor later", async () => {
    const rigged = await rig();
    await rigged.set("S-1", SET, { ...EVENTS, muted: { until: "2026-03-03" } });
    await rigged.set("S-2", SET, { ...EVENTS, to: channel("C2"), paused: "by hand" });
    await record(rigged, "2026-03-02 10:00", "r1", reading(1200));
    expect(await told(rigged, "2026-03-02 10:01")).toEqual([]);
    const paused = (await rigged.store.subscription("S-2")) ?? expect.fail();
    await rigged.store.commit({ at: cst("2026-03-02 11:00"), subscriptions: [{ ...paused, paused: null }] });
    const restarted = replicaOf(rigged, rigged.store);
    expect(await restarted(cst("2026-03-03 00:01"))).toBe(0);
    await record(rigged, "2026-03-03 10:00", "r2", reading(1300));
    expect(await told(rigged, "2026-03-03 10:01")).toHaveLength(2);
    expect((await rigged.store.subscription("S-1"))?.muted).toBeNull();
  });

  test("a rule that is silent until data is out is woken by a reading, not by a statement", async () => {
    const rigged = await rig();
    await rigged.set("S-1", SET, { ...EVENTS, muted: { dataAfter: SET } });
    const claim = reading(5000);
    if (claim.type !== "reading") throw new Error(claim.type);
    await record(rigged, "2026-03-02 10:00", "r0", { ...claim, data: { ...claim.data, level: "E5" } });
    await record(rigged, "2026-03-02 10:00", "e1", evidence);
    expect(await told(rigged, "2026-03-02 10:01")).toEqual([]);
    await record(rigged, "2026-03-02 11:00", "r1", reading(1200));
    const [woken] = await told(rigged, "2026-03-02 11:01");
    expect(woken).toContain("1,200");
    expect(woken).not.toContain("5,000");
    expect((await rigged.store.subscription("S-1"))?.muted).toBeNull();
  });

  test("what was taken back before it was told is not told", async () => {
    const rigged = await rig();
    await rigged.set("S-1", SET, EVENTS);
    await record(rigged, "2026-03-02 10:00", "r1", reading(1200));
    await record(rigged, "2026-03-02 10:00", "d1", { type: "dispute_opened", data: { text: "why?" } });
    await record(rigged, "2026-03-02 10:00", "d1.closed", {
      type: "dispute_closed",
      data: { dispute: "d1", outcome: "so" },
    });
    await record(rigged, "2026-03-02 10:00", "u1", undo("r1"));
    await record(rigged, "2026-03-02 10:00", "u2", undo("d1"));
    expect(await told(rigged, "2026-03-02 10:01")).toEqual([]);
  });

  test("after a start: those of the last 36 hours that were not told before", async () => {
    const rigged = await rig();
    await rigged.set("S-1", SET, EVENTS);
    await record(rigged, "2026-03-02 10:00", "r1", reading(1200));
    expect(await told(rigged, "2026-03-02 10:01")).toHaveLength(1);
    await record(rigged, "2026-03-02 10:02", "e1", evidence, { on: "DK-001" });
    await record(rigged, "2026-03-03 10:00", "e2", evidence, { on: "DK-002" });
    const now = cst("2026-03-03 22:03");
    expect(await replicaOf(rigged, rigged.store)(now)).toBe(1);
    const [arrived] = await deliver(rigged.store, now);
    expect(textOf(arrived ?? expect.fail())).toContain("DK-002");
    expect(textOf(arrived ?? expect.fail())).not.toContain("DK-001");
    expect(textOf(arrived ?? expect.fail())).not.toContain("DK-003");
    expect(await replicaOf(rigged, rigged.store)(cst("2026-03-03 22:04"))).toBe(0);
  });

  test("two processes tell each once, however their ticks cut them", async () => {
    const rigged = await rig();
    await rigged.set("S-1", SET, EVENTS);
    const [one, other] = [replicaOf(rigged, rigged.store), replicaOf(rigged, rigged.store)];
    await one(cst("2026-03-02 09:50"));
    await other(cst("2026-03-02 09:50"));
    await record(rigged, "2026-03-02 10:00", "r1", reading(1200));
    const counts = await Promise.all([one(cst("2026-03-02 10:01")), other(cst("2026-03-02 10:01"))]);
    expect(counts.reduce((a, b) => a + b)).toBe(1);
    await record(rigged, "2026-03-02 10:02", "e1", evidence, { on: "DK-001" });
    await one(cst("2026-03-02 10:03"));
    await record(rigged, "2026-03-02 10:04", "e2", evidence, { on: "DK-002" });
    // The other one takes on two entries, of which one is told.
    await other(cst("2026-03-02 10:05"));
    await one(cst("2026-03-02 10:05"));
    const arrived = await deliver(rigged.store, cst("2026-03-02 10:05"));
    const ids = arrived.flatMap((each) => textOf(each).match(/DK-\d{3}/gu) ?? []);
    expect(ids).toEqual(["DK-003", "DK-001", "DK-002"]);
  });

  test("a rule that was changed meanwhile is looked at anew", async () => {
    const rigged = await rig();
    await rigged.set("S-1", SET, EVENTS);
    let meddled = 0;
    const meddling: Store = {
      ...rigged.store,
      async commit(change) {
        if (meddled === 0 && (change.deliveries?.length ?? 0) > 0) {
          meddled += 1;
          const rule = (await rigged.store.subscription("S-1")) ?? expect.fail();
          await rigged.store.commit({ at: change.at, subscriptions: [{ ...rule, events: ["evidence"] }] });
        }
        return rigged.store.commit(change);
      },
    };
    await record(rigged, "2026-03-02 10:00", "r1", reading(1200));
    expect(await replicaOf(rigged, meddling)(cst("2026-03-02 10:01"))).toBe(0);
    expect(meddled).toBe(1);
  });

  test("a tick without new entries asks for them and for what is due, no more", async () => {
    const rigged = await rig();
    await rigged.set("S-1", SET, EVENTS);
    await record(rigged, "2026-03-02 10:00", "r1", reading(1200));
    const asked: string[] = [];
    const counting = new Proxy(rigged.store, {
      get(store, name: keyof Store) {
        asked.push(name);
        return store[name];
      },
    });
    const tick = replicaOf(rigged, counting);
    expect(await tick(cst("2026-03-02 10:01"))).toBe(1);
    asked.length = 0;
    await tick(cst("2026-03-02 10:02"));
    expect(asked).toEqual(["ledger", "dueSubscriptions"]);
  });

  test("due dates are not reminded of unless they are named", async () => {
    const rigged = await rig();
    await rigged.set("S-1", SET, { ...EVENTS, events: ["reading"] });
    await rigged.set("S-2", SET, { ...EVENTS, to: channel("C2"), events: ["due"], before: [30] });
    const days = ["2026-03-09", "2026-03-16", "2026-03-30", "2026-03-31"];
    const places: string[] = [];
    for (const day of days) places.push(...(await rigged.at(`${day} 09:07`)).map(({ to }) => to));
    expect([...new Set(places)]).toEqual(["slack:T1:C2"]);
    expect((await rigged.store.subscription("S-1"))?.nextAt).toEqual(cst("2026-04-01 09:07"));
  });
});

describe("events of a person", () => {
  const to = person("U1");

  test("come once a day with the reminders, by direct message", async () => {
    const rigged = await rig();
    await rigged.set("S-1", SET, { ...EVENTS, to, events: ["reading", "evidence"] });
    await rigged.set("S-2", SET, { ...REMINDERS, to, before: [30] });
    await rigged.at("2026-03-02 09:07");
    await record(rigged, "2026-03-02 10:00", "r1", reading(1200));
    await record(rigged, "2026-03-02 12:00", "e1", evidence);
    await record(rigged, "2026-03-02 12:00", "e2", evidence);
    await record(rigged, "2026-03-02 13:00", "u1", undo("e2"));
    expect(await told(rigged, "2026-03-02 13:01")).toEqual([]);
    const [morning, ...others] = await rigged.at("2026-03-03 09:07");
    expect(others).toEqual([]);
    expect(morning?.to).toBe("slack:T1:U1");
    expect(textOf(morning ?? expect.fail()).match(/DK-003/gu)).toHaveLength(2);
    expect(await told(rigged, "2026-03-04 09:07")).toEqual([]);
  });

  test("are told with what falls due in one message", async () => {
    const rigged = await rig();
    await rigged.set("S-1", SET, { ...EVENTS, to, events: ["due", "reading"], before: [30, 7, 1] });
    await record(rigged, "2026-03-05 10:00", "r1", reading(1200));
    const [both, ...others] = await rigged.at("2026-03-06 09:07");
    expect(others).toEqual([]);
    const text = textOf(both ?? expect.fail());
    expect(text).toMatch(/^Due-date reminder/u);
    expect(text).toContain("BT-001");
    expect(text).toContain("recorded 1,200");
  });

  test("leave out what they recorded in the same direct messages", async () => {
    const rigged = await rig();
    await rigged.set("S-1", SET, { ...EVENTS, to: person(CHEN.id) });
    // The store keeps a person's key in place of the account.
    await record(rigged, "2026-03-02 10:00", "r1", reading(1200), { from: person(CHEN.id) });
    expect(await told(rigged, "2026-03-03 09:07")).toEqual([]);
    await record(rigged, "2026-03-03 10:00", "r2", reading(1300));
    expect(await told(rigged, "2026-03-04 09:07")).toHaveLength(1);
  });

  test("are passed over while the rule is muted", async () => {
    const rigged = await rig();
    await rigged.set("S-1", SET, { ...EVENTS, to, muted: { until: "2026-03-04" } });
    await record(rigged, "2026-03-02 10:00", "r1", reading(1200));
    expect(await told(rigged, "2026-03-02 10:01")).toEqual([]);
    expect(await told(rigged, "2026-03-03 09:07")).toEqual([]);
    expect(await told(rigged, "2026-03-04 09:07")).toEqual([]);
    await record(rigged, "2026-03-04 10:00", "r2", reading(1300));
    expect(await told(rigged, "2026-03-05 09:07")).toHaveLength(1);
  });
});
