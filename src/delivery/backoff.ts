/** Pauses that double from `firstMs` up to `longestMs`. */
export interface Backoff {
  readonly firstMs: number;
  readonly longestMs: number;
}

/** Between attempts to send one message. */
export const SEND_AGAIN: Backoff = { firstMs: 5_000, longestMs: 600_000 };
/** While the store cannot do what it is asked. */
export const STORE_AGAIN: Backoff = { firstMs: 250, longestMs: 30_000 };

/** The pause after the given number of failures (from 1); between half and whole, so that many do not come back at once. */
export function backoffMs({ firstMs, longestMs }: Backoff, failures: number, random: () => number): number {
  const whole = Math.min(firstMs * 2 ** Math.min(Math.max(failures, 1) - 1, 30), longestMs);
  return Math.round(whole * (0.5 + random() / 2));
}
