import fc from "fast-check";
import { expect, test } from "vitest";
import type { Budget } from "../../src/core/budget.ts";
import { charged, freeAt, marksSchema, room, type LaneMarks } from "../../src/store/budget-marks.ts";

const budget = fc.record({
  count: fc.integer({ min: 1, max: 900 }),
  perMs: fc.integer({ min: 100, max: 60_000 }),
});

/** Sends as much as it may, at each of some times; the times of all sends. */
function run(
  budgets: readonly Budget[],
  steps: readonly { readonly wait: number; readonly want: number }[],
): readonly number[] {
  let marks: LaneMarks = [];
  let now = 1_000_000;
  const sends: number[] = [];
  for (const { wait, want } of steps) {
    now += wait;
    const count = Math.min(want, room(budgets, marks, now));
    sends.push(...Array<number>(Math.max(count, 0)).fill(now));
    marks = marksSchema.parse(JSON.stringify(charged(budgets, marks, now, Math.max(count, 0))));
  }
  return sends;
}

test("no window ever holds more sends than its budget", () => {
  const steps = fc.array(
    fc.record({ wait: fc.integer({ min: 0, max: 3_000 }), want: fc.integer({ min: 0, max: 400 }) }),
    { maxLength: 60 },
  );
  fc.assert(
    fc.property(fc.array(budget, { minLength: 1, maxLength: 3 }), steps, (budgets, taken) => {
      const sends = run(budgets, taken);
      for (const { count, perMs } of budgets) {
        for (const from of new Set(sends)) {
          expect(sends.filter((at) => at >= from && at < from + perMs).length).toBeLessThanOrEqual(count);
        }
      }
    }),
    { numRuns: 150 },
  );
});

test("when it says that a send is free again, one is, and not before", () => {
  fc.assert(
    fc.property(budget, fc.integer({ min: 0, max: 5_000 }), (one, wait) => {
      const full = charged([one], charged([one], [], 1_000_000, 1), 1_000_000 + wait, one.count - 1);
      const now = 1_000_000 + wait;
      const free = freeAt([one], full, now);
      if (room([one], full, now) > 0) {
        expect(free).toBe(0);
        return;
      }
      expect(free).toBeGreaterThan(now);
      expect(room([one], full, free)).toBeGreaterThan(0);
      expect(room([one], full, free - 1)).toBe(0);
    }),
  );
});

test("a long window stays short in the database, and costs at most a sixtieth more", () => {
  const minute = { count: 900, perMs: 60_000 };
  let marks: LaneMarks = [];
  for (let ms = 0; ms < 60_000; ms += 67) marks = charged([minute], marks, 1_000_000 + ms, 1);
  expect(marks[0]?.length).toBeLessThanOrEqual(62);
  for (const now of [1_000_000, 1_000_001, 1_000_500, 1_000_999]) {
    const full = charged([minute], [], now, 900);
    expect(room([minute], full, now + 59_999)).toBe(0);
    expect(freeAt([minute], full, now)).toBeLessThanOrEqual(now + 61_000);
  }
});

test("nothing is limited without a budget", () => {
  expect(room([], [], 5)).toBe(Infinity);
  expect(freeAt([], [], 5)).toBe(0);
});
