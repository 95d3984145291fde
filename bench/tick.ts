import { createBook, type Book } from "../src/core/book.ts";
import { createTick } from "../src/schedule/tick.ts";
import { openSqlite } from "../src/store/sqlite.ts";
import { DAY_MS, middle, MONDAY, say, shippedDataset } from "./measure.ts";
import { putAll, subscriptionOf } from "./subscriptions.ts";

const SIZES = [100, 1_000, 10_000] as const;
const DUE = 100;
const ROUNDS = 7;
const IDLE_RUNS = 200;
const WEEKLY = { kind: "cron", cron: "7 9 * * 1" } as const;

/**
 * Prints what one tick takes with 100 digests due among 100, 1,000 and 10,000 subscriptions, and with nothing due: it
 * must cost what is due, not what exists. Half of the digests are in each language, over 11 districts.
 */
export async function run(): Promise<void> {
  const book = createBook(await shippedDataset());
  say(`One tick, ${DUE} digests due, SQLite in memory, Node ${process.version}, median of ${ROUNDS}`);
  await measure(DUE, book);
  let first: number | null = null;
  for (const size of SIZES) {
    const { due, idle } = await measure(size, book);
    first ??= due;
    say(
      `  ${size.toLocaleString("en").padStart(6)} subscriptions ${due.toFixed(1).padStart(7)} ms   ×${(due / first).toFixed(2)} of ${SIZES[0]}   ${((due * 1_000) / DUE).toFixed(0).padStart(4)} µs a digest   nothing due ${idle.toFixed(0).padStart(4)} µs`,
    );
  }
}

/** Milliseconds of a tick with digests due, microseconds of one without. */
async function measure(size: number, book: Book): Promise<{ readonly due: number; readonly idle: number }> {
  const store = await openSqlite({ file: ":memory:" });
  const far = new Date(MONDAY.getTime() + 400 * DAY_MS);
  const all = Array.from({ length: size }, (_, at) =>
    subscriptionOf(at, book.dataset, {
      schedule: WEEKLY,
      createdAt: MONDAY,
      nextAt: at < DUE ? MONDAY : far,
    }),
  );
  await putAll(store, all, MONDAY);
  const tick = createTick({ book, store, lang: "zh" });
  const weeks: number[] = [];
  for (let week = 0; week < ROUNDS; week += 1) {
    const now = new Date(MONDAY.getTime() + week * 7 * DAY_MS);
    const from = performance.now();
    const claimed = await tick(now);
    weeks.push(performance.now() - from);
    if (claimed !== DUE) throw new Error(`${claimed} slots instead of ${DUE}`);
  }
  const later = new Date(MONDAY.getTime() + (ROUNDS - 1) * 7 * DAY_MS + 60_000);
  const from = performance.now();
  for (let each = 0; each < IDLE_RUNS; each += 1) await tick(later);
  const idle = ((performance.now() - from) * 1_000) / IDLE_RUNS;
  await store.close();
  return { due: middle(weeks), idle };
}

if (import.meta.main) await run();
