import type { Book } from "../core/book.ts";
import { workCalendar } from "../core/calendar.ts";
import { dayIn } from "../core/day.ts";
import { nextRun, previousRun } from "../core/next.ts";
import { formatAddress } from "../core/place.ts";
import type { Subscription } from "../core/subscription.ts";
import type { Store } from "../store/store.ts";
import { judge } from "./catch-up.ts";
import type { Hours } from "./quiet.ts";
import type { Reminded } from "./run-reminders.ts";

/** A rule of a person that takes part in the day's message, whether it is due already, and when it runs next. */
export type Member = Reminded & { readonly isDue: boolean; readonly nextAt: Date | null };

/** Reminders that go to one person. */
export function isPersonal({ kind, to }: Subscription): boolean {
  return kind === "reminders" && "person" in to.to;
}

/** The slot of a person's day: they are reminded once a day, however many rules they have. */
export function personalSlot({ to }: Subscription, { zone }: Hours, now: Date): string {
  // Begins like a rule's, so that it is forgotten in time as those are.
  return `S-day ${formatAddress(to)} ${dayIn(zone, now)}`;
}

/** The reminders of a person that are due, and those that would be later the same day. */
export async function membersOf(
  { to }: Subscription,
  store: Store,
  book: Book,
  now: Date,
  hours: Hours,
): Promise<readonly Member[]> {
  const calendar = workCalendar(book.dataset.calendar);
  const today = dayIn(hours.zone, now);
  return (await store.subscriptions({ place: to })).flatMap((subscription): readonly Member[] => {
    const { nextAt } = subscription;
    if (!isPersonal(subscription) || nextAt === null) return [];
    const rule = { ...subscription, calendar };
    const verdict = nextAt > now ? null : judge(subscription, rule, now, hours);
    if (verdict?.type === "send") return [{ ...verdict, subscription, rule, isDue: true }];
    const later = verdict === null ? nextAt : verdict.type === "pass" ? verdict.nextAt : null;
    if (later === null || dayIn(hours.zone, later) !== today) return [];
    const next = nextRun(rule, new Date(later.getTime() - 1));
    // One that found its day taken was put off to an hour that is no run of its own.
    const run = next?.at.getTime() === later.getTime() ? next : previousRun(rule, later);
    const nextOne = nextRun(rule, later)?.at ?? null;
    return run === null ? [] : [{ subscription, rule, run, isLate: false, isDue: false, nextAt: nextOne }];
  });
}
