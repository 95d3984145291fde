import type { Commitment, Period } from "./commitment.ts";
import { addDays, lastOfMonth, type Day } from "./day.ts";
import type { CommitmentRecord } from "./record.ts";

/** When the time of a commitment begins and when it falls due, as far as the dataset and the record tell. */
export interface Term {
  /** The baseline's day for a level, else the period's first day or that of its event; null while it is not known. */
  readonly start: Day | null;
  readonly due: Day | null;
  /** The period starts with an event that nobody has recorded. */
  readonly waiting: boolean;
}

/** The time a commitment runs; a period that starts with an event runs from the day that was recorded for it. */
export function termOf(
  { kind, baseline, period, due }: Commitment,
  { started }: Pick<CommitmentRecord, "started">,
): Term {
  const event = period !== null && "event" in period.start;
  const on = event ? (started?.data.on ?? null) : null;
  const first = period !== null && "day" in period.start ? period.start.day : on;
  const last = on === null || period === null ? null : (period.end ?? lastDay(on, period.length));
  return {
    start: kind === "level" ? (baseline?.asOf ?? null) : first,
    due: due?.date ?? last,
    waiting: event && on === null,
  };
}

/** The last day of a stretch that begins on a day: three years from 1 July 2026 end on 30 June 2029. */
export function lastDay(first: Day, length: Period["length"]): Day | null {
  if (length === null) return null;
  const [year = 0, month = 1, day = 1] = first.split("-").map(Number);
  const months = month - 1 + length.count * (length.of === "years" ? 12 : 1);
  const last = lastOfMonth(year + Math.floor(months / 12), (months % 12) + 1);
  return addDays(`${last.slice(0, 8)}${String(Math.min(day, Number(last.slice(8)))).padStart(2, "0")}`, -1);
}
