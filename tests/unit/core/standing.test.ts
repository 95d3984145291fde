import { describe, expect, test } from "vitest";
import type { Commitment } from "../../../src/core/commitment.ts";
import { assess, standingOf } from "../../../src/core/standing.ts";
import {
  commitment,
  eflops,
  entry,
  evidence,
  reading,
  recordOf,
  searched,
  verdict,
  type Recorded,
} from "./entries.ts";

const LT4 = commitment("LT-004");
const EVENT = commitment("YB-001");
const ACTS = commitment("LT-008", { due: { date: "2026-05-31", text: "", basis: "stated" } });
const NONE = commitment("LT-007");

function lit(of: Commitment, today: string, ...acts: readonly Recorded[]): readonly [string, string] {
  const { light, lightReason } = assess(of, recordOf(...acts), "2026-01-16", today);
  return [light, lightReason];
}

/** A dated search that found nothing, in its place. */
function searchOn(day: string, seq = 1) {
  return entry(seq, searched(), { effectiveOn: day });
}

describe("where a commitment stands", () => {
  test.each(["met", "partly_met", "not_met", "withdrawn", "stalled"] as const)(
    "%s stands, whatever the day",
    (rating) => {
      for (const today of ["2026-07-02", "2027-03-01"])
        expect(standingOf(LT4, recordOf(...verdict(rating)), today)).toBe(rating);
      expect(standingOf(NONE, recordOf(...verdict(rating)), "2026-07-02")).toBe("not_checkable");
    },
  );
  test("a figure past due without a reading as of it awaits its data, in progress or not", () => {
    const early = reading(eflops(8.2), "2026-12-30", "E1");
    expect(standingOf(LT4, recordOf(early), "2026-12-31")).toBe("unrated");
    expect(standingOf(LT4, recordOf(early), "2027-01-01")).toBe("awaiting_data");
    expect(standingOf(LT4, recordOf(early, ...verdict("in_progress")), "2027-01-01")).toBe("awaiting_data");
    expect(standingOf(LT4, recordOf(reading(eflops(8.2), "2026-12-31", "E5")), "2027-01-01")).toBe(
      "awaiting_data",
    );
  });
  test("read as of it, or reached before it, its rating stands again", () => {
    expect(standingOf(LT4, recordOf(reading(eflops(8.2), "2026-12-31")), "2027-01-01")).toBe("unrated");
    const reached = recordOf(reading(eflops(19.1), "2026-10-31"), ...verdict("in_progress"));
    expect(standingOf(LT4, reached, "2027-01-01")).toBe("in_progress");
  });
});

describe("the light, first match", () => {
  test("a check of none is grey, whatever was said", () =>
    expect(lit(NONE, "2026-07-02", ...verdict("met"))).toEqual(["grey", "not_checkable"]));
  test.each([
    ["met", "green"],
    ["partly_met", "yellow"],
    ["not_met", "red"],
    ["stalled", "red"],
    ["withdrawn", "red"],
  ] as const)("a verdict %s is %s, before what was read", (rating, light) => {
    expect(lit(LT4, "2027-02-01", reading(eflops(20), "2026-12-31"), ...verdict(rating))).toEqual([
      light,
      rating,
    ]);
  });
  test("reached is green before and after the due date", () => {
    const reached = reading(eflops(19.1), "2026-06-30");
    for (const today of ["2026-07-01", "2026-12-25", "2027-06-01"])
      expect(lit(LT4, today, reached)).toEqual(["green", "reached"]);
  });
  test("an event past due: not checked, searched in vain for up to 15 days, for longer", () => {
    expect(lit(EVENT, "2026-06-01")).toEqual(["grey", "not_checked_since_due"]);
    expect(lit(EVENT, "2026-06-10", searchOn("2026-05-31"))).toEqual(["grey", "not_checked_since_due"]);
    expect(lit(EVENT, "2026-06-15", searchOn("2026-06-01"))).toEqual(["yellow", "nothing_found"]);
    expect(lit(EVENT, "2026-06-16", searchOn("2026-06-01"))).toEqual(["red", "nothing_found"]);
  });
  test("what was found since outweighs the search; a statement does not", () => {
    const found = entry(2, evidence("E4"), { effectiveOn: "2026-06-20" });
    const said = entry(2, evidence("E5"), { effectiveOn: "2026-06-20" });
    expect(lit(EVENT, "2026-06-30", searchOn("2026-06-01"), found)).toEqual(["grey", "recorded_since_due"]);
    expect(lit(EVENT, "2026-06-30", searchOn("2026-06-01"), said)).toEqual(["red", "nothing_found"]);
    expect(lit(EVENT, "2026-06-30", searchOn("2026-06-01"), found, searchOn("2026-06-25", 3))).toEqual([
      "red",
      "nothing_found",
    ]);
  });
  test("a figure past due: awaiting data, no figure after 120 days, read at term and missed", () => {
    expect(lit(LT4, "2027-04-30")).toEqual(["grey", "awaiting_data"]);
    expect(lit(LT4, "2027-05-01")).toEqual(["yellow", "no_figure_published"]);
    expect(lit(LT4, "2027-05-01", reading(eflops(18), "2026-12-31"))).toEqual(["red", "missed"]);
  });
  test("acts past due stay grey", () => {
    expect(lit(ACTS, "2026-06-30")).toEqual(["grey", "not_checked_since_due"]);
    expect(lit(ACTS, "2026-06-30", searchOn("2026-06-20"))).toEqual(["grey", "nothing_found"]);
  });
  test("due within 14 days is blue, the day itself too, before any pace", () => {
    expect(lit(LT4, "2026-12-16", reading(eflops(8), "2026-11-30"))[0]).toBe("red");
    expect(lit(LT4, "2026-12-17", reading(eflops(8), "2026-11-30"))).toEqual(["blue", "due_soon"]);
    expect(lit(LT4, "2026-12-31")).toEqual(["blue", "due_soon"]);
  });
  test("a reading older than 120 days is only the last one known", () => {
    const read = reading(eflops(8), "2026-06-30");
    expect(lit(LT4, "2026-10-28", read)).toEqual(["red", "behind"]);
    expect(lit(LT4, "2026-10-29", read)).toEqual(["grey", "last_known"]);
  });
  test("by its pace; steps are never red", () => {
    const at = (of: Commitment, value: number) => lit(of, "2026-07-01", reading(eflops(value), "2026-06-30"));
    expect(at(LT4, 12)).toEqual(["green", "ahead"]);
    expect(at(LT4, 11.6)).toEqual(["green", "on_pace"]);
    expect(at(LT4, 10.5)).toEqual(["yellow", "behind"]);
    expect(at(LT4, 8)).toEqual(["red", "behind"]);
    expect(at(commitment("LT-004", { path: "steps" }), 8)).toEqual(["yellow", "behind"]);
  });
  test("a milestone that is behind is red: a day has passed", () => {
    const of = commitment("YB-004");
    expect(lit(of, "2026-07-01", reading({ done: "north" }, "2026-06-30"))).toEqual(["red", "behind"]);
  });
  test("else grey, with what there is", () => {
    expect(lit(LT4, "2026-07-01")).toEqual(["grey", "no_reading"]);
    expect(lit(LT4, "2026-07-01", reading(eflops(18), "2026-06-30", "E5"))).toEqual(["grey", "no_reading"]);
    expect(lit(LT4, "2026-03-21", reading(eflops(8), "2026-03-20"))).toEqual(["grey", "no_word"]);
    expect(lit(commitment("LT-008"), "2026-07-01")).toEqual(["grey", "nothing_recorded"]);
    expect(lit(commitment("LT-008"), "2026-07-01", evidence("E4"))).toEqual(["grey", "recorded"]);
    const undone = entry(2, { type: "undo", data: { entry: "e1", reason: null } });
    expect(lit(commitment("LT-008"), "2026-07-01", evidence("E4"), undone)).toEqual([
      "grey",
      "nothing_recorded",
    ]);
  });
});

