import { lastOfMonth, weekday, type Day } from "./day.ts";

/** The fields of a cron expression as the numbers they allow, ascending; Sunday is 0. */
export interface ParsedCron {
  readonly minute: readonly number[];
  readonly hour: readonly number[];
  readonly dayOfMonth: readonly number[];
  readonly month: readonly number[];
  readonly dayOfWeek: readonly number[];
}

interface Field {
  readonly min: number;
  readonly max: number;
  readonly names: readonly string[];
}

const MINUTE: Field = { min: 0, max: 59, names: [] };
const HOUR: Field = { min: 0, max: 23, names: [] };
const DATE: Field = { min: 1, max: 31, names: [] };
const MONTH: Field = {
  min: 1,
  max: 12,
  names: ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
};
const FULL_MONTHS = [
  "january",
  "february",
  "march",
  "april",
  "may",
  "june",
  "july",
  "august",
  "september",
  "october",
  "november",
  "december",
];
const WEEKDAY: Field = { min: 0, max: 6, names: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] };
const FULL_WEEKDAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

/**
 * Reads a cron expression of five fields (numbers, ranges, lists, steps, names; 0 and 7 are Sunday) to what node-cron
 * reads; null for any other, for seconds, for dates that never are, and for L, W, # and names with @, which it has besides.
 */
export function readCron(expression: string): ParsedCron | null {
  const [first, second, third, fourth, fifth, more] = expression.trim().split(/\s+/u);
  if (fifth === undefined || more !== undefined) return null;
  const minute = valuesOf(first, MINUTE);
  const hour = valuesOf(second, HOUR);
  const dayOfMonth = valuesOf(third === "?" ? "*" : third, DATE);
  const month = valuesOf(fourth, MONTH, FULL_MONTHS);
  const dayOfWeek = valuesOf(fifth === "?" ? "*" : fifth, WEEKDAY, FULL_WEEKDAYS);
  if (minute === null || hour === null || dayOfMonth === null || month === null || dayOfWeek === null)
    return null;
  const fields = { minute, hour, dayOfMonth, month, dayOfWeek };
  return isPossible(fields) ? fields : null;
}

/** True for words that are written like the fields of a cron expression, right or wrong. */
export function isCronWord(word: string): boolean {
  return /^[\d*?lw#/,-]+$/iu.test(word.replace(/\p{L}{3,9}/gu, (name) => (isName(name) ? "1" : name)));
}

/** True for a day that the fields allow; the date and the weekday must both fit. */
export function isCronDay({ dayOfMonth, month, dayOfWeek }: ParsedCron, day: Day): boolean {
  return (
    dayOfMonth.includes(Number(day.slice(8))) &&
    month.includes(Number(day.slice(5, 7))) &&
    dayOfWeek.includes(weekday(day) % 7)
  );
}

function isName(word: string): boolean {
  const name = word.toLowerCase();
  return [MONTH.names, FULL_MONTHS, WEEKDAY.names, FULL_WEEKDAYS].some((names) => names.includes(name));
}

function valuesOf(
  text: string | undefined,
  field: Field,
  fullNames: readonly string[] = [],
): readonly number[] | null {
  const values = new Set<number>();
  for (const token of (text ?? "").split(",")) {
    const [, range, start, end, step] =
      /^(?:(\*)|(\d{1,2}|[a-z]+)(?:-(\d{1,2}|[a-z]+))?)(?:\/(\d{1,4}))?$/iu.exec(token) ?? [];
    const from = range === undefined ? valueOf(start, field, fullNames) : field.min;
    const to = range === undefined ? valueOf(end ?? start, field, fullNames) : field.max;
    const by = Number(step ?? 1);
    // A step is of a range; "5/10" is read differently by different programs.
    if (from === null || to === null || by < 1) return null;
    if (step !== undefined && range === undefined && end === undefined) return null;
    const size = field.max - field.min + 1;
    const span = from <= to ? to - from : (to - from + 2 * size) % size;
    for (let offset = 0; offset <= span; offset += by)
      values.add(((from + offset - field.min) % size) + field.min);
  }
  return [...values].sort((a, b) => a - b);
}

function valueOf(text: string | undefined, field: Field, fullNames: readonly string[]): number | null {
  if (text === undefined) return null;
  if (/^\d+$/u.test(text)) {
    const highest = field === WEEKDAY ? 7 : field.max;
    return Number(text) >= field.min && Number(text) <= highest ? Number(text) : null;
  }
  const name = text.toLowerCase();
  const index = Math.max(field.names.indexOf(name), fullNames.indexOf(name));
  return index < 0 ? null : index + field.min;
}

/** False where no month is as long as the earliest date: 30 February. */
function isPossible({ dayOfMonth, month }: ParsedCron): boolean {
  const longest = Math.max(...month.map((each) => Number(lastOfMonth(2024, each).slice(8))));
  return Math.min(...dayOfMonth) <= longest;
}
