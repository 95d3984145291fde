import type { Book } from "../core/book.ts";
import type { Discussed } from "../core/discussed.ts";
import type { Lang } from "../core/lang.ts";
import type { Run } from "../core/next.ts";
import type { Settings, Snapshot, Subscription } from "../core/subscription.ts";
import { threadOf } from "../store/outbox.ts";
import type { Change } from "../store/store.ts";
import { composeFor, type Composed } from "../views/compose.ts";
import { notesOf } from "../views/digest-notes.ts";

/** Composed digests of one tick: places with the same filter, zone, language and snapshot share them. */
export type Kitchen = Map<string, Composed>;

/** What one run of a digest rule writes: the deliveries and what they will have told; nothing of it is sent here. */
export function digestChange(options: {
  readonly subscription: Subscription;
  readonly run: Run;
  readonly isLate: boolean;
  readonly before: Snapshot | null;
  readonly settings: Settings;
  readonly book: Book;
  readonly now: Date;
  readonly lang: Lang;
  readonly kitchen: Kitchen;
  readonly discussed: Discussed;
}): Pick<Change, "deliveries" | "snapshots"> {
  const { subscription, run, before, book, now, kitchen, discussed } = options;
  const lang = subscription.lang ?? options.settings.lang ?? options.lang;
  const notes = notesOf(run, options.isLate, subscription.zone, lang);
  const since = before === null ? null : [before.takenAt, before.items];
  const dish = JSON.stringify([
    subscription.filter,
    subscription.zone,
    lang,
    notes,
    since,
    saidOf(discussed),
  ]);
  const composed =
    kitchen.get(dish) ?? composeFor(subscription, before, book, now, lang, notes, null, discussed);
  kitchen.set(dish, composed);
  if (composed.isEmpty && subscription.empty === "skip") {
    return { snapshots: [{ subscriptionId: subscription.id, key: null, snapshot: composed.snapshot }] };
  }
  const key = keyOf(subscription, run);
  return {
    deliveries: threadOf({
      key,
      to: subscription.to,
      messages: composed.messages,
      dueAt: now,
      subscriptionId: subscription.id,
      edits: null,
    }),
    snapshots: [{ subscriptionId: subscription.id, key, snapshot: composed.snapshot }],
  };
}

/** What tells one place's discussions from another's. */
function saidOf({ most, waiting }: Discussed): unknown {
  return [
    most.map(({ item, talk }) => [item.commitment.id, talk]),
    waiting.map(({ item, since }) => [item.commitment.id, since]),
  ];
}

/** S-3.202607060107: the rule and the minute (UTC) of its run, so that a run has one message whoever writes it. */
export function keyOf({ id }: Pick<Subscription, "id">, { at }: Pick<Run, "at">): string {
  return `${id}.${at.toISOString().replace(/\D/g, "").slice(0, 12)}`;
}
