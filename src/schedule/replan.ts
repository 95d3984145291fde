import type { Book } from "../core/book.ts";
import { workCalendar } from "../core/calendar.ts";
import { nextRun } from "../core/next.ts";
import type { Store } from "../store/store.ts";

/**
 * Brings forward the rules that a clock which was ahead has put off; their slots stay unique, so nothing comes twice.
 * Costs what exists: for a start, and for a clock that goes back. Resolves with how many it brought forward.
 */
export async function replan(store: Store, book: Book, now: Date): Promise<number> {
  const calendar = workCalendar(book.dataset.calendar);
  let moved = 0;
  for (const subscription of await store.subscriptions("all")) {
    if (subscription.nextAt === null || subscription.nextAt <= now) continue;
    const next = nextRun({ ...subscription, calendar }, now);
    if (next === null || next.at >= subscription.nextAt) continue;
    const { done } = await store.commit({ at: now, subscriptions: [{ ...subscription, nextAt: next.at }] });
    if (done) moved += 1;
  }
  return moved;
}
