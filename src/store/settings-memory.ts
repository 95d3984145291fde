import { formatAddress } from "../core/place.ts";
import type { Settings } from "../core/subscription.ts";
import type { Store } from "./store.ts";

/** Places whose settings are kept in memory. */
const MOST = 1_000;

/** A store that nobody else writes to, with the settings of places kept in memory: every line asks for two of them. */
export function withSettingsMemory(store: Store): Store {
  const known = new Map<string, Settings | null>();
  let written = 0;
  const writing = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    try {
      return await work();
    } finally {
      written += 1;
      known.clear();
    }
  };
  return {
    ...store,
    async settings(place) {
      const key = formatAddress(place);
      const kept = known.get(key);
      if (kept !== undefined) return kept;
      const before = written;
      const read = await store.settings(place);
      // What was read while something was written may be of before.
      if (before === written) {
        if (known.size >= MOST) known.clear();
        known.set(key, read);
      }
      return read;
    },
    commit: (change) => writing(() => store.commit(change)),
    decide: (key, decision, change) => writing(() => store.decide(key, decision, change)),
    settle: (key, lease, outcome, change) => writing(() => store.settle(key, lease, outcome, change)),
  };
}
