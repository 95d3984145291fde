import { Cron } from "croner";
import fc from "fast-check";
import { expect, test } from "vitest";
import { workCalendar } from "../../../src/core/calendar.ts";
import { readCron } from "../../../src/core/cron.ts";
import { nextRun, previousRun, type RunRule } from "../../../src/core/next.ts";
import { parseCron } from "../../support/node-cron-fields.ts";

// croner is the oracle. It differs by definition in one thing: expressions with * or a step in minute or hour it takes
// for intervals, which skip what lies in a gap and run through both showings of a repeated hour; here every rule goes
// by the wall clock. Those are compared in zones without summer time, and by examples in next.test.ts.
const STEADY = ["Asia/Shanghai", "Asia/Kathmandu", "UTC", "Asia/Tokyo", "Africa/Lagos", "America/Phoenix"];
const MOVING = [
  "America/New_York",
  "Europe/London",
  "Australia/Lord_Howe",
  "Pacific/Chatham",
  "Africa/Cairo",
  "America/Santiago",
  "America/St_Johns",
];

function listOf(item: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.array(item, { minLength: 1, maxLength: 3 }).map((items) => items.join());
}
function numberIn(min: number, max: number): fc.Arbitrary<string> {
  return fc.integer({ min, max }).map(String);
}
function rangeIn(min: number, max: number): fc.Arbitrary<string> {
  return fc
    .tuple(fc.integer({ min, max }), fc.integer({ min, max }))
    .map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`);
}
function stepIn(min: number, max: number): fc.Arbitrary<string> {
  return fc
    .tuple(fc.oneof(fc.constant("*"), rangeIn(min, max)), fc.integer({ min: 1, max: max - min }))
    .map(([range, step]) => `${range}/${step}`);
}
/** Numbers and ranges only: what croner takes for times of the day. */
function fixed(min: number, max: number): fc.Arbitrary<string> {
  return listOf(fc.oneof({ weight: 3, arbitrary: numberIn(min, max) }, rangeIn(min, max)));
}
function field(min: number, max: number): fc.Arbitrary<string> {
  return fc.oneof(fc.constant("*"), fixed(min, max), listOf(stepIn(min, max)));
}
const month = fc.oneof(field(1, 12), listOf(fc.constantFrom("jan", "FEB", "jun-sep", "Dec")));
const weekday = fc.oneof(field(0, 6), listOf(fc.constantFrom("7", "sun", "MON", "tue-fri", "Sat", "5-7")));

const timed = fc
  .tuple(fixed(0, 59), fixed(0, 23), field(1, 31), month, weekday)
  .map((fields) => fields.join(" "));
const any = fc
  .tuple(field(0, 59), field(0, 23), field(1, 31), month, weekday)
  .map((fields) => fields.join(" "));
const instant = fc
  .integer({ min: Date.UTC(2015, 0, 1) / 60_000, max: Date.UTC(2035, 0, 1) / 60_000 })
  .map((minutes) => new Date(minutes * 60_000));

/** Whether croner finds the same runs after and before an instant. */
function compare(cron: string, zone: string, from: Date): void {
  const rule: RunRule = {
    schedule: { kind: "cron", cron },
    zone,
    workday: "ignore",
    calendar: workCalendar("weekends"),
  };
  const oracle = new Cron(cron, {
    timezone: zone,
    domAndDow: true,
    mode: "5-part",
    fixedTimeRule: "no-wildcard",
    paused: true,
  });
  const limit = 4 * 365 * 86_400_000;
  let after: Date | null = from;
  for (let count = 0; count < 3 && after !== null; count += 1) {
    const expected: Date | null = oracle.nextRun(after);
    const found: Date | null = nextRun(rule, after)?.at ?? null;
    if (expected !== null && expected.getTime() - from.getTime() > limit) return;
    if (expected === null && found !== null && found.getTime() - from.getTime() > limit) return;
    expect(found, `${cron} in ${zone} after ${after.toISOString()}`).toEqual(expected);
    if (found !== null) {
      const next = new Date(found.getTime() + 1);
      expect(previousRun(rule, next)?.at, `${cron} in ${zone} before ${next.toISOString()}`).toEqual(found);
    }
    after = found;
  }
}

test("times of the day run as croner has them, summer time or not", () => {
  fc.assert(
    fc.property(timed, fc.constantFrom(...STEADY, ...MOVING), instant, (cron, zone, from) => {
      fc.pre(readCron(cron) !== null);
      compare(cron, zone, from);
    }),
    { numRuns: 400 },
  );
});

test("in the nights of the change, too", () => {
  const nights = fc.constantFrom(
    ["America/New_York", "2026-03-08T04:00:00Z"] as const,
    ["America/New_York", "2026-11-01T03:00:00Z"] as const,
    ["Europe/London", "2026-03-28T23:00:00Z"] as const,
    ["Europe/London", "2026-10-24T22:00:00Z"] as const,
    ["Australia/Lord_Howe", "2026-10-03T12:00:00Z"] as const,
    ["Australia/Lord_Howe", "2026-04-04T12:00:00Z"] as const,
    ["Africa/Cairo", "2026-04-23T20:00:00Z"] as const,
    ["Africa/Cairo", "2026-10-29T18:00:00Z"] as const,
  );
  const cron = fc.tuple(fixed(0, 59), fixed(0, 4)).map(([minute, hour]) => `${minute} ${hour} * * *`);
  fc.assert(
    fc.property(cron, nights, (cron, [zone, from]) => compare(cron, zone, new Date(from))),
    { numRuns: 200 },
  );
});

test("any expression runs as croner has it where the clock is never changed", () => {
  fc.assert(
    fc.property(any, fc.constantFrom(...STEADY), instant, (cron, zone, from) => {
      fc.pre(readCron(cron) !== null);
      compare(cron, zone, from);
    }),
    { numRuns: 400 },
  );
});

/** A range that may run over the end: fri-mon. */
function wrapped(min: number, max: number): fc.Arbitrary<string> {
  return fc.tuple(numberIn(min, max), numberIn(min, max)).map((ends) => ends.join("-"));
}

test("an expression is read as node-cron reads it", () => {
  const wide = fc
    .tuple(
      listOf(fc.oneof(wrapped(0, 59), stepIn(0, 59))),
      listOf(fc.oneof(wrapped(0, 23), stepIn(0, 23))),
      listOf(fc.oneof(wrapped(1, 31), fc.constant("*"))),
      listOf(fc.oneof(wrapped(1, 12), fc.constant("*"))),
      listOf(fc.oneof(wrapped(0, 7), fc.constant("*"))),
    )
    .map((fields) => fields.join(" "));
  fc.assert(
    fc.property(fc.oneof(any, wide), (cron) => {
      expect(readCron(cron), cron).toEqual(parseCron(cron));
    }),
    { numRuns: 1000 },
  );
});

test("what is out of bounds is refused, also where node-cron looks away (a date of 1-0); the rest is the same", () => {
  const item = (max: number): fc.Arbitrary<string> =>
    fc.oneof(
      numberIn(0, max),
      wrapped(0, max),
      fc
        .tuple(fc.oneof(wrapped(0, max), fc.constantFrom("*", "5")), numberIn(0, 70))
        .map((parts) => parts.join("/")),
    );
  const loose = fc
    .tuple(...[61, 25, 33, 14, 8].map((max) => listOf(item(max))))
    .map((fields) => fields.join(" "));
  fc.assert(
    fc.property(loose, (cron) => {
      const read = readCron(cron);
      if (read !== null) expect(read, cron).toEqual(parseCron(cron));
    }),
    { numRuns: 1000 },
  );
  expect(readCron("7 9 1-0 * *")).toBeNull();
});

test.each([
  ["7 9 * * 1", true],
  ["07 09 * * MON", true],
  ["7 9 ? * 1", true],
  ["7  9 * * sunday", true],
  ["*/15 0-23/6 1,15 jan-mar mon-fri", true],
  ["50-10 * * * fri-mon", true],
  ["7 9 29 2 *", true],
  ["7 9 30 2 *", false],
  ["7 9 31 4,6 *", false],
  ["7 9 31 4,5 *", true],
  ["0 7 9 * * 1", false],
  ["7 9 * *", false],
  ["@daily", false],
  ["7 9 L * *", false],
  ["7 9 15W * *", false],
  ["7 9 * * 1#2", false],
  ["7 9 * * 5L", false],
  ["60 9 * * *", false],
  ["7 24 * * *", false],
  ["7 9 0 * *", false],
  ["7 9 * 13 *", false],
  ["7 9 * * 8", false],
  ["5/10 * * * *", false],
  ["*/0 * * * *", false],
  ["7 9 * * mond", false],
  ["7 9 * * ,", false],
  ["-1 9 * * *", false],
  ["", false],
])("both readings of %s agree on whether it is one: %s", (cron, isOne) => {
  expect(readCron(cron) !== null).toBe(isOne);
  expect(parseCron(cron)).toEqual(readCron(cron));
});
