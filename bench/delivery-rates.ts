import { createWorker } from "../src/delivery/worker.ts";
import type { Store } from "../src/store/store.ts";
import { messages, START } from "./delivery-paced.ts";
import { EASY } from "./easy-platform.ts";

/** Deliveries a second of the worker, nothing holding it back. */
export async function byWorker(store: Store, count: number, round: number): Promise<number> {
  await store.commit({ at: START, deliveries: messages(count, `w${round}`) });
  const worker = createWorker({
    store,
    platforms: new Map([["slack", EASY]]),
    clock: () => START,
    log: { info: () => undefined, warn: () => undefined },
    onProblem: ({ at }) => ({ at }),
  });
  const from = performance.now();
  await worker.pump();
  const rate = perSecond(count, from);
  await worker.stop();
  return rate;
}

/** The same by a bare loop: claim as many as the worker would, settle each, and again. */
export async function byLoop(store: Store, count: number, round: number): Promise<number> {
  await store.commit({ at: START, deliveries: messages(count, `l${round}`) });
  const request = { now: START, limit: 32, leaseMs: 60_000, budgets: new Map() };
  const from = performance.now();
  for (let rows = await store.claim(request); rows.length > 0; rows = await store.claim(request)) {
    await Promise.all(
      rows.map(({ delivery: { key, to }, lease }) =>
        store.settle(key, lease, { type: "sent", ref: { address: to, id: key } }, { at: START }),
      ),
    );
  }
  return perSecond(count, from);
}

/** Durable writes a second through the store: one delivery in each commit. */
export async function byCommit(store: Store, count: number, round: number): Promise<number> {
  const deliveries = messages(count, `c${round}`).map((one) => ({ ...one, dueAt: new Date(4e12) }));
  const from = performance.now();
  for (const delivery of deliveries) await store.commit({ at: START, deliveries: [delivery] });
  return perSecond(count, from);
}

/** Durable writes a second of whatever inserts one row of that size by itself. */
export async function byInsert(
  insert: (key: string, row: string) => Promise<unknown>,
  count: number,
  round: number,
): Promise<number> {
  const rows = messages(count, `i${round}`).map((one) => [one.key, JSON.stringify(one)] as const);
  const from = performance.now();
  for (const [key, row] of rows) await insert(key, row);
  return perSecond(count, from);
}

function perSecond(count: number, from: number): number {
  return (count * 1_000) / (performance.now() - from);
}
