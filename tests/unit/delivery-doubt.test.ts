import { describe, expect, test } from "vitest";
import { waitByTimer } from "../../src/delivery/wait.ts";
import { DeliveryError } from "../../src/platform/platform.ts";
import { CHANNEL, delivery, MONDAY, scene } from "../support/delivery-scripted.ts";

const HOUR = 3_600;
const noAnswer = (): DeliveryError => new DeliveryError("unknown_outcome", "timeout");
const at = (seconds: number): Date => new Date(MONDAY.getTime() + seconds * 1_000);

describe("what may have arrived", () => {
  test("is never sent again where it cannot be found out, and its reply fails with it", async () => {
    const { put, worker, after, sent, states } = await scene({ steps: [noAnswer()] });
    await put(delivery("parent"), delivery("child", { parentKey: "parent" }));
    await worker.pump();
    await after(24 * HOUR);
    expect(sent).toHaveLength(1);
    expect(await states()).toEqual(["child failed", "parent unconfirmed"]);
  });

  test("is sent again with its key where the platform takes one, within 55 minutes of the first attempt", async () => {
    const safe = await scene({ find: "key", steps: [noAnswer()] });
    await safe.put(delivery("one"));
    await safe.worker.pump();
    await safe.after(5);
    expect(safe.sent.map(({ key }) => key)).toEqual(["one", "one"]);
    expect(await safe.states()).toEqual(["one sent"]);

    const late = await scene({ find: "key", steps: Array.from({ length: 40 }, noAnswer) });
    await late.put(delivery("one"));
    for (let minute = 0; minute < 70; minute += 1) await late.after(60);
    expect(await late.states()).toEqual(["one unconfirmed"]);
    const count = late.sent.length;
    expect(count).toBeGreaterThan(5);
    await late.after(HOUR);
    expect(late.sent).toHaveLength(count);
  });

  test("stays in doubt over a later refusal, so that a program that slept does not repeat it too late", async () => {
    const { put, worker, after, sent, row } = await scene({
      find: "key",
      steps: [noAnswer(), new DeliveryError("rate_limited", "limited", 1_000)],
    });
    await put(delivery("one"));
    await worker.pump();
    await after(5);
    expect(await row("one")).toMatchObject({
      state: "waiting",
      reason: "may have arrived: rate_limited: limited",
    });
    await after(HOUR);
    expect(sent).toHaveLength(2);
    expect(await row("one")).toMatchObject({ state: "unconfirmed" });
  });

  test("is looked for before it is sent again: found, it counts as sent", async () => {
    const ref = { address: CHANNEL, id: "m1" };
    const { put, worker, after, sent, looks, row } = await scene({
      find: "history",
      steps: [noAnswer()],
      found: [{ state: "posted", ref }],
    });
    await put(delivery("one"));
    await worker.pump();
    await after(14);
    expect(looks).toEqual([]);
    await after(1);
    expect(looks).toMatchObject([{ key: "one", since: at(-300) }]);
    expect(sent).toHaveLength(1);
    expect(await row("one")).toMatchObject({ state: "sent", ref });
  });

  test("absent from the history it is sent again; unknown it is not", async () => {
    const absent = await scene({ find: "history", steps: [noAnswer()], found: [{ state: "absent" }] });
    await absent.put(delivery("one"));
    await absent.worker.pump();
    await absent.after(15);
    expect(absent.sent).toHaveLength(2);
    expect(await absent.states()).toEqual(["one sent"]);

    const unknown = await scene({ find: "history", steps: [noAnswer()], found: [{ state: "unknown" }] });
    await unknown.put(delivery("one"));
    await unknown.worker.pump();
    await unknown.after(15);
    expect(unknown.sent).toHaveLength(1);
    expect(await unknown.states()).toEqual(["one unconfirmed"]);
  });

  test("a history that is closed to us proves nothing, and is not held against the place", async () => {
    for (const code of ["forbidden", "target_gone", "rejected"] as const) {
      const closed = new DeliveryError(code, "missing_scope");
      const { put, worker, after, sent, row } = await scene({
        find: "history",
        steps: [noAnswer()],
        found: [closed],
      });
      await put(delivery("one"));
      await worker.pump();
      await after(15);
      expect(sent).toHaveLength(1);
      expect(await row("one")).toMatchObject({ state: "unconfirmed" });
    }
  });

  test("is looked for again where the history was busy", async () => {
    const busy = new DeliveryError("rate_limited", "ratelimited", 60_000);
    const { put, worker, after, sent, states } = await scene({
      find: "history",
      steps: [noAnswer()],
      found: [busy, { state: "absent" }],
    });
    await put(delivery("one"));
    await worker.pump();
    await after(15);
    expect(sent).toHaveLength(1);
    await after(60);
    expect(sent).toHaveLength(2);
    expect(await states()).toEqual(["one sent"]);
  });

  test("is so too where the adapter never says anything", async () => {
    const never = Promise.withResolvers<void>();
    const { put, worker, row } = await scene({
      steps: [never.promise],
      wait: (ms, signal) => waitByTimer(ms === 20_000 ? 0 : ms, signal),
    });
    await put(delivery("one"));
    await worker.pump();
    expect(await row("one")).toMatchObject({
      state: "unconfirmed",
      reason: "unknown_outcome: the adapter did not answer in time",
    });
  });

  test("an operator may send it again after all", async () => {
    const { put, worker, store, sent, row, time } = await scene({ find: "key", steps: [noAnswer()] });
    await put(delivery("one"));
    await worker.pump();
    time.now = at(37 * HOUR);
    await worker.pump();
    expect(await row("one")).toMatchObject({ state: "unconfirmed" });
    expect(await store.decide("one", "retry", { at: time.now })).toBe(true);
    await worker.pump();
    expect(sent).toHaveLength(2);
    expect(await row("one")).toMatchObject({ state: "sent" });
  });

  test("an edit is repeated: the second changes nothing", async () => {
    const { put, worker, after, sent, states } = await scene({ steps: [null, noAnswer()] });
    await put(delivery("one"), delivery("two", { act: { edit: "one" } }));
    await worker.pump();
    await after(5);
    expect(sent.map(({ act }) => act)).toEqual(["post", "edit", "edit"]);
    expect(await states()).toEqual(["one sent", "two sent"]);
  });
});

