import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, type Day } from "../../../src/core/day.ts";
import { clockOf, dayClock, instantOf } from "../../../src/core/zone-time.ts";

/** True for a time that clocks in a zone skip on that day. */
function isInGap(day: Day, hour: number, minute: number, zone: string): boolean {
  const shown = clockOf(instantOf(day, hour, minute, zone), zone);
  return shown.day !== day || shown.hour !== hour || shown.minute !== minute;
}

const ZONES = [
  "UTC",
  "Asia/Shanghai",
  "Asia/Kathmandu",
  "Australia/Lord_Howe",
  "Pacific/Chatham",
  "Pacific/Apia",
  "Pacific/Kiritimati",
  "Pacific/Niue",
  "America/New_York",
  "America/St_Johns",
  "America/Santiago",
  "Africa/Cairo",
  "Africa/Casablanca",
  "Asia/Beirut",
  "Europe/London",
  "Antarctica/Troll",
];

const at = (day: Day, clock: string, zone: string): string => {
  const [hour = 0, minute = 0] = clock.split(":").map(Number);
  return instantOf(day, hour, minute, zone).toISOString().slice(0, 16);
};
const shown = (instant: string, zone: string): string => {
  const { day, hour, minute } = clockOf(new Date(instant), zone);
  return `${day} ${hour}:${String(minute).padStart(2, "0")}`;
};

test.each([
  ["Asia/Shanghai", "2026-07-06", "9:07", "2026-07-06T01:07"],
  ["Asia/Shanghai", "1988-07-06", "9:07", "1988-07-06T00:07"],
  ["Asia/Kathmandu", "2026-07-06", "9:07", "2026-07-06T03:22"],
  ["Asia/Kathmandu", "1985-07-06", "9:07", "1985-07-06T03:37"],
  ["Pacific/Chatham", "2026-01-05", "9:07", "2026-01-04T19:22"],
  ["Pacific/Chatham", "2026-07-06", "9:07", "2026-07-05T20:22"],
  ["Australia/Lord_Howe", "2026-01-05", "9:07", "2026-01-04T22:07"],
  ["Australia/Lord_Howe", "2026-07-06", "9:07", "2026-07-05T22:37"],
  ["Pacific/Kiritimati", "2026-01-01", "0:00", "2025-12-31T10:00"],
  ["Pacific/Niue", "2026-01-01", "23:59", "2026-01-02T10:59"],
  ["Asia/Shanghai", "2500-01-01", "9:07", "2500-01-01T01:07"],
  ["Europe/London", "0999-06-01", "12:00", "0999-06-01T12:01"],
])("in %s the clock shows %s %s at %s", (zone, day, clock, instant) => {
  expect(at(day, clock, zone)).toBe(instant);
  expect(shown(instantOf(day, ...numbers(clock), zone).toISOString(), zone)).toBe(`${day} ${clock}`);
});

function numbers(clock: string): [number, number] {
  const [hour = 0, minute = 0] = clock.split(":").map(Number);
  return [hour, minute];
}

describe("a time that the clock skips", () => {
  test.each([
    ["America/New_York", "2026-03-08", "2:30", "2026-03-08T07:00", "2026-03-08 3:00"],
    ["America/New_York", "2026-03-08", "2:00", "2026-03-08T07:00", "2026-03-08 3:00"],
    ["Europe/London", "2026-03-29", "1:59", "2026-03-29T01:00", "2026-03-29 2:00"],
    ["Australia/Lord_Howe", "2026-10-04", "2:15", "2026-10-03T15:30", "2026-10-04 2:30"],
    ["Africa/Cairo", "2026-04-24", "0:07", "2026-04-23T22:00", "2026-04-24 1:00"],
    ["America/Santiago", "2026-09-06", "0:00", "2026-09-06T04:00", "2026-09-06 1:00"],
    ["Antarctica/Troll", "2026-03-29", "2:30", "2026-03-29T01:00", "2026-03-29 3:00"],
    // Samoa left out this day altogether, to be on the other side of the date line.
    ["Pacific/Apia", "2011-12-30", "9:07", "2011-12-30T10:00", "2011-12-31 0:00"],
  ])("in %s on %s, %s, means the first instant after", (zone, day, clock, instant, then) => {
    expect(at(day, clock, zone)).toBe(instant);
    expect(shown(`${instant}:00Z`, zone)).toBe(then);
    expect(isInGap(day, ...numbers(clock), zone)).toBe(true);
  });

  test("ends with the gap", () => {
    expect(isInGap("2026-03-08", 1, 59, "America/New_York")).toBe(false);
    expect(isInGap("2026-03-08", 3, 0, "America/New_York")).toBe(false);
    expect(isInGap("2026-03-09", 2, 30, "America/New_York")).toBe(false);
  });
});

test.each([
  ["America/New_York", "2026-11-01", "1:30", "2026-11-01T05:30"],
  ["Australia/Lord_Howe", "2026-04-05", "1:45", "2026-04-04T14:45"],
  ["Europe/London", "2026-10-25", "1:00", "2026-10-25T00:00"],
  ["Africa/Cairo", "2026-10-29", "23:30", "2026-10-29T20:30"],
])("in %s on %s the clock shows %s twice, and the first counts", (zone, day, clock, instant) => {
  expect(at(day, clock, zone)).toBe(instant);
  expect(isInGap(day, ...numbers(clock), zone)).toBe(false);
});

const zone = fc.constantFrom(...ZONES);
const minute = fc
  .integer({ min: Date.UTC(1970, 0, 1) / 60_000, max: Date.UTC(2100, 0, 1) / 60_000 })
  .map((count) => new Date(count * 60_000));

test("an instant is found again by what the clock shows, or its first time is", () => {
  fc.assert(
    fc.property(zone, minute, (zone, instant) => {
      const { day, hour, minute } = clockOf(instant, zone);
      const found = instantOf(day, hour, minute, zone);
      expect(clockOf(found, zone)).toEqual({ day, hour, minute });
      expect(found.getTime()).toBeLessThanOrEqual(instant.getTime());
    }),
    { numRuns: 500 },
  );
});

test("later on the clock is never earlier in time", () => {
  fc.assert(
    fc.property(zone, fc.integer({ min: 0, max: 20_000 }), (zone, offset) => {
      const day = addDays("1990-01-01", offset);
      const clock = dayClock(day, zone);
      const times = Array.from({ length: 96 }, (_, quarter) =>
        clock(Math.floor(quarter / 4), (quarter % 4) * 15).getTime(),
      );
      expect(times).toEqual(times.toSorted((a, b) => a - b));
      expect(instantOf(addDays(day, 1), 0, 0, zone).getTime()).toBeGreaterThanOrEqual(times.at(-1) ?? 0);
    }),
    { numRuns: 200 },
  );
});

test("an unknown zone is refused", () => {
  expect(() => clockOf(new Date(0), "Mars/Olympus")).toThrow(RangeError);
  expect(() => instantOf("2026-07-06", 9, 7, "Mars/Olympus")).toThrow(RangeError);
});
