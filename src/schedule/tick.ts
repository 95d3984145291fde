import type { Book } from "../core/book.ts";
import { StoreError, type Store } from "../store/store.ts";
import type { Lang } from "../core/lang.ts";
import { createEvents } from "./run-events.ts";
import { createRunner, type Outcome } from "./run.ts";
import { replan } from "./replan.ts";

/** Does what is due at `now`. Resolves with how many slots it claimed and events it told; rejects, after all else is done, where a rule cannot be run. */
export type Tick = (now: Date) => Promise<number>;

/** Subscriptions taken from the store at once. */
const BATCH = 200;
/** How often a rule is looked at anew in one tick because somebody else changed it meanwhile. */
const TRIES = 3;

/**
 * The only entry of the schedule. Each due rule is judged and written in one transaction: its slot (unique for good),
 * its message in the outbox, what that will have told, and its next time. Whatever stops the program in between, a
 * slot is either wholly done or still to do. One rule that cannot be run holds up no other.
 */
export function createTick(options: {
  readonly book: Book;
  readonly store: Store;
  readonly lang: Lang;
}): Tick {
  const { book, store } = options;
  const runner = createRunner(options);
  const tellEvents = createEvents(options);
  let last: Date | null = null;

  return async (now) => {
    if (last !== null && now < last) await replan(store, book, now);
    last = now;
    const told = await tellEvents(now);
    const run = runner(now);
    const tries = new Map<string, number>();
    const failures: unknown[] = [...told.failures];
    let claimed = told.count;
    for (;;) {
      const stuck = [...tries].filter(([, count]) => count >= TRIES).map(([id]) => id);
      const due = await store.dueSubscriptions(now, BATCH + stuck.length);
      const open = due.filter(({ id }) => !stuck.includes(id));
      if (open.length === 0) break;
      for (const subscription of open) {
        const { id } = subscription;
        tries.set(id, (tries.get(id) ?? 0) + 1);
        const outcome = await run(subscription).catch((error: unknown): Outcome => {
          if (error instanceof StoreError) throw error;
          failures.push(error);
          tries.set(id, TRIES);
          return "nothing";
        });
        if (outcome === "claimed") claimed += 1;
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, `${failures.length} rules could not be run`);
    return claimed;
  };
}