describe("what an earlier worker left in flight", () => {
  const lease = async (find: "key" | "history" | "none", after: number) => {
    const made = await scene({ find, found: [{ state: "absent" }] });
    await made.put(delivery("one"));
    const budgets = new Map();
    await made.store.claim({ now: MONDAY, limit: 1, leaseMs: 60_000, budgets });
    await made.after(after);
    return { sent: made.sent.length, looks: made.looks.length, state: (await made.row("one")).state };
  };

  test("is not touched while its lease holds", async () =>
    expect(await lease("key", 59)).toEqual({ sent: 0, looks: 0, state: "sending" }));
  test("is sent again with its key", async () =>
    expect(await lease("key", 60)).toEqual({ sent: 1, looks: 0, state: "sent" }));
  test("but not when the key is forgotten", async () =>
    expect(await lease("key", 56 * 60)).toEqual({ sent: 0, looks: 0, state: "unconfirmed" }));
  test("is looked for first", async () =>
    expect(await lease("history", 60)).toEqual({ sent: 1, looks: 1, state: "sent" }));
  test("is unconfirmed where neither helps", async () =>
    expect(await lease("none", 60)).toEqual({ sent: 0, looks: 0, state: "unconfirmed" }));
  test("an edit is made again, whatever the platform can tell", async () => {
    const { put, worker, after, sent, store, states } = await scene({ find: "none" });
    await put(delivery("one"), delivery("two", { act: { edit: "one" } }));
    const claim = () => store.claim({ now: MONDAY, limit: 1, leaseMs: 60_000, budgets: new Map() });
    const [one] = await claim();
    if (one === undefined) throw new Error("nothing to claim");
    const ref = { address: CHANNEL, id: "m1" };
    await store.settle("one", one.lease, { type: "sent", ref }, { at: MONDAY });
    expect(await claim()).toHaveLength(1);
    await worker.pump();
    expect(sent).toEqual([]);
    await after(60);
    expect(sent.map(({ act, key }) => [act, key])).toEqual([["edit", "m1"]]);
    expect(await states()).toEqual(["one sent", "two sent"]);
  });
});
