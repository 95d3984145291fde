import { fileURLToPath } from "node:url";
import { answer, createDesk } from "../src/bot/answer.ts";
import { createBook } from "../src/core/book.ts";
import type { Dataset } from "../src/core/commitment.ts";
import { loadDataset } from "../src/dataset/load.ts";
import { inventedDataset } from "./invented.ts";

const VERBS = ["show", "list", "board", "search"] as const;
type Verb = (typeof VERBS)[number];

const SIZES = [1_000, 10_000] as const;
const ROUNDS = 5;
/** Each round runs for about this long, so that small and large datasets are measured equally well. */
const ROUND_MS = 60;

const actor = { platform: "terminal", workspace: null, id: "bench" } as const;
const now = new Date("2026-11-30T01:07:00Z");

/**
 * Prints the time from a line to its Message on the real dataset and on invented ones of 1,000 and 10,000 commitments,
 * each beside a floor measured in the same run: one JSON round trip of that same Message. `show` must not grow; the
 * others may grow with the dataset, ×10 in the last step, and no faster.
 */
export async function run(): Promise<void> {
  const { dataset } = await loadDataset(fileURLToPath(new URL("../data/shenzhen-2026", import.meta.url)));
  if (dataset === null) throw new Error("the dataset has faults: npm run qushi -- check");
  say(`Line to Message by size of the dataset, Node ${process.version}, median of ${ROUNDS} rounds`);
  const before = new Map<Verb, number>();
  for (const each of [dataset, ...SIZES.map(inventedDataset)]) {
    const from = performance.now();
    const desk = createDesk(createBook(each), { lang: null, zone: null, program: "bench" });
    const size = each.commitments.length;
    say(`${size.toLocaleString("en")} commitments, ready in ${Math.round(performance.now() - from)} ms`);
    const lines = linesFor(each);
    for (const verb of VERBS) {
      const [line = "", other = line] = lines[verb];
      let turn = 0;
      // In turns, so that what is remembered of the last line does not count.
      const ask = async () => answer(desk, (turn += 1) % 2 === 0 ? other : line, actor, now);
      const { message, exit } = await ask();
      if (exit !== "answered") throw new Error(`${line}: ${message.summary}`);
      const took = await median(ask);
      const floor = await median(async () => JSON.parse(JSON.stringify(message)) as unknown);
      const earlier = before.get(verb);
      before.set(verb, took);
      const growth = earlier === undefined ? "" : `×${(took / earlier).toFixed(1)} of the one before`;
      say(
        `  ${verb.padEnd(8)} ${took.toFixed(0).padStart(7)} µs   floor ${floor.toFixed(0).padStart(4)} µs   ×${(took / floor).toFixed(1).padStart(6)}   ${growth.padEnd(26)} ${line}`,
      );
    }
  }
}

/** Lines that ask for the same share of every dataset: a card, a district's list, everything, what two words find. */
function linesFor({ commitments, invented }: Dataset): Readonly<Record<Verb, readonly string[]>> {
  const shown = invented
    ? commitments[Math.floor(commitments.length / 2)]
    : commitments.find(({ target }) => target);
  const { id = "", district = "" } = shown ?? {};
  return {
    show: [`show ${id}`],
    list: [`list district:${district} -check:acts`],
    board: ["board"],
    search: invented ? ["望海 泊位", "望海 学位"] : ["光明 算力", "光明 上市"],
  };
}

/** Median microseconds of one call. */
async function median(call: () => Promise<unknown>): Promise<number> {
  const first = performance.now();
  await call();
  const runs = Math.max(
    3,
    Math.min(20_000, Math.round(ROUND_MS / Math.max(0.001, performance.now() - first))),
  );
  const rounds: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const from = performance.now();
    for (let each = 0; each < runs; each += 1) await call();
    rounds.push(((performance.now() - from) * 1_000) / runs);
  }
  return rounds.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? 0;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

if (import.meta.main) await run();
