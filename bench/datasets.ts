import type { Dataset } from "../src/core/commitment.ts";
import { openSqlite } from "../src/store/sqlite.ts";
import { inventedDataset } from "./invented.ts";
import { asker, measureLine, say, shippedDataset } from "./measure.ts";

const VERBS = ["show", "list", "board", "search"] as const;
type Verb = (typeof VERBS)[number];

const SIZES = [1_000, 10_000] as const;

/**
 * Prints the time from a line to its Message on the real dataset and on invented ones of 1,000 and 10,000 commitments,
 * each beside a floor measured in the same run. `show` must not grow; the others may grow with the dataset, ×10 in the
 * last step, and no faster.
 */
export async function run(): Promise<void> {
  const store = await openSqlite({ file: ":memory:" });
  say(`Line to Message by size of the dataset, Node ${process.version}`);
  const before = new Map<Verb, number>();
  for (const dataset of [await shippedDataset(), ...SIZES.map(inventedDataset)]) {
    const from = performance.now();
    const ask = asker(dataset, store);
    const size = dataset.commitments.length.toLocaleString("en");
    say(`  ${size} commitments, ready in ${Math.round(performance.now() - from)} ms`);
    const lines = linesFor(dataset);
    for (const verb of VERBS) {
      const { took, floor } = await measureLine(ask, lines[verb]);
      const earlier = before.get(verb);
      before.set(verb, took);
      const growth = earlier === undefined ? "" : `×${(took / earlier).toFixed(1)} of the one before`;
      say(
        `    ${verb.padEnd(8)} ${took.toFixed(0).padStart(7)} µs   floor ${floor.toFixed(0).padStart(4)} µs   ×${(took / floor).toFixed(1).padStart(6)}   ${growth.padEnd(26)} ${lines[verb][0] ?? ""}`,
      );
    }
  }
  await store.close();
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

if (import.meta.main) await run();
