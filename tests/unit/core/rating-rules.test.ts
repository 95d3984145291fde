import { describe, expect, test } from "vitest";
import { missingFor, type Proposable } from "../../../src/core/rating-rules.ts";
import {
  commitment,
  eflops,
  entry,
  evidence,
  reading,
  recordOf,
  searched,
  type Recorded,
} from "./entries.ts";

const ALL: readonly Proposable[] = ["in_progress", "stalled", "met", "partly_met", "not_met", "withdrawn"];
const LEVELS = ["E1", "E2", "E3", "E4", "E5"] as const;
const BEFORE_DUE = "2026-05-01";
const AFTER_DUE = "2027-02-01";

function missing(rating: Proposable, id: string, today: string, ...acts: readonly Recorded[]) {
  return missingFor(rating, commitment(id), recordOf(...acts), today);
}

describe("what each rating needs", () => {
  test("in progress: one act, E1 to E4", () => {
    for (const level of LEVELS)
      expect(missing("in_progress", "LT-008", BEFORE_DUE, evidence(level)) === null).toBe(level !== "E5");
    expect(missing("in_progress", "LT-008", BEFORE_DUE)).toEqual({
      type: "evidence",
      levels: ["E1", "E2", "E3", "E4"],
      has: null,
    });
    expect(missing("in_progress", "LT-008", BEFORE_DUE, evidence("E5"))).toMatchObject({ has: "E5" });
    expect(missing("in_progress", "LT-004", BEFORE_DUE, reading(eflops(7), "2026-04-30", "E4"))).toBeNull();
  });

  test("stalled: a stated stop, or a dated search that found nothing; our own silence is neither", () => {
    expect(missing("stalled", "LT-008", BEFORE_DUE)).toEqual({ type: "dated_search", after: null });
    expect(missing("stalled", "LT-008", BEFORE_DUE, evidence("E5"))).toEqual({
      type: "dated_search",
      after: null,
    });
    const remark = { type: "note", data: { text: "hm", nothingNew: false } } as const;
    expect(missing("stalled", "LT-008", BEFORE_DUE, remark)).toEqual({ type: "dated_search", after: null });
    expect(missing("stalled", "LT-008", BEFORE_DUE, searched())).toBeNull();
    expect(missing("stalled", "LT-008", BEFORE_DUE, evidence("E4"))).toBeNull();
  });

  test("withdrawn: E1 to E3", () => {
    for (const level of LEVELS)
      expect(missing("withdrawn", "LT-008", BEFORE_DUE, evidence(level)) === null).toBe(level < "E4");
  });

  test("met, a figure: E1 or E2, or E3 with a reading that reaches", () => {
    const met = (...acts: readonly Recorded[]) => missing("met", "LT-004", BEFORE_DUE, ...acts);
    expect(met()).toEqual({ type: "evidence", levels: ["E1", "E2", "E3"], has: null });
    expect(met(evidence("E4"))).toMatchObject({ type: "evidence", has: "E4" });
    expect(met(evidence("E1"))).toBeNull();
    expect(met(evidence("E2"))).toBeNull();
    expect(met(evidence("E3"))).toEqual({ type: "reading_reaching", has: "E3" });
    expect(met(evidence("E3"), reading(eflops(18), "2026-04-30"))).toEqual({
      type: "reading_reaching",
      has: "E3",
    });
    expect(met(evidence("E3"), reading(eflops(19.1), "2026-04-30", "E5"))).toMatchObject({
      type: "reading_reaching",
    });
    expect(met(evidence("E3"), reading(eflops(19.1), "2026-04-30", "E4"))).toBeNull();
    expect(met(reading(eflops(19.1), "2026-04-30", "E3"))).toBeNull();
    expect(met(reading(eflops(19.1), "2026-04-30", "E4"))).toMatchObject({ type: "evidence", has: "E4" });
  });
  test("met: an official figure that falls short is no proof of it", () => {
    const short = missing("met", "LT-004", BEFORE_DUE, reading(eflops(18), "2026-04-30", "E1"));
    expect(short).toMatchObject({ type: "evidence", has: "E1" });
    const fell = [reading(eflops(19.1), "2026-03-31", "E3"), reading(eflops(18), "2026-04-30", "E3")];
    expect(missing("met", "LT-004", BEFORE_DUE, ...fell)).toMatchObject({ type: "evidence" });
  });
  test("met, milestones: the weakest node counts", () => {
    const nodes = (...levels: readonly ("E1" | "E3" | "E4")[]) =>
      ["north", "middle", "south"].map((done, at) => reading({ done }, "2026-04-30", levels[at] ?? "E1"));
    expect(missing("met", "YB-004", BEFORE_DUE, ...nodes("E1", "E1", "E1"))).toBeNull();
    expect(missing("met", "YB-004", BEFORE_DUE, ...nodes("E1", "E3", "E1"))).toBeNull();
    expect(missing("met", "YB-004", BEFORE_DUE, ...nodes("E1", "E4", "E1"))).toMatchObject({
      type: "evidence",
    });
    expect(missing("met", "YB-004", BEFORE_DUE, ...nodes("E1", "E1").slice(0, 2))).toMatchObject({
      type: "evidence",
    });
  });

  test("met, an event: E1 or E2, or two houses of press", () => {
    const met = (...acts: readonly Recorded[]) => missing("met", "YB-001", BEFORE_DUE, ...acts);
    const press = (url: string) => evidence("E4", url);
    expect(met(evidence("E2"))).toBeNull();
    expect(met(evidence("E3"))).toEqual({ type: "evidence", levels: ["E1", "E2"], has: "E3" });
    expect(met(press("https://a.example/1"))).toMatchObject({ type: "second_source", host: "a.example" });
    expect(met(press("https://www.a.example/1"), press("https://m.a.example/2"))).toMatchObject({
      type: "second_source",
    });
    expect(met(press("https://a.example/1"), press("https://b.example/1"))).toBeNull();
  });

  test("met, acts: only against a yardstick, and never without a document", () => {
    const set = { type: "yardstick_set", data: { text: "all registered" } } as const;
    expect(missing("met", "LT-002", BEFORE_DUE, evidence("E1"))).toEqual({ type: "yardstick" });
    expect(missing("met", "LT-002", BEFORE_DUE, set)).toEqual({
      type: "evidence",
      levels: ["E1", "E2"],
      has: null,
    });
    expect(missing("met", "LT-002", BEFORE_DUE, set, evidence("E2"))).toBeNull();
    const undone = entry(3, { type: "undo", data: { entry: "e1", reason: null } });
    expect(missing("met", "LT-002", BEFORE_DUE, set, evidence("E2"), undone)).toEqual({ type: "yardstick" });
  });

  test.each(["partly_met", "not_met"] as const)(
    "%s: after the due date, with a reading as of it or a search after it",
    (rating) => {
      const read = (asOf: string, level: (typeof LEVELS)[number] = "E3") => reading(eflops(18), asOf, level);
      expect(missing(rating, "LT-004", "2026-12-31", read("2026-12-31"))).toEqual({
        type: "not_due_yet",
        due: "2026-12-31",
      });
      const term = { type: "reading_at_term", due: "2026-12-31", levels: ["E1", "E2", "E3"] };
      expect(missing(rating, "LT-004", AFTER_DUE, read("2026-12-30"))).toEqual(term);
      expect(missing(rating, "LT-004", AFTER_DUE, read("2026-12-31", "E4"))).toEqual(term);
      expect(missing(rating, "LT-004", AFTER_DUE, read("2026-12-31"))).toBeNull();
      const on = (day: string) => entry(1, searched(), { effectiveOn: day });
      expect(missing(rating, "YB-001", AFTER_DUE, on("2026-05-31"))).toEqual({
        type: "dated_search",
        after: "2026-05-31",
      });
      expect(missing(rating, "YB-001", AFTER_DUE, on("2026-06-01"))).toBeNull();
      expect(missing(rating, "LT-006", AFTER_DUE)).toEqual({ type: "no_due_date" });
    },
  );

  test("acts are never partly or not met, and what is not checkable has no rating", () => {
    for (const rating of ["partly_met", "not_met"] as const)
      expect(missing(rating, "LT-008", AFTER_DUE, evidence("E1"))).toMatchObject({
        type: "not_for_check",
        check: "acts",
      });
    for (const rating of ALL)
      expect(missing(rating, "LT-007", AFTER_DUE, evidence("E1"), searched())).toEqual({
        type: "not_ratable",
      });
  });
});

test("a statement moves no rating: with E5 beside it each needs what it needed", () => {
  const said = [evidence("E5"), reading(eflops(30), "2026-12-31", "E5")];
  const kinds: readonly (readonly Recorded[])[] = [[], [evidence("E3")], [evidence("E4")], [searched()]];
  for (const id of ["LT-004", "YB-001", "LT-002", "YB-004"])
    for (const rating of ALL)
      for (const acts of kinds)
        for (const today of [BEFORE_DUE, AFTER_DUE]) {
          const without = missing(rating, id, today, ...acts);
          const beside = missing(rating, id, today, ...acts, ...said);
          expect(beside?.type ?? null).toBe(without?.type ?? null);
        }
});
