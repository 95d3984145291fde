import { addDays, daysBetween, type Day } from "./day.ts";
import { isSettled, type Assessed } from "./standing.ts";

/** One commitment to be reminded of: how many days before its due date, or that the date has passed. */
export interface Reminder {
  readonly item: Assessed;
  readonly due: Day;
  /** Days from `today` to the due date; negative when it has passed. */
  readonly days: number;
}

/**
 * What a run on `today` has to remind of: due dates that came within one of `before` days since the run on
 * `previous`, and those that passed unrated since. A weekend between two runs loses none, and none comes twice.
 */
export function remindersOf(
  items: readonly Assessed[],
  before: readonly number[],
  previous: Day,
  today: Day,
): readonly Reminder[] {
  return items
    .flatMap((item) => {
      const { due } = item;
      if (due === null || needsNothing(item)) return [];
      const reached = before.some((days) => within(addDays(due, -days), previous, today));
      const passed = within(addDays(due, 1), previous, today);
      return (reached && due >= today) || passed ? [{ item, due, days: daysBetween(today, due) }] : [];
    })
    .toSorted((a, b) => a.days - b.days);
}

function within(day: Day, after: Day, to: Day): boolean {
  return day > after && day <= to;
}

/** Nothing is left to remind of once somebody has given a verdict. */
function needsNothing({ standing }: Assessed): boolean {
  return standing === "not_checkable" || isSettled(standing);
}
