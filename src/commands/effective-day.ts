import type { Commitment } from "../core/commitment.ts";
import type { Day } from "../core/day.ts";
import { Fault } from "../core/errors.ts";
import type { CommitmentRecord } from "../core/record.ts";
import type { Context } from "./command.ts";
import { readDayWord } from "./day-word.ts";

/** The day that `as-of:` or `on:` names. Throws Fault for one that cannot be read, is still to come or lies before `first`. */
export function effectiveDay(
  key: "as-of" | "on",
  text: string,
  first: Day | null,
  { today, book }: Context,
): Day {
  const day = readDayWord(text, today, book.dataset.year);
  const refused = (why: "unreadable" | "future" | "before_start", limit: Day | null): Fault =>
    new Fault({ code: "bad_day", key, text: text.slice(0, 40), why, limit });
  if (day === null) throw refused("unreadable", null);
  if (day > today) throw refused("future", today);
  if (first !== null && day < first) throw refused("before_start", first);
  return day;
}

/** The first day that a reading can be of: where its period or its baseline begins; null where nothing says. */
export function firstDay({ period, baseline, kind }: Commitment, { started }: CommitmentRecord): Day | null {
  const start =
    period === null ? null : "day" in period.start ? period.start.day : (started?.data.on ?? null);
  if (kind !== "level" || baseline === null) return start;
  return start !== null && start > baseline.asOf ? start : baseline.asOf;
}
