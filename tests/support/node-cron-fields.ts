import { parse, validate } from "node-cron";
import type { ParsedCron } from "../../src/core/cron.ts";

/**
 * A cron expression of five fields as node-cron reads it; null for one that it refuses, for a field of seconds, and
 * for L, W, # and names with @, which rules do without.
 */
export function parseCron(expression: string): ParsedCron | null {
  if (expression.trim().split(/\s+/u).length !== 5 || !validate(expression)) return null;
  const { minute, hour, dayOfMonth, month, dayOfWeek } = parse(expression);
  const dates = numbersOf(dayOfMonth);
  const weekdays = numbersOf(dayOfWeek);
  if (dates === null || weekdays === null) return null;
  return {
    minute: ascending(minute),
    hour: ascending(hour),
    dayOfMonth: ascending(dates),
    month: ascending(month),
    dayOfWeek: ascending(weekdays),
  };
}

function numbersOf(values: readonly (number | string)[]): readonly number[] | null {
  const numbers = values.filter((value) => typeof value === "number");
  return numbers.length === values.length ? numbers : null;
}

function ascending(values: readonly number[]): readonly number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}
