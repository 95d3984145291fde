import type { Book } from "../core/book.ts";
import { dayIn } from "../core/day.ts";
import { composeDigest } from "../core/digest.ts";
import type { Lang } from "../core/lang.ts";
import { deltaSince, snapshotOf } from "../core/snapshot.ts";
import type { Snapshot, Subscription } from "../core/subscription.ts";
import type { Message } from "../message/message.ts";
import { unchangedView } from "./digest-delta.ts";
import { digestView } from "./digest.ts";

/** A digest for one rule: what it says, what it will have told, and whether there is anything new in it. */
export interface Composed {
  readonly messages: readonly Message[];
  readonly snapshot: Snapshot;
  readonly isEmpty: boolean;
}

/** Composes the digest of a rule as of `now`, against what its place was told last. */
export function composeFor(
  subscription: Pick<Subscription, "filter" | "zone">,
  before: Snapshot | null,
  book: Book,
  now: Date,
  lang: Lang,
  note: string | null,
): Composed {
  const today = dayIn(subscription.zone, now);
  const items = book.select(subscription.filter, today);
  const delta = before === null ? null : deltaSince(before, items);
  const digest = composeDigest(book, subscription.filter, today);
  const { parent, replies } = digestView({ ...digest, delta, note }, book, now, subscription.zone, lang);
  const isEmpty =
    delta !== null && delta.changed.length === 0 && delta.gone.length === 0 && digest.dueSoon.length === 0;
  return {
    messages: isEmpty ? [unchangedView(digest, book, lang)] : [parent, ...replies],
    snapshot: snapshotOf(items, now, book.dataset.version, before?.ledgerSeq ?? 0),
    isEmpty,
  };
}
