import { describe, expect, test } from "vitest";
import { replan } from "../../src/schedule/replan.ts";
import { createTick } from "../../src/schedule/tick.ts";
import type { Store } from "../../src/store/store.ts";
import { cst, rig, textOf, channel, lines } from "../support/year-rig.ts";

const SET = cst("2026-02-25 12:00");
const MONDAY = "2026-03-02 09:07";

describe("a slot", () => {
  test("is sent in its minute, on the clock of its zone", async () => {
    const { set, at } = await rig();
    await set("S-1", SET);
    await set("S-2", SET, { zone: "Europe/London", to: channel("C2") });
    expect(await at("2026-03-02 09:06")).toEqual([]);
    expect((await at(MONDAY)).map(({ to }) => to)).toEqual(["slack:T1:C1"]);
    expect(await at("2026-03-02 17:06")).toEqual([]);
    expect((await at("2026-03-02 17:07")).map(({ to }) => to)).toEqual(["slack:T1:C2"]);
  });

  test("is sent once by two replicas that tick at once, and again and again", async () => {
    const { set, tick, replica, store, at } = await rig();
    await set("S-1", SET);
    const other = replica();
    const now = cst(MONDAY);
    const claimed = await Promise.all([
      tick(now),
      other(now),
      tick(now),
      other(new Date(now.getTime() + 30_000)),
    ]);
    expect(claimed.reduce((sum, count) => sum + count)).toBe(1);
    expect(await at(MONDAY)).toHaveLength(1);
    expect(await at("2026-03-02 09:08")).toEqual([]);
    expect((await store.subscription("S-1"))?.nextAt).toEqual(cst("2026-03-09 09:07"));
  });

  test("is not sent again by a clock that jumps back", async () => {
    const { set, at } = await rig();
    await set("S-1", SET);
    expect(await at(MONDAY)).toHaveLength(1);
    expect(await at("2026-03-02 08:00")).toEqual([]);
    expect(await at(MONDAY)).toEqual([]);
    expect(await at("2026-03-09 09:07")).toHaveLength(1);
  });

  test("still comes when the clock was ahead for a while", async () => {
    const { set, at } = await rig();
    await set("S-1", SET);
    expect(await at("2027-03-01 09:07")).toHaveLength(1);
    expect(await at("2026-03-02 09:00")).toEqual([]);
    expect(await at(MONDAY)).toHaveLength(1);
  });

  test("comes too where Qushi was started anew in between", async () => {
    const { set, at, store, book, replica } = await rig();
    await set("S-1", SET);
    expect(await at("2027-03-01 09:07")).toHaveLength(1);
    expect(await replica()(cst(MONDAY))).toBe(0);
    expect(await replan(store, book, cst("2026-03-02 09:00"))).toBe(1);
    expect(await replica()(cst(MONDAY))).toBe(1);
    expect(await replan(store, book, cst("2026-03-02 09:08"))).toBe(0);
  });

  test("has keys that platforms take, the replies in the thread of the first", async () => {
    const { set, tick, store } = await rig();
    await set("S-1", SET);
    await tick(cst(MONDAY));
    const rows = await store.outbox({ states: ["waiting"], limit: 10 });
    expect(rows.map(({ delivery }) => [delivery.key, delivery.parentKey]).toReversed()).toEqual([
      ["S-1.202603020107", null],
      ["S-1.202603020107.1", "S-1.202603020107"],
    ]);
  });

  test("that cannot be run holds up no other", async () => {
    const { set, tick, book, store } = await rig();
    await set("S-1", SET);
    await set("S-2", SET, { to: channel("C2") });
    await set("S-3", SET, { to: channel("C3"), filter: [{ key: "text", negated: false, values: ["boom"] }] });
    const broken = createTick({
      store,
      lang: "en",
      book: {
        ...book,
        select(filter, today) {
          if (filter.length > 0) throw new Error("boom");
          return book.select(filter, today);
        },
      },
    });
    await expect(broken(cst(MONDAY))).rejects.toThrow(/1 rule/u);
    expect(await store.outbox({ states: ["waiting"], limit: 10 })).toHaveLength(4);
    expect(await tick(cst("2026-03-02 09:08"))).toBe(1);
  });
});

describe("other hands", () => {
  test("a rule that somebody changes while it is judged is not written over", async () => {
    const { set, store, book } = await rig();
    await set("S-1", SET);
    const now = cst(MONDAY);
    let edited = false;
    const slow: Store = {
      ...store,
      async commit(change) {
        const rule = await store.subscription("S-1");
        if (!edited && rule !== null) {
          edited = true;
          await store.commit({
            at: now,
            subscriptions: [{ ...rule, empty: "skip", nextAt: cst("2026-03-03 10:00") }],
          });
        }
        return store.commit(change);
      },
    };
    expect(await createTick({ book, store: slow, lang: "en" })(now)).toBe(0);
    const rule = await store.subscription("S-1");
    expect([rule?.empty, rule?.nextAt]).toEqual(["skip", cst("2026-03-03 10:00")]);
    expect(await store.outbox({ states: ["waiting"], limit: 1 })).toEqual([]);
  });

  test("a rule that ends while it is judged sends nothing", async () => {
    const { set, store, book } = await rig();
    await set("S-1", SET);
    const slow: Store = {
      ...store,
      async commit(change) {
        await store.commit({ at: cst(MONDAY), ended: ["S-1"] });
        return store.commit(change);
      },
    };
    expect(await createTick({ book, store: slow, lang: "en" })(cst(MONDAY))).toBe(0);
    expect(await store.outbox({ states: ["waiting"], limit: 1 })).toEqual([]);
  });

  test("a tick asks the store for what is due, however many rules there are", async () => {
    const asked = async (rules: number): Promise<number> => {
      const { set, store, book } = await rig();
      for (let count = 1; count <= rules; count += 1) {
        const filter = count === 1 ? [] : [{ key: "check", negated: false, values: ["none"] } as const];
        await set(`S-${count}`, SET, {
          to: channel(`C${count}`),
          filter,
          zone: count === 1 ? "Asia/Shanghai" : "UTC",
        });
      }
      let calls = 0;
      const counting = new Proxy(store, {
        get(of, name, receiver) {
          calls += 1;
          return Reflect.get(of, name, receiver) as unknown;
        },
      });
      expect(await createTick({ book, store: counting, lang: "en" })(cst(MONDAY))).toBe(1);
      return calls;
    };
    expect(await asked(200)).toBe(await asked(1));
  });
});

