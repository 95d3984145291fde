/** A calendar day as ISO text, "2026-12-31"; compares correctly as text. */
export type Day = string;

const DAY_MS = 86_400_000;

/** True for a day that exists: "2026-02-30" does not. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().slice(0, 10) === text;
}

/** A date with plain hyphens: word processors turn them into dashes, and into hyphens that do not break. */
export function withHyphens(date: string): string {
  return date.replaceAll(/(?<=\d)[\u2010-\u2015\u2212](?=\d)/gu, "-");
}

/** The day `count` days later (earlier when negative). */
export function addDays(day: Day, count: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY_MS).toISOString().slice(0, 10);
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}

/** ISO weekday, Monday 1 to Sunday 7. */
export function weekday(day: Day): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
}

/** The last day of a month (month 1 to 12). */
export function lastOfMonth(year: number, month: number): Day {
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}

/** Making one takes a third of an answer's time; there are few zones. */
const FORMATS = new Map<string, Intl.DateTimeFormat>();

const MINUTE_MS = 60_000;
/** The day that was last asked for in each zone: clocks of zones differ by whole minutes, so it holds for one. */
const LATEST = new Map<string, { readonly minute: number; readonly day: Day }>();

/** The day that an instant falls on in a zone. */
export function dayIn(zone: string, instant: Date): Day {
  const minute = Math.floor(instant.getTime() / MINUTE_MS);
  const latest = LATEST.get(zone);
  if (latest?.minute === minute) return latest.day;
  const format =
    FORMATS.get(zone) ?? new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short" });
  FORMATS.set(zone, format);
  const day = format.format(instant);
  LATEST.set(zone, { minute, day });
  return day;
}

/** True for a zone that Intl knows; node-cron accepts wrong ones silently. */
export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
