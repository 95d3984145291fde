import type { Budgets } from "../src/core/budget.ts";
import type { Address } from "../src/core/place.ts";
import { createWorker } from "../src/delivery/worker.ts";
import type { Delivery } from "../src/store/outbox.ts";
import type { Store } from "../src/store/store.ts";
import { fastClock, readClock, waitFast } from "../tests/support/delivery-clock.ts";
import { connectFakePlatform } from "../tests/support/fake-platform-client.ts";
import { startFakePlatform } from "../tests/support/fake-platform.ts";

export const START = new Date("2026-11-30T01:07:00Z");
const PER_SECOND = 50;
const ENFORCED: Budgets = {
  place: [{ count: 1, perMs: 1_000 }],
  all: [{ count: PER_SECOND, perMs: 1_000 }],
};
/**
 * A little less than is enforced, in small portions: what the network pushes together stays below it. The adapters
 * leave more.
 */
const KEPT: Budgets = { place: ENFORCED.place, all: [{ count: PER_SECOND / 5, perMs: 220 }] };

export interface Paced {
  readonly ms: number;
  /** What the platform's own rate makes of so many. */
  readonly budgetMs: number;
  readonly accepted: number;
  readonly refused: number;
}

/** One message for each of so many places. */
export function messages(count: number, name: string): readonly Delivery[] {
  return Array.from({ length: count }, (_none, at) => {
    const to: Address = { platform: "slack", workspace: "T1", to: { channel: `C${at}` }, thread: null };
    return {
      key: `${name}-${at}`,
      to,
      act: "post",
      message: { summary: `digest ${at}`, blocks: [{ type: "text", lines: [[`算力 ${at}`]] }] },
      dueAt: START,
      parentKey: null,
      subscriptionId: null,
    };
  });
}

/** Sends to so many destinations over loopback, to a platform that refuses what is beyond its budget. */
export async function paced(store: Store, places: number): Promise<Paced> {
  await store.commit({ at: START, deliveries: messages(places, "paced") });
  // The real pace, from a day that is in step with the deliveries.
  const clock = fastClock(1, START.getTime());
  const fake = await startFakePlatform({
    find: "key",
    budgets: ENFORCED,
    clock: () => readClock(clock),
    seed: 1,
  });
  const platform = connectFakePlatform({
    url: fake.url,
    name: "slack",
    find: "key",
    budgets: KEPT,
    callMs: 5_000,
  });
  const worker = createWorker({
    store,
    platforms: new Map([["slack", platform]]),
    clock: () => new Date(readClock(clock)),
    wait: waitFast(clock),
    log: { info: () => undefined, warn: () => undefined },
    onProblem: ({ at }) => ({ at }),
  });
  const from = readClock(clock);
  worker.wake();
  await fake.accepted(places);
  const ms = readClock(clock) - from;
  await worker.stop();
  await platform.stop();
  await fake.close();
  const budgetMs = (places / PER_SECOND) * 1_000;
  return { ms, budgetMs, accepted: fake.messages.length, refused: fake.counts.limited };
}
