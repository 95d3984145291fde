import { fileURLToPath } from "node:url";
import { answer, createDesk } from "../src/bot/answer.ts";
import { createBook } from "../src/core/book.ts";
import { loadDataset } from "../src/dataset/load.ts";

/**
 * Time from a line to its Message on the real dataset, beside a floor measured in the same run: one JSON round trip of
 * that same Message. Machines differ and drift; the ratio is what to compare.
 */
const LINES = {
  show: "show GM-001",
  list: "清单 区:光明、南山 -核验:举措",
  board: "board",
  search: "光明 算力",
} as const;

const ROUNDS = 7;
const RUNS = 300;

const { dataset } = await loadDataset(fileURLToPath(new URL("../data/shenzhen-2026", import.meta.url)));
if (dataset === null) throw new Error("the dataset has faults: npm run qushi -- check");
const desk = createDesk(createBook(dataset), { lang: null, zone: null, program: "bench" });
const actor = { platform: "terminal", workspace: null, id: "bench" } as const;
const now = new Date("2026-11-30T01:07:00Z");

/** Median microseconds of one call, over rounds of many. */
function median(call: () => unknown): number {
  const rounds = Array.from({ length: ROUNDS }, () => {
    const from = performance.now();
    for (let run = 0; run < RUNS; run += 1) call();
    return ((performance.now() - from) * 1_000) / RUNS;
  });
  return rounds.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? 0;
}

const rows = Object.entries(LINES).map(([name, line]) => {
  const ask = (): unknown => answer(desk, line, actor, now);
  const { message } = answer(desk, line, actor, now);
  const floor = (): unknown => JSON.parse(JSON.stringify(message));
  median(ask);
  const [took, least] = [median(ask), median(floor)];
  return {
    verb: name,
    line,
    µs: Math.round(took),
    "floor µs": Math.round(least),
    ratio: (took / least).toFixed(1),
  };
});

process.stdout.write(
  `Line to Message, ${dataset.commitments.length} commitments, Node ${process.version}, median of ${ROUNDS} × ${RUNS}\n`,
);
for (const row of rows) {
  process.stdout.write(
    `${row.verb.padEnd(8)} ${String(row["µs"]).padStart(7)} µs   floor ${String(row["floor µs"]).padStart(5)} µs   ×${row.ratio.padStart(6)}   ${row.line}\n`,
  );
}
