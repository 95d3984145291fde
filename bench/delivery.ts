/**
 * What the outbox and its worker cost: over a platform's own budget, against a bare claim loop, and against the bare
 * insert of the engine. Each figure stands beside one measured in the same run, in turns; the ratio is what to compare.
 * `node bench/delivery.ts` runs it alone.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Client } from "pg";
import { openPostgres } from "../src/store/postgres.ts";
import { openSqlite } from "../src/store/sqlite.ts";
import type { Store } from "../src/store/store.ts";
import { postgresTrouble, startPostgres } from "../tests/support/postgres.ts";
import { paced } from "./delivery-paced.ts";
import { byCommit, byInsert, byLoop, byWorker } from "./delivery-rates.ts";

/** Sent first and not counted: a process that runs for weeks is warm. */
const WARM = 60;
const DESTINATIONS = [200, 1_000];
const ROUNDS = 3;
const SENT = 200;
const WRITTEN = 200;

interface Engine {
  readonly name: string;
  readonly store: Store;
  /** Inserts one row durably by the driver alone. */
  readonly insert: (key: string, row: string) => Promise<unknown>;
}

/** Prints the figures; about half a minute. */
export async function run(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "qushi-bench-"));
  try {
    say("Wall time over the platform's own budget (aim ≤ 1.2), refused calls per accepted (aim ≤ 0.01)");
    for (const places of [WARM, ...DESTINATIONS]) {
      const store = await openSqlite({ file: join(folder, `paced-${places}.db`) });
      const { ms, budgetMs, accepted, refused } = await paced(store, places);
      await store.close();
      if (places === WARM) continue;
      const took = `${seconds(ms)} for ${seconds(budgetMs)}`;
      row(`${places} destinations`, took, ratio(ms, budgetMs), `refused ${ratio(refused, accepted, 3)}`);
    }
    await withSqlite(folder, measure);
    const trouble = postgresTrouble();
    if (trouble === null) await withPostgres(measure);
    else say(`postgres: skipped, ${trouble}`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure({ name, store, insert }: Engine): Promise<void> {
  const [worker, loop, commits, inserts]: [number[], number[], number[], number[]] = [[], [], [], []];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const figures = [
      await byLoop(store, SENT, round),
      await byWorker(store, SENT, round),
      await byInsert(insert, WRITTEN, round),
      await byCommit(store, WRITTEN, round),
    ] as const;
    // The first one warms up.
    if (round > 0) [loop, worker, inserts, commits].forEach((all, at) => all.push(figures[at] ?? 0));
  }
  const against = (a: number[], b: number[]): string => `×${ratio(median(a), median(b))}`;
  row(`${name} deliveries/s`, `${rate(worker)} of a bare claim loop's ${rate(loop)}`, against(worker, loop));
  row(
    `${name} durable writes/s`,
    `${rate(commits)} commits of a bare insert's ${rate(inserts)}`,
    against(commits, inserts),
    "aim ≥ 0.5",
  );
}

async function withSqlite(folder: string, work: (engine: Engine) => Promise<void>): Promise<void> {
  const store = await openSqlite({ file: join(folder, "rates.db") });
  const bare = new DatabaseSync(join(folder, "bare.db"));
  // As the store has it.
  bare.exec("pragma locking_mode = exclusive; pragma journal_mode = wal; pragma synchronous = full");
  bare.exec(
    "create table bare (seq integer primary key, key text not null unique, row text not null) strict",
  );
  const insert = bare.prepare("insert into bare (key, row) values (?, ?)");
  await work({ name: "sqlite", store, insert: async (key, text) => insert.run(key, text) });
  bare.close();
  await store.close();
}

async function withPostgres(work: (engine: Engine) => Promise<void>): Promise<void> {
  const server = await startPostgres({ durable: true });
  try {
    const url = await server.createDatabase();
    const store = await openPostgres({ url });
    const bare = new Client({ connectionString: url });
    await bare.connect();
    await bare.query(
      "create table bare (seq bigserial primary key, key text not null unique, row text not null)",
    );
    const text = "insert into bare (key, row) values ($1, $2)";
    const insert = (key: string, line: string): Promise<unknown> =>
      bare.query({ name: "bare", text, values: [key, line] });
    await work({ name: "postgres", store, insert });
    await bare.end();
    await store.close();
  } finally {
    await server.remove();
  }
}

function median(figures: readonly number[]): number {
  return figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)] ?? 0;
}
function rate(figures: readonly number[]): string {
  return Math.round(median(figures)).toString();
}
function ratio(one: number, other: number, digits = 2): string {
  return (one / other).toFixed(digits);
}
function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}
function row(name: string, ...parts: readonly string[]): void {
  say(`${name.padEnd(26)} ${parts.join("   ")}`);
}
function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

if (import.meta.main) await run();
