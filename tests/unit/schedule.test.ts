import { describe, expect, test } from "vitest";
import { replan } from "../../src/schedule/replan.ts";
import { createTick } from "../../src/schedule/tick.ts";
import type { Store } from "../../src/store/store.ts";
import { channel, cst, lines, rig } from "../support/year-rig.ts";

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
