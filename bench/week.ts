import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { createBook } from "../src/core/book.ts";
import { createWorker } from "../src/delivery/worker.ts";
import type { Platform } from "../src/platform/platform.ts";
import { createTick } from "../src/schedule/tick.ts";
import { openSqlite } from "../src/store/sqlite.ts";
import { EASY } from "./easy-platform.ts";
import { asker, DAY_MS, MONDAY, say, shippedDataset } from "./measure.ts";
import { channel, putAll, subscriptionOf } from "./subscriptions.ts";

const SUBSCRIPTIONS = 200;
const DAYS = 7;
const MINUTE_MS = 60_000;
const DAILY = { kind: "cron", cron: "7 9 * * *" } as const;

/**
 * Prints the memory of the program over a simulated week: 200 daily digests, a tick each minute, everything sent to a
 * platform that takes all, and a question asked each minute. What it holds on to after a collection must not grow.
 */
export async function run(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "qushi-week-"));
  try {
    await week(join(folder, "qushi.db"));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function week(file: string): Promise<void> {
  const dataset = await shippedDataset();
  const book = createBook(dataset);
  const store = await openSqlite({ file });
  let now = new Date(MONDAY.getTime() - DAY_MS);
  const all = Array.from({ length: SUBSCRIPTIONS }, (_, at) =>
    subscriptionOf(at, dataset, { schedule: DAILY, createdAt: now, nextAt: now }),
  );
  await putAll(store, all, now);
  const { platform, count } = everybody();
  const worker = createWorker({
    store,
    platforms: new Map([[platform.name, platform]]),
    clock: () => now,
    log: { info: () => undefined, warn: () => undefined },
    onProblem: async () => ({ at: now }),
  });
  const tick = createTick({ book, store, lang: "zh" });
  const ask = asker(dataset, store);
  const lines = dataset.commitments.map(({ id }) => `show ${id}`);
  say(
    `A simulated week: ${SUBSCRIPTIONS} daily digests, a tick and a question each minute, SQLite in a file`,
  );
  let first: number | null = null;
  const began = performance.now();
  for (let day = 0; day <= DAYS; day += 1) {
    for (let minute = 0; minute < DAY_MS / MINUTE_MS; minute += 1) {
      now = new Date(now.getTime() + MINUTE_MS);
      const claimed = await tick(now);
      if (claimed > 0) await worker.pump();
      await ask(lines[minute % lines.length] ?? "help");
    }
    const { heap, rss } = memory();
    // The first day fills what is kept for good: code, names, formats.
    if (day > 0) first ??= heap;
    const growth = first === null ? "" : `×${(heap / first).toFixed(3)} of the first day`;
    say(
      `  after day ${day}  heap ${heap.toFixed(1).padStart(6)} MB  whole process ${rss.toFixed(0).padStart(4)} MB  ${String(count()).padStart(6)} posts  ${growth}`,
    );
  }
  say(`  in ${((performance.now() - began) / 1_000).toFixed(0)} s`);
  await worker.stop();
  await store.close();
}

/** A chat that takes everything at once and keeps nothing but the count. */
function everybody(): { readonly platform: Platform; readonly count: () => number } {
  let posts = 0;
  const platform: Platform = {
    ...EASY,
    post: async (to) => ({
      ref: { address: "channel" in to.to ? to : channel(0), id: `${(posts += 1)}` },
    }),
  };
  return { platform, count: () => posts };
}

/** Megabytes after a collection. */
function memory(): { readonly heap: number; readonly rss: number } {
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("gc");
  if (typeof collect === "function") Reflect.apply(collect, undefined, []);
  const { heapUsed, rss } = process.memoryUsage();
  return { heap: heapUsed / 2 ** 20, rss: rss / 2 ** 20 };
}

if (import.meta.main) await run();
