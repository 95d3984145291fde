import { describe, expect, test } from "vitest";
import { NO_SETTINGS, type Subscription } from "../../src/core/subscription.ts";
import {
  MONDAY,
  NOTHING,
  OWNER,
  after,
  channel,
  delivery,
  entry,
  keysOf,
  message,
  sent,
  settle,
  snapshot,
  subscription,
  take,
} from "../support/store-samples.ts";
import { stores } from "../support/stores.ts";

describe.each(stores)("what is written, on $name", ({ open }) => {
  test("an inbound message is taken on once, and a second one writes nothing", async () => {
    const { store } = await open();
    const change = { at: MONDAY, accept: "E1", deliveries: [delivery("a")] };
    expect(await store.commit(change)).toEqual({ done: true });
    const second = { at: MONDAY, accept: "E1", deliveries: [delivery("b")], ledger: [entry("e")] };
    expect(await store.commit(second)).toEqual({ done: false, because: "accepted_before" });
    expect(await store.delivery("b")).toBeNull();
    expect(await store.ledger(0, 10)).toEqual([]);
  });

  test("a slot is claimed once by however many, and the others write nothing", async () => {
    const { store } = await open();
    const claims = await Promise.all(
      ["a", "b", "c"].map((key) => store.commit({ at: MONDAY, slot: "S-1@1", deliveries: [delivery(key)] })),
    );
    expect(claims.filter(({ done }) => done)).toHaveLength(1);
    expect(claims).toContainEqual({ done: false, because: "claimed_before" });
    expect(await store.outbox({ states: ["waiting"], limit: 10 })).toHaveLength(1);
  });

  test("what was taken on before undoes a slot claimed in the same change", async () => {
    const { store } = await open();
    await store.commit({ at: MONDAY, slot: "second" });
    const both = await store.commit({ at: MONDAY, accept: "E1", slot: "second" });
    expect(both).toEqual({ done: false, because: "claimed_before" });
    expect(await store.commit({ at: MONDAY, accept: "E1" })).toEqual({ done: true });
  });

  test("a change is written whole or not at all", async () => {
    const { store } = await open();
    const impossible = subscription("S-1", { createdAt: new Date(Number.NaN) });
    const change = { at: MONDAY, accept: "E1", slot: "x", deliveries: [delivery("a")] };
    const failed = store.commit({ ...change, audit: [], subscriptions: [impossible] });
    await expect(failed).rejects.toMatchObject({ name: "StoreError", code: "unusable" });
    expect(await store.delivery("a")).toBeNull();
    expect(await store.commit(change)).toEqual({ done: true });
  });

  test("transactions that run at once never see each other half-way", async () => {
    const { store } = await open();
    const writes = Array.from({ length: 30 }, (_none, at) =>
      store.commit({ at: MONDAY, accept: `E${at}`, ledger: [entry(`x${at}`), entry(`y${at}`)] }),
    );
    const lengths = await Promise.all(
      Array.from({ length: 30 }, async () => (await store.ledger(0, 100)).length),
    );
    await Promise.all(writes);
    expect(lengths.filter((length) => length % 2 === 1)).toEqual([]);
    expect(await store.ledger(0, 100)).toHaveLength(60);
  });

  test("what there is, in numbers: the record, what is open and since when, and how much room it takes", async () => {
    const { store } = await open();
    const empty = await store.inventory();
    expect(empty).toMatchObject({ seq: 0, firstDueAt: null });
    expect(empty.outbox).toEqual({ waiting: 0, sending: 0, unconfirmed: 0, failed: 0 });
    await store.commit({
      at: MONDAY,
      ledger: [entry("x"), entry("y")],
      deliveries: [
        ...["sent", "failed", "taken"].map((key, at) => delivery(key, { to: channel(`C${at}`) })),
        delivery("later", { dueAt: after(60_000) }),
        // Not in line yet: it waits for the one before it.
        delivery("reply", { dueAt: after(-60_000), parentKey: "later" }),
      ],
    });
    expect((await store.inventory()).firstDueAt).toEqual(MONDAY);
    for (const claimed of await take(store)) {
      if (claimed.delivery.key === "sent") await settle(store, claimed, sent("1", channel("C0")));
      if (claimed.delivery.key === "failed") await settle(store, claimed, { type: "failed", reason: "no" });
    }
    const { outbox, seq, firstDueAt, bytes } = await store.inventory();
    expect({ outbox, seq, firstDueAt }).toEqual({
      outbox: { waiting: 2, sending: 1, unconfirmed: 0, failed: 1 },
      seq: 2,
      firstDueAt: after(60_000),
    });
    expect(bytes).toBeGreaterThan(50_000);
  });

  test("ids of subscriptions are given once, also to several at once and after a restart", async () => {
    const { store, reopen } = await open();
    const ids = await Promise.all(Array.from({ length: 20 }, () => store.newSubscriptionId()));
    ids.push(await (await reopen()).newSubscriptionId());
    expect(new Set(ids).size).toBe(21);
    expect(ids).toContain("S-21");
  });

  test("entries keep their order and their positions have no gaps; the same id is written once", async () => {
    const { store } = await open();
    await store.commit({ at: MONDAY, ledger: [entry("e1"), entry("e2")] });
    await store.commit({ at: MONDAY, ledger: [entry("e2"), entry("e3"), entry("e3")] });
    const all = await store.ledger(0, 10);
    expect(all.map(({ seq, id }) => `${seq} ${id}`)).toEqual(["1 e1", "2 e2", "3 e3"]);
    expect(all[0]).toEqual({ ...entry("e1"), seq: 1 });
    expect((await store.ledger(1, 1)).map(({ id }) => id)).toEqual(["e2"]);
  });

  test("entries of many at once stand in one order, and whoever reads on from a position misses none", async () => {
    const { store } = await open();
    const ids = Array.from({ length: 40 }, (_none, at) => `e${at}`);
    const read: string[] = [];
    let last = 0;
    const readOn = async (): Promise<void> => {
      for (const { seq, id } of await store.ledger(last, 100)) {
        last = seq;
        read.push(id);
      }
    };
    await Promise.all(
      ids.map(async (id, at) => {
        await store.commit({ at: MONDAY, ...(at % 2 === 0 ? {} : { accept: id }), ledger: [entry(id)] });
        if (at % 10 === 0) await readOn();
      }),
    );
    await readOn();
    expect([...new Set(read)].toSorted()).toEqual(ids.toSorted());
    expect((await store.ledger(0, 100)).map(({ seq }) => seq)).toEqual(ids.map((_id, at) => at + 1));
  });

  test("the audit tells the newest first", async () => {
    const { store } = await open();
    const row = {
      at: MONDAY,
      actor: OWNER,
      where: channel("C1"),
      what: "digest set",
      detail: "S-1",
    } as const;
    await store.commit({ at: MONDAY, audit: [{ ...row, outcome: "done" }] });
    await store.commit({ at: MONDAY, audit: [{ ...row, actor: null, where: null, outcome: "refused" }] });
    expect(await store.audit(10)).toEqual([
      { ...row, actor: null, actorKey: null, where: null, outcome: "refused" },
      { ...row, actorKey: "P-1", outcome: "done" },
    ]);
    expect(await store.audit(1)).toHaveLength(1);
  });

  test("settings of a place replace one another; its threads share them", async () => {
    const { store } = await open();
    expect(await store.settings(channel("C1"))).toBeNull();
    const settings = { ...NO_SETTINGS, lang: "en", quiet: { from: "22:00", to: "08:00" } } as const;
    await store.commit({ at: MONDAY, settings: [{ place: channel("C1"), settings: NO_SETTINGS }] });
    await store.commit({ at: MONDAY, settings: [{ place: { ...channel("C1"), thread: "1.1" }, settings }] });
    expect(await store.settings(channel("C1"))).toEqual(settings);
    expect(await store.settings({ ...channel("C1"), thread: "2.2" })).toEqual(settings);
    expect(await store.settings(channel("C2"))).toBeNull();
  });
});

