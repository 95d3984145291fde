import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { workCalendar } from "../../../src/core/calendar.ts";
import { addDays, weekday } from "../../../src/core/day.ts";
import { nextRun, previousRun, runsBetween, type Run, type RunRule } from "../../../src/core/next.ts";
import { WORKDAY_RULES, type Schedule } from "../../../src/core/schedule.ts";
import { clockOf } from "../../../src/core/zone-time.ts";

const CN = workCalendar("CN");

function ruleOf(schedule: string | Schedule, rest: Partial<Omit<RunRule, "schedule">> = {}): RunRule {
  return {
    schedule: typeof schedule === "string" ? { kind: "cron", cron: schedule } : schedule,
    zone: "Asia/Shanghai",
    workday: "next",
    calendar: CN,
    ...rest,
  };
}

/** The instant at which a day begins in China. */
const start = (day: string): Date => new Date(`${day}T00:00:00+08:00`);
const told = ({ at, nominalDay }: Run, zone: string): string => {
  const { day, hour, minute } = clockOf(at, zone);
  const clock = `${day} ${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
  return day === nominalDay ? clock : `${clock} for ${nominalDay}`;
};
const runs = (rule: RunRule, from: string, to: string): string[] =>
  runsBetween(rule, start(from), start(to)).map((run) => told(run, rule.zone));

describe("Mondays 09:07 by China's calendar", () => {
  const mondays = ruleOf("7 9 * * 1");

  test("Spring Festival: both Mondays of the holiday come as one on the first working day", () => {
    expect(runs(mondays, "2026-02-08", "2026-03-03")).toEqual([
      "2026-02-09 09:07",
      "2026-02-24 09:07 for 2026-02-16",
      "2026-03-02 09:07",
    ]);
  });
  test("or, where the rule says so, on the make-up Saturday before it", () => {
    expect(runs(ruleOf("7 9 * * 1", { workday: "previous" }), "2026-02-08", "2026-03-03")).toEqual([
      "2026-02-09 09:07",
      "2026-02-14 09:07 for 2026-02-16",
      "2026-03-02 09:07",
    ]);
  });
  test("or as if there were no holidays", () => {
    expect(runs(ruleOf("7 9 * * 1", { workday: "ignore" }), "2026-02-08", "2026-03-03")).toEqual([
      "2026-02-09 09:07",
      "2026-02-16 09:07",
      "2026-02-23 09:07",
      "2026-03-02 09:07",
    ]);
  });
  test.each([
    ["2026-04-05", "2026-04-07 09:07 for 2026-04-06"],
    ["2026-05-03", "2026-05-06 09:07 for 2026-05-04"],
    ["2026-10-04", "2026-10-08 09:07 for 2026-10-05"],
    ["2026-12-28", "2026-12-28 09:07"],
    ["2026-12-29", "2027-01-04 09:07"],
  ])("from %s the next is %s", (from, expected) => {
    const run = nextRun(mondays, start(from));
    expect(run === null ? null : told(run, mondays.zone)).toBe(expected);
    expect(run?.shifted).toBe(expected.includes("for"));
  });
  test("2027 is not known: its weekends are free and the run says so", () => {
    const year = runsBetween(mondays, start("2026-12-20"), start("2028-01-01"));
    expect(year.map(({ calendarKnown }) => calendarKnown)).toEqual([
      true,
      true,
      ...Array.from({ length: 52 }, () => false),
    ]);
    expect(year.some(({ shifted }) => shifted)).toBe(false);
    expect(nextRun(ruleOf("7 9 * * 1", { workday: "ignore" }), start("2027-01-01"))?.calendarKnown).toBe(
      true,
    );
  });
  test("a run of a known year that moves into an unknown one says so too", () => {
    const eve = ruleOf("7 9 31 12 *", { calendar: { ...CN, isWorkday: (day) => day !== "2026-12-31" } });
    expect(nextRun(eve, start("2026-12-01"))).toEqual({
      at: new Date("2027-01-01T09:07:00+08:00"),
      nominalDay: "2026-12-31",
      shifted: true,
      calendarKnown: false,
    });
  });
});

describe("runs that land on one day", () => {
  test("merge with the day's own", () => {
    expect(runs(ruleOf("7 9 * * *"), "2026-02-13", "2026-02-27")).toEqual([
      "2026-02-13 09:07",
      "2026-02-14 09:07",
      "2026-02-24 09:07",
      "2026-02-25 09:07",
      "2026-02-26 09:07",
    ]);
    expect(runs(ruleOf("7 9 * * 1,2"), "2026-02-23", "2026-02-25")).toEqual(["2026-02-24 09:07"]);
  });
  test("leave the others of that day as they are", () => {
    expect(runs(ruleOf("7 9,17 * * 6,1"), "2026-07-10", "2026-07-15")).toEqual([
      "2026-07-13 09:07",
      "2026-07-13 17:07",
    ]);
  });
  test("merge with each other, at the first time", () => {
    expect(runs(ruleOf("7 9,17 * * 0,6"), "2026-07-10", "2026-07-15")).toEqual([
      "2026-07-13 09:07 for 2026-07-11",
    ]);
    expect(runs(ruleOf("7 9,17 * * 0,6", { workday: "previous" }), "2026-07-10", "2026-07-15")).toEqual([
      "2026-07-10 09:07 for 2026-07-11",
    ]);
  });
  test("make-up Saturdays and Sundays have their own runs", () => {
    expect(runs(ruleOf("7 9 * * 6"), "2026-02-10", "2026-03-10")).toEqual([
      "2026-02-14 09:07",
      "2026-02-24 09:07 for 2026-02-21",
      "2026-02-28 09:07",
      "2026-03-09 09:07 for 2026-03-07",
    ]);
  });
});

describe("the working days of a month", () => {
  const monthly = (day: "first-workday" | "last-workday"): RunRule =>
    ruleOf({ kind: "monthly", day, hour: 17, minute: 5 }, { workday: "ignore" });
  const days = (rule: RunRule): string[] =>
    runs(rule, "2026-01-01", "2027-02-28").map((run) => run.slice(0, 10));

  test("the last one", () => {
    expect(days(monthly("last-workday"))).toEqual([
      "2026-01-30",
      "2026-02-28",
      "2026-03-31",
      "2026-04-30",
      "2026-05-29",
      "2026-06-30",
      "2026-07-31",
      "2026-08-31",
      "2026-09-30",
      "2026-10-30",
      "2026-11-30",
      "2026-12-31",
      "2027-01-29",
      "2027-02-26",
    ]);
  });
  test("the first one", () => {
    expect(days(monthly("first-workday"))).toEqual([
      "2026-01-04",
      "2026-02-02",
      "2026-03-02",
      "2026-04-01",
      "2026-05-06",
      "2026-06-01",
      "2026-07-01",
      "2026-08-03",
      "2026-09-01",
      "2026-10-08",
      "2026-11-02",
      "2026-12-01",
      "2027-01-01",
      "2027-02-01",
    ]);
  });
  test("is taken whatever the rule says of holidays, and known or not", () => {
    for (const workday of WORKDAY_RULES) {
      const run = nextRun({ ...monthly("first-workday"), workday }, start("2026-12-31"));
      expect(run).toEqual({
        at: new Date("2027-01-01T17:05:00+08:00"),
        nominalDay: "2027-01-01",
        shifted: false,
        calendarKnown: false,
      });
    }
  });
});

describe("where the clock is put on or back", () => {
  const inZone = (cron: string, zone: string): RunRule => ruleOf(cron, { zone, workday: "ignore" });
  const around = (rule: RunRule, day: string): string[] =>
    runsBetween(rule, new Date(`${day}T00:00:00Z`), new Date(`${addDays(day, 2)}T00:00:00Z`)).map(({ at }) =>
      at.toISOString().slice(0, 16),
    );

  test("a swallowed time runs at the first instant after the gap", () => {
    expect(around(inZone("30 2 * * *", "America/New_York"), "2026-03-08")).toEqual([
      "2026-03-08T07:00",
      "2026-03-09T06:30",
    ]);
    expect(around(inZone("7 0 * * *", "Africa/Cairo"), "2026-04-23")).toEqual([
      "2026-04-23T22:00",
      "2026-04-24T21:07",
    ]);
  });
  test("times that meet at its end run once", () => {
    expect(around(inZone("*/20 1-3 8 3 *", "America/New_York"), "2026-03-08")).toEqual([
      "2026-03-08T06:00",
      "2026-03-08T06:20",
      "2026-03-08T06:40",
      "2026-03-08T07:00",
      "2026-03-08T07:20",
      "2026-03-08T07:40",
    ]);
  });
  test("a day that a zone leaves out runs at the start of the next, once", () => {
    const rule = inZone("0 0,9 * * *", "Pacific/Apia");
    expect(
      runsBetween(rule, new Date("2011-12-29T12:00:00Z"), new Date("2011-12-31T00:00:00Z")),
    ).toHaveLength(3);
    expect(around(rule, "2011-12-30")).toEqual([
      "2011-12-30T10:00",
      "2011-12-30T19:00",
      "2011-12-31T10:00",
      "2011-12-31T19:00",
    ]);
  });
  test("a time that the clock shows twice runs once, at the first", () => {
    expect(around(inZone("30 1 * * *", "America/New_York"), "2026-11-01")).toEqual([
      "2026-11-01T05:30",
      "2026-11-02T06:30",
    ]);
    expect(around(inZone("0,30 * 1 11 *", "America/New_York"), "2026-11-01").slice(1, 6)).toEqual([
      "2026-11-01T04:30",
      "2026-11-01T05:00",
      "2026-11-01T05:30",
      "2026-11-01T07:00",
      "2026-11-01T07:30",
    ]);
  });
  test("between the two showings, the next run is after both", () => {
    const rule = inZone("30 1 * * *", "America/New_York");
    expect(nextRun(rule, new Date("2026-11-01T05:45:00Z"))?.at.toISOString()).toBe(
      "2026-11-02T06:30:00.000Z",
    );
    expect(previousRun(rule, new Date("2026-11-01T06:45:00Z"))?.at.toISOString()).toBe(
      "2026-11-01T05:30:00.000Z",
    );
  });
});

describe("a rule that cannot run", () => {
  test.each(["7 9 30 2 *", "7 9 31 4,6 *", "7 9 L * *", "0 7 9 * * 1", "never"])("%s", (cron) => {
    for (const workday of WORKDAY_RULES) {
      const rule = ruleOf(cron, { workday });
      expect(nextRun(rule, start("2026-01-01"))).toBeNull();
      expect(previousRun(rule, start("2026-01-01"))).toBeNull();
      expect(runsBetween(rule, start("2026-01-01"), start("2026-03-01"))).toEqual([]);
    }
  });
  test("a date and a weekday that do not meet within five years are no run; 29 February is one", () => {
    const leap = ruleOf("7 9 29 2 *", { workday: "ignore" });
    expect(nextRun(leap, start("2024-03-01"))?.nominalDay).toBe("2028-02-29");
    expect(previousRun(leap, start("2028-02-29"))?.nominalDay).toBe("2024-02-29");
    expect(nextRun(ruleOf("7 9 29 2 1", { workday: "ignore" }), start("2026-01-01"))).toBeNull();
  });
  test("a calendar without working days ends too", () => {
    const idle = { isWorkday: () => false, knows: () => true };
    expect(nextRun(ruleOf("7 9 * * 1", { calendar: idle }), start("2026-01-01"))).toBeNull();
    const monthly: Schedule = { kind: "monthly", day: "last-workday", hour: 9, minute: 7 };
    expect(nextRun(ruleOf(monthly, { calendar: idle }), start("2026-01-01"))).toBeNull();
  });
});

const list = (min: number, max: number): fc.Arbitrary<string> =>
  fc.uniqueArray(fc.integer({ min, max }), { minLength: 1, maxLength: 3 }).map((values) => values.join());
const schedule: fc.Arbitrary<Schedule> = fc.oneof(
  fc
    .tuple(
      list(0, 59),
      list(0, 23),
      fc.oneof(fc.constant("*"), list(1, 31)),
      fc.oneof(fc.constant("*"), list(0, 6)),
    )
    .map(([minute, hour, date, day]): Schedule => ({
      kind: "cron",
      cron: `${minute} ${hour} ${date} * ${day}`,
    })),
  fc.record({
    kind: fc.constant("monthly" as const),
    day: fc.constantFrom("first-workday" as const, "last-workday" as const),
    hour: fc.integer({ min: 0, max: 23 }),
    minute: fc.integer({ min: 0, max: 59 }),
  }),
);
const rule: fc.Arbitrary<RunRule> = fc.record({
  schedule,
  zone: fc.constantFrom(
    "Asia/Shanghai",
    "Africa/Cairo",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
  ),
  workday: fc.constantFrom(...WORKDAY_RULES),
  calendar: fc.constantFrom(CN, workCalendar("weekends")),
});
const instant = fc
  .integer({ min: Date.UTC(2024, 0, 1) / 60_000, max: Date.UTC(2028, 0, 1) / 60_000 })
  .map((minutes) => new Date(minutes * 60_000));

test("next, previous and between tell the same runs", () => {
  fc.assert(
    fc.property(rule, instant, (rule, from) => {
      const to = new Date(from.getTime() + 40 * 86_400_000);
      const all = runsBetween(rule, from, to);
      const forward: Run[] = [];
      for (let run = nextRun(rule, from); run !== null && run.at <= to; run = nextRun(rule, run.at))
        forward.push(run);
      const back: Run[] = [];
      const end = new Date(to.getTime() + 1);
      for (let run = previousRun(rule, end); run !== null && run.at > from; run = previousRun(rule, run.at))
        back.push(run);
      expect(forward).toEqual(all);
      expect(back.reverse()).toEqual(all);
    }),
    { numRuns: 150 },
  );
});

test("a rule that minds holidays runs on working days only, and moves at most one run to each", () => {
  fc.assert(
    fc.property(rule, instant, (rule, from) => {
      if (rule.workday === "ignore") return;
      const seen = new Set<string>();
      for (const run of runsBetween(rule, from, new Date(from.getTime() + 90 * 86_400_000))) {
        const { day } = clockOf(run.at, rule.zone);
        expect(rule.calendar.isWorkday(day)).toBe(true);
        expect(seen.has(`moved ${day}`)).toBe(false);
        if (run.shifted) expect(seen.has(day)).toBe(false);
        seen.add(day);
        if (run.shifted) seen.add(`moved ${day}`);
        expect(run.shifted).toBe(!rule.calendar.isWorkday(run.nominalDay));
      }
    }),
    { numRuns: 150 },
  );
});

test("every nominal run is told on its day or on the working day it moves to", () => {
  const daily = runsBetween(ruleOf("7 9 * * 2,5"), start("2026-01-01"), start("2027-01-01"));
  const days = new Set(daily.map(({ at }) => clockOf(at, "Asia/Shanghai").day));
  for (let day = "2026-01-01"; day < "2026-12-31"; day = addDays(day, 1)) {
    if (![2, 5].includes(weekday(day))) continue;
    let expected = day;
    while (!CN.isWorkday(expected)) expected = addDays(expected, 1);
    expect(days, day).toContain(expected);
  }
});
