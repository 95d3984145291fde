import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createBook } from "../../../src/core/book.ts";
import { createLedger, type Entry, type Ledger } from "../../../src/core/record.ts";
import { LANTING_YEAR } from "../../fixtures/ledgers/lanting-2026.ts";
import { lanting } from "../../support/books.ts";
import { eflops, entry, reading, recordOf, verdict } from "./entries.ts";

const undo = (seq: number, id: string): Entry =>
  entry(seq, { type: "undo", data: { entry: id, reason: null } });
const propose = (seq: number, rating: "met" | "in_progress" = "in_progress"): Entry =>
  entry(seq, { type: "rating_proposed", data: { rating, reason: "why" } });
const approve = (seq: number, proposal: string): Entry =>
  entry(seq, { type: "rating_approved", data: { proposal, single: false } });
const giveBack = (seq: number, proposal: string): Entry =>
  entry(seq, { type: "rating_returned", data: { proposal, reason: "why" } });

describe("what was taken back", () => {
  const read = entry(1, reading(eflops(8), "2026-06-30"));
  test("an undone reading does not stand, and stays in sight", () => {
    const record = recordOf(read, undo(2, "e1"));
    expect([record.readings, [...record.undone], record.entries.length]).toEqual([[], ["e1"], 2]);
  });
  test("an undo that is undone takes nothing back", () => {
    expect(recordOf(read, undo(2, "e1"), undo(3, "e2")).readings.map(({ id }) => id)).toEqual(["e1"]);
    expect(recordOf(read, undo(2, "e1"), undo(3, "e2"), undo(4, "e3")).readings).toEqual([]);
  });
  test("two undos of one entry are as one, and one of what is not there is none", () => {
    expect(recordOf(read, undo(2, "e1"), undo(3, "e1")).readings).toEqual([]);
    expect(recordOf(read, undo(2, "e9"), undo(3, "e3"), undo(4, "e5")).readings.length).toBe(1);
  });
});

describe("ratings", () => {
  test("a proposal is open until somebody decides", () => {
    expect(recordOf(propose(1)).proposal?.id).toBe("e1");
    expect(recordOf(propose(1), approve(2, "e1"))).toMatchObject({
      proposal: null,
      rating: { rating: "in_progress" },
    });
    expect(recordOf(propose(1), giveBack(2, "e1"))).toMatchObject({ proposal: null, rating: null });
    expect(recordOf(propose(1), undo(2, "e1")).proposal).toBeNull();
  });
  test("of two who decide at once the first one counts", () => {
    expect(recordOf(propose(1), giveBack(2, "e1"), approve(3, "e1")).rating).toBeNull();
    expect(recordOf(propose(1), approve(2, "e1"), giveBack(3, "e1")).rating?.approval.id).toBe("e2");
  });
  test("a newer proposal supersedes an older one, which comes back when that is undone", () => {
    expect(recordOf(propose(1), propose(2, "met")).proposal?.id).toBe("e2");
    expect(recordOf(propose(1), propose(2, "met"), giveBack(3, "e2")).proposal).toBeNull();
    expect(recordOf(propose(1), propose(2, "met"), undo(3, "e2")).proposal?.id).toBe("e1");
  });
  test("the latest approval stands; undone, the one before it does again", () => {
    const both = [...verdict("in_progress", 1), ...verdict("met", 3)];
    expect(recordOf(...both).rating?.rating).toBe("met");
    expect(recordOf(...both, undo(5, "e4"))).toMatchObject({
      rating: { rating: "in_progress" },
      proposal: { id: "e3" },
    });
    expect(recordOf(...both, undo(5, "e3"))).toMatchObject({
      rating: { rating: "in_progress" },
      proposal: null,
    });
  });
  test("an approval of nothing, or from before its proposal, is none", () => {
    expect(recordOf(approve(1, "e2"), propose(2)).rating).toBeNull();
    expect(recordOf(approve(1, "e9")).rating).toBeNull();
  });
});

