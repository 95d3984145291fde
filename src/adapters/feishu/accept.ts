import type { InFlight } from "./in-flight.ts";

/** Feishu waits 3 s for an acknowledgement ("事件概述"); the rest is for the way. */
export const ACCEPT_MS = 2_500;

const nextTurn = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });

/**
 * Takes an event in. The promise resolves once `work` called `stored` or ended, and then Feishu may be told; it rejects
 * where nothing was stored by then, so that Feishu delivers the event again. `stored` resolves a turn later, behind
 * the acknowledgement. `failed` learns what went wrong after it.
 */
export function accept(
  work: (stored: () => Promise<void>) => Promise<void>,
  inFlight: InFlight,
  failed: (error: unknown) => void,
  limitMs = ACCEPT_MS,
): Promise<void> {
  const gate = Promise.withResolvers<void>();
  let open = true;
  const close = (settle: () => void): boolean => {
    const was = open;
    open = false;
    clearTimeout(timer);
    if (was) settle();
    return was;
  };
  const timer = setTimeout(() => {
    close(() => gate.reject(new Error("not stored in time")));
  }, limitMs);
  const stored = async (): Promise<void> => {
    close(() => gate.resolve());
    await nextTurn();
  };
  const done = work(stored).then(stored, (error: unknown) => {
    if (!close(() => gate.reject(error))) failed(error);
  });
  void inFlight.track(done);
  return gate.promise;
}
