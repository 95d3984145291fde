import { addDays } from "../core/day.ts";
import { clockOf, instantOf } from "../core/zone-time.ts";

/** The wall clock of a place, and the times on it between which nothing is sent. */
export interface Hours {
  readonly zone: string;
  readonly quiet: { readonly from: string; readonly to: string } | null;
}

/** Hours between which a late message is no nuisance. */
const LATE_FROM = 8;
const LATE_TO = 20;

/** When a message may be sent: now, or when the quiet hours end that now lies in. */
export function afterQuiet(now: Date, { quiet, zone }: Hours): Date {
  if (quiet === null) return now;
  const { day, hour, minute } = clockOf(now, zone);
  const clock = `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
  const overnight = quiet.from > quiet.to;
  const isQuiet = overnight
    ? clock >= quiet.from || clock < quiet.to
    : clock >= quiet.from && clock < quiet.to;
  if (!isQuiet) return now;
  const [endHour = 0, endMinute = 0] = quiet.to.split(":").map(Number);
  const endDay = overnight && clock >= quiet.from ? addDays(day, 1) : day;
  const end = instantOf(endDay, endHour, endMinute, zone);
  // Where the clock shows the end twice, the second time around nobody waits for it again.
  return end > now ? end : now;
}

/** The first instant from now on that suits a late message: between 08:00 and 20:00 and not quiet; null when none does. */
export function lateOpening(now: Date, hours: Hours): Date | null {
  let at = now;
  for (let count = 0; count < 4; count += 1) {
    const open = afterQuiet(byDay(at, hours.zone), hours);
    if (open.getTime() === at.getTime()) return open;
    at = open;
  }
  return null;
}

/** The first instant after a day that suits a late message. */
export function openingAfter(now: Date, hours: Hours): Date {
  const morning = instantOf(addDays(clockOf(now, hours.zone).day, 1), LATE_FROM, 0, hours.zone);
  return lateOpening(morning, hours) ?? morning;
}

/** An instant between 08:00 and 20:00, else the next 08:00. */
function byDay(at: Date, zone: string): Date {
  const { day, hour } = clockOf(at, zone);
  if (hour < LATE_FROM) return instantOf(day, LATE_FROM, 0, zone);
  return hour < LATE_TO ? at : instantOf(addDays(day, 1), LATE_FROM, 0, zone);
}
