import type { Book } from "../core/book.ts";
import { addDays, dayIn, type Day } from "../core/day.ts";
import { NOTHING_DISCUSSED, type Discussed } from "../core/discussed.ts";
import { composeDigest, STALE_DAYS, type Digest } from "../core/digest.ts";
import type { Lang } from "../core/lang.ts";
import { deltaSince, snapshotOf } from "../core/snapshot.ts";
import type { Basis, Snapshot, Subscription } from "../core/subscription.ts";
import type { Message } from "../message/message.ts";
import { unchangedView } from "./digest-delta.ts";
import { digestView } from "./digest.ts";
import type { Who } from "./person.ts";

/** A digest for one rule: what it says, what it will have told, and whether there is anything new in it. */
export interface Composed {
  readonly messages: readonly Message[];
  readonly snapshot: Snapshot;
  readonly isEmpty: boolean;
}

/** Composes the digest of a rule as of `now`, against what its place was told last; without `who` nobody is named. */
export function composeFor(
  subscription: Pick<Subscription, "filter" | "zone">,
  before: Basis | null,
  book: Book,
  now: Date,
  lang: Lang,
  note: string | null,
  who: Who | null = null,
  discussed: Discussed = NOTHING_DISCUSSED,
): Composed {
  const today = dayIn(subscription.zone, now);
  const items = book.select(subscription.filter, today);
  const delta = before === null ? null : deltaSince(before, items);
  const digest = composeDigest(book, subscription.filter, today);
  const { parent, replies } = digestView(
    { ...digest, delta, note, who, discussed },
    book,
    now,
    subscription.zone,
    lang,
  );
  const since = delta === null ? null : dayIn(subscription.zone, delta.since);
  const isEmpty =
    delta !== null &&
    since !== null &&
    delta.changed.length + delta.gone.length + digest.dueSoon.length === 0 &&
    discussed.most.length + discussed.waiting.length === 0 &&
    !becameStale(digest, since);
  return {
    messages: isEmpty ? [unchangedView(digest, since, book, note, lang)] : [parent, ...replies],
    snapshot: {
      ...snapshotOf(items, now, book.dataset.version, book.ledger.seq),
      ...(before === null ? {} : { base: { takenAt: before.takenAt, items: before.items } }),
    },
    isEmpty,
  };
}

/** Whether something has gone unrefreshed since a day. */
function becameStale({ stale }: Digest, since: Day): boolean {
  return stale.some(({ refreshedOn }) => addDays(refreshedOn, STALE_DAYS) > since);
}
