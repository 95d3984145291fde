import type { Day } from "./day.ts";

/** What a clock on the wall shows. */
export interface Clock {
  readonly day: Day;
  readonly hour: number;
  readonly minute: number;
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** Making a formatter costs a hundred times what using it does. */
const formatters = new Map<string, Intl.DateTimeFormat>();

/** What a clock in a zone shows at an instant. Throws RangeError for a zone that Intl does not know. */
export function clockOf(instant: Date, zone: string): Clock {
  const wall = new Date(instant.getTime() + offsetAt(instant.getTime(), zone));
  return { day: wall.toISOString().slice(0, 10), hour: wall.getUTCHours(), minute: wall.getUTCMinutes() };
}

/**
 * The instant at which clocks in a zone show a time: the earlier one where they show it twice, and the first one after
 * the gap where they skip it. Throws RangeError for a zone that Intl does not know.
 */
export function instantOf(day: Day, hour: number, minute: number, zone: string): Date {
  return dayClock(day, zone)(hour, minute);
}

/** `instantOf` for many times of one day. */
export function dayClock(day: Day, zone: string): (hour: number, minute: number) => Date {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  // Offsets lie within a day of UTC, and no zone has ever changed its own twice within these three days.
  const before = offsetAt(midnight - DAY_MS, zone);
  const after = offsetAt(midnight + 2 * DAY_MS, zone);
  return (hour, minute) => {
    const wall = midnight + (hour * 60 + minute) * MINUTE_MS;
    if (before === after) return new Date(wall - before);
    for (const offset of before > after ? [before, after] : [after, before]) {
      if (offsetAt(wall - offset, zone) === offset) return new Date(wall - offset);
    }
    return new Date(changeBetween(wall - after, wall - before, zone));
  };
}

/** The first instant of the later offset, which `late` has and `early` has not. */
function changeBetween(early: number, late: number, zone: string): number {
  const offset = offsetAt(late, zone);
  let [low, high] = [early, late];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(middle, zone) === offset) high = middle;
    else low = middle;
  }
  return high;
}

/** Milliseconds that clocks in a zone are ahead of UTC. */
function offsetAt(instant: number, zone: string): number {
  // "12/31/2026, 23:59:59": read as text it takes half the time that its parts do.
  const shown = formatterOf(zone).format(instant).match(/\d+/gu) ?? [];
  const [month = 0, day = 0, year = 0, hour = 0, minute = 0, second = 0] = shown.map(Number);
  // Clocks show whole seconds, also before 1970.
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1000) * 1000;
}

function formatterOf(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    calendar: "gregory",
    numberingSystem: "latn",
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  formatters.set(zone, made);
  return made;
}
