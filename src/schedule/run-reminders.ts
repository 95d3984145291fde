import type { Book } from "../core/book.ts";
import { addDays, dayIn, type Day } from "../core/day.ts";
import type { Lang } from "../core/lang.ts";
import { previousRun, type Run, type RunRule } from "../core/next.ts";
import { remindersOf } from "../core/reminders.ts";
import type { Settings, Snapshot, Subscription } from "../core/subscription.ts";
import { threadOf } from "../store/outbox.ts";
import type { Change, Store } from "../store/store.ts";
import { notesOf } from "../views/digest-notes.ts";
import { eventBlocks, eventsView, type Event } from "../views/events.ts";
import type { Who } from "../views/person.ts";
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
    reminders: subscription.before.length === 0 ? [] : remindersOf(items, subscription.before, since, today),
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

/** What a rule has to say: due dates, and of a person the events of the day. */
export type Saying = Reminded & { readonly reminding: Reminding; readonly events: readonly Event[] };

/** One message for all that a place has to be reminded of or told; null where there is nothing. */
export function remindersChange(options: {
  readonly rules: readonly Saying[];
  readonly who: Who;
  readonly settings: Settings;
  readonly book: Book;
  readonly now: Date;
  readonly lang: Lang;
}): Pick<Change, "deliveries" | "snapshots"> | null {
  const { book, now } = options;
  const filled = options.rules.filter(
    ({ reminding, events }) => reminding.reminders.length > 0 || events.length > 0,
  );
  const [first] = filled;
  if (first === undefined) return null;
  const { subscription, run } = first;
  const { zone } = subscription;
  const lang = subscription.lang ?? options.settings.lang ?? options.lang;
  const notes = notesOf(run, first.isLate, zone, lang);
  const remindings = filled.map(({ reminding }) => reminding).filter(({ reminders }) => reminders.length > 0);
  const news = newsOf(filled);
  const telling = { book, lang, zone, who: options.who };
  const reminder = remindings.length === 0 ? null : reminderView(remindings, book, now, zone, lang, notes);
  const message =
    reminder === null
      ? eventsView(news.events, news.rules, telling)
      : news.events.length === 0
        ? reminder
        : { ...reminder, blocks: [...reminder.blocks, ...eventBlocks(news.events, news.rules, telling)] };
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

/** The events of all rules, each once, and the rules that tell them. */
function newsOf(rules: readonly Saying[]): {
  readonly events: readonly Event[];
  readonly rules: readonly string[];
} {
  const byId = new Map(rules.flatMap(({ events }) => events).map((event) => [event.entry.id, event]));
  return {
    events: [...byId.values()].toSorted((a, b) => a.entry.seq - b.entry.seq),
    rules: rules.filter(({ events }) => events.length > 0).map(({ subscription }) => subscription.id),
  };
}

/** That reminders were told until an instant. */
export function toldAt(book: Book, takenAt: Date): Snapshot {
  return { takenAt, version: book.dataset.version, items: {}, ledgerSeq: book.ledger.seq };
}
