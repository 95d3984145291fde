import { describe, expect, test } from "vitest";
import { readTimeSpan, spanDays } from "../../../src/core/time-span.ts";

const days = (text: string, today = "2026-11-25"): readonly [string | null, string | null] | null => {
  const span = readTimeSpan(text);
  if (span === null) return null;
  const { from, to } = spanDays(span, today, 2026);
  return [from, to];
};

describe("a time word", () => {
  test.each([
    ["30d", "2026-11-25", "2026-12-25"],
    ["30天", "2026-11-25", "2026-12-25"],
    ["Q4", "2026-10-01", "2026-12-31"],
    ["四季度", "2026-10-01", "2026-12-31"],
    ["第一季度", "2026-01-01", "2026-03-31"],
    ["上半年", "2026-01-01", "2026-06-30"],
    ["年底", "2026-12-01", "2026-12-31"],
    ["year-end", "2026-12-01", "2026-12-31"],
    ["本周", "2026-11-23", "2026-11-29"],
    ["next-week", "2026-11-30", "2026-12-06"],
    ["本月", "2026-11-01", "2026-11-30"],
    ["下个月", "2026-12-01", "2026-12-31"],
    ["2月", "2026-02-01", "2026-02-28"],
    ["february", "2026-02-01", "2026-02-28"],
    ["2028-02", "2028-02-01", "2028-02-29"],
    ["2026年6月", "2026-06-01", "2026-06-30"],
    ["2026/6/1", "2026-06-01", "2026-06-01"],
    ["2026-06-01..2026-09-30", "2026-06-01", "2026-09-30"],
    // As a word processor writes it: a hyphen that does not break, an en dash.
    ["2026\u201106\u201101..2026–09–30", "2026-06-01", "2026-09-30"],
  ])("%s means the days %s to %s", (text, from, to) => expect(days(text)).toEqual([from, to]));

  test("may leave one end open", () => {
    expect(days("2026-06-01..")).toEqual(["2026-06-01", null]);
    expect(days("..2026-06-30")).toEqual([null, "2026-06-30"]);
  });

  test("crosses the year with the calendar", () => {
    expect(days("next-month", "2026-12-31")).toEqual(["2027-01-01", "2027-01-31"]);
    expect(days("last-month", "2027-01-01")).toEqual(["2026-12-01", "2026-12-31"]);
    expect(days("this-week", "2026-11-29")).toEqual(["2026-11-23", "2026-11-29"]);
  });

  test.each([
    "Q5",
    "2026-02-30",
    "13月",
    "..",
    "2026-09-30..2026-06-01",
    "tomorow",
    "",
    "30",
    "-5d",
    "decent",
  ])("%s is none", (text) => expect(readTimeSpan(text)).toBeNull());
});
