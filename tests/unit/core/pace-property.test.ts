import fc from "fast-check";
import { expect, test } from "vitest";
import { EVIDENCE_LEVELS, type Act } from "../../../src/core/act.ts";
import { CHECKS, TARGET_KINDS, type Commitment, type Target } from "../../../src/core/commitment.ts";
import { addDays } from "../../../src/core/day.ts";
import { pacing } from "../../../src/core/pace.ts";
import { COMPARATORS, type Quantity } from "../../../src/core/quantity.ts";
import { assess } from "../../../src/core/standing.ts";
import { tally } from "../../../src/core/tally.ts";
import { PACE_WORDS, STANDING_WORDS } from "../../../src/core/vocabulary.ts";
import { commitment, entry, reading, recordOf, verdict } from "./entries.ts";

const FIRST = "2026-01-01";
const day = fc.integer({ min: 0, max: 800 }).map((count) => addDays(FIRST, count));
// With zero, negatives, tiny fractions and equal values often.
const value = fc.oneof(
  fc.integer({ min: -3, max: 30 }),
  fc.integer({ min: -3000, max: 300_000 }).map((cents) => cents / 100),
  fc.constantFrom(0, 1e-7, 0.1, 999_999_999_999),
);
const unit = fc.constantFrom("EFLOPS", "PFLOPS", "个", "%", "亿元", "");
const quantity: fc.Arbitrary<Quantity> = fc.oneof(
  fc.record({ op: fc.constantFrom(...COMPARATORS), value, unit }),
  fc
    .tuple(value, value, unit)
    .map(([a, b, of]) => ({ op: "range", min: Math.min(a, b), max: Math.max(a, b), unit: of }) as const),
);
const target: fc.Arbitrary<Target> = quantity.map((each) => ({ ...each, original: "" }));
const nullable = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null, freq: 4 });

const anyCommitment: fc.Arbitrary<Commitment> = fc
  .record({
    check: fc.constantFrom(...CHECKS),
    kind: nullable(fc.constantFrom(...TARGET_KINDS)),
    target: nullable(target),
    baseline: nullable(fc.tuple(target, day).map(([of, asOf]) => ({ ...of, asOf }))),
    due: nullable(day.map((date) => ({ date, text: "", basis: "stated" as const }))),
    period: nullable(
      fc.record({
        start: fc.oneof(
          day.map((each) => ({ day: each })),
          fc.constant({ event: { en: "it opens" } }),
        ),
        end: nullable(day),
        length: nullable(
          fc.record({
            count: fc.integer({ min: 1, max: 30 }),
            of: fc.constantFrom("years" as const, "months" as const),
          }),
        ),
      }),
    ),
    path: fc.constantFrom("steps" as const, null),
    milestones: fc.constantFrom([], commitment("YB-004").milestones),
  })
  .map((edit) => commitment("LT-004", edit));

const node = fc.constantFrom("north", "middle", "south", "elsewhere").map((done) => ({ done }));
const act: fc.Arbitrary<Act> = fc.oneof(
  fc
    .tuple(fc.oneof(quantity, node), day, fc.constantFrom(...EVIDENCE_LEVELS))
    .map(([of, asOf, level]) => reading(of, asOf, level)),
  day.map((on) => ({ type: "event_recorded", data: { event: "start", on } }) as const),
  fc.boolean().map((nothingNew) => ({ type: "note", data: { text: "", nothingNew } }) as const),
  fc
    .constantFrom(...EVIDENCE_LEVELS)
    .map((level) => ({ type: "evidence", data: { url: "https://a.example", level, note: null } }) as const),
  fc.constant({ type: "dispute_opened", data: { text: "?" } } as const),
);
const rating = nullable(
  fc.constantFrom("in_progress", "stalled", "met", "partly_met", "not_met", "withdrawn"),
);
const records = fc
  .tuple(fc.array(act, { maxLength: 6 }), rating)
  .map(([acts, given]) => recordOf(...acts, ...(given === null ? [] : verdict(given))));

