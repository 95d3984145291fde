/** Work that was accepted and is not done yet. */
export interface InFlight {
  /** Counts what is under way; its outcome stays with the caller. */
  track<T>(work: Promise<T>): Promise<T>;
  /** Resolves when nothing is left, or after `limitMs`; true when all was done. */
  drained(limitMs: number): Promise<boolean>;
}

export function createInFlight(): InFlight {
  const running = new Set<Promise<void>>();
  return {
    track: (work) => {
      const done = work.then(() => undefined).catch(() => undefined);
      running.add(done);
      void done.finally(() => running.delete(done));
      return work;
    },
    drained: async (limitMs) => {
      const limit = Promise.withResolvers<false>();
      const timer = setTimeout(() => limit.resolve(false), limitMs);
      const all = async (): Promise<true> => {
        while (running.size > 0) await Promise.all(running);
        return true;
      };
      const done = await Promise.race([all(), limit.promise]);
      clearTimeout(timer);
      return done;
    },
  };
}
