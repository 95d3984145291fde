import { describe, expect, test } from "vitest";
import {
  MONDAY,
  after,
  channel,
  delivery,
  entry,
  keysOf,
  ref,
  sent,
  settle,
  take,
} from "../support/store-samples.ts";
import { stores } from "../support/stores.ts";

const ROOM = { platform: "slack", workspace: "T1", to: { channel: "D1" }, thread: null } as const;

describe.each(stores)("an outcome, on $name", ({ open }) => {
  test("is written with its change, by whoever holds the lease and once", async () => {
    const { store } = await open();
    await store.commit({ at: MONDAY, deliveries: [delivery("a")] });
    const [row] = await take(store);
    const change = { at: after(1), ledger: [entry("e")] };
    expect(await store.settle("a", "another's", sent("1.1"), change)).toBe(false);
    expect(await store.settle("nothing", row?.lease ?? "", sent("1.1"), change)).toBe(false);
    expect(await store.ledger(0, 9)).toEqual([]);
    expect(await store.settle("a", row?.lease ?? "", sent("1.1"), change)).toBe(true);
    expect(await store.settle("a", row?.lease ?? "", sent("1.1"), { at: MONDAY, ledger: [entry("f")] })).toBe(
      false,
    );
    expect(await store.ledger(0, 9)).toHaveLength(1);
    expect(await store.delivery("a")).toMatchObject({
      state: "sent",
      ref: ref("1.1"),
      settledAt: after(1),
      reason: null,
    });
  });

  test("later puts it back in line; the attempt counts unless nothing was sent", async () => {
    const { store } = await open();
    await store.commit({ at: MONDAY, deliveries: [delivery("a")] });
    const later = { type: "later", dueAt: after(500), reason: "unreachable", pauseLane: null } as const;
    await settle(store, (await take(store))[0], { ...later, counts: false });
    expect(await store.delivery("a")).toMatchObject({ attempts: 0, firstTriedAt: null, state: "waiting" });
    await settle(store, (await take(store, after(500)))[0], { ...later, dueAt: after(900) });
    expect(await store.delivery("a")).toMatchObject({
      attempts: 1,
      firstTriedAt: after(500),
      reason: "unreachable",
      dueAt: after(900),
    });
    expect((await store.delivery("a"))?.delivery.dueAt).toEqual(MONDAY);
    await settle(store, (await take(store, after(900)))[0], { ...later, counts: false });
    expect(await store.delivery("a")).toMatchObject({ attempts: 1, firstTriedAt: after(500) });
  });

  test("plain puts it back in line at once, to be rendered plainly", async () => {
    const { store } = await open();
    await store.commit({ at: MONDAY, deliveries: [delivery("a")] });
    await settle(store, (await take(store))[0], { type: "plain", reason: "rejected: invalid_blocks" });
    expect((await take(store))[0]).toMatchObject({ plain: true, attempts: 2, interrupted: false });
  });

  test("puts what its change puts in line behind it", async () => {
    const { store } = await open();
    await store.commit({ at: MONDAY, deliveries: [delivery("a")] });
    const [row] = await take(store);
    const told = { at: MONDAY, deliveries: [delivery("told", { to: { ...ROOM, to: { person: "U1" } } })] };
    expect(await store.settle("a", row?.lease ?? "", { type: "failed", reason: "target_gone" }, told)).toBe(
      true,
    );
    expect(keysOf(await take(store))).toEqual(["told"]);
  });
});

