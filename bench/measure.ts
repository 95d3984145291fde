import { fileURLToPath } from "node:url";
import { answer, type Answer } from "../src/bot/answer.ts";
import { createDesk } from "../src/bot/desk.ts";
import { createBook } from "../src/core/book.ts";
import type { Dataset } from "../src/core/commitment.ts";
import type { Address, Person } from "../src/core/place.ts";
import { loadDataset } from "../src/dataset/load.ts";
import type { Store } from "../src/store/store.ts";

/** Monday, 30 November 2026, 09:07 in Shenzhen. */
export const MONDAY = new Date("2026-11-30T01:07:00Z");
export const DAY_MS = 86_400_000;

const ACTOR: Person = { platform: "terminal", workspace: null, id: "bench" };
const PLACE: Address = { platform: "terminal", workspace: null, to: { channel: "" }, thread: null };

export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** The dataset that comes with the program. */
export async function shippedDataset(): Promise<Dataset> {
  const { dataset } = await loadDataset(fileURLToPath(new URL("../data/shenzhen-2026", import.meta.url)));
  if (dataset === null) throw new Error("the dataset has faults: npm run qushi -- check");
  return dataset;
}

/** Answers lines about a dataset as a door does, with the place's settings looked up in a store. */
export function asker(dataset: Dataset, store: Store): (line: string) => Promise<Answer> {
  const setting = { lang: null, zone: null, admins: [], program: "bench" };
  const desk = createDesk(createBook(dataset), store, setting);
  return (line) => answer(desk, { line, actor: ACTOR, place: PLACE, at: MONDAY, role: null, lang: null });
}

/** Least time that a round is measured for, and how many rounds. */
const ROUND_MS = 40;
const ROUNDS = 7;
/** Compiled code is measured, not the compiling. */
const WARM_MS = 200;

/**
 * Median microseconds of each call. They take turns, round by round, so that what else the machine does meets them alike;
 * each round is of as many as fill about 40 ms, so that slow and fast ones are measured equally well.
 */
export async function medians(calls: readonly (() => Promise<unknown>)[]): Promise<readonly number[]> {
  const measured: { call: () => Promise<unknown>; runs: number; rounds: number[] }[] = [];
  for (const call of calls) {
    const ready = performance.now() + WARM_MS;
    do await call();
    while (performance.now() < ready);
    const from = performance.now();
    await call();
    const once = Math.max(0.001, performance.now() - from);
    measured.push({ call, runs: Math.max(3, Math.min(20_000, Math.round(ROUND_MS / once))), rounds: [] });
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { call, runs, rounds } of measured) {
      const from = performance.now();
      for (let each = 0; each < runs; each += 1) await call();
      rounds.push(((performance.now() - from) * 1_000) / runs);
    }
  }
  return measured.map(({ rounds }) => middle(rounds));
}

export function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** Microseconds from a line to its Message, beside those of one JSON round trip of that same Message: the floor. */
export async function measureLine(
  ask: (line: string) => Promise<Answer>,
  lines: readonly string[],
): Promise<{ readonly took: number; readonly floor: number }> {
  const [line = ""] = lines;
  const { message, exit } = await ask(line);
  if (exit !== "answered") throw new Error(`${line}: ${message.summary}`);
  let turn = 0;
  // In turns, so that what is remembered of the last line does not count.
  const next = (): string => lines[(turn += 1) % lines.length] ?? line;
  const [took = 0, floor = 0] = await medians([
    () => ask(next()),
    async () => JSON.parse(JSON.stringify(message)) as unknown,
  ]);
  return { took, floor };
}
