import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { nextWorkday, previousWorkday, workCalendar } from "../../../src/core/calendar.ts";
import { addDays, weekday } from "../../../src/core/day.ts";

const china = workCalendar("CN");
const weekends = workCalendar("weekends");

/** The holidays of 2026 and the days that make up for them, from the State Council's notice of 4 November 2025. */
const HOLIDAYS: readonly (readonly [string, string])[] = [
  ["2026-01-01", "2026-01-03"],
  ["2026-02-15", "2026-02-23"],
  ["2026-04-04", "2026-04-06"],
  ["2026-05-01", "2026-05-05"],
  ["2026-06-19", "2026-06-21"],
  ["2026-09-25", "2026-09-27"],
  ["2026-10-01", "2026-10-07"],
];
const MADE_UP = new Set(["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"]);

test("China in 2026 works by the notice, day for day", () => {
  const wrong: string[] = [];
  for (let day = "2026-01-01"; day <= "2026-12-31"; day = addDays(day, 1)) {
    const free = HOLIDAYS.some(([from, to]) => day >= from && day <= to);
    const works = MADE_UP.has(day) || (weekday(day) <= 5 && !free);
    if (china.isWorkday(day) !== works) wrong.push(day);
  }
  expect(wrong).toEqual([]);
});

describe("a year without data", () => {
  test.each([
    [2003, false],
    [2004, true],
    [2025, true],
    [2026, true],
    [2027, false],
    [2100, false],
  ])("%i is known: %s", (year, known) => expect(china.knows(year)).toBe(known));

  test("has its weekends free and nothing else", () => {
    for (let day = "2027-01-01"; day <= "2027-12-31"; day = addDays(day, 1))
      expect(china.isWorkday(day), day).toBe(weekday(day) <= 5);
    expect(china.isWorkday("0999-01-01")).toBe(weekend("0999-01-01"));
  });
});

function weekend(day: string): boolean {
  return weekends.isWorkday(day);
}

test("weekends alone know every year", () => {
  expect(weekends.knows(1900)).toBe(true);
  expect(weekends.isWorkday("2026-02-16")).toBe(true);
  expect(weekends.isWorkday("2026-02-14")).toBe(false);
});

test("the working days around a holiday", () => {
  expect(nextWorkday("2026-02-14", china)).toBe("2026-02-24");
  expect(previousWorkday("2026-02-24", china)).toBe("2026-02-14");
  expect(nextWorkday("2026-02-27", china)).toBe("2026-02-28");
  expect(nextWorkday("2026-02-27", weekends)).toBe("2026-03-02");
  expect(previousWorkday("2026-01-04", china)).toBe("2025-12-31");
});

test.each(["America/Sao_Paulo", "Pacific/Apia", "America/New_York"])(
  "the clock of a machine in %s changes nothing",
  (zone) => {
    const file = new URL("../../../src/core/calendar.ts", import.meta.url).href;
    const script = `import { workCalendar } from ${JSON.stringify(file)};
      const china = workCalendar("CN");
      console.log(["2026-02-14", "2026-02-15", "2026-02-23", "2026-02-24", "2026-02-28", "2026-03-02", "2026-03-07"].map(china.isWorkday).join());`;
    const said = execFileSync(process.execPath, ["--input-type=module", "-e", script], {
      env: { ...process.env, TZ: zone },
      cwd: fileURLToPath(new URL("../../../", import.meta.url)),
      encoding: "utf8",
    });
    expect(said.trim()).toBe("true,false,false,true,true,true,false");
  },
);
