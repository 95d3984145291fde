import type { Lang } from "./lang.ts";
import { addDays, isDay, lastOfMonth, weekday, withHyphens, type Day } from "./day.ts";

/** A stretch of time as people name it; turned into days only when asked, so that a stored rule moves along. */
export type TimeSpan =
  | { readonly kind: "within"; readonly days: number }
  | { readonly kind: "today" | "tomorrow" | "year-end" | "this-year" }
  | { readonly kind: "quarter" | "half"; readonly index: number }
  | { readonly kind: "week" | "month-from-now"; readonly offset: number }
  | { readonly kind: "month"; readonly year: number | null; readonly month: number }
  | { readonly kind: "year"; readonly year: number }
  | { readonly kind: "range"; readonly from: Day | null; readonly to: Day | null };

/** First and last day, both included; null is open. */
export interface DayRange {
  readonly from: Day | null;
  readonly to: Day | null;
}

const FIXED: Readonly<Record<string, TimeSpan>> = {
  today: { kind: "today" },
  今天: { kind: "today" },
  今日: { kind: "today" },
  tomorrow: { kind: "tomorrow" },
  明天: { kind: "tomorrow" },
  "year-end": { kind: "year-end" },
  yearend: { kind: "year-end" },
  年底: { kind: "year-end" },
  年末: { kind: "year-end" },
  "this-year": { kind: "this-year" },
  今年: { kind: "this-year" },
  本年: { kind: "this-year" },
  "this-week": { kind: "week", offset: 0 },
  本周: { kind: "week", offset: 0 },
  这周: { kind: "week", offset: 0 },
  "next-week": { kind: "week", offset: 1 },
  下周: { kind: "week", offset: 1 },
  "last-week": { kind: "week", offset: -1 },
  上周: { kind: "week", offset: -1 },
  "this-month": { kind: "month-from-now", offset: 0 },
  本月: { kind: "month-from-now", offset: 0 },
  这个月: { kind: "month-from-now", offset: 0 },
  "next-month": { kind: "month-from-now", offset: 1 },
  下月: { kind: "month-from-now", offset: 1 },
  下个月: { kind: "month-from-now", offset: 1 },
  "last-month": { kind: "month-from-now", offset: -1 },
  上月: { kind: "month-from-now", offset: -1 },
  上半年: { kind: "half", index: 1 },
  下半年: { kind: "half", index: 2 },
  一季度: { kind: "quarter", index: 1 },
  二季度: { kind: "quarter", index: 2 },
  三季度: { kind: "quarter", index: 3 },
  四季度: { kind: "quarter", index: 4 },
};

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

const MONTH_NAME =
  /^(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)$/;

/** Reads `30d` `Q4` `四季度` `年底` `本周` `6月` `2026-06` `2026-06-01..2026-09-30`; null when it is no time. */
export function readTimeSpan(typed: string): TimeSpan | null {
  const text = withHyphens(typed.normalize("NFKC")).trim().toLowerCase();
  const fixed = Object.hasOwn(FIXED, text) ? FIXED[text] : undefined;
  if (fixed !== undefined) return fixed;
  let found = /^(\d{1,4})(?:d|days?|天|日内|天内)$/.exec(text);
  if (found !== null) return { kind: "within", days: Number(found[1]) };
  found = /^(?:q([1-4])|第?([一二三四1-4])季度)$/.exec(text);
  if (found !== null) return { kind: "quarter", index: digit(found[1] ?? found[2] ?? "1") };
  found = /^h([12])$/.exec(text);
  if (found !== null) return { kind: "half", index: Number(found[1]) };
  const month = /^[a-z]{3,9}$/.test(text) ? MONTHS.indexOf(text.slice(0, 3)) : -1;
  if (month >= 0 && MONTH_NAME.test(text)) return { kind: "month", year: null, month: month + 1 };
  found = /^(\d{1,2})月(?:份|底|末)?$/.exec(text);
  if (found !== null && isMonth(found[1])) return { kind: "month", year: null, month: Number(found[1]) };
  found = /^(\d{4})(?:-|年)(\d{1,2})月?$/.exec(text);
  if (found !== null && isMonth(found[2]))
    return { kind: "month", year: Number(found[1]), month: Number(found[2]) };
  found = /^(\d{4})年?$/.exec(text);
  if (found !== null) return { kind: "year", year: Number(found[1]) };
  const [low, high, more] = text.split("..");
  if (low === undefined || more !== undefined) return null;
  const from = readDay(low);
  const to = high === undefined ? from : readDay(high);
  if ((low !== "" && from === null) || (high !== undefined && high !== "" && to === null)) return null;
  if (from === null && to === null) return null;
  if (from !== null && to !== null && from > to) return null;
  return { kind: "range", from, to };
}

