import { workCalendar } from "../core/calendar.ts";
import { readCron } from "../core/cron.ts";
import { addDays, isDay, isZone, type Day } from "../core/day.ts";
import { Fault } from "../core/errors.ts";
import type { Lang } from "../core/lang.ts";
import { nextRun, runsBetween, type Run, type RunRule } from "../core/next.ts";
import { samePerson, samePlace } from "../core/place.ts";
import type { Schedule } from "../core/schedule.ts";
import { readSchedulePhrase } from "../core/schedule-read.ts";
import type { Subscription } from "../core/subscription.ts";
import { readTimeSpan, spanDays } from "../core/time-span.ts";
import { clockOf } from "../core/zone-time.ts";
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

/** More runs a day than this would be a flood, not a digest. */
const MOST_RUNS_A_DAY = 24;
const DAY_MS = 86_400_000;

/** A rule with its first run from now on. Throws Fault where it never runs, or floods its place. */
export function started(draft: Subscription, context: Context): Subscription {
  const { now } = context;
  const rule = runRule(draft, context);
  const text = draft.schedule.kind === "cron" ? draft.schedule.cron : "";
  const first = nextRun(rule, now)?.at ?? null;
  if (first === null) throw new Fault({ code: "unknown_schedule", text, why: "never" });
  const day = runsBetween(rule, first, new Date(first.getTime() + DAY_MS - 1));
  if (day.length >= MOST_RUNS_A_DAY) throw new Fault({ code: "unknown_schedule", text, why: "too_often" });
  return { ...draft, nextAt: first };
}

/** The next three runs of a rule, those of the last 30 days, and when within a year the clock skips its time. */
export function forecast(
  subscription: Subscription,
  context: Context,
): { readonly next: readonly Run[]; readonly past: readonly Date[]; readonly gap: Date | null } {
  const { now } = context;
  const rule = runRule(subscription, context);
  const next: Run[] = [];
  for (let run = nextRun(rule, now); run !== null && next.length < 3; run = nextRun(rule, run.at))
    next.push(run);
  const past = runsBetween(rule, new Date(now.getTime() - 30 * DAY_MS), now).map(({ at }) => at);
  const year = runsBetween(rule, now, new Date(now.getTime() + 366 * DAY_MS));
  return { next, past, gap: year.find(({ at }) => isMoved(at, subscription))?.at ?? null };
}

/** Whether a run is at another time of the day than its schedule says: the clock skips that one. */
function isMoved(at: Date, { schedule, zone }: Subscription): boolean {
  const { hour, minute } = clockOf(at, zone);
  if (schedule.kind === "monthly") return hour !== schedule.hour || minute !== schedule.minute;
  const fields = readCron(schedule.cron);
  return fields !== null && !(fields.hour.includes(hour) && fields.minute.includes(minute));
}

/** `every:` as a schedule: a phrase or a cron expression. */
export function readEvery(text: string): Schedule {
  const words = tokensOf(text, () => false).flatMap((token) =>
    token.type === "word" ? token.text.split(/\s+/u) : [],
  );
  const read = readSchedulePhrase(words);
  if (read !== null && "schedule" in read && read.used === words.length) return read.schedule;
  const seconds = read !== null && "problem" in read && read.problem === "seconds";
  throw new Fault({ code: "unknown_schedule", text, why: seconds ? "seconds" : "unreadable" });
}

/** `zone:` as an IANA name, or the city in one; a wrong one is refused. */
export function readZone(text: string): string {
  if (isZone(text)) return text;
  const city = `/${text.trim().toLowerCase().replaceAll(" ", "_")}`;
  const found = Intl.supportedValuesOf("timeZone").filter((zone) => zone.toLowerCase().endsWith(city));
  if (found.length === 1 && found[0] !== undefined) return found[0];
  throw new Fault({ code: "unknown_zone", text });
}

/** `until:` as the last silent day: a date or a time word (its last day), null for "data". A day gone by is refused. */
export function readUntil(text: string, { today, book }: Context): Day | null {
  if (["data", "数据", "有数据", "出数"].includes(text.toLowerCase())) return null;
  const span = isDay(text) ? null : readTimeSpan(text);
  const last = isDay(text) ? text : span === null ? null : spanDays(span, today, book.dataset.year).to;
  if (last !== null && last >= today) return last;
  const yearEnd = `${book.dataset.year}-12-31`;
  const date = yearEnd < today ? addDays(today, 30) : yearEnd;
  const examples = { zh: [date, "本周", "数据"], en: [date, "this-week", "data"] };
  throw new Fault({
    code: "unreadable_value",
    key: "until",
    value: text,
    examples,
    ...(last === null ? {} : { past: true }),
  });
}

/** A rule by its id, if the asker may change it: rules of this place by anyone in it, personal ones by their owner, others by an admin. */
export async function ruleToChange(id: string, context: Context): Promise<Subscription> {
  // S-3, s3, ３: as with commitments, any form will do.
  const number = /^(?:S[-–—\s]?)?0*(\d{1,9})$/.exec(id.normalize("NFKC").toUpperCase())?.[1];
  const found = number === undefined ? null : await context.shelf.subscription(`S-${number}`);
  if (found === null) {
    const here = await context.shelf.subscriptions({ place: context.here });
    throw new Fault({ code: "unknown_rule", text: id, nearest: here.slice(0, 3).map((each) => each.id) });
  }
  const isHere = samePlace(found.to, context.here) && "channel" in found.to.to;
  if (isHere || samePerson(found.owner, context.actor)) return found;
  context.need("admin", null);
  return found;
}

/** The language in which a place is spoken to. */
export function languageOf(
  subscription: Subscription,
  settings: { readonly lang: Lang | null } | null,
  fallback: Lang,
): Lang {
  return subscription.lang ?? settings?.lang ?? fallback;
}
