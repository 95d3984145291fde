import { describe, expect, test } from "vitest";
import { waitByTimer } from "../../src/delivery/wait.ts";
import { DeliveryError } from "../../src/platform/platform.ts";
import { StoreError, type Store } from "../../src/store/store.ts";
import { CHANNEL, delivery, MONDAY, scene } from "../support/delivery-scripted.ts";

const full = (): StoreError => new StoreError("full", "the disk is full", "make space");

/** The store, with one method failing while `broken.now` says so. */
function failing(store: Store, method: "claim" | "settle", broken: { now: boolean }): Store {
  if (method === "claim")
    return { ...store, claim: (request) => (broken.now ? Promise.reject(full()) : store.claim(request)) };
  return { ...store, settle: (...given) => (broken.now ? Promise.reject(full()) : store.settle(...given)) };
}

describe("a store that cannot be worked with", () => {
  test("is said once, and nothing is lost", async () => {
    const broken = { now: true };
    const { put, worker, sent, logged, states } = await scene({
      through: (store) => failing(store, "claim", broken),
    });
    await put(delivery("one"));
    await worker.pump();
    await worker.pump();
    expect(worker.state().storeFault).toBe("full");
    expect(logged).toEqual(["the outbox cannot be read, trying again full make space"]);
    expect(sent).toEqual([]);
    broken.now = false;
    await worker.pump();
    expect(await states()).toEqual(["one sent"]);
    expect(worker.state().storeFault).toBeNull();
  });

  test("is asked again by itself, once the worker was woken", async () => {
    const broken = { now: true };
    const { put, worker, logged, sent } = await scene({
      through: (store) => failing(store, "claim", broken),
    });
    await put(delivery("one"));
    worker.wake();
    await expect.poll(() => logged).toHaveLength(1);
    broken.now = false;
    await expect.poll(() => sent, { timeout: 5_000 }).toHaveLength(1);
    await worker.stop();
  });

  test("gets the outcome of what was sent meanwhile, and it is not sent twice", async () => {
    const broken = { now: true };
    const { put, worker, sent, logged, states } = await scene({
      through: (store) => failing(store, "settle", broken),
    });
    await put(delivery("one"));
    const pumped = worker.pump();
    await expect.poll(() => logged).toEqual(["the outcome of a delivery cannot be written yet one full"]);
    broken.now = false;
    await pumped;
    expect(sent).toHaveLength(1);
    expect(await states()).toEqual(["one sent"]);
  });

  test("gets it however long that takes", async () => {
    let faults = 0;
    const { put, worker, sent, states } = await scene({
      wait: (_ms, signal) => waitByTimer(0, signal),
      steps: [new DeliveryError("rejected", "invalid_blocks")],
      through: (store) => ({
        ...store,
        settle(...given) {
          faults += 1;
          return faults % 20 === 0 ? store.settle(...given) : Promise.reject(full());
        },
      }),
    });
    await put(delivery("one"));
    await worker.pump();
    expect(sent).toHaveLength(2);
    expect(await states()).toEqual(["one sent"]);
    expect(faults).toBe(40);
  });
});

describe("leases", () => {
  test("what waited too long for its turn is given back unsent, without counting as tried", async () => {
    const slow = Promise.withResolvers<void>();
    const { put, worker, sent, time, row, logged } = await scene({ steps: [slow.promise] });
    await put(delivery("one"), delivery("two"));
    const pumped = worker.pump();
    await expect.poll(() => sent).toHaveLength(1);
    expect(await row("two")).toMatchObject({ state: "sending", attempts: 1 });
    // Its lease still runs, but not as long as a send may take.
    time.now = new Date(MONDAY.getTime() + 41_000);
    slow.resolve();
    await pumped;
    expect(sent.map(({ key }) => key)).toEqual(["one", "two"]);
    expect(await row("two")).toMatchObject({ state: "sent", attempts: 1 });
    expect(logged.map((line) => line.split(" ").slice(0, 4).join(" "))).toContain("delivery given back two");
  });

  test("a worker that wakes after its lease settles nothing that is another's by now", async () => {
    const slow = Promise.withResolvers<void>();
    const { put, worker, sent, store, time, row, logged } = await scene({
      steps: [slow.promise],
      find: "key",
    });
    await put(delivery("one"));
    const pumped = worker.pump();
    await expect.poll(() => sent).toHaveLength(1);
    time.now = new Date(MONDAY.getTime() + 61_000);
    const [other] = await store.claim({ now: time.now, limit: 1, leaseMs: 60_000, budgets: new Map() });
    expect(other).toMatchObject({ interrupted: true });
    slow.resolve();
    await pumped;
    expect(await row("one")).toMatchObject({ state: "sending" });
    expect(logged.join()).toContain("taken over by another worker");
  });
});

describe("answers", () => {
  test("the event loop turns between one claim and the next, however much is due", async () => {
    const { put, worker, sent } = await scene();
    const places = Array.from({ length: 200 }, (_none, at) => ({ ...CHANNEL, to: { channel: `C${at}` } }));
    await put(...places.map((to, at) => delivery(`d${at}`, { to })));
    const waiting: number[] = [];
    let open = true;
    const answer = (): void => {
      waiting.push(sent.length);
      if (open) setImmediate(answer);
    };
    setImmediate(answer);
    await worker.pump();
    open = false;
    expect(sent).toHaveLength(200);
    const steps = waiting.map((count, at) => count - (waiting[at - 1] ?? 0));
    // 32 in hand at once: whoever asks waits for no more than those to be handed over.
    expect(Math.max(...steps)).toBeLessThanOrEqual(32);
  });

  test("are given while a digest hangs in the network and the store is busy", async () => {
    const [hanging, busy] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let claims = 0;
    const { put, worker, sent, store, states } = await scene({
      steps: [hanging.promise],
      through: (store) => ({
        ...store,
        async claim(request) {
          claims += 1;
          if (claims > 1) await busy.promise;
          return store.claim(request);
        },
      }),
    });
    await put(delivery("digest"));
    worker.wake();
    await expect.poll(() => [sent.length, claims]).toEqual([1, 2]);
    // What an answer needs of the store: to take the line on, and to read.
    expect(await store.commit({ at: MONDAY, accept: "slack:T1:C1:1.1" })).toEqual({ done: true });
    expect(await store.subscriptions({ place: CHANNEL })).toEqual([]);
    expect(await states()).toEqual(["digest sending"]);
    hanging.resolve();
    busy.resolve();
    await worker.stop();
    expect(await states()).toEqual(["digest sent"]);
  });
});

describe("the next one", () => {
  test("is waited for by itself", async () => {
    const { put, worker, sent, time } = await scene();
    await put(delivery("later", { dueAt: new Date(MONDAY.getTime() + 3) }));
    worker.wake();
    await expect.poll(() => worker.state().nextAt).toEqual(new Date(MONDAY.getTime() + 3));
    time.now = new Date(MONDAY.getTime() + 3);
    await expect.poll(() => sent).toHaveLength(1);
    expect(worker.state()).toMatchObject({ lastSentAt: time.now, storeFault: null });
    await worker.stop();
  });

  test("an unreachable platform does not make the worker spin", async () => {
    const down = Array.from(
      { length: 50 },
      () => new DeliveryError("unreachable", "ECONNREFUSED", null, "all"),
    );
    const { put, worker, sent } = await scene({ steps: down });
    await put(delivery("one"), delivery("two"), delivery("three"));
    await worker.pump();
    expect(sent).toHaveLength(1);
  });
});