function readDay(text: string): Day | null {
  const found = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text);
  if (found === null) return null;
  const day = `${found[1] ?? ""}-${(found[2] ?? "").padStart(2, "0")}-${(found[3] ?? "").padStart(2, "0")}`;
  return isDay(day) ? day : null;
}

function digit(text: string): number {
  const index = "一二三四".indexOf(text);
  return index < 0 ? Number(text) : index + 1;
}

function isMonth(text: string | undefined): boolean {
  return Number(text) >= 1 && Number(text) <= 12;
}

/** The span in the words of a language; `readTimeSpan` reads it back to the same span. */
export function timeSpanText(span: TimeSpan, lang: Lang): string {
  const zh = lang === "zh";
  switch (span.kind) {
    case "within":
      return zh ? `${span.days}天` : `${span.days}d`;
    case "today":
      return zh ? "今天" : "today";
    case "tomorrow":
      return zh ? "明天" : "tomorrow";
    case "year-end":
      return zh ? "年底" : "year-end";
    case "this-year":
      return zh ? "今年" : "this-year";
    case "quarter":
      return zh ? `${"一二三四"[span.index - 1] ?? span.index}季度` : `Q${span.index}`;
    case "half":
      return zh ? (span.index === 1 ? "上半年" : "下半年") : `H${span.index}`;
    case "week":
      return zh
        ? `${offsetWord(span.offset, "本", "下", "上")}周`
        : `${offsetWord(span.offset, "this", "next", "last")}-week`;
    case "month-from-now":
      return zh
        ? `${offsetWord(span.offset, "本", "下", "上")}月`
        : `${offsetWord(span.offset, "this", "next", "last")}-month`;
    case "month":
      if (span.year !== null) return `${span.year}-${String(span.month).padStart(2, "0")}`;
      return zh ? `${span.month}月` : (MONTHS[span.month - 1] ?? "");
    case "year":
      return zh ? `${span.year}年` : String(span.year);
    case "range":
      return span.from === span.to ? (span.from ?? "") : `${span.from ?? ""}..${span.to ?? ""}`;
  }
}

function offsetWord(offset: number, now: string, after: string, before: string): string {
  return offset === 0 ? now : offset > 0 ? after : before;
}

/** The days a span means, seen from `today`; quarters, halves, months and 年底 are those of `year`, the dataset's. */
export function spanDays(span: TimeSpan, today: Day, year: number): DayRange {
  switch (span.kind) {
    case "within":
      return { from: today, to: addDays(today, span.days) };
    case "today":
      return { from: today, to: today };
    case "tomorrow":
      return { from: addDays(today, 1), to: addDays(today, 1) };
    case "year-end":
      return { from: `${year}-12-01`, to: `${year}-12-31` };
    case "this-year":
      return { from: `${today.slice(0, 4)}-01-01`, to: `${today.slice(0, 4)}-12-31` };
    case "quarter":
      return months(year, span.index * 3 - 2, span.index * 3);
    case "half":
      return months(year, span.index * 6 - 5, span.index * 6);
    case "week": {
      const monday = addDays(today, 1 - weekday(today) + 7 * span.offset);
      return { from: monday, to: addDays(monday, 6) };
    }
    case "month-from-now": {
      const month = Number(today.slice(0, 4)) * 12 + Number(today.slice(5, 7)) - 1 + span.offset;
      return months(Math.floor(month / 12), (month % 12) + 1, (month % 12) + 1);
    }
    case "month":
      return months(span.year ?? year, span.month, span.month);
    case "year":
      return { from: `${span.year}-01-01`, to: `${span.year}-12-31` };
    case "range":
      return { from: span.from, to: span.to };
  }
}

function months(year: number, first: number, last: number): DayRange {
  return {
    from: `${String(year).padStart(4, "0")}-${String(first).padStart(2, "0")}-01`,
    to: lastOfMonth(year, last),
  };
}
