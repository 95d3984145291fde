import { describe, expect, test } from "vitest";
import type { EvidenceLevel } from "../../../src/core/act.ts";
import type { Commitment } from "../../../src/core/commitment.ts";
import { currentReading, pacing, reaches } from "../../../src/core/pace.ts";
import type { Quantity } from "../../../src/core/quantity.ts";
import { commitment, eflops, entry, reading, recordOf, type Recorded } from "./entries.ts";

const LT4 = commitment("LT-004");
const YEAR = { start: { day: "2026-01-01" }, end: "2026-12-31", length: null } as const;

function pieces(value: number, unit = "个"): Quantity {
  return { op: "=", value, unit };
}

/** The word, the ratio to three decimals, and why there is none. */
function paced(
  of: Commitment,
  ...acts: readonly Recorded[]
): readonly [string, string | null, string | null] {
  const { word, ratio, withheld } = pacing(of, recordOf(...acts));
  return [word, ratio === null ? null : ratio.valueOf().toFixed(3), withheld];
}

describe("the example", () => {
  test("from above 6.5 to above 19, read at 8.2 on 30 June: behind, at most 13.6 % in 40.0 % of the time", () => {
    const found = pacing(LT4, recordOf(reading(eflops(8.2), "2026-06-30")));
    expect(found.progress?.toFraction()).toBe("17/125");
    expect(found.progress?.mul(1000).floor().toString()).toBe("136");
    expect(found.days).toEqual({ gone: 123, whole: 307 });
    expect(found.share?.mul(1000).floor().toString()).toBe("400");
    expect(found.ratio?.mul(100).floor().toString()).toBe("33");
    expect([found.word, found.bound, found.atMost, found.reached]).toEqual([
      "behind",
      "at_most",
      true,
      false,
    ]);
  });

  test("in another unit it is the same; in one that does not convert the reading does not count", () => {
    const pflops = reading({ op: "=", value: 8200, unit: "PFLOPS" }, "2026-06-30");
    expect(paced(LT4, pflops)).toEqual(paced(LT4, reading(eflops(8.2), "2026-06-30")));
    expect(paced(LT4, reading(pieces(8), "2026-06-30"))).toEqual(["no_reading", null, null]);
  });
});

describe("the current reading", () => {
  const at = (value: number, asOf: string, level: EvidenceLevel) => reading(eflops(value), asOf, level);
  const chosen = (...acts: readonly Recorded[]) => {
    const found = currentReading(LT4, recordOf(...acts));
    return [found?.reading.id, found?.conflicts.map(({ id }) => id)];
  };
  test("is the greatest as-of, then the best level, then the latest recorded", () => {
    expect(chosen(at(7, "2026-05-31", "E1"), at(8, "2026-06-30", "E4"))).toEqual(["e2", []]);
    expect(chosen(at(8, "2026-06-30", "E2"), at(8, "2026-06-30", "E3"))).toEqual(["e1", []]);
    expect(chosen(at(8, "2026-06-30", "E3"), at(8, "2026-06-30", "E3"))).toEqual(["e2", []]);
  });
  test("is never a statement", () => {
    expect(chosen(at(7, "2026-05-31", "E4"), at(12, "2026-06-30", "E5"))).toEqual(["e1", []]);
    expect(chosen(at(12, "2026-06-30", "E5"))).toEqual([undefined, undefined]);
  });
  test("has beside it what differs within the same month", () => {
    const same = reading({ op: "=", value: 8200, unit: "PFLOPS" }, "2026-06-10", "E4");
    const acts = [
      at(8.6, "2026-06-15", "E4"),
      same,
      at(7.9, "2026-05-31", "E1"),
      at(8.2, "2026-06-30", "E3"),
    ];
    expect(chosen(...acts)).toEqual(["e4", ["e1"]]);
  });
});

