import type { KeepDiscussions } from "./discussions.ts";

/** Keeps the discussions up soon after something was written, however often it is told so. */
export interface Keeper {
  /** Something was written that they may have to say. */
  poke(): void;
  /** Looks at once; resolves with how many deliveries it made. */
  now(): Promise<number>;
  /** Nothing is begun any more; resolves when what was under way is done. */
  stop(): Promise<void>;
}

/** A card that waits for its last edit is looked at again after so many ms, longer each time; then the tick does it. */
const LOOKS_MS = [150, 250, 500, 1_000, 2_000, 4_000, 8_000] as const;

export function createKeeper(options: {
  readonly keep: KeepDiscussions;
  readonly clock: () => Date;
  /** Called when there is something to send. */
  readonly onWritten: () => void;
  readonly onFailure: (error: unknown) => void;
  /** Ends early when the signal says so. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
}): Keeper {
  const { keep, clock, onWritten, onFailure, wait } = options;
  let poked = false;
  const leaving = new AbortController();
  let running: Promise<void> | null = null;

  const look = async (): Promise<boolean> => {
    const { count, waits } = await keep(clock());
    if (count > 0) onWritten();
    return waits;
  };
  const run = async (): Promise<void> => {
    for (let looks = 0; !leaving.signal.aborted;) {
      poked = false;
      const waits = await look().catch((error: unknown) => {
        onFailure(error);
        return false;
      });
      if (poked) looks = 0;
      else if (!waits || looks === LOOKS_MS.length) return;
      else {
        await wait(LOOKS_MS[looks] ?? 0, leaving.signal);
        looks += 1;
      }
    }
  };

  return {
    poke() {
      poked = true;
      if (leaving.signal.aborted) return;
      running ??= run().finally(() => {
        running = null;
      });
    },
    async now() {
      const { count } = await keep(clock());
      if (count > 0) onWritten();
      return count;
    },
    async stop() {
      leaving.abort();
      await running;
    },
  };
}
