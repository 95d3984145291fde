import { describe, expect, test } from "vitest";
import type { Budget, Budgets } from "../../src/core/budget.ts";
import type { PlatformName } from "../../src/core/place.ts";
import type { Claimed } from "../../src/store/outbox.ts";
import type { Store } from "../../src/store/store.ts";
import { MONDAY, after, channel, delivery, keysOf, sent, settle, take } from "../support/store-samples.ts";
import { stores } from "../support/stores.ts";

const SECOND: Budget = { count: 1, perMs: 1_000 };

function budgets(place: readonly Budget[], all: readonly Budget[] = []): ReadonlyMap<PlatformName, Budgets> {
  return new Map([["slack", { place, all }]]);
}

function claim(
  store: Store,
  ms: number,
  of: ReadonlyMap<PlatformName, Budgets>,
  limit = 100,
): Promise<readonly Claimed[]> {
  return store.claim({ now: after(ms), limit, leaseMs: 60_000, budgets: of });
}

/** Claims and sends whatever can be sent at a moment. */
async function send(
  store: Store,
  ms: number,
  of: ReadonlyMap<PlatformName, Budgets>,
  limit?: number,
): Promise<readonly string[]> {
  const rows = await claim(store, ms, of, limit);
  for (const row of rows) await settle(store, row, sent(row.delivery.key), after(ms));
  return keysOf(rows);
}