describe("reached", () => {
  const target = (op: "=" | ">" | ">=" | "<" | "<=" | "~", value = 19) => ({
    op,
    value,
    unit: "EFLOPS",
    original: "",
  });
  const range = { op: "range", min: 5, max: 6, unit: "EFLOPS", original: "" } as const;
  const from = { op: "=", value: 30, unit: "EFLOPS", original: "", asOf: "2026-01-01" } as const;
  const read = (op: Quantity["op"], value: number): Quantity =>
    op === "range" ? { op, min: value, max: value + 1, unit: "EFLOPS" } : { op, value, unit: "EFLOPS" };
  test.each([
    [read("=", 19), target(">"), null, false],
    [read("=", 19.01), target(">"), null, true],
    [read("=", 19), target(">="), null, true],
    [read("=", 18.9), target("="), null, false],
    [read("=", 25), target("="), null, true],
    [read(">", 19), target(">"), null, true],
    [read(">=", 19), target(">"), null, false],
    [read(">=", 19), target(">="), null, true],
    [read("<", 30), target(">="), null, false],
    [read("<=", 30), target(">="), null, false],
    [read("~", 30), target(">="), null, false],
    [read("range", 18.5), target(">="), null, false],
    [read("range", 19), target(">="), null, true],
    [read("=", 19), target("<"), null, false],
    [read("=", 18), target("<"), null, true],
    [read("=", 19), target("<="), null, true],
    [read("<", 19), target("<"), null, true],
    [read(">", 3), target("<="), null, false],
    [read("range", 18), target("<="), null, true],
    [read("range", 18.5), target("<="), null, false],
    [read("=", 4.9), range, null, false],
    [read("=", 5), range, null, true],
    [read("=", 7), range, null, true],
    // Falling since it starts above: the upper end is where it is reached.
    [read("=", 6), range, from, true],
    [read("=", 6.1), range, from, false],
    [read("=", 2), range, from, true],
    [read("=", 19), target("="), from, true],
    [read("=", 20), target("="), from, false],
    [{ op: "=", value: 19_000, unit: "PFLOPS" } as const, target(">="), null, true],
    [{ op: "=", value: 19_000, unit: "个" } as const, target(">="), null, false],
    [{ done: "north" }, target(">="), null, false],
  ])("%j of %j from %j: %s", (value, of, baseline, expected) => {
    expect(reaches(value, of, baseline)).toBe(expected);
  });

  test("what is still being counted stays under its ceiling only once the time is up", () => {
    const ceiling = commitment("LT-001", { target: { op: "<=", value: 3600, unit: "个", original: "" } });
    const at = (asOf: string) => pacing(ceiling, recordOf(reading(pieces(100), asOf)));
    expect([at("2026-06-30").reached, at("2026-06-30").word]).toEqual([false, "not_applicable"]);
    expect(at("2026-12-31").reached).toBe(true);
  });
});

describe("the word, in PRODUCT's order", () => {
  const mid = reading(eflops(8.2), "2026-06-30");
  test.each([
    ["a check that is no figure", commitment("LT-004", { check: "event" })],
    ["a rate", commitment("LT-004", { kind: "rate" })],
    ["no due date", commitment("LT-004", { due: null })],
    ["a level without a start", commitment("LT-004", { baseline: null })],
    ["a period whose event is not recorded", commitment("YB-008")],
  ])("not applicable: %s, read or not", (_, of) => {
    expect(pacing(of, recordOf()).word).toBe("not_applicable");
    expect(pacing(of, recordOf(mid)).word).toBe("not_applicable");
  });
  test("no reading: none, or only statements", () => {
    expect(pacing(LT4, recordOf()).word).toBe("no_reading");
    expect(pacing(LT4, recordOf(reading(eflops(18), "2026-06-30", "E5"))).word).toBe("no_reading");
  });
  test.each([
    // On 30 June 123 of 307 days are gone: 1.05 × that is where ahead begins, 0.90 × where on pace begins.
    [6.5 + (12.5 * 123 * 1.06) / 307, "ahead"],
    [6.5 + (12.5 * 123) / 307, "on_pace"],
    [6.5 + (12.5 * 123 * 0.91) / 307, "on_pace"],
    [6.5 + (12.5 * 123 * 0.89) / 307, "behind"],
    [5, "behind"],
  ])("%s is %s", (value, word) => {
    expect(pacing(LT4, recordOf(reading(eflops(value), "2026-06-30"))).word).toBe(word);
  });
  test("the marks themselves belong to the better word, exactly", () => {
    const of = commitment("LT-001", {
      target: { op: ">=", value: 1000, unit: "个", original: "" },
      period: { start: { day: "2026-01-01" }, end: "2026-04-11", length: null },
      due: { date: "2026-04-11", text: "", basis: "stated" },
    });
    // 20 of 100 days.
    const word = (value: number) => pacing(of, recordOf(reading(pieces(value), "2026-01-21"))).word;
    expect([210, 209, 180, 179].map(word)).toEqual(["ahead", "on_pace", "on_pace", "behind"]);
  });
});

