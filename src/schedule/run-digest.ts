import type { Book } from "../core/book.ts";
import type { Lang } from "../core/lang.ts";
import type { Run } from "../core/next.ts";
import { NO_SETTINGS, type Settings, type Snapshot, type Subscription } from "../core/subscription.ts";
import { threadOf } from "../store/outbox.ts";
import type { Change } from "../store/store.ts";
import { composeFor, type Composed } from "../views/compose.ts";
import { lateNote, unknownCalendarNote } from "../views/digest-notes.ts";
import { afterQuiet } from "./catch-up.ts";

/** Composed digests of one tick: places with the same filter, zone, language and snapshot share them. */
export type Kitchen = Map<string, Composed>;

/** What one run of a digest rule writes: the deliveries and what they will have told; nothing of it is sent here. */
export function digestChange(options: {
  readonly subscription: Subscription;
  readonly run: Run;
  readonly isLate: boolean;
  readonly before: Snapshot | null;
  readonly settings: Settings | null;
  readonly book: Book;
  readonly now: Date;
  readonly lang: Lang;
  readonly kitchen: Kitchen;
}): Pick<Change, "deliveries" | "snapshots"> {
  const { subscription, run, isLate, before, book, now, kitchen } = options;
  const settings = options.settings ?? NO_SETTINGS;
  const lang = subscription.lang ?? settings.lang ?? options.lang;
  const note = [
    isLate ? lateNote(run.at, subscription.zone, lang) : null,
    run.calendarKnown ? null : unknownCalendarNote(run.nominalDay.slice(0, 4), lang),
  ]
    .filter((part) => part !== null)
    .join(" ");
  const dish = JSON.stringify([subscription.filter, subscription.zone, lang, note, before]);
  const composed =
    kitchen.get(dish) ?? composeFor(subscription, before, book, now, lang, note === "" ? null : note);
  kitchen.set(dish, composed);
  const key = `${subscription.id}.${run.at.toISOString().replace(/\D/g, "").slice(0, 12)}`;
  if (composed.isEmpty && subscription.empty === "skip") {
    return { snapshots: [{ subscriptionId: subscription.id, key: null, snapshot: composed.snapshot }] };
  }
  const dueAt = afterQuiet(now, settings.quiet, subscription.zone);
  return {
    deliveries: threadOf({
      key,
      to: subscription.to,
      messages: composed.messages,
      dueAt,
      subscriptionId: subscription.id,
      edits: null,
    }),
    snapshots: [{ subscriptionId: subscription.id, key, snapshot: composed.snapshot }],
  };
}
