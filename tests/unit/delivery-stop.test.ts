import { describe, expect, test } from "vitest";
import { StoreError } from "../../src/store/store.ts";
import { delivery, MONDAY, scene } from "../support/delivery-scripted.ts";

describe("stopping", () => {
  test("takes nothing new", async () => {
    const { put, worker, sent } = await scene();
    await put(delivery("one"));
    await worker.stop();
    await worker.pump();
    worker.wake();
    expect(sent).toEqual([]);
  });

  test("settles what is in flight and gives back what was not begun", async () => {
    const slow = Promise.withResolvers<void>();
    const { put, worker, sent, states, row } = await scene({ steps: [slow.promise] });
    await put(delivery("one"), delivery("two"), delivery("three"));
    worker.wake();
    await expect.poll(() => sent).toHaveLength(1);
    const stopped = worker.stop();
    slow.resolve();
    await stopped;
    expect(await states()).toEqual(["one sent", "three waiting", "two waiting"]);
    expect(await row("two")).toMatchObject({ attempts: 0, firstTriedAt: null, dueAt: MONDAY });
  });

  test("gives back what a claim still brings, so that nobody takes it for interrupted", async () => {
    const busy = Promise.withResolvers<void>();
    let [claims, settled] = [0, 0];
    const { put, worker, sent, row } = await scene({
      through: (store) => ({
        ...store,
        async claim(request) {
          claims += 1;
          const rows = await store.claim(request);
          await busy.promise;
          return rows;
        },
        // Giving back takes a while too.
        settle(...given) {
          settled += 1;
          return settled === 1 ? Promise.reject(new StoreError("busy", "", "")) : store.settle(...given);
        },
      }),
    });
    await put(delivery("one"));
    worker.wake();
    await expect.poll(() => claims).toBe(1);
    const stopped = worker.stop();
    busy.resolve();
    await stopped;
    expect(sent).toEqual([]);
    expect(await row("one")).toMatchObject({ state: "waiting", attempts: 0 });
  });

  test("leaves what does not answer within the limit to its lease", async () => {
    const never = Promise.withResolvers<void>();
    const { put, worker, sent, states } = await scene({ steps: [never.promise] });
    await put(delivery("one"));
    worker.wake();
    await expect.poll(() => sent).toHaveLength(1);
    await worker.stop(1);
    expect(await states()).toEqual(["one sending"]);
    never.resolve();
  });

  test("keeps the doubt about what it gives back", async () => {
    const slow = Promise.withResolvers<void>();
    const made = await scene({ steps: [slow.promise], find: "key" });
    const { put, worker, sent, store, time, row } = made;
    await put(delivery("one"), delivery("two"));
    await store.claim({ now: MONDAY, limit: 2, leaseMs: 60_000, budgets: new Map() });
    time.now = new Date(MONDAY.getTime() + 60_000);
    worker.wake();
    await expect.poll(() => sent).toHaveLength(1);
    const stopped = worker.stop();
    slow.resolve();
    await stopped;
    expect(await row("two")).toMatchObject({ state: "waiting", reason: "may have arrived: given back" });
  });
});