describe("without a word progress and time are shown", () => {
  test("less than a tenth of the time", () => {
    expect(paced(LT4, reading(eflops(8), "2026-03-20"))).toEqual(["not_applicable", null, "share"]);
    expect(pacing(LT4, recordOf(reading(eflops(8), "2026-03-20"))).progress).not.toBeNull();
    expect(paced(LT4, reading(eflops(8), "2026-01-01"))).toEqual(["not_applicable", null, "share"]);
  });
  test("read at term or later", () => {
    expect(paced(LT4, reading(eflops(8), "2026-12-30"))[0]).toBe("behind");
    expect(paced(LT4, reading(eflops(8), "2026-12-31"))).toEqual(["not_applicable", null, "term"]);
    expect(paced(LT4, reading(eflops(8), "2027-02-01"))).toEqual(["not_applicable", null, "term"]);
  });
  test("no way to go", () => {
    for (const value of [6.5, 6]) {
      const of = commitment("LT-004", { target: { op: ">", value, unit: "EFLOPS", original: "" } });
      expect(paced(of, reading(eflops(8), "2026-06-30"))).toEqual(["not_applicable", null, "no_span"]);
    }
    const nothing = commitment("LT-001", { target: { op: "=", value: 0, unit: "个", original: "" } });
    expect(paced(nothing, reading(pieces(8), "2026-06-30"))).toEqual(["not_applicable", null, "no_span"]);
  });
  test("fewer than ten pieces; ten have a word", () => {
    const of = (value: number, unit = "个") =>
      commitment("LT-001", { target: { op: "=", value, unit, original: "" }, period: YEAR });
    expect(paced(of(9), reading(pieces(4), "2026-06-30"))).toEqual(["not_applicable", null, "few_pieces"]);
    expect(paced(of(10), reading(pieces(4), "2026-06-30"))[0]).toBe("behind");
    expect(paced(of(2, "亿元"), reading(pieces(1, "亿元"), "2026-06-30"))[0]).toBe("on_pace");
  });
});

