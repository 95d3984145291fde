import { lastOfMonth, type Day } from "../core/day.ts";
import { yearOf } from "./figure-same.ts";
import { figuresIn } from "./figures.ts";
import { MONTH_NAME, monthValue } from "./number-words.ts";

const CHINESE = /(?<!\d)(\d{1,2})\s*月(?:\s*(\d{1,2})\s*日)?/gu;
const ENGLISH = new RegExp(
  `(?:(?<!\\d)(?<before>\\d{1,2})(?:st|nd|rd|th)?(?: of)? )?(?<![A-Za-z])(?<month>${MONTH_NAME})(?![a-z])(?:\\.? (?<after>\\d{1,2})(?!\\d))?`,
  "gu",
);

/**
 * True where a text gives a day: spelled out (6月30日, 30 June), or as the end of a month or year that it names. A day
 * without its year is of the year of `written`, the day on which the text appeared.
 */
export function givesDay(text: string, day: Day, written: Day): boolean {
  const [year = 0, month = 0, date = 0] = day.split("-").map(Number);
  const years = new Set(figuresIn(text, "read").map(yearOf));
  if (years.has(year) && day.endsWith("-12-31")) return true;
  if (!years.has(year) && !written.startsWith(`${year}-`)) return false;
  const atEnd = day === lastOfMonth(year, month);
  return spelledIn(text).some(
    (spelled) =>
      spelled.month === month && (spelled.date ?? date) === date && (spelled.date !== null || atEnd),
  );
}

/** A day as a text spells it, without its year; `date` is null where only the month is named. */
export interface SpelledDay {
  readonly month: number;
  readonly date: number | null;
  readonly text: string;
}

/** The days that a text spells out, in either language. */
export function spelledIn(text: string): SpelledDay[] {
  const folded = text.normalize("NFKC");
  const chinese = [...folded.matchAll(CHINESE)].map(([all, month, date]) => {
    return { month: Number(month), date: date === undefined ? null : Number(date), text: all };
  });
  const english = [...folded.matchAll(ENGLISH)]
    .map(({ 0: all, groups }) => {
      const date = groups?.["before"] ?? groups?.["after"];
      const month = monthValue(groups?.["month"] ?? "").valueOf();
      return { month, date: date === undefined ? null : Number(date), text: all };
    })
    // A lone May or March may be a name or a verb.
    .filter(({ date }) => date !== null);
  return [...chinese, ...english];
}
