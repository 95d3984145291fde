import fc from "fast-check";
import { expect, test } from "vitest";
import { addDays, daysBetween } from "../../../src/core/day.ts";
import { createLedger } from "../../../src/core/record.ts";
import { remindersOf } from "../../../src/core/reminders.ts";
import { assess, type Assessed } from "../../../src/core/standing.ts";
import { lanting } from "../../support/books.ts";

const BEFORE = [30, 7, 1];

const UNOPENED = createLedger();

const byDay = new Map<string, readonly Assessed[]>();

/** A day comes up in many runs and is the same each time. */
function items(day: string): readonly Assessed[] {
  const known = byDay.get(day);
  if (known !== undefined) return known;
  const made = lanting.commitments.map((each) => assess(each, UNOPENED.of(each.id), "2026-01-16", day));
  byDay.set(day, made);
  return made;
}

function told(previous: string, today: string): readonly string[] {
  return remindersOf(items(today), BEFORE, previous, today).map(
    ({ item, days }) => `${item.commitment.id} ${days}`,
  );
}

test("each mark comes on its day", () => {
  expect(told("2026-06-14", "2026-06-15")).toEqual(["QH-007 30"]);
  expect(told("2026-06-15", "2026-06-16")).toEqual([]);
  expect(told("2026-07-07", "2026-07-08")).toEqual(["QH-007 7"]);
  expect(told("2026-07-13", "2026-07-14")).toEqual(["QH-007 1"]);
  expect(told("2026-07-14", "2026-07-15")).toEqual([]);
  expect(told("2026-07-15", "2026-07-16")).toEqual(["QH-007 -1"]);
  expect(told("2026-07-16", "2026-07-17")).toEqual([]);
});

test("of several marks in one gap one reminder comes, soonest first", () => {
  expect(told("2026-05-01", "2026-07-10")).toEqual(["YB-001 -40", "QH-007 5"]);
});

test("what somebody gave a verdict on is left out", () => {
  const rated = items("2026-07-16").map((item): Assessed => ({ ...item, standing: "met" }));
  expect(remindersOf(rated, BEFORE, "2026-07-15", "2026-07-16")).toEqual([]);
});

test("however the days of a year are cut into runs, no date passes untold and none is told twice", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 25 }), { minLength: 40, maxLength: 80 }), (gaps) => {
      let previous = "2026-02-08";
      const passed: string[] = [];
      for (const gap of gaps) {
        const today = addDays(previous, gap);
        for (const { item, due, days } of remindersOf(items(today), BEFORE, previous, today)) {
          expect(days).toBe(daysBetween(today, due));
          if (days < 0) passed.push(item.commitment.id);
        }
        previous = today;
      }
      const expected = items(previous).filter(
        ({ commitment }) => (commitment.due?.date ?? previous) < previous,
      );
      expect(passed.toSorted()).toEqual(expected.map(({ commitment }) => commitment.id).toSorted());
    }),
    { numRuns: 100 },
  );
});