describe.each(stores)("a claim on $name", ({ name, open }) => {
  test("takes what is due, earliest first and then as it was put in line, and marks it as being sent", async () => {
    const { store } = await open();
    await store.commit({
      at: MONDAY,
      deliveries: [
        delivery("late", { to: channel("C2"), dueAt: after(10) }),
        delivery("b"),
        delivery("a", { to: channel("C3") }),
        delivery("early", { dueAt: after(-5) }),
      ],
    });
    const rows = await take(store);
    expect(keysOf(rows)).toEqual(["early", "b", "a"]);
    expect(rows[0]).toMatchObject({
      state: "sending",
      attempts: 1,
      firstTriedAt: MONDAY,
      interrupted: false,
      edits: null,
      leaseUntil: after(60_000),
    });
    expect(await take(store)).toEqual([]);
    expect(keysOf(await take(store, after(10)))).toEqual(["late"]);
    expect((await store.delivery("b"))?.state).toBe("sending");
  });

  test("takes no more than asked, and the rest after it", async () => {
    const { store } = await open();
    await store.commit({
      at: MONDAY,
      deliveries: ["a", "b", "c"].map((key) => delivery(key, { to: channel(key.toUpperCase()) })),
    });
    expect(keysOf(await take(store, MONDAY, 2))).toEqual(["a", "b"]);
    expect(keysOf(await take(store, MONDAY, 2))).toEqual(["c"]);
    expect(await take(store, MONDAY, 0)).toEqual([]);
  });

  test("leaves the next one of a place until the one before is settled, so that they arrive in order", async () => {
    const { store } = await open();
    await store.commit({
      at: MONDAY,
      deliveries: [delivery("a"), delivery("b"), delivery("x", { to: channel("C2") })],
    });
    const [a] = await claim(store, 0, budgets([]), 1);
    expect(keysOf(await take(store))).toEqual(["x"]);
    expect(await store.nextClaimAt(MONDAY)).toEqual(after(60_000));
    await settle(store, a, sent("1.1"));
    expect(await store.nextClaimAt(MONDAY)).toEqual(MONDAY);
    expect(keysOf(await take(store))).toEqual(["b"]);
  });

  test("keeps to the budget of a place, in any window, and says when it goes on", async () => {
    const { store } = await open();
    await store.commit({ at: MONDAY, deliveries: ["a", "b", "c"].map((key) => delivery(key)) });
    const one = budgets([SECOND]);
    expect(await send(store, 0, one)).toEqual(["a"]);
    expect(await store.nextClaimAt(MONDAY)).toEqual(after(1_000));
    expect(await send(store, 999, one)).toEqual([]);
    expect(await send(store, 1_000, one)).toEqual(["b"]);
    expect(await store.nextClaimAt(after(1_000))).toEqual(after(2_000));
  });

  test("keeps to the budget of all places of a workspace together, and each has its own", async () => {
    const { store } = await open();
    const other = { ...channel("C9"), workspace: "T2" };
    await store.commit({
      at: MONDAY,
      deliveries: [
        ...Array.from({ length: 5 }, (_none, at) => delivery(`a${at}`, { to: channel(`C${at}`) })),
        delivery("other", { to: other }),
      ],
    });
    const two = budgets(
      [],
      [
        { count: 2, perMs: 1_000 },
        { count: 3, perMs: 60_000 },
      ],
    );
    expect(await send(store, 0, two)).toEqual(["a0", "a1", "other"]);
    expect(await send(store, 500, two)).toEqual([]);
    expect(await store.nextClaimAt(after(500))).toEqual(after(1_000));
    expect(await send(store, 1_000, two)).toEqual(["a2"]);
    expect(await store.nextClaimAt(after(1_000))).toEqual(after(60_000));
  });

  test("is not held up by a thousand of one place that has used its budget", async () => {
    const { store } = await open();
    const many = Array.from({ length: 1_000 }, (_none, at) => delivery(`m${at}`, { dueAt: after(-1_000) }));
    const few = Array.from({ length: 5 }, (_none, at) => delivery(`f${at}`, { to: channel(`F${at}`) }));
    await store.commit({ at: MONDAY, deliveries: [...many, ...few] });
    const one = budgets([SECOND]);
    expect(await send(store, 0, one, 1)).toEqual(["m0"]);
    expect(await send(store, 0, one, 3)).toEqual(["f0", "f1", "f2"]);
    expect(await send(store, 0, one, 3)).toEqual(["f3", "f4"]);
  });

  test("shares itself out where one place has many waiting and others have few", async () => {
    const { store } = await open();
    const many = Array.from({ length: 50 }, (_none, at) => delivery(`m${at}`, { dueAt: after(-1_000) }));
    await store.commit({ at: MONDAY, deliveries: [...many, delivery("f", { to: channel("F") })] });
    expect(keysOf(await claim(store, 0, budgets([]), 8))).toEqual(["m0", "m1", "m2", "m3", "f"]);
  });

  test("passes over a paused place, and everything where the whole workspace is paused; turns are kept", async () => {
    const { store } = await open();
    await store.commit({ at: MONDAY, deliveries: ["a", "b"].map((key) => delivery(key)) });
    const [a] = await claim(store, 0, budgets([]), 1);
    await settle(store, a, { type: "later", dueAt: after(500), reason: "rate_limited", pauseLane: "place" });
    await store.commit({
      at: MONDAY,
      deliveries: [delivery("x", { to: channel("C2") }), delivery("y", { to: channel("C2") })],
    });
    const [x] = await claim(store, 0, budgets([]), 1);
    expect(x?.delivery.key).toBe("x");
    await settle(store, x, { type: "later", dueAt: after(800), reason: "rate_limited", pauseLane: "all" });
    expect(await take(store, after(799))).toEqual([]);
    expect(await store.nextClaimAt(after(600))).toEqual(after(800));
    expect(keysOf(await take(store, after(800)))).toEqual(["a", "b", "x", "y"]);
  });

  test("takes what an earlier worker left as interrupted, under a new lease and the budget", async () => {
    const { store, reopen } = await open();
    await store.commit({ at: MONDAY, deliveries: [delivery("a"), delivery("b")] });
    const [first] = await claim(store, 0, budgets([SECOND]));
    const again = await reopen();
    expect(await claim(again, 59_999, budgets([SECOND]))).toEqual([]);
    const [second] = await claim(again, 60_000, budgets([SECOND]));
    expect(second).toMatchObject({
      interrupted: true,
      attempts: 2,
      firstTriedAt: MONDAY,
      leaseUntil: after(120_000),
    });
    expect(second?.lease).not.toBe(first?.lease);
    expect(await again.settle("a", first?.lease ?? "", sent("1.1"), { at: MONDAY, accept: "E1" })).toBe(
      false,
    );
    expect(await again.commit({ at: MONDAY, accept: "E1" })).toEqual({ done: true });
    await settle(again, second, sent("1.1"), after(60_000));
    expect(keysOf(await claim(again, 60_500, budgets([SECOND])))).toEqual([]);
    expect(keysOf(await claim(again, 61_000, budgets([SECOND])))).toEqual(["b"]);
  });

  test("takes only what was interrupted while another worker is at the place again", async () => {
    const { store } = await open();
    await store.commit({ at: MONDAY, deliveries: ["a", "b", "c"].map((key) => delivery(key)) });
    expect(keysOf(await claim(store, 0, budgets([]), 2))).toEqual(["a", "b"]);
    expect(keysOf(await claim(store, 60_000, budgets([SECOND])))).toEqual(["a"]);
    expect(keysOf(await claim(store, 61_000, budgets([])))).toEqual(["b"]);
  });

  test("goes on when the clock is set back: no budget holds a place up for longer than its window", async () => {
    const { store } = await open();
    const deliveries = ["a", "b", "c"].map((key) => delivery(key, { dueAt: after(-9e8) }));
    await store.commit({ at: MONDAY, deliveries });
    const both = budgets([SECOND], [{ count: 1, perMs: 2_000 }]);
    expect(await send(store, 0, both)).toEqual(["a"]);
    const hour = -3_600_000;
    expect(await send(store, hour, both)).toEqual([]);
    expect(await store.nextClaimAt(after(hour))).toEqual(after(hour + 2_000));
    expect(await send(store, hour + 2_000, both)).toEqual(["b"]);
    expect(await send(store, 9e8, both)).toEqual(["c"]);
  });

  test("gives each delivery to one of several that claim at once", async () => {
    const { store, second } = await open();
    const others = name === "postgres" ? [await second(), await second()] : [store, store];
    const deliveries = Array.from({ length: 60 }, (_none, at) =>
      delivery(`d${at}`, { to: channel(`C${at}`) }),
    );
    await store.commit({ at: MONDAY, deliveries });
    const taken: string[] = [];
    for (const _round of [1, 2, 3, 4]) {
      const rows = await Promise.all([store, ...others].map((each) => take(each, MONDAY, 10)));
      taken.push(...keysOf(rows.flat()));
    }
    expect(taken.toSorted()).toEqual(deliveries.map(({ key }) => key).toSorted());
  });

  test("shares the budgets between several that claim at once", async () => {
    const { store, second } = await open();
    const other = name === "postgres" ? await second() : store;
    const deliveries = Array.from({ length: 40 }, (_none, at) =>
      delivery(`d${at}`, { to: channel(`C${at % 20}`) }),
    );
    await store.commit({ at: MONDAY, deliveries });
    const both = budgets([SECOND], [{ count: 10, perMs: 1_000 }]);
    const perSecond: number[] = [];
    for (const ms of [0, 1_000, 2_000, 3_000]) {
      const rows = (
        await Promise.all([store, other, store, other].map((each) => claim(each, ms, both)))
      ).flat();
      for (const row of rows) await settle(store, row, sent(row.delivery.key), after(ms));
      expect(new Set(rows.map(({ delivery: { to } }) => JSON.stringify(to))).size).toBe(rows.length);
      perSecond.push(rows.length);
    }
    expect(perSecond).toEqual([10, 10, 10, 10]);
  });

  test("finds nothing to wait for in an empty outbox", async () => {
    const { store } = await open();
    expect(await store.nextClaimAt(MONDAY)).toBeNull();
    expect(await take(store)).toEqual([]);
    await store.commit({ at: MONDAY, deliveries: [delivery("a", { dueAt: after(5) })] });
    expect(await store.nextClaimAt(MONDAY)).toEqual(after(5));
    expect(await store.nextClaimAt(after(9))).toEqual(after(9));
  });
});