describe("each kind", () => {
  test("a falling level goes down by the same formula", () => {
    const air = (value: number) =>
      paced(commitment("YB-005"), reading(pieces(value, "微克/立方米"), "2026-06-30"));
    expect(air(27.5)).toEqual(["behind", "0.756", null]);
    expect(air(27)).toEqual(["on_pace", "1.008", null]);
    expect(air(26)).toEqual(["ahead", "1.512", null]);
    expect(air(30)[0]).toBe("behind");
  });
  test("a range counts by its lower end, a falling one by its upper", () => {
    const racks = commitment("YB-006");
    const found = pacing(racks, recordOf(reading(pieces(2000), "2026-06-30")));
    expect(found.progress?.toFraction()).toBe("4/19");
    const falling = commitment("YB-005", {
      target: { op: "range", min: 20, max: 25, unit: "微克/立方米", original: "" },
    });
    expect(
      pacing(falling, recordOf(reading(pieces(27, "微克/立方米"), "2026-06-30"))).progress?.toFraction(),
    ).toBe("1/2");
  });
  test("a rate has a gap in percentage points, and time plays no part", () => {
    const found = pacing(commitment("YB-007"), recordOf(reading(pieces(5.9, "%"), "2026-06-30")));
    expect([found.word, found.gap?.toFraction(), found.progress, found.reached]).toEqual([
      "not_applicable",
      "-3/5",
      null,
      false,
    ]);
  });
  test("milestones: behind, ahead, on pace by the nodes dated by the as-of", () => {
    const of = commitment("YB-004");
    const words = (...nodes: readonly (readonly [string, string])[]) =>
      pacing(of, recordOf(...nodes.map(([done, asOf]) => reading({ done }, asOf)))).word;
    expect(words(["north", "2026-04-28"])).toBe("ahead");
    expect(words(["north", "2026-04-30"])).toBe("on_pace");
    expect(words(["north", "2026-06-30"])).toBe("behind");
    expect(words(["north", "2026-04-28"], ["middle", "2026-07-02"])).toBe("on_pace");
    expect(words(["north", "2026-04-28"], ["middle", "2026-06-20"])).toBe("ahead");
    expect(words(["south", "2026-06-30"])).toBe("behind");
    expect(words(["nowhere", "2026-06-30"])).toBe("no_reading");
  });
  test("milestones are reached once every node is done", () => {
    const done = (...nodes: readonly string[]) =>
      pacing(commitment("YB-004"), recordOf(...nodes.map((each) => reading({ done: each }, "2026-07-01"))));
    expect(done("north", "south", "north").reached).toBe(false);
    expect(done("north", "south", "middle").reached).toBe(true);
    expect(done("north", "north").progress?.toFraction()).toBe("1/3");
  });
  test("nodes without dates tell nothing of the pace", () => {
    const found = pacing(commitment("LT-005"), recordOf(reading({ done: "n1" }, "2026-07-01")));
    expect([found.word, found.progress?.toFraction(), found.reached]).toEqual([
      "not_applicable",
      "1/4",
      false,
    ]);
  });
  test("a period that starts with an event runs from the day recorded for it", () => {
    const of = commitment("YB-008");
    const start = { type: "event_recorded", data: { event: "start", on: "2026-06-01" } } as const;
    const found = pacing(of, recordOf(start, reading(pieces(11, "家"), "2026-11-30")));
    expect([found.startedOn, found.due, found.days]).toEqual([
      "2026-06-01",
      "2028-05-31",
      { gone: 182, whole: 730 },
    ]);
    expect(found.word).toBe("ahead");
    const undone = entry(3, { type: "undo", data: { entry: "e1", reason: null } });
    expect(pacing(of, recordOf(start, reading(pieces(11, "家"), "2026-11-30"), undone)).word).toBe(
      "not_applicable",
    );
  });
});

describe("how sure a progress is", () => {
  const bound = (of: Commitment, value: Quantity) => pacing(of, recordOf(reading(value, "2026-06-30"))).bound;
  const with_ = (op: Exclude<Quantity["op"], "range">, value: number): Quantity => ({
    op,
    value,
    unit: "EFLOPS",
  });
  const plain = commitment("LT-004", {
    baseline: { op: "=", value: 6.5, unit: "EFLOPS", original: "", asOf: "2026-02-27" },
  });
  test.each([
    [LT4, with_("=", 8.2), "at_most"],
    [LT4, with_("=", 19), null],
    [LT4, with_("=", 20), "at_least"],
    [LT4, with_("<", 8.2), "at_most"],
    [LT4, with_(">", 8.2), "about"],
    [LT4, with_("~", 8.2), "about"],
    [plain, with_("=", 8.2), null],
    [plain, with_(">=", 8.2), "at_least"],
    [plain, with_("<=", 8.2), "at_most"],
    [plain, { op: "range", min: 8, max: 9, unit: "EFLOPS" } as const, "at_least"],
  ])("%#", (of, value, expected) => expect(bound(of, value)).toBe(expected));
});