describe("attributes and days", () => {
  const of = (id: string, today: string, ...acts: readonly Recorded[]) =>
    assess(commitment(id), recordOf(...acts), "2026-01-16", today);
  test("late is what passed its day without a verdict that ends it", () => {
    const { attributes, daysLate } = of("YB-001", "2026-06-10");
    expect([attributes, daysLate]).toEqual([["late"], 10]);
    expect(of("YB-001", "2026-06-10", ...verdict("stalled")).attributes).toEqual(["late"]);
    expect(of("YB-001", "2026-06-10", ...verdict("in_progress")).attributes).toEqual(["late"]);
    expect(of("YB-001", "2026-06-10", ...verdict("not_met")).attributes).toEqual([]);
    expect(of("YB-001", "2026-05-31").attributes).toEqual([]);
    expect(of("LT-004", "2027-01-10").attributes).toEqual([]);
  });
  test("met late says so: by the day that shows it", () => {
    const event = of("YB-001", "2026-07-10", ...verdict("met", 90, "2026-06-20"));
    // Nothing on record says on which day it happened; our own delay is not theirs.
    expect([event.metOn, event.daysLate, event.attributes]).toEqual([null, 0, []]);
    const read = [
      reading(eflops(19.5), "2027-01-31"),
      reading(eflops(19.2), "2027-01-10"),
      reading(eflops(18), "2026-12-31"),
    ];
    const figure = of("LT-004", "2027-03-01", ...read, ...verdict("met", 90, "2027-02-20"));
    expect([figure.metOn, figure.daysLate]).toEqual(["2027-01-10", 10]);
  });
  test("disputed until it is closed", () => {
    const opened = entry(1, { type: "dispute_opened", data: { text: "?" } });
    const closed = entry(2, { type: "dispute_closed", data: { dispute: "e1", outcome: "so" } });
    expect(of("LT-004", "2026-07-01", opened).attributes).toEqual(["disputed"]);
    expect(of("LT-004", "2026-07-01", opened, closed).attributes).toEqual([]);
  });
  test("refreshed by whatever stands, an undo not among it", () => {
    expect(of("LT-004", "2026-07-01").refreshedOn).toBe("2026-01-16");
    const note = entry(1, searched(), { effectiveOn: "2026-05-05" });
    expect(of("LT-004", "2026-07-01", note).refreshedOn).toBe("2026-05-05");
    const undo = entry(
      2,
      { type: "undo", data: { entry: "e1", reason: null } },
      { effectiveOn: "2026-06-06" },
    );
    expect(of("LT-004", "2026-07-01", note, undo).refreshedOn).toBe("2026-01-16");
  });
});
