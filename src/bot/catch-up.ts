import type { Ledger } from "../core/record.ts";
import type { Store } from "../store/store.ts";

/** Entries read at once. */
const PAGE = 5_000;
/** A replica is at most this far behind, in milliseconds. */
const BEHIND_MS = 1_000;

/** Brings the ledger in memory up to the one in the store. */
export interface CatchUp {
  /** Everything that is there now; called after every own write, so that a writer reads what it wrote. */
  now(): Promise<void>;
  /** The same, unless that was done within the last second. */
  lately(at: Date): Promise<void>;
}

/** Rebuilds `ledger` from the store by position; calls at the same time share one reading. */
export function createCatchUp(store: Pick<Store, "ledger">, ledger: Ledger): CatchUp {
  let reading: Promise<void> | null = null;
  let again = false;
  let lastAt: number | null = null;

  const read = async (): Promise<void> => {
    do {
      again = false;
      for (;;) {
        const entries = await store.ledger(ledger.seq, PAGE);
        ledger.apply(entries);
        if (entries.length < PAGE) break;
      }
    } while (again);
  };

  const now = async (): Promise<void> => {
    // What was written after the reading began may be missing in it.
    if (reading !== null) again = true;
    reading ??= read().finally(() => {
      reading = null;
    });
    await reading;
  };

  return {
    now,
    async lately(at) {
      const since = lastAt === null ? Infinity : Math.abs(at.getTime() - lastAt);
      if (since < BEHIND_MS) return;
      lastAt = at.getTime();
      await now();
    },
  };
}
