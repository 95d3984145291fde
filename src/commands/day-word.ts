import { addDays, isDay, withHyphens, type Day } from "../core/day.ts";
import { readTimeSpan, spanDays } from "../core/time-span.ts";

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const YESTERDAY: ReadonlySet<string> = new Set(["yesterday", "昨天", "昨日"]);

/**
 * A day as people type it: 2026-06-30, 6月30日, 6-30, 30 June, today, 昨天; a month or a quarter means its last day.
 * Without a year it is one of `year`. Null when it is no day.
 */
export function readDayWord(typed: string, today: Day, year: number): Day | null {
  const text = withHyphens(typed.normalize("NFKC")).trim().toLowerCase();
  if (YESTERDAY.has(text)) return addDays(today, -1);
  const numeric = /^(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})日?$/u.exec(text);
  if (numeric !== null) return dayOf(numeric[1] ?? String(year), Number(numeric[2]), Number(numeric[3]));
  const named = /^(?:(\d{1,2}) ([a-z]{3,9})|([a-z]{3,9}) (\d{1,2})),?(?: (\d{4}))?$/u.exec(text);
  if (named !== null) {
    const month = MONTHS.indexOf((named[2] ?? named[3] ?? "").slice(0, 3)) + 1;
    return dayOf(named[5] ?? String(year), month, Number(named[1] ?? named[4]));
  }
  const span = readTimeSpan(text);
  if (span === null || span.kind === "within" || span.kind === "range") return null;
  return spanDays(span, today, year).to;
}

function dayOf(year: string, month: number, day: number): Day | null {
  const text = `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
  return isDay(text) ? text : null;
}
