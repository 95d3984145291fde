import { expect, test } from "vitest";
import { createBook } from "../../../src/core/book.ts";
import { createLedger, type Entry, type Ledger } from "../../../src/core/record.ts";
import { deltaSince, readReading, snapshotOf, type Difference } from "../../../src/core/snapshot.ts";
import type { Snapshot } from "../../../src/core/subscription.ts";
import { lanting } from "../../support/books.ts";
import { eflops, entry, evidence, reading, verdict } from "./entries.ts";

const TODAY = "2026-07-08";

function ledgerOf(...entries: readonly Entry[]): Ledger {
  const ledger = createLedger();
  ledger.apply(entries);
  return ledger;
}

function told(ledger: Ledger, today = TODAY): Snapshot {
  return snapshotOf(createBook(lanting, ledger).on(today), new Date(`${today}T01:00:00Z`), "1", ledger.seq);
}

function since(before: Snapshot, ledger: Ledger, today = TODAY): readonly Difference[] {
  return deltaSince(before, createBook(lanting, ledger).on(today)).changed.flatMap(
    ({ differences }) => differences,
  );
}

function undo(seq: number, id: string): Entry {
  return entry(seq, { type: "undo", data: { entry: id, reason: null } });
}

const NOTHING = told(createLedger());
const first = entry(1, reading(eflops(7.1), "2026-05-31"));
const second = entry(2, reading(eflops(8.2), "2026-06-30"));

test("an unopened record is kept as it was before there was one", () => {
  expect(Object.keys(NOTHING.items["LT-004"] ?? {}).toSorted()).toEqual([
    "due",
    "late",
    "light",
    "pace",
    "standing",
    "target",
  ]);
});

test("a reading, and what it was before", () => {
  expect(since(NOTHING, ledgerOf(first))).toEqual([
    { type: "reading", from: null, to: "=7.1 EFLOPS", asOf: "2026-05-31" },
  ]);
  expect(since(told(ledgerOf(first)), ledgerOf(first, second))).toEqual([
    { type: "reading", from: "=7.1 EFLOPS", to: "=8.2 EFLOPS", asOf: "2026-06-30" },
  ]);
  expect(since(told(ledgerOf(first, second)), ledgerOf(first, second, undo(3, "e2")))).toEqual([
    { type: "reading", from: "=8.2 EFLOPS", to: "=7.1 EFLOPS", asOf: "2026-05-31" },
  ]);
});

test("a statement, and a reading that is not the current one, change nothing", () => {
  const claim = entry(3, reading(eflops(12), "2026-07-05", "E5"));
  expect(since(told(ledgerOf(first, second)), ledgerOf(first, second, claim))).toEqual([]);
  expect(since(told(ledgerOf(second)), ledgerOf(first, second))).toEqual([]);
});

test("a verdict and who approved it, once", () => {
  const approved = ledgerOf(...verdict("in_progress", 5));
  expect(since(NOTHING, approved)).toEqual([
    { type: "standing", from: "unrated", to: "in_progress", approval: { by: "P-2", single: false } },
  ]);
  expect(since(told(approved), approved)).toEqual([]);
  const again = ledgerOf(...verdict("in_progress", 5), ...verdict("in_progress", 8));
  expect(since(told(approved), again)).toEqual([]);
  expect(since(told(approved), ledgerOf(...verdict("in_progress", 5), undo(9, "e6")))).toEqual([
    { type: "standing", from: "in_progress", to: "unrated" },
  ]);
});

test("a verdict that the standing hides is told by itself", () => {
  const today = "2027-02-01";
  expect(since(told(createLedger(), today), ledgerOf(...verdict("in_progress", 5)), today)).toEqual([
    { type: "rating", from: "unrated", to: "in_progress", approval: { by: "P-2", single: false } },
  ]);
});

test("evidence by number and level", () => {
  const more = [entry(1, evidence("E4")), entry(2, evidence("E2")), entry(3, evidence("E4"))];
  expect(since(NOTHING, ledgerOf(...more))).toEqual([{ type: "evidence", added: 3, levels: ["E2", "E4"] }]);
  expect(since(told(ledgerOf(...more)), ledgerOf(...more, undo(4, "e1")))).toEqual([]);
});

test("disputes opened, closed, taken back", () => {
  const open = entry(4, { type: "dispute_opened", data: { text: "which?" } });
  const close = entry(
    5,
    { type: "dispute_closed", data: { dispute: "e4", outcome: "those" } },
    { actorKey: "P-2" },
  );
  expect(since(NOTHING, ledgerOf(open))).toEqual([{ type: "dispute_opened", text: "which?", by: "P-1" }]);
  expect(since(told(ledgerOf(open)), ledgerOf(open, close))).toEqual([
    { type: "dispute_closed", outcome: "those", by: "P-2" },
  ]);
  expect(since(told(ledgerOf(open)), ledgerOf(open, undo(6, "e4")))).toEqual([
    { type: "dispute_closed", outcome: null, by: null },
  ]);
});

test("the event that a period starts with, and the due date that follows from it", () => {
  const act = { type: "event_recorded", data: { event: "start", on: "2026-06-01" } } as const;
  expect(since(NOTHING, ledgerOf(entry(1, act, { commitmentId: "YB-008" })))).toEqual([
    { type: "started", on: "2026-06-01" },
    { type: "due", from: null, to: "2028-05-31" },
  ]);
});

test("a reading in a snapshot is read back as it was", () => {
  expect(readReading("=8.2 EFLOPS")).toEqual({ op: "=", value: 8.2, unit: "EFLOPS" });
  expect(readReading("done:north")).toEqual({ done: "north" });
  expect(readReading("many")).toBeNull();
});

test("what both began and ended since is told by how it ended", () => {
  const at = new Date("2026-07-10T02:00:00Z");
  const open = { ...entry(4, { type: "dispute_opened", data: { text: "which?" } }), at };
  const close = { ...entry(5, { type: "dispute_closed", data: { dispute: "e4", outcome: "those" } }), at };
  const end = { ...entry(6, { type: "discussion_resolved", data: { outcome: "agreed" } }), at };
  expect(since(NOTHING, ledgerOf(open, close, end), "2026-07-11")).toEqual([
    { type: "dispute_closed", outcome: "those", by: close.actorKey },
    { type: "resolved", outcome: "agreed", by: end.actorKey },
  ]);
  expect(since(NOTHING, ledgerOf(open, close, end, undo(7, "e6"), undo(8, "e4")), "2026-07-11")).toEqual([]);
  expect(
    since(told(ledgerOf(open, close, end), "2026-07-11"), ledgerOf(open, close, end), "2026-07-12"),
  ).toEqual([]);
});
