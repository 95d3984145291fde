import type { Book } from "../core/book.ts";
import { dayIn } from "../core/day.ts";
import type { Subscription } from "../core/subscription.ts";
import type { Store } from "../store/store.ts";

/** Whether a rule is silent at an instant: until a day, or until a reading of something it selects has come in. */
export type IsMuted = (subscription: Subscription, now: Date) => Promise<boolean>;

/** Ledger entries read at once. */
const PAGE = 1_000;

/** Keeps when each commitment was last read, and reads on in the ledger from where it stopped. */
export function createMuting(store: Store, book: Book): IsMuted {
  const readAt = new Map<string, Date>();
  let seen = 0;

  async function readOn(): Promise<void> {
    for (;;) {
      const entries = await store.ledger(seen, PAGE);
      for (const { seq, type, commitmentId, at } of entries) {
        seen = Math.max(seen, seq);
        const before = readAt.get(commitmentId);
        if (type === "reading" && (before === undefined || at > before)) readAt.set(commitmentId, at);
      }
      if (entries.length < PAGE) return;
    }
  }

  return async ({ muted, filter, zone }, now) => {
    if (muted === null) return false;
    const today = dayIn(zone, now);
    if ("until" in muted) return today < muted.until;
    await readOn();
    return !book.select(filter, today).some(({ commitment }) => {
      const read = readAt.get(commitment.id);
      return read !== undefined && read > muted.dataAfter;
    });
  };
}