describe.each(stores)("replies and edits, on $name", ({ open }) => {
  test("a reply waits for its parent and goes into its thread, where the platform says that is", async () => {
    const { store } = await open();
    const person = { ...ROOM, to: { person: "U1" } };
    const reply = delivery("a.1", { to: person, parentKey: "a" });
    await store.commit({
      at: MONDAY,
      deliveries: [reply, delivery("a", { to: person }), delivery("a.2", { to: person, parentKey: "a" })],
    });
    const [a, ...none] = await take(store);
    expect([a?.delivery.key, none]).toEqual(["a", []]);
    await settle(store, a, sent("1.1", ROOM));
    const replies = await take(store);
    expect(keysOf(replies)).toEqual(["a.1", "a.2"]);
    expect(replies[0]?.delivery).toEqual({ ...reply, to: { ...ROOM, thread: "1.1" } });
    expect((await store.delivery("a.2"))?.delivery.to).toEqual({ ...ROOM, thread: "1.1" });
  });

  test("a reply to a reply stays in the first one's thread", async () => {
    const { store } = await open();
    await store.commit({
      at: MONDAY,
      deliveries: [delivery("a"), delivery("b", { parentKey: "a" }), delivery("c", { parentKey: "b" })],
    });
    await settle(store, (await take(store))[0], sent("1.1"));
    await settle(store, (await take(store))[0], sent("2.2", { ...channel("C1"), thread: "1.1" }));
    expect((await take(store))[0]?.delivery.to.thread).toBe("1.1");
  });

  test("an edit waits for the message it edits, which may itself be an edit", async () => {
    const { store } = await open();
    const edit = (key: string, of: string) => delivery(key, { act: { edit: of }, dueAt: after(-9) });
    await store.commit({ at: MONDAY, deliveries: [delivery("a"), edit("e1", "a"), edit("e2", "e1")] });
    await settle(store, (await take(store))[0], sent("1.1"));
    const [e1] = await take(store);
    expect(e1).toMatchObject({ delivery: { key: "e1", act: { edit: "a" } }, edits: ref("1.1") });
    await settle(store, e1, sent("1.1"));
    expect((await take(store))[0]).toMatchObject({ delivery: { key: "e2" }, edits: ref("1.1") });
  });

  test("what is put in line after its parent arrived goes at once", async () => {
    const { store } = await open();
    await store.commit({ at: MONDAY, deliveries: [delivery("a")] });
    await settle(store, (await take(store))[0], sent("1.1"));
    await store.commit({
      at: MONDAY,
      deliveries: [delivery("r", { parentKey: "a" }), delivery("e", { act: { edit: "a" } })],
    });
    expect(keysOf(await take(store))).toEqual(["r", "e"]);
  });

  test.each([
    { type: "failed", reason: "target_gone" },
    { type: "unconfirmed", reason: "timeout" },
  ] as const)("what waits for one that is $type fails with it, and what waits for that", async (outcome) => {
    const { store } = await open();
    const waiting = [
      delivery("b", { parentKey: "a" }),
      delivery("c", { act: { edit: "b" } }),
      delivery("d", { act: { edit: "a" } }),
    ];
    await store.commit({ at: MONDAY, deliveries: [delivery("a"), ...waiting] });
    await settle(store, (await take(store))[0], outcome, after(3));
    for (const key of ["b", "c", "d"])
      expect(await store.delivery(key)).toMatchObject({ state: "failed", settledAt: after(3) });
    await store.commit({
      at: MONDAY,
      deliveries: [delivery("late", { parentKey: "a" }), delivery("lost", { parentKey: "nobody" })],
    });
    expect((await store.delivery("late"))?.state).toBe("failed");
    expect((await store.delivery("lost"))?.state).toBe("failed");
    expect(await store.nextClaimAt(MONDAY)).toBeNull();
  });

  test("a reply that is put in line just while its parent arrives is never left behind", async () => {
    const { store, second } = await open();
    const other = await second().catch(() => store);
    for (const at of Array.from({ length: 15 }, (_none, index) => index)) {
      await store.commit({ at: MONDAY, deliveries: [delivery(`p${at}`, { to: channel(`C${at}`) })] });
      const [row] = await take(store);
      // The reply goes to another place, so that no lane keeps the two apart.
      const reply = delivery(`r${at}`, { to: channel(`R${at}`), parentKey: `p${at}` });
      await Promise.all([settle(store, row, sent("1.1")), other.commit({ at: MONDAY, deliveries: [reply] })]);
      const [next] = await take(store);
      expect(next?.delivery.key).toBe(`r${at}`);
      await settle(store, next, sent("2.2"));
    }
  });
});