test("whatever was promised and recorded, each has one standing, one pace and one light with its reason", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(anyCommitment, records), { maxLength: 12 }), day, (pairs, today) => {
      const items = pairs.map(([of, record]) => assess(of, record, FIRST, today));
      const counted = tally(items);
      const sum = (counts: readonly { readonly count: number }[]) =>
        counts.reduce((total, { count }) => total + count, 0);
      expect([sum(counted.standings), sum(counted.paces), sum(counted.lights)]).toEqual([
        items.length,
        items.length,
        items.length,
      ]);
      for (const item of items) {
        expect(STANDING_WORDS.map(({ code }) => code)).toContain(item.standing);
        expect(PACE_WORDS.map(({ code }) => code)).toContain(item.pace);
        expect(item.lightReason).not.toBe("");
        // A word of three is said of a figure that was read, and never without a ratio but for milestones.
        const said = item.pace === "ahead" || item.pace === "on_pace" || item.pace === "behind";
        if (said) expect(item.commitment.check === "figure" && item.pacing.reading !== null).toBe(true);
        if (said && item.commitment.kind !== "milestone") expect(item.pacing.ratio).not.toBeNull();
        if (item.pacing.ratio !== null) expect(item.pacing.withheld).toBeNull();
        expect(
          item.commitment.path === "steps" && item.light === "red" && item.lightReason === "behind",
        ).toBe(false);
        expect(item.daysLate >= 0).toBe(true);
      }
    }),
    { numRuns: 300 },
  );
});

test("statements move neither pace nor light nor standing", () => {
  fc.assert(
    fc.property(
      anyCommitment,
      fc.array(act, { maxLength: 5 }),
      fc.array(fc.tuple(quantity, day)),
      day,
      (of, acts, said, today) => {
        const claims = said.map(([read, asOf]) => reading(read, asOf, "E5"));
        const { record: _, refreshedOn: __, ...without } = assess(of, recordOf(...acts), FIRST, today);
        const {
          record: ___,
          refreshedOn: ____,
          ...beside
        } = assess(of, recordOf(...acts, ...claims), FIRST, today);
        // That something was recorded may be said; what it says may not count.
        const reason = (each: string): string => (each === "recorded" ? "nothing_recorded" : each);
        expect({ ...beside, lightReason: reason(beside.lightReason) }).toEqual({
          ...without,
          lightReason: reason(without.lightReason),
        });
      },
    ),
    { numRuns: 200 },
  );
});

const RANKS = { behind: 0, on_pace: 1, ahead: 2 } as const;
function rank(word: string): number | null {
  return word === "behind" || word === "on_pace" || word === "ahead" ? RANKS[word] : null;
}

test("nearer to the target is never told as less: progress, ratio, word and reached", () => {
  const levels = fc.record({
    kind: fc.constantFrom("level" as const, "cumulative" as const),
    target: target.map((each) => ({ ...each, unit: "EFLOPS" })),
    baseline: nullable(target.map((each) => ({ ...each, unit: "PFLOPS", asOf: FIRST }))),
    period: fc.constant({ start: { day: FIRST }, end: "2026-12-31", length: null }),
  });
  fc.assert(
    fc.property(levels, value, value, fc.constantFrom(...COMPARATORS), day, (edit, one, other, op, asOf) => {
      const of = commitment("LT-004", edit);
      const at = (read: number) => pacing(of, recordOf(reading({ op, value: read, unit: "EFLOPS" }, asOf)));
      const [low, high] = [at(Math.min(one, other)), at(Math.max(one, other))];
      const { target: aim, baseline, kind } = edit;
      const end = aim.op === "range" ? aim.max : aim.value;
      const start =
        baseline === null || kind !== "level"
          ? null
          : (baseline.op === "range" ? baseline.min : baseline.value) / 1000;
      const falling =
        aim.op === "<" ||
        aim.op === "<=" ||
        (aim.op !== ">" && aim.op !== ">=" && start !== null && start > end);
      const [far, near] = falling ? [high, low] : [low, high];
      if (far.progress !== null && near.progress !== null)
        expect(near.progress.compare(far.progress)).toBeGreaterThanOrEqual(0);
      if (far.ratio !== null && near.ratio !== null)
        expect(near.ratio.compare(far.ratio)).toBeGreaterThanOrEqual(0);
      const [worse, better] = [rank(far.word), rank(near.word)];
      expect(worse === null).toBe(better === null);
      if (worse !== null && better !== null) expect(better).toBeGreaterThanOrEqual(worse);
      if (far.reached) expect(near.reached).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test("the order in which readings were typed does not matter where their days differ", () => {
  const dated = fc.uniqueArray(fc.tuple(value, day), {
    selector: ([, asOf]) => asOf,
    minLength: 1,
    maxLength: 6,
  });
  fc.assert(
    fc.property(
      dated.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
      ([all, shuffled]) => {
        const of = commitment("LT-004");
        const told = (list: typeof all) => {
          const acts = list.map(([read, asOf], at) =>
            entry(at + 1, reading({ op: "=", value: read, unit: "EFLOPS" }, asOf)),
          );
          const { reading: current, ...rest } = pacing(of, recordOf(...acts));
          return { ...rest, current: current?.data };
        };
        expect(told(shuffled)).toEqual(told(all));
      },
    ),
  );
});