describe.each(stores)("subscriptions, on $name", ({ open }) => {
  const rich: Subscription = subscription("S-1", {
    filter: [
      { key: "value", negated: true, values: [amount(">=1/3", "1/3")] },
      {
        key: "due",
        negated: false,
        values: [
          { kind: "range", from: null, to: "2026-12-31" },
          { kind: "within", days: 30 },
        ],
      },
      { key: "stale", negated: false, values: [90] },
    ],
    schedule: { kind: "monthly", day: "last-workday", hour: 17, minute: 5 },
    muted: { dataAfter: after(-5) },
    kind: "reminders",
    before: [30, 7],
    lang: "zh",
  });

  test("come back as they were written, also after a restart", async () => {
    const { store, reopen } = await open();
    await store.commit({ at: MONDAY, subscriptions: [rich] });
    expect(await store.subscription("S-1")).toEqual({ ...rich, revision: 1 });
    expect(await (await reopen()).subscription("S-1")).toEqual({ ...rich, revision: 1 });
  });

  test("are found by place, by owner and all, oldest first; written again they keep their turn", async () => {
    const { store } = await open();
    const [a, b, c] = [
      subscription("S-1", { createdAt: after(2) }),
      subscription("S-2", { to: channel("C2") }),
      subscription("S-3", { kind: "reminders", createdAt: after(1), owner: { ...OWNER, id: "U2" } }),
    ] as const;
    await store.commit({ at: MONDAY, subscriptions: [a, b, c] });
    await store.commit({ at: MONDAY, subscriptions: [{ ...b, paused: "left the channel", nextAt: null }] });
    const ids = async (of: Parameters<typeof store.subscriptions>[0]): Promise<string[]> =>
      (await store.subscriptions(of)).map(({ id }) => id);
    expect(await ids("all")).toEqual(["S-2", "S-3", "S-1"]);
    expect(await ids({ place: { ...channel("C1"), thread: "9.9" } })).toEqual(["S-3", "S-1"]);
    expect(await ids({ owner: OWNER })).toEqual(["S-2", "S-1"]);
  });

  test("are due at their time, earliest first, and not while they are paused", async () => {
    const { store } = await open();
    await store.commit({
      at: MONDAY,
      subscriptions: [
        subscription("S-1", { nextAt: after(5) }),
        subscription("S-2", { kind: "reminders", nextAt: after(1) }),
        subscription("S-3", { kind: "reminders", nextAt: null, paused: "by U1" }),
        subscription("S-4", { kind: "reminders", nextAt: after(6) }),
      ],
    });
    const due = async (ms: number, limit = 9): Promise<string[]> =>
      (await store.dueSubscriptions(after(ms), limit)).map(({ id }) => id);
    expect(await due(0)).toEqual([]);
    expect(await due(5)).toEqual(["S-2", "S-1"]);
    expect(await due(5, 1)).toEqual(["S-2"]);
  });

  test("that end are gone, with their waiting deliveries, and are not written back by whoever read them before", async () => {
    const { store } = await open();
    const old = subscription("S-1");
    await store.commit({
      at: MONDAY,
      subscriptions: [old],
      deliveries: [
        delivery("a", { subscriptionId: "S-1" }),
        delivery("b", { parentKey: "a" }),
        delivery("c"),
      ],
    });
    await store.commit({ at: MONDAY, ended: ["S-1"] });
    await store.commit({ at: MONDAY, subscriptions: [{ ...old, nextAt: after(9) }] });
    expect(await store.subscription("S-1")).toBeNull();
    expect(await store.subscriptions("all")).toEqual([]);
    expect(await store.dueSubscriptions(after(99), 9)).toEqual([]);
    expect((await store.delivery("a"))?.state).toBe("dropped");
    expect((await store.delivery("b"))?.state).toBe("failed");
    expect(keysOf(await take(store))).toEqual(["c"]);
  });

  test("that end while a delivery is under way do not have it tried again", async () => {
    const { store } = await open();
    await store.commit({
      at: MONDAY,
      subscriptions: [subscription("S-1")],
      deliveries: [delivery("a", { subscriptionId: "S-1" })],
    });
    const [row] = await take(store);
    await store.commit({ at: MONDAY, ended: ["S-1"] });
    await settle(store, row, { type: "later", dueAt: after(5), reason: "unreachable", pauseLane: null });
    expect((await store.delivery("a"))?.state).toBe("dropped");
    expect(await store.nextClaimAt(MONDAY)).toBeNull();
  });
});

