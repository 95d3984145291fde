import type { Book } from "../core/book.ts";
import { dayIn } from "../core/day.ts";
import type { Subscription } from "../core/subscription.ts";

/** Whether a rule is silent at an instant: until a day, or until a reading that counts of something it selects has come in. */
export function isMuted({ muted, filter, zone }: Subscription, book: Book, now: Date): boolean {
  if (muted === null) return false;
  const today = dayIn(zone, now);
  if ("until" in muted) return today < muted.until;
  return !book
    .select(filter, today)
    .some(({ record }) =>
      record.readings.some(({ at, data }) => data.level !== "E5" && at > muted.dataAfter),
    );
}
