/** Wakes one sleeper; a ring that nobody hears is kept for the next who listens. */
export interface Bell {
  ring(): void;
  /** Forgets a ring that was kept. */
  hush(): void;
  /** Resolves at the next ring, at once where one was kept. */
  heard(): Promise<void>;
}

export function createBell(): Bell {
  let kept = false;
  let sleeper: (() => void) | null = null;
  return {
    ring() {
      kept = true;
      sleeper?.();
    },
    hush() {
      kept = false;
    },
    heard: () =>
      new Promise((resolve) => {
        if (kept) return resolve();
        sleeper = resolve;
      }),
  };
}
