import chineseDays from "chinese-days";
import { addDays, weekday, type Day } from "./day.ts";

/** Which days are worked. */
export interface WorkCalendar {
  readonly isWorkday: (day: Day) => boolean;
  /** False for a year whose holidays are not known: then its weekends are free and nothing else is. */
  readonly knows: (year: number) => boolean;
}

const WEEKENDS: WorkCalendar = { isWorkday: (day) => weekday(day) <= 5, knows: () => true };
const CHINA: WorkCalendar = {
  isWorkday: (day) => WEEKENDS.isWorkday(day) !== exceptionsOf(Number(day.slice(0, 4))).has(day),
  knows: (year) => exceptionsOf(year).size > 0,
};

/** The days of a year on which China does not do what the weekday says; none where its holidays are not known. */
const exceptions = new Map<number, ReadonlySet<Day>>();

/** CN: the holidays and make-up working days of mainland China. weekends: Monday to Friday. */
export function workCalendar(kind: "CN" | "weekends"): WorkCalendar {
  return kind === "CN" ? CHINA : WEEKENDS;
}

/** The first working day after a day. */
export function nextWorkday(day: Day, calendar: WorkCalendar): Day {
  return workdayBy(1, day, calendar);
}

/** The last working day before a day. */
export function previousWorkday(day: Day, calendar: WorkCalendar): Day {
  return workdayBy(-1, day, calendar);
}

function workdayBy(step: 1 | -1, day: Day, calendar: WorkCalendar): Day {
  let found = addDays(day, step);
  while (!calendar.isWorkday(found)) found = addDays(found, step);
  return found;
}

/** Exceptions that a year has at least; the notice for one year may move a few days of its neighbour. */
const FEWEST = 8;

function exceptionsOf(year: number): ReadonlySet<Day> {
  const known = exceptions.get(year);
  if (known !== undefined) return known;
  const found: Day[] = [];
  const text = String(year).padStart(4, "0");
  for (let day = `${text}-01-01`; day.startsWith(text); day = addDays(day, 1)) {
    // Its own weekdays are those of the day before on a machine west of Greenwich; only what it lists is sound there.
    const { name, work } = chineseDays.getDayDetail(day);
    if (name.includes(",") && work !== WEEKENDS.isWorkday(day)) found.push(day);
  }
  const made = new Set(found.length >= FEWEST ? found : []);
  exceptions.set(year, made);
  return made;
}
