import { describe, expect, test } from "vitest";
import type { Store } from "../../src/store/store.ts";
import {
  MONDAY,
  after,
  delivery,
  entry,
  keysOf,
  sent,
  settle,
  snapshot,
  subscription,
  take,
} from "../support/store-samples.ts";
import { stores } from "../support/stores.ts";

const DAY = 86_400_000;
const late = after(91 * DAY);

/** Sends everything that waits, at `at`. */
async function sendAll(store: Store, at = MONDAY): Promise<void> {
  for (let rows = await take(store, at); rows.length > 0; rows = await take(store, at))
    for (const row of rows) await settle(store, row, sent(`m.${row.delivery.key}`), at);
}

async function kept(store: Store): Promise<readonly string[]> {
  const states = ["waiting", "sending", "sent", "unconfirmed", "failed", "dropped"] as const;
  return keysOf(await store.outbox({ states, limit: 5_000 })).toSorted();
}

describe.each(stores)("what is forgotten, on $name", ({ open }) => {
  test("are receipts of what was sent or dropped, after ninety days and not before", async () => {
    const { store } = await open();
    await store.commit({ at: MONDAY, deliveries: ["a", "b", "c"].map((key) => delivery(key)) });
    await store.decide("b", "drop", { at: MONDAY });
    await sendAll(store);
    await store.commit({ at: MONDAY, deliveries: [delivery("young")] });
    await sendAll(store, after(2 * DAY));
    expect(await store.prune(after(90 * DAY))).toBe(0);
    expect(await store.prune(late)).toBe(3);
    expect(await kept(store)).toEqual(["young"]);
    expect(await store.prune(late)).toBe(0);
  });

  test("is nothing that waits, is under way, or that somebody must still decide", async () => {
    const { store } = await open();
    const keys = ["failed", "unconfirmed", "sending", "waiting"];
    await store.commit({ at: MONDAY, deliveries: keys.map((key) => delivery(key)) });
    const [first] = await take(store, MONDAY, 1);
    await settle(store, first, { type: "failed", reason: "target_gone" });
    const [second] = await take(store, MONDAY, 1);
    await settle(store, second, { type: "unconfirmed", reason: "timeout" });
    await take(store, MONDAY, 1);
    expect(await store.prune(late)).toBe(0);
    expect(await kept(store)).toEqual(["failed", "sending", "unconfirmed", "waiting"]);
  });

  test("is never the digest that a channel was told last: it can still be edited, and its snapshot counts", async () => {
    const { store } = await open();
    await store.commit({ at: MONDAY, subscriptions: [subscription("S-1")] });
    for (const key of ["first", "last"]) {
      const rest = { subscriptionId: "S-1" };
      await store.commit({
        at: MONDAY,
        deliveries: [delivery(key, rest), delivery(`${key}.1`, { ...rest, parentKey: key })],
        snapshots: [{ subscriptionId: "S-1", key, snapshot: snapshot(key) }],
      });
      await sendAll(store);
    }
    expect(await store.prune(late)).toBe(3);
    expect(await kept(store)).toEqual(["last"]);
    expect(await store.snapshot("S-1")).toEqual({ key: "last", snapshot: snapshot("last") });
    await store.commit({ at: late, deliveries: [delivery("edit", { act: { edit: "last" }, dueAt: late })] });
    const [row] = await take(store, late);
    expect(row?.edits?.id).toBe("m.last");
  });

  test("spares what a kept reply or edit hangs on, and takes a thread as a whole once it is old", async () => {
    const { store } = await open();
    await store.commit({ at: MONDAY, deliveries: [delivery("parent"), delivery("edited")] });
    await sendAll(store);
    const dueAt = after(50 * DAY);
    await store.commit({
      at: dueAt,
      deliveries: [
        delivery("reply", { parentKey: "parent", dueAt }),
        delivery("edit", { act: { edit: "edited" }, dueAt }),
        delivery("later", { act: { edit: "edit" }, dueAt: after(300 * DAY) }),
      ],
    });
    await sendAll(store, dueAt);
    expect(await store.prune(late)).toBe(0);
    expect(await store.prune(after(141 * DAY))).toBe(2);
    expect(await kept(store)).toEqual(["edit", "edited", "later"]);
    await sendAll(store, after(300 * DAY));
    expect(await store.prune(after(391 * DAY))).toBe(3);
    expect(await kept(store)).toEqual([]);
  });

  test("with a dropped digest is what it would have told; a rule's last told snapshot stays", async () => {
    const { store } = await open();
    await store.commit({
      at: MONDAY,
      subscriptions: [subscription("S-1")],
      snapshots: [{ subscriptionId: "S-1", key: null, snapshot: snapshot("told") }],
    });
    await store.commit({
      at: MONDAY,
      deliveries: [delivery("a", { subscriptionId: "S-1" })],
      snapshots: [{ subscriptionId: "S-1", key: "a", snapshot: snapshot("a") }],
    });
    await store.decide("a", "drop", { at: MONDAY });
    expect(await store.prune(late)).toBe(1);
    expect((await store.snapshot("S-1"))?.snapshot.version).toBe("told");
  });

  test("are inbound ids after fourteen days, and slots of rules after ninety; other slots stay claimed for good", async () => {
    const { store } = await open();
    await store.commit({ at: MONDAY, accept: "E1", slot: "S-1 monday", ledger: [entry("e1")] });
    await store.commit({ at: MONDAY, slot: "seed slack:T1:C1" });
    const taken = async (change: { readonly accept: string } | { readonly slot: string }): Promise<boolean> =>
      !(await store.commit({ at: late, ...change })).done;
    expect(await store.prune(after(14 * DAY))).toBe(0);
    expect(await taken({ accept: "E1" })).toBe(true);
    expect(await store.prune(after(15 * DAY))).toBe(1);
    expect(await taken({ slot: "S-1 monday" })).toBe(true);
    expect(await store.prune(late)).toBe(1);
    expect(await taken({ slot: "S-1 monday" })).toBe(false);
    expect(await taken({ accept: "E1" })).toBe(false);
    expect(await taken({ slot: "seed slack:T1:C1" })).toBe(true);
    expect(await store.ledger(0, 9)).toHaveLength(1);
  });

  test("goes in many small steps, and others may write in between", async () => {
    const { store } = await open();
    const all = Array.from({ length: 1_200 }, (_none, at) => delivery(`d${at}`));
    await store.commit({ at: MONDAY, deliveries: all });
    await store.decide("d0", "drop", { at: MONDAY });
    await store.commit({
      at: MONDAY,
      subscriptions: [subscription("S-2")],
      deliveries: Array.from({ length: 1_100 }, (_none, at) => delivery(`x${at}`, { subscriptionId: "S-2" })),
    });
    await store.commit({ at: MONDAY, ended: ["S-2"] });
    const [gone] = await Promise.all([
      store.prune(late),
      store.commit({ at: late, deliveries: [delivery("reply", { parentKey: "d1", dueAt: late })] }),
    ]);
    expect(gone).toBe(1_101);
    expect((await store.delivery("reply"))?.state).toBe("waiting");
    expect(await kept(store)).toHaveLength(1_200);
  });
});
