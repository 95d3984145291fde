import { lastOfMonth, type Day } from "../core/day.ts";
import { yearOf } from "./figure-same.ts";
import { figuresIn } from "./figures.ts";
import { MONTH_NAME, monthValue } from "./number-words.ts";

const CHINESE = /(\d{1,2})月(?:(\d{1,2})日)?/gu;
const ENGLISH = new RegExp(
  `(?:(?<before>\\d{1,2})(?:st|nd|rd|th)?(?: of)? )?(?<![A-Za-z])(?<month>${MONTH_NAME})(?![a-z])\\.?(?: (?<after>\\d{1,2})(?!\\d))?`,
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
  return spelled(text.normalize("NFKC")).some(
    ([spelledMonth, spelledDate]) =>
      spelledMonth === month && (spelledDate === null ? atEnd : spelledDate === date),
  );
}

function spelled(text: string): (readonly [number, number | null])[] {
  const chinese = [...text.matchAll(CHINESE)].map(
    ([, month, date]) => [Number(month), date === undefined ? null : Number(date)] as const,
  );
  const english = [...text.matchAll(ENGLISH)].map(({ groups }) => {
    const date = groups?.["before"] ?? groups?.["after"];
    return [monthValue(groups?.["month"] ?? "").valueOf(), date === undefined ? null : Number(date)] as const;
  });
  return [...chinese, ...english];
}