describe.each(stores)("what a digest told, on $name", ({ open }) => {
  test("counts at once without a delivery", async () => {
    const { store } = await open();
    expect(await store.snapshot("S-1")).toBeNull();
    await store.commit({
      at: MONDAY,
      snapshots: [{ subscriptionId: "S-1", key: null, snapshot: snapshot("v1") }],
    });
    expect(await store.snapshot("S-1")).toEqual({ key: null, snapshot: snapshot("v1") });
  });

  test("counts once its delivery has arrived, and not if it does not", async () => {
    const { store } = await open();
    for (const key of ["a", "b"]) {
      await store.commit({
        at: MONDAY,
        deliveries: [delivery(key)],
        snapshots: [{ subscriptionId: "S-1", key, snapshot: snapshot(key) }],
      });
    }
    expect(await store.snapshot("S-1")).toBeNull();
    const [a, b] = await take(store);
    await settle(store, b, { type: "unconfirmed", reason: "timeout" });
    expect(await store.snapshot("S-1")).toBeNull();
    await settle(store, a, sent("1.1"));
    expect(await store.snapshot("S-1")).toEqual({ key: "a", snapshot: snapshot("a") });
  });

  test("is the newest that arrived, whichever arrives last", async () => {
    const { store } = await open();
    const told = (key: string) => ({ subscriptionId: "S-1", key, snapshot: snapshot(key) });
    await store.commit({ at: MONDAY, deliveries: [delivery("a")], snapshots: [told("a")] });
    await store.commit({ at: MONDAY, deliveries: [delivery("b")], snapshots: [told("b")] });
    const [a, b] = await take(store);
    await settle(store, b, sent("2.2"));
    await settle(store, a, sent("1.1"));
    expect((await store.snapshot("S-1"))?.key).toBe("b");
  });

  test("is forgotten when the subscription ends", async () => {
    const { store } = await open();
    await store.commit({
      at: MONDAY,
      subscriptions: [subscription("S-1")],
      snapshots: [{ subscriptionId: "S-1", key: null, snapshot: snapshot("v1") }],
    });
    await store.commit({ at: MONDAY, ended: ["S-1"] });
    expect(await store.snapshot("S-1")).toBeNull();
  });
});

