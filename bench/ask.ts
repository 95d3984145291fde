import { openSqlite } from "../src/store/sqlite.ts";
import { asker, measureLine, say, shippedDataset } from "./measure.ts";

const LINES = {
  show: "show GM-001",
  list: "清单 区:光明、南山 -核验:举措",
  board: "board",
  search: "光明 算力",
} as const;

/**
 * Prints the time from a line to its Message on the real dataset, beside a floor measured in the same run. Machines
 * differ and drift; the ratio is what to compare.
 */
export async function run(): Promise<void> {
  const dataset = await shippedDataset();
  const store = await openSqlite({ file: ":memory:" });
  const ask = asker(dataset, store);
  say(`Line to Message, ${dataset.commitments.length} commitments, Node ${process.version}`);
  for (const [name, line] of Object.entries(LINES)) {
    const { took, floor } = await measureLine(ask, [line]);
    say(
      `  ${name.padEnd(8)} ${took.toFixed(0).padStart(7)} µs   floor ${floor.toFixed(0).padStart(4)} µs   ×${(took / floor).toFixed(1).padStart(6)}   ${line}`,
    );
  }
  await store.close();
}

if (import.meta.main) await run();
