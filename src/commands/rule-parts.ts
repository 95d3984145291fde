import { workCalendar } from "../core/calendar.ts";
import { isDay, isZone, type Day } from "../core/day.ts";
import { Fault } from "../core/errors.ts";
import type { Lang } from "../core/lang.ts";
import { nextRun, runsBetween, type RunRule } from "../core/next.ts";
import { formatPerson, samePerson, samePlace } from "../core/place.ts";
import type { Schedule } from "../core/schedule.ts";
import { readSchedulePhrase } from "../core/schedule-read.ts";
import type { Subscription } from "../core/subscription.ts";
import { readTimeSpan, spanDays } from "../core/time-span.ts";
import { tokensOf } from "./tokens.ts";
import type { Context } from "./command.ts";

/** Monday 09:07, away from the full and half hours at which chats throttle. */
export const WEEKLY: Schedule = { kind: "cron", cron: "7 9 * * 1" };
/** Every day 09:07, for reminders. */
export const DAILY: Schedule = { kind: "cron", cron: "7 9 * * *" };

/** When a subscription runs. */
export function runRule(
  subscription: Pick<Subscription, "schedule" | "zone" | "workday">,
  { book }: Pick<Context, "book">,
): RunRule {
  return { ...subscription, calendar: workCalendar(book.dataset.calendar) };
}

/** The next instants of a subscription, and how often it ran in the last 30 days. */
export function forecast(
  subscription: Subscription,
  context: Context,
): { readonly next: readonly Date[]; readonly past: readonly Date[] } {
  const rule = runRule(subscription, context);
  const next: Date[] = [];
  for (let at: Date | null = context.now; next.length < 3;) {
    at = nextRun(rule, at)?.at ?? null;
    if (at === null) break;
    next.push(at);
  }
  const past = runsBetween(rule, new Date(context.now.getTime() - 30 * 86_400_000), context.now).map(
    (run) => run.at,
  );
  return { next, past };
}

/** `every:` as a schedule: a phrase or a cron expression. */
export function readEvery(text: string): Schedule {
  const words = tokensOf(text, () => false).flatMap((token) =>
    token.type === "word" ? token.text.split(/\s+/u) : [],
  );
  const read = readSchedulePhrase(words);
  if (read !== null && "schedule" in read && read.used === words.length) return read.schedule;
  throw new Fault({
    code: "unknown_schedule",
    text,
    seconds: read !== null && "problem" in read && read.problem === "seconds",
  });
}

/** `zone:` as an IANA name; a wrong one is refused. */
export function readZone(text: string): string {
  if (isZone(text)) return text;
  throw new Fault({ code: "unknown_zone", text });
}

/** `until:` as the day that ends it: a date or a time word (its last day), null for "data". */
export function readUntil(text: string, { today, book }: Context): Day | null {
  if (["data", "数据", "有数据", "出数"].includes(text.toLowerCase())) return null;
  if (isDay(text)) return text;
  const span = readTimeSpan(text);
  const last = span === null ? null : spanDays(span, today, book.dataset.year).to;
  if (last === null) throw new Fault({ code: "unknown_time", text });
  return last;
}

/** A rule by its id, if the asker may change it: rules of this place by anyone in it, personal ones by their owner, others by an admin. */
export async function ruleToChange(id: string, context: Context): Promise<Subscription> {
  const wanted = id.normalize("NFKC").toUpperCase();
  const found = await context.shelf.subscription(/^\d+$/.test(wanted) ? `S-${wanted}` : wanted);
  if (found === null) {
    const here = await context.shelf.subscriptions({ place: context.here });
    throw new Fault({ code: "unknown_rule", text: id, nearest: here.slice(0, 3).map((each) => each.id) });
  }
  const isHere = samePlace(found.to, context.here) && "channel" in found.to.to;
  if (isHere || samePerson(found.owner, context.actor) || context.isAdmin) return found;
  throw new Fault({ code: "needs_role", role: "admin", ask: context.admins.map(formatPerson) });
}

/** The language in which a place is spoken to. */
export function languageOf(
  subscription: Subscription,
  settings: { readonly lang: Lang | null } | null,
  fallback: Lang,
): Lang {
  return subscription.lang ?? settings?.lang ?? fallback;
}