describe.each(stores)("the outbox, on $name", ({ open }) => {
  test("holds a delivery as it was put in line; its key is unique and the first stands", async () => {
    const { store, reopen } = await open();
    const rich = delivery("a", {
      message: {
        ...message("s"),
        tone: "warn",
        files: [{ name: "a.csv", mime: "text/csv", content: "\uFEFF区\n" }],
        blocks: [
          { type: "divider" },
          { type: "table", columns: [{ label: "区", align: "left" }], rows: [["光明"]] },
          { type: "chart", title: "t", unit: "%", series: ["s"], bars: [{ label: "b", values: [1.5] }] },
          {
            type: "buttons",
            buttons: [
              { label: "x", run: "show GM-001", replace: true },
              { label: "y", url: "https://a.test" },
            ],
          },
        ],
      },
      subscriptionId: "S-1",
    });
    await store.commit({ at: MONDAY, deliveries: [rich] });
    await store.commit({ at: MONDAY, deliveries: [delivery("a", { to: channel("C9") })] });
    const waiting = {
      delivery: rich,
      state: "waiting",
      attempts: 0,
      firstTriedAt: null,
      plain: false,
      reason: null,
      ref: null,
      dueAt: MONDAY,
      settledAt: null,
    };
    expect(await store.delivery("a")).toEqual(waiting);
    expect(await (await reopen()).delivery("a")).toEqual(waiting);
  });

  test("lists states, newest first", async () => {
    const { store } = await open();
    await store.commit({ at: MONDAY, deliveries: ["a", "b", "c"].map((key) => delivery(key)) });
    await settle(store, (await take(store))[1], { type: "failed", reason: "target_gone" });
    expect(keysOf(await store.outbox({ states: ["waiting", "sending", "failed"], limit: 9 }))).toEqual([
      "c",
      "b",
      "a",
    ]);
    expect(keysOf(await store.outbox({ states: ["failed"], limit: 9 }))).toEqual(["b"]);
    expect(keysOf(await store.outbox({ states: ["sending"], limit: 1 }))).toEqual(["c"]);
    expect(await store.outbox({ states: [], limit: 9 })).toEqual([]);
  });

  test("is closed with the store", async () => {
    const { store } = await open();
    await store.close();
    await store.close();
    await expect(store.commit(NOTHING)).rejects.toMatchObject({ name: "StoreError", code: "unusable" });
    await expect(store.outbox({ states: ["sent"], limit: 1 })).rejects.toMatchObject({ name: "StoreError" });
  });
});

function amount(text: string, value: string) {
  return { text, dimension: "money:CNY", min: { value, strict: false }, max: null };
}