describe.each(stores)("a lane that two touch at once, on $name", ({ open }) => {
  test("is looked at as soon as the earlier of what both put there is due", async () => {
    const { store, second } = await open();
    const other = await second().catch(() => store);
    for (const at of Array.from({ length: 12 }, (_none, index) => index)) {
      const [from, to] = [channel(`P${at}`), channel(`Q${at}`)];
      const reply = delivery(`r${at}`, { to, parentKey: `p${at}`, dueAt: after(9e8) });
      await store.commit({ at: MONDAY, deliveries: [delivery(`p${at}`, { to: from }), reply] });
      const [row] = await take(store);
      const now = Array.from({ length: 4 }, (_none, n) => delivery(`n${at}.${n}`, { to }));
      await Promise.all([
        ...now.slice(0, 2).map((each) => other.commit({ at: MONDAY, deliveries: [each] })),
        settle(store, row, sent("1.1")),
        ...now.slice(2).map((each) => other.commit({ at: MONDAY, deliveries: [each] })),
      ]);
      expect(await store.nextClaimAt(MONDAY)).toEqual(MONDAY);
      const taken = await take(store);
      expect(keysOf(taken).toSorted()).toEqual(now.map(({ key }) => key));
      for (const each of taken) await settle(store, each, sent("2.2"));
    }
  });
});

describe.each(stores)("a decision about a delivery, on $name", ({ open }) => {
  test("retry puts back in line what is unconfirmed or failed, with what failed only because of it", async () => {
    const { store } = await open();
    await store.commit({
      at: MONDAY,
      deliveries: [delivery("a"), delivery("b", { parentKey: "a" }), delivery("c", { parentKey: "b" })],
    });
    await settle(store, (await take(store))[0], { type: "unconfirmed", reason: "timeout" });
    expect(await store.decide("b", "retry", { at: after(9), accept: "E" })).toBe(false);
    expect(await store.decide("a", "retry", { at: after(9), accept: "E" })).toBe(true);
    const [a] = await take(store, after(9));
    expect(a).toMatchObject({
      delivery: { key: "a" },
      attempts: 1,
      firstTriedAt: after(9),
      interrupted: false,
    });
    await settle(store, a, sent("1.1"));
    await settle(store, (await take(store, after(9)))[0], sent("2.2"));
    expect(keysOf(await take(store, after(9)))).toEqual(["c"]);
  });

  test("drop ends what has not arrived, and what waits for it fails", async () => {
    const { store } = await open();
    await store.commit({ at: MONDAY, deliveries: [delivery("a"), delivery("b", { parentKey: "a" })] });
    expect(await store.decide("a", "drop", { at: after(1), ledger: [entry("e")] })).toBe(true);
    expect((await store.delivery("a"))?.state).toBe("dropped");
    expect((await store.delivery("b"))?.state).toBe("failed");
    expect(await store.ledger(0, 9)).toHaveLength(1);
    expect(await store.nextClaimAt(MONDAY)).toBeNull();
  });

  test("is refused, and nothing written, for what is under way, has arrived, was dropped or is not there", async () => {
    const { store } = await open();
    await store.commit({ at: MONDAY, deliveries: [delivery("a"), delivery("b")] });
    expect(await store.decide("a", "retry", { at: MONDAY })).toBe(false);
    const [a, b] = await take(store);
    for (const decision of ["retry", "drop"] as const) {
      expect(await store.decide("a", decision, { at: MONDAY, ledger: [entry("e")] })).toBe(false);
      expect(await store.decide("nothing", decision, { at: MONDAY })).toBe(false);
    }
    await settle(store, a, sent("1.1"));
    await settle(store, b, { type: "failed", reason: "x" });
    expect(await store.decide("b", "drop", { at: MONDAY })).toBe(true);
    for (const key of ["a", "b"]) expect(await store.decide(key, "retry", { at: MONDAY })).toBe(false);
    expect(await store.ledger(0, 9)).toEqual([]);
  });
});
