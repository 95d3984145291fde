import { describe, expect, test } from "vitest";
import type { Subscription } from "../../src/core/subscription.ts";
import type { Store } from "../../src/store/store.ts";
import {
  MONDAY,
  after,
  channel,
  delivery,
  entry,
  snapshot,
  subscription,
  take,
} from "../support/store-samples.ts";
import { containing, stores } from "../support/stores.ts";

async function read(store: Store): Promise<Subscription> {
  const found = await store.subscription("S-1");
  if (found === null) throw new Error("no S-1");
  return found;
}
const stale = { done: false, because: "changed_before" };
const muted = { until: "2026-03-01" };

describe.each(stores)("the digest of a place, on $name", ({ open }) => {
  const set = (store: Store, id: string, rest: Partial<Subscription> = {}) =>
    store.commit({ at: MONDAY, subscriptions: [subscription(id, rest)] });

  test("is one, however many set it at once: the others are told to look again", async () => {
    const { store } = await open();
    const done = await Promise.all(["S-1", "S-2", "S-3", "S-4"].map((id) => set(store, id)));
    expect(done.filter((each) => each.done)).toHaveLength(1);
    expect(done.filter((each) => !each.done)).toEqual([stale, stale, stale]);
    expect(await store.subscriptions("all")).toHaveLength(1);
  });

  test("may be set beside reminders, elsewhere, and again once it has ended", async () => {
    const { store } = await open();
    expect(await set(store, "S-1", { kind: "reminders" })).toEqual({ done: true });
    expect(await set(store, "S-2")).toEqual({ done: true });
    expect(await set(store, "S-3", { kind: "reminders" })).toEqual({ done: true });
    expect(await set(store, "S-4", { to: channel("C2") })).toEqual({ done: true });
    expect(await set(store, "S-2", { muted })).toEqual({ done: true });
    await store.commit({ at: MONDAY, ended: ["S-2"] });
    expect(await set(store, "S-5")).toEqual({ done: true });
    expect((await store.subscriptions("all")).map(({ id }) => id)).toEqual(["S-1", "S-3", "S-4", "S-5"]);
  });
});

describe.each(stores)("a rule that two write at once, on $name", ({ open }) => {
  /** What a tick writes for the rule as it read it. */
  const ticked = (rule: Subscription) => ({
    at: MONDAY,
    slot: "S-1 monday",
    subscriptions: [{ ...rule, nextAt: after(7) }],
    deliveries: [delivery("digest", { subscriptionId: "S-1" })],
    snapshots: [{ subscriptionId: "S-1", key: null, snapshot: snapshot("v1") }],
    ledger: [entry("e1")],
  });

  async function withRule(): Promise<Store> {
    const { store } = await open();
    await store.commit({ at: MONDAY, subscriptions: [subscription("S-1")] });
    return store;
  }

  test("keeps a user's edit made while a tick had it: the tick writes nothing, and does it anew", async () => {
    const store = await withRule();
    const seen = await read(store);
    expect(await store.commit({ at: MONDAY, subscriptions: [{ ...seen, muted }] })).toEqual({ done: true });
    expect(await store.commit(ticked(seen))).toEqual(stale);
    expect(await read(store)).toMatchObject({ muted, nextAt: MONDAY });
    expect(await store.delivery("digest")).toBeNull();
    expect(await store.snapshot("S-1")).toBeNull();
    expect(await store.ledger(0, 9)).toEqual([]);
    expect(await store.commit(ticked(await read(store)))).toEqual({ done: true });
    expect(await read(store)).toMatchObject({ muted, nextAt: after(7) });
  });

  test("keeps a tick's next time when the user had read the rule before it", async () => {
    const store = await withRule();
    const seen = await read(store);
    expect(await store.commit(ticked(seen))).toEqual({ done: true });
    const edit = { at: MONDAY, accept: "E1", subscriptions: [{ ...seen, muted }] };
    expect(await store.commit(edit)).toEqual(stale);
    expect(await read(store)).toMatchObject({ muted: null, nextAt: after(7) });
    // What was refused was not taken on: the same message may be answered anew.
    expect(await store.commit({ ...edit, subscriptions: [{ ...(await read(store)), muted }] })).toEqual({
      done: true,
    });
    expect(await read(store)).toMatchObject({ muted, nextAt: after(7) });
  });

  test("is written by one of however many read it at the same time", async () => {
    const store = await withRule();
    const seen = await read(store);
    const all = await Promise.all(
      [1, 2, 3, 4, 5].map((days) =>
        store.commit({ at: MONDAY, subscriptions: [{ ...seen, nextAt: after(days) }] }),
      ),
    );
    expect(all.filter(({ done }) => done)).toHaveLength(1);
    expect(all.filter(({ done }) => !done)).toEqual([stale, stale, stale, stale]);
    const won = all.findIndex(({ done }) => done);
    expect((await read(store)).nextAt).toEqual(after(won + 1));
  });

  test("is refused with every other rule of the change", async () => {
    const store = await withRule();
    const seen = await read(store);
    await store.commit({ at: MONDAY, subscriptions: [{ ...seen, muted }] });
    const both = { at: MONDAY, subscriptions: [subscription("S-2"), { ...seen, nextAt: after(7) }] };
    expect(await store.commit(both)).toEqual(stale);
    expect(await store.subscription("S-2")).toBeNull();
  });

  test("says that the slot was claimed before it says that the rule was changed", async () => {
    const store = await withRule();
    const seen = await read(store);
    await store.commit(ticked(seen));
    expect(await store.commit(ticked(seen))).toEqual({ done: false, because: "claimed_before" });
  });

  test("is not sent for any more by a tick that had read it before it ended", async () => {
    const store = await withRule();
    const seen = await read(store);
    await store.commit({ at: MONDAY, ended: ["S-1"] });
    expect(await store.commit(ticked(seen))).toEqual(stale);
    expect(await store.delivery("digest")).toBeNull();
  });

  test("set anew as a whole stands, whatever was there; who read the old one is refused", async () => {
    const store = await withRule();
    const seen = await read(store);
    const anew = subscription("S-1", { zone: "Europe/Berlin" });
    expect(await store.commit({ at: MONDAY, subscriptions: [anew] })).toEqual({ done: true });
    expect(await store.commit(ticked(seen))).toEqual(stale);
    expect(await read(store)).toMatchObject({ zone: "Europe/Berlin", nextAt: MONDAY });
  });

  test("that is paused with an outcome, on an old reading, has nothing written, and is told as busy", async () => {
    const store = await withRule();
    await store.commit({ at: MONDAY, deliveries: [delivery("a", { to: channel("C2") })] });
    const [row] = await take(store);
    if (row === undefined) throw new Error("nothing was claimed");
    const seen = await read(store);
    await store.commit({ at: MONDAY, subscriptions: [{ ...seen, nextAt: after(7) }] });
    const gone = { type: "failed", reason: "target_gone" } as const;
    const pausing = async (rule: Subscription): Promise<boolean> =>
      store.settle(row.delivery.key, row.lease, gone, {
        at: MONDAY,
        subscriptions: [{ ...rule, paused: "target_gone", nextAt: null }],
      });
    await expect(pausing(seen)).rejects.toMatchObject({
      name: "StoreError",
      code: "busy",
      message: containing("changed"),
    });
    expect((await store.delivery("a"))?.state).toBe("sending");
    expect(await pausing(await read(store))).toBe(true);
    expect(await read(store)).toMatchObject({ paused: "target_gone", nextAt: null });
    expect((await store.delivery("a"))?.state).toBe("failed");
  });
});
