import { dayIn } from "../core/day.ts";
import { nextRun, previousRun, type Run, type RunRule } from "../core/next.ts";
import type { Subscription } from "../core/subscription.ts";
import { clockOf, instantOf } from "../core/zone-time.ts";

/** A tick this late is still on time: machines are busy for a moment. */
export const ON_TIME_MS = 10 * 60_000;
/** Longest that a missed run is still sent for. */
const LATE_MS = 36 * 3_600_000;
/** Hours of the place's wall clock between which a late message is no nuisance. */
const LATE_FROM = 8;
const LATE_TO = 20;

/** What to do about a subscription that is due: send for a run, forget it, or come back later the same morning. */
export type Verdict =
  | { readonly type: "send"; readonly run: Run; readonly isLate: boolean; readonly nextAt: Date | null }
  /** `forget`: what changed meanwhile is not told either. */
  | { readonly type: "pass"; readonly run: Run; readonly forget: boolean; readonly nextAt: Date | null }
  | { readonly type: "wait"; readonly until: Date };

/**
 * Judges a due subscription: of several runs that were missed only the last counts, never a backlog. On time → send.
 * Missed: sent late once, within 36 hours and only between 08:00 and 20:00; or left to the next one; or dropped.
 */
export function judge(subscription: Subscription, rule: RunRule, now: Date): Verdict {
  const nextAt = nextRun(rule, now)?.at ?? null;
  const planned = subscription.nextAt ?? now;
  const run = previousRun(rule, new Date(now.getTime() + 1)) ?? {
    at: planned,
    nominalDay: dayIn(rule.zone, planned),
    shifted: false,
    calendarKnown: true,
  };
  const lateBy = now.getTime() - run.at.getTime();
  if (lateBy <= ON_TIME_MS) return { type: "send", run, isLate: false, nextAt };
  if (subscription.missed !== "late" || lateBy > LATE_MS) {
    return { type: "pass", run, forget: subscription.missed === "drop", nextAt };
  }
  const { hour } = clockOf(now, rule.zone);
  if (hour >= LATE_FROM && hour < LATE_TO) return { type: "send", run, isLate: true, nextAt };
  const until = nextOpening(now, rule.zone);
  const tooLate = until.getTime() - run.at.getTime() > LATE_MS || (nextAt !== null && nextAt <= until);
  return tooLate ? { type: "pass", run, forget: false, nextAt } : { type: "wait", until };
}

/** The next 08:00 of a zone. */
function nextOpening(now: Date, zone: string): Date {
  const { day, hour } = clockOf(now, zone);
  const today = instantOf(day, LATE_FROM, 0, zone);
  return hour < LATE_FROM
    ? today
    : instantOf(dayIn("UTC", new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000)), LATE_FROM, 0, zone);
}

/** When a message may be sent: now, or when the place's quiet hours end. */
export function afterQuiet(
  now: Date,
  quiet: { readonly from: string; readonly to: string } | null,
  zone: string,
): Date {
  if (quiet === null) return now;
  const { day, hour, minute } = clockOf(now, zone);
  const clock = `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
  const overnight = quiet.from > quiet.to;
  const isQuiet = overnight
    ? clock >= quiet.from || clock < quiet.to
    : clock >= quiet.from && clock < quiet.to;
  if (!isQuiet) return now;
  const [endHour = 0, endMinute = 0] = quiet.to.split(":").map(Number);
  const endDay =
    overnight && clock >= quiet.from
      ? dayIn("UTC", new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000))
      : day;
  return instantOf(endDay, endHour, endMinute, zone);
}
