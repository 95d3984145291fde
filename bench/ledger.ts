import type { Act, EvidenceLevel } from "../src/core/act.ts";
import { createBook } from "../src/core/book.ts";
import type { Dataset } from "../src/core/commitment.ts";
import { addDays } from "../src/core/day.ts";
import { createLedger, type Entry, type Ledger } from "../src/core/record.ts";
import { inventedDataset } from "./invented.ts";
import { middle, say } from "./measure.ts";

const SIZES = [1_000, 10_000, 100_000] as const;
const COMMITMENTS = 250;
const ROUNDS = 7;
/** As many as a program reads of its store at a time. */
const PAGE = 1_000;
const TODAY = "2026-11-30";
const LEVELS: readonly EvidenceLevel[] = ["E3", "E4", "E2", "E5"];

/**
 * Prints what a start takes until every commitment is assessed with 1,000, 10,000 and 100,000 entries of an invented city
 * in the ledger, beside one JSON round trip of the same entries (the floor: they come out of a store as text); and what
 * one more act takes until it shows.
 */
export function run(): void {
  const dataset = inventedDataset(COMMITMENTS);
  say(
    `The record rebuilt at start, ${COMMITMENTS} commitments, Node ${process.version}, median of ${ROUNDS}`,
  );
  measure(dataset, entriesOf(dataset, 1_000));
  for (const size of SIZES) {
    const { rebuilt, floor, shown } = measure(dataset, entriesOf(dataset, size));
    say(
      `  ${size.toLocaleString("en").padStart(7)} entries ${rebuilt.toFixed(1).padStart(7)} ms   ×${(rebuilt / floor).toFixed(2)} of a JSON round trip (${floor.toFixed(1)} ms)   one more shows in ${shown.toFixed(0)} µs`,
    );
  }
}

/** Milliseconds of a rebuild and of the floor, microseconds until one more act shows. */
function measure(
  dataset: Dataset,
  entries: readonly Entry[],
): { readonly rebuilt: number; readonly floor: number; readonly shown: number } {
  const rebuilt: number[] = [];
  const floor: number[] = [];
  const shown: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    let from = performance.now();
    JSON.parse(JSON.stringify(entries));
    floor.push(performance.now() - from);
    from = performance.now();
    const ledger = createLedger();
    for (let at = 0; at < entries.length; at += PAGE) ledger.apply(entries.slice(at, at + PAGE));
    const book = createBook(dataset, ledger);
    book.on(TODAY);
    rebuilt.push(performance.now() - from);
    from = performance.now();
    ledger.apply([anotherOf(dataset, ledger)]);
    book.on(TODAY);
    shown.push((performance.now() - from) * 1_000);
  }
  return { rebuilt: middle(rebuilt), floor: middle(floor), shown: middle(shown) };
}

function anotherOf(dataset: Dataset, ledger: Ledger): Entry {
  return entryAt(dataset, ledger.seq);
}

/** Mostly readings and evidence, verdicts in two acts, a dispute, a note, and every 20th act taken back. */
function entriesOf(dataset: Dataset, size: number): readonly Entry[] {
  return Array.from({ length: size }, (_, at) => entryAt(dataset, at));
}

function entryAt({ commitments }: Dataset, at: number): Entry {
  // Twenty acts in a row are about one commitment, so that they can refer to one another.
  const turn = Math.floor(at / 20);
  const day = addDays("2026-01-20", turn % 300);
  return {
    seq: at + 1,
    id: `e${at}`,
    commitmentId: commitments[turn % commitments.length]?.id ?? "",
    actorKey: `P-${1 + (at % 9)}`,
    at: new Date(`${day}T02:00:00Z`),
    effectiveOn: day,
    from: {
      address: { platform: "slack", workspace: "T1", to: { channel: "C1" }, thread: null },
      message: `${at}.000100`,
    },
    ...actAt(at, day),
  };
}

function actAt(at: number, day: string): Act {
  const level = LEVELS[at % LEVELS.length] ?? "E3";
  switch (at % 20) {
    case 4:
      return { type: "rating_proposed", data: { rating: "in_progress", reason: "资料齐全" } };
    case 5:
      return { type: "rating_approved", data: { proposal: `e${at - 1}`, single: false } };
    case 9:
      return { type: "dispute_opened", data: { text: "口径是哪一个？" } };
    case 13:
      return { type: "dispute_closed", data: { dispute: `e${at - 4}`, outcome: "已答复" } };
    case 16:
      return { type: "note", data: { text: "查过，没有新的", nothingNew: true } };
    case 19:
      return { type: "undo", data: { entry: `e${at - 1}`, reason: null } };
    case 1:
    case 7:
    case 14:
      return { type: "evidence", data: { url: `https://a.example/${at}`, level, note: null } };
    default:
      return {
        type: "reading",
        data: {
          value: { op: "=", value: at % 5_000, unit: "个" },
          original: String(at % 5_000),
          asOf: day,
          source: null,
          level,
          late: false,
        },
      };
  }
}

if (import.meta.main) run();
