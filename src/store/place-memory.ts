import { formatAddress, placeOf } from "../core/place.ts";
import type { Store } from "./store.ts";

/** Places of which something is kept in memory. */
const MOST = 1_000;

/** A store that nobody else writes to, with what every line in a place asks for kept in memory: its settings, its discussions. */
export function withPlaceMemory(store: Store): Store {
  let written = 0;
  const memories: Map<string, unknown>[] = [];
  const writing = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    try {
      return await work();
    } finally {
      written += 1;
      for (const memory of memories) memory.clear();
    }
  };
  const remembered = <Value>(): ((key: string, read: () => Promise<Value>) => Promise<Value>) => {
    const known = new Map<string, { readonly value: Value }>();
    memories.push(known);
    return async (key, read) => {
      const kept = known.get(key);
      if (kept !== undefined) return kept.value;
      const before = written;
      const value = await read();
      // What was read while something was written may be of before.
      if (before === written) {
        if (known.size >= MOST) known.clear();
        known.set(key, { value });
      }
      return value;
    };
  };
  const settings = remembered<Awaited<ReturnType<Store["settings"]>>>();
  const discussions = remembered<Awaited<ReturnType<Store["discussions"]>>>();
  return {
    ...store,
    settings: (place) => settings(formatAddress(place), () => store.settings(place)),
    discussions: (of) =>
      of !== "all" && "place" in of
        ? discussions(formatAddress(placeOf(of.place)), () => store.discussions(of))
        : store.discussions(of),
    commit: (change) => writing(() => store.commit(change)),
    decide: (key, decision, change) => writing(() => store.decide(key, decision, change)),
    settle: (key, lease, outcome, change) => writing(() => store.settle(key, lease, outcome, change)),
  };
}
