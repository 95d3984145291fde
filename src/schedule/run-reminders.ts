import type { Book } from "../core/book.ts";
import { addDays, dayIn, type Day } from "../core/day.ts";
import type { Lang } from "../core/lang.ts";
import { previousRun, type Run, type RunRule } from "../core/next.ts";
import { remindersOf } from "../core/reminders.ts";
import type { Settings, Snapshot, Subscription } from "../core/subscription.ts";
import { threadOf } from "../store/outbox.ts";
import type { Change, Store } from "../store/store.ts";
import { notesOf } from "../views/digest-notes.ts";
import { reminderView, type Reminding } from "../views/reminder.ts";
import { keyOf } from "./run-digest.ts";

/** A rule whose reminders are due, with the run they are for. */
export interface Reminded {
  readonly subscription: Subscription;
  readonly rule: RunRule;
  readonly run: Run;
  readonly isLate: boolean;
}

/**
 * What a rule has to remind of: due dates that came near or passed since it last reminded of anything. What fell into
 * runs that were missed or silenced is told by the next one.
 */
export async function remindingOf(
  { subscription, rule, run }: Reminded,
  store: Store,
  book: Book,
  now: Date,
): Promise<Reminding> {
  const today = dayIn(subscription.zone, now);
  const last = (await store.snapshot(subscription.id))?.snapshot.takenAt ?? null;
  const items = book.select(subscription.filter, today);
  const since = toldUntil(subscription, last, rule, run);
  return {
    id: subscription.id,
    filter: subscription.filter,
    reminders: remindersOf(items, subscription.before, since, today),
  };
}

/** The last day whose reminders are told. */
function toldUntil({ zone, createdAt }: Subscription, last: Date | null, rule: RunRule, run: Run): Day {
  if (last === null) return addDays(dayIn(zone, createdAt), -1);
  if (last < run.at) return dayIn(zone, last);
  // It was told by a clock that was ahead.
  const before = previousRun(rule, run.at);
  return before === null ? addDays(dayIn(zone, run.at), -1) : dayIn(zone, before.at);
}

/** One message for all that a place has to be reminded of; null where there is nothing. */
export function remindersChange(options: {
  readonly rules: readonly (Reminded & { readonly reminding: Reminding })[];
  readonly settings: Settings;
  readonly book: Book;
  readonly now: Date;
  readonly lang: Lang;
}): Pick<Change, "deliveries" | "snapshots"> | null {
  const { book, now } = options;
  const filled = options.rules.filter(({ reminding }) => reminding.reminders.length > 0);
  const [first] = filled;
  if (first === undefined) return null;
  const { subscription, run } = first;
  const lang = subscription.lang ?? options.settings.lang ?? options.lang;
  const message = reminderView(
    filled.map(({ reminding }) => reminding),
    book,
    now,
    subscription.zone,
    lang,
    notesOf(run, first.isLate, subscription.zone, lang),
  );
  return {
    deliveries: threadOf({
      key: keyOf(subscription, run),
      to: subscription.to,
      messages: [message],
      dueAt: now,
      subscriptionId: subscription.id,
      edits: null,
    }),
    // It counts at once: the outbox loses nothing, and what still waits there must not be told again by the next run.
    snapshots: filled.map(({ subscription: { id } }) => ({
      subscriptionId: id,
      key: null,
      snapshot: toldAt(book, now),
    })),
  };
}

/** That reminders were told until an instant. */
export function toldAt(book: Book, takenAt: Date): Snapshot {
  return { takenAt, version: book.dataset.version, items: {}, ledgerSeq: 0 };
}
