import { nextWorkday, previousWorkday, type WorkCalendar } from "./calendar.ts";
import { isCronDay, readCron } from "./cron.ts";
import { addDays, type Day } from "./day.ts";
import type { Schedule, WorkdayRule } from "./schedule.ts";
import { clockOf, dayClock } from "./zone-time.ts";

/** When a rule runs, whose wall clock counts, and what becomes of runs on days that are not worked. */
export interface RunRule {
  readonly schedule: Schedule;
  readonly zone: string;
  readonly workday: WorkdayRule;
  readonly calendar: WorkCalendar;
}

/** One time that a rule runs. */
export interface Run {
  readonly at: Date;
  /** The day that the schedule names; another than that of `at` where the run moved to a working day. */
  readonly nominalDay: Day;
  readonly shifted: boolean;
  /** False where the holidays of its year are not known and weekends stood in for them. */
  readonly calendarKnown: boolean;
}

/** A schedule as the days it names, and the times on them, ascending. */
interface Plan {
  readonly isDay: (day: Day) => boolean;
  readonly times: readonly (readonly [hour: number, minute: number])[];
  /** Whether the working days are a part of the schedule itself. */
  readonly byWorkdays: boolean;
}

/** A rule that names no day within five years never runs. */
const HORIZON_DAYS = 5 * 366;
/** Longer than any holiday. */
const LONGEST_REST = 31;

/**
 * The first run after an instant; null when there is none within five years, and for a cron expression that cannot be
 * read. A rule goes by the clock on the wall: a time that the clock skips runs at the first instant after the gap, a
 * time that it shows twice runs once, at the first. Throws RangeError for a zone that Intl does not know.
 */
export function nextRun(rule: RunRule, after: Date): Run | null {
  const plan = planOf(rule);
  if (plan === null) return null;
  const start = addDays(clockOf(after, rule.zone).day, -1);
  for (let count = 0; count <= HORIZON_DAYS; count += 1) {
    const found = runsOn(addDays(start, count), plan, rule).find(({ at }) => at > after);
    if (found !== undefined) return found;
  }
  return null;
}

/** The last run before an instant; else as `nextRun`. */
export function previousRun(rule: RunRule, before: Date): Run | null {
  const plan = planOf(rule);
  if (plan === null) return null;
  const start = addDays(clockOf(before, rule.zone).day, 1);
  for (let count = 0; count <= HORIZON_DAYS; count += 1) {
    const found = runsOn(addDays(start, -count), plan, rule).findLast(({ at }) => at < before);
    if (found !== undefined) return found;
  }
  return null;
}

/** The runs after `from`, up to and including `to`, in order. */
export function runsBetween(rule: RunRule, from: Date, to: Date): readonly Run[] {
  const plan = planOf(rule);
  if (plan === null) return [];
  const last = addDays(clockOf(to, rule.zone).day, 1);
  const runs: Run[] = [];
  let seen = from;
  for (let day = addDays(clockOf(from, rule.zone).day, -1); day <= last; day = addDays(day, 1)) {
    for (const run of runsOn(day, plan, rule)) {
      // Times that fall into one gap meet at its end.
      if (run.at <= seen || run.at > to) continue;
      runs.push(run);
      seen = run.at;
    }
  }
  return runs;
}

function planOf({ schedule, calendar }: RunRule): Plan | null {
  if (schedule.kind === "monthly") {
    const before = schedule.day === "first-workday" ? previousWorkday : nextWorkday;
    return {
      isDay: (day) => calendar.isWorkday(day) && before(day, calendar).slice(0, 7) !== day.slice(0, 7),
      times: [[schedule.hour, schedule.minute]],
      byWorkdays: true,
    };
  }
  const fields = readCron(schedule.cron);
  if (fields === null) return null;
  return {
    isDay: (day) => isCronDay(fields, day),
    times: fields.hour.flatMap((hour) => fields.minute.map((minute) => [hour, minute] as const)),
    byWorkdays: false,
  };
}

/** The runs of a day of the zone's calendar, those included that move to it from others. */
function runsOn(day: Day, plan: Plan, rule: RunRule): readonly Run[] {
  const ignores = plan.byWorkdays || rule.workday === "ignore";
  if (!ignores && !rule.calendar.isWorkday(day)) return [];
  if (plan.isDay(day)) return runsAt(plan.times, day, day, plan, rule);
  // Of all that move to a day one is enough: they would say the same.
  const nominalDay = ignores ? null : movedTo(day, plan, rule);
  return nominalDay === null ? [] : runsAt(plan.times.slice(0, 1), day, nominalDay, plan, rule);
}

/** The earliest day whose runs move to a working day; null when there is none. */
function movedTo(day: Day, plan: Plan, { workday, calendar }: RunRule): Day | null {
  const step = workday === "next" ? -1 : 1;
  const found: Day[] = [];
  for (let count = 1; count <= LONGEST_REST; count += 1) {
    const nominal = addDays(day, step * count);
    if (calendar.isWorkday(nominal)) break;
    if (plan.isDay(nominal)) found.push(nominal);
  }
  return found.sort()[0] ?? null;
}

function runsAt(
  times: Plan["times"],
  day: Day,
  nominalDay: Day,
  plan: Plan,
  { zone, workday, calendar }: RunRule,
): readonly Run[] {
  const instant = dayClock(day, zone);
  const asked = plan.byWorkdays || workday !== "ignore";
  const calendarKnown = !asked || [day, nominalDay].every((each) => calendar.knows(Number(each.slice(0, 4))));
  return times.map(([hour, minute]) => ({
    at: instant(hour, minute),
    nominalDay,
    shifted: nominalDay !== day,
    calendarKnown,
  }));
}