test("a dispute is open until it is closed, and again when the closing is undone", () => {
  const opened = entry(1, { type: "dispute_opened", data: { text: "?" } });
  const closed = entry(2, { type: "dispute_closed", data: { dispute: "e1", outcome: "so" } });
  expect(recordOf(opened).disputes.length).toBe(1);
  expect(recordOf(opened, closed).disputes).toEqual([]);
  expect(recordOf(opened, closed, undo(3, "e2")).disputes.length).toBe(1);
});

test("the last day is the greatest, also by a clock that was set back", () => {
  const on = (seq: number, day: string) => entry(seq, reading(eflops(8), "2026-06-01"), { effectiveOn: day });
  expect(recordOf(on(1, "2026-07-02"), on(2, "2026-06-30")).lastOn).toBe("2026-07-02");
  expect(recordOf().lastOn).toBeNull();
});

test("an id that comes again, at another place, is the act that was there first", () => {
  const ledger = createLedger();
  const later = entry(5, reading(eflops(9), "2026-06-30"), { id: "same", commitmentId: "QH-001" });
  ledger.apply([later]);
  ledger.apply([entry(2, reading(eflops(8), "2026-06-30"), { id: "same" }), later]);
  expect(ledger.of("LT-004").readings.map(({ seq }) => seq)).toEqual([2]);
  expect([ledger.of("QH-001").entries, ledger.size, ledger.all().length]).toEqual([[], 1, 1]);
});

/** Everything that can be seen of a ledger. */
function seen(ledger: Ledger): unknown {
  return [
    ledger.seq,
    ledger.size,
    ledger.all(),
    createBook(lanting, ledger)
      .on("2026-11-16")
      .map(({ record: _, ...rest }) => rest),
  ];
}

/** The year, with undos strewn in of entries before them, undos among those. */
const histories = fc
  .array(fc.tuple(fc.nat(200), fc.nat(200)), { maxLength: 12 })
  .map((picks): readonly Entry[] => {
    const acts: Entry[] = [...LANTING_YEAR];
    for (const [at, of] of picks) {
      const place = 1 + (at % acts.length);
      const target = acts[of % place];
      if (target === undefined) continue;
      const act = { type: "undo", data: { entry: target.id, reason: null } } as const;
      acts.splice(place, 0, entry(0, act, { id: `undo-${acts.length}`, commitmentId: target.commitmentId }));
    }
    return acts.map((each, index) => ({ ...each, seq: index + 1 }));
  });

test("in whatever batches, order and repetition acts arrive, the record is that of a replay", () => {
  const delivered = histories.chain((acts) =>
    fc.record({
      acts: fc.constant(acts),
      // Each act at least once, in any order.
      order: fc
        .array(fc.nat(acts.length - 1), { maxLength: 60 })
        .chain((again) =>
          fc.shuffledSubarray([...acts.keys(), ...again], { minLength: acts.length + again.length }),
        ),
      cuts: fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 8 }),
    }),
  );
  fc.assert(
    fc.property(delivered, ({ acts, order, cuts }) => {
      const replay = createLedger();
      for (const each of acts) replay.apply([each]);
      const ledger = createLedger();
      const book = createBook(lanting, ledger);
      const items = order.map((at) => acts[at]).filter((each) => each !== undefined);
      for (let from = 0, turn = 0; from < items.length; turn += 1) {
        const count = cuts[turn % cuts.length] ?? 1;
        ledger.apply(items.slice(from, from + count));
        // Whoever looks in between is not shown it for good.
        if (turn % 3 === 0) book.on("2026-11-16");
        from += count;
      }
      expect(seen(ledger)).toEqual(seen(replay));
      expect(book.on("2026-11-16")).toEqual(createBook(lanting, replay).on("2026-11-16"));
    }),
    { numRuns: 40 },
  );
});
