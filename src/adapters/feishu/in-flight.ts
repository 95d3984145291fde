/** Work that was accepted and is not done yet. */
export interface InFlight {
  /** Begins `work` in a later turn of the event loop, after what accepted it has been acknowledged. */
  later(work: () => Promise<void>): void;
  /** Counts what is already under way; its outcome stays with the caller. */
  track<T>(work: Promise<T>): Promise<T>;
  /** Resolves when nothing is left, or after `limitMs`; true when all was done. */
  drained(limitMs: number): Promise<boolean>;
}

/** `failed` learns of every rejection: none may reach the process. */
export function createInFlight(failed: (error: unknown) => void): InFlight {
  const running = new Set<Promise<void>>();
  const add = (done: Promise<void>): void => {
    running.add(done);
    void done.finally(() => running.delete(done));
  };
  return {
    track: (work) => {
      add(work.then(() => undefined).catch(() => undefined));
      return work;
    },
    later: (work) => {
      const turn = new Promise<void>((resolve) => {
        setImmediate(resolve);
      });
      add(turn.then(work).catch(failed));
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
