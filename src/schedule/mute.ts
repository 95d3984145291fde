import type { Book } from "../core/book.ts";
import { dayIn } from "../core/day.ts";
import type { Subscription } from "../core/subscription.ts";
import type { Store } from "../store/store.ts";

/** Ledger entries read at once. */
const PAGE = 1_000;

/** Whether a rule is silent at `now`: until a day, or until a reading of something it selects has come in. */
export async function isMuted(
  subscription: Subscription,
  store: Store,
  book: Book,
  now: Date,
): Promise<boolean> {
  const { muted, filter, zone } = subscription;
  if (muted === null) return false;
  const today = dayIn(zone, now);
  if ("until" in muted) return today < muted.until;
  const wanted = new Set(book.select(filter, today).map(({ commitment }) => commitment.id));
  for (let seq = 0; ;) {
    const entries = await store.ledger(seq, PAGE);
    if (
      entries.some(
        ({ type, commitmentId, at }) =>
          type === "reading" && at > muted.dataAfter && wanted.has(commitmentId),
      )
    )
      return false;
    const last = entries.at(-1);
    if (last === undefined || entries.length < PAGE) return true;
    seq = last.seq;
  }
}