describe("summer time", () => {
  test("a time that the clock skips runs at the first instant after", async () => {
    const { set, tick } = await rig();
    const rule = {
      schedule: { kind: "cron", cron: "30 2 * * *" },
      zone: "America/New_York",
      workday: "ignore",
    } as const;
    await set("S-1", new Date("2026-03-07T12:00:00Z"), rule);
    expect(await tick(new Date("2026-03-08T06:59:00Z"))).toBe(0);
    expect(await tick(new Date("2026-03-08T07:00:00Z"))).toBe(1);
    expect(await tick(new Date("2026-03-08T07:30:00Z"))).toBe(0);
    expect(await tick(new Date("2026-03-09T06:30:00Z"))).toBe(1);
  });

  test("a time that the clock shows twice runs once, at the first", async () => {
    const { set, tick } = await rig();
    const rule = {
      schedule: { kind: "cron", cron: "30 1 * * *" },
      zone: "Europe/London",
      workday: "ignore",
    } as const;
    await set("S-1", new Date("2026-10-24T12:00:00Z"), rule);
    expect(await tick(new Date("2026-10-25T00:30:00Z"))).toBe(1);
    expect(await tick(new Date("2026-10-25T01:30:00Z"))).toBe(0);
    expect(await tick(new Date("2026-10-26T01:30:00Z"))).toBe(1);
  });
});

describe("the work calendar of a rule", () => {
  test.each([
    ["next", ["2026-02-24 Tue 09:07"]],
    // 16 and 23 February lie in the holiday; Saturday the 14th is worked for it.
    ["previous", ["2026-02-14 Sat 09:07"]],
    ["ignore", ["2026-02-16 Mon 09:07", "2026-02-23 Mon 09:07"]],
  ] as const)("%s", async (workday, expected) => {
    const { set, at } = await rig();
    await set("S-1", cst("2026-02-10 12:00"), { workday });
    const seen: string[] = [];
    for (let day = 11; day <= 28; day += 1) seen.push(...lines(await at(`2026-02-${day} 09:07`)));
    expect(seen.map((line) => line.slice(0, 20))).toEqual(expected);
  });
});

describe("what a digest compares with", () => {
  test("is what this channel was told last, once that has arrived", async () => {
    const { set, at, tick, store } = await rig();
    await set("S-1", cst("2026-02-25 12:00"));
    await set("S-2", cst("2026-03-05 12:00"), { to: channel("C2") });
    // S-1 is put in the outbox and never arrives.
    await tick(cst(MONDAY));
    const [row] = await store.claim({ now: cst(MONDAY), limit: 1, leaseMs: 60_000, budgets: new Map() });
    await store.settle(
      row?.delivery.key ?? "",
      row?.lease ?? "",
      { type: "failed", reason: "gone" },
      { at: cst(MONDAY) },
    );
    const monday = await at("2026-03-09 09:07");
    expect(monday.map((each) => textOf(each).includes("Changed since"))).toEqual([false, false]);
    const [first, second] = await at("2026-03-16 09:07");
    expect(textOf(first ?? expect.fail())).toContain("Changed since 9 Mar 2026");
    expect(textOf(second ?? expect.fail())).toContain("Changed since 9 Mar 2026");
  });

  test("nothing changed: skipped or said, as the rule has it", async () => {
    const { set, at } = await rig();
    const filter = [{ key: "district", negated: false, values: ["DK"] }] as const;
    await set("S-1", cst("2026-03-20 12:00"), { filter, empty: "skip" });
    await set("S-2", cst("2026-03-20 12:00"), { filter, empty: "say", to: channel("C2") });
    expect(await at("2026-03-23 09:07")).toHaveLength(2);
    const said = await at("2026-03-30 09:07");
    expect(lines(said)).toEqual([
      "2026-03-30 Mon 09:07 slack:T1:C2 Weekly digest · district:Dukou: nothing has changed since 23 Mar 2026. 6 commitments, 2 past due, next due DK-003 Public chargers on 31 Dec 2026. DK-003",
    ]);
  });

  test("channels with the same rule, language and snapshot share the composing", async () => {
    const { set, book, store } = await rig();
    for (let count = 1; count <= 20; count += 1) await set(`S-${count}`, SET, { to: channel(`C${count}`) });
    let selected = 0;
    const counting = {
      ...book,
      select: (...of: Parameters<typeof book.select>) => ((selected += 1), book.select(...of)),
    };
    expect(await createTick({ book: counting, store, lang: "en" })(cst(MONDAY))).toBe(20);
    expect(selected).toBeLessThan(6);
  });
});
