import { nextRun, previousRun, type Run, type RunRule } from "../core/next.ts";
import type { Subscription } from "../core/subscription.ts";
import { afterQuiet, lateOpening, type Hours } from "./quiet.ts";

/** A run this late is still on time: machines are busy for a moment. */
export const ON_TIME_MS = 10 * 60_000;
/** Longest that a missed run is still sent for. */
export const LATE_MS = 36 * 3_600_000;

/** What to do about a subscription that is due: send for a run, let it pass, or come back at a better hour. */
export type Verdict =
  | { readonly type: "send"; readonly run: Run; readonly isLate: boolean; readonly nextAt: Date | null }
  /** `forget`: what changed meanwhile is not told later either. */
  | { readonly type: "pass"; readonly forget: boolean; readonly nextAt: Date | null }
  | { readonly type: "wait"; readonly until: Date };

/**
 * Judges a due subscription: of several runs that were missed only the last counts, never a backlog. In quiet hours
 * it waits for their end, and is on time then. Missed: sent late once, within 36 hours and only between 08:00 and
 * 20:00 of the place; or left to the next one; or dropped.
 */
export function judge(subscription: Subscription, rule: RunRule, now: Date, hours: Hours): Verdict {
  const nextAt = nextRun(rule, now)?.at ?? null;
  const run = previousRun(rule, new Date(now.getTime() + 1));
  // The days worked, or the clock, were others when it was planned.
  if (run === null || run.at < subscription.createdAt) return { type: "pass", forget: false, nextAt };
  const loud = afterQuiet(now, hours);
  if (loud > now) return { type: "wait", until: loud };
  if (now <= onTimeUntil(run.at, hours)) return { type: "send", run, isLate: false, nextAt };
  if (subscription.missed !== "late") return { type: "pass", forget: subscription.missed === "drop", nextAt };
  const last = new Date(afterQuiet(run.at, hours).getTime() + LATE_MS);
  const opening = lateOpening(now, hours);
  if (opening === null || opening > last) return { type: "pass", forget: false, nextAt };
  if (opening <= now) return { type: "send", run, isLate: true, nextAt };
  return nextAt !== null && nextAt <= opening
    ? { type: "pass", forget: false, nextAt }
    : { type: "wait", until: opening };
}

/** The last moment at which a run counts as on time; quiet hours in between push it out. */
function onTimeUntil(run: Date, hours: Hours): Date {
  const tolerated = new Date(afterQuiet(run, hours).getTime() + ON_TIME_MS);
  const loud = afterQuiet(tolerated, hours);
  return loud > tolerated ? new Date(loud.getTime() + ON_TIME_MS) : tolerated;
}
