import { setTimeout } from "node:timers/promises";
import { DeliveryError } from "../../platform/platform.ts";

/** Pauses between tries for what somebody waits for, in milliseconds. */
export const ANSWER_PAUSES: readonly number[] = [300, 1_000, 3_000, 8_000, 15_000, 15_000];
/** The same for a file, behind an answer that is there already. */
export const FILE_PAUSES: readonly number[] = [300, 1_000, 3_000];
const LONGEST_PAUSE_MS = 15_000;

/**
 * Sends until it arrives, or until trying again cannot help: nobody keeps an answer, so that it is worth some tries
 * here. `send` uses the same uuid each time, which makes it the same message. After `stopped` nothing is tried again.
 */
export async function stubborn<T>(
  send: () => Promise<T>,
  stopped: AbortSignal,
  pauses: readonly number[] = ANSWER_PAUSES,
): Promise<T> {
  for (const pause of pauses) {
    try {
      return await send();
    } catch (error) {
      if (!(error instanceof DeliveryError) || stopped.aborted) throw error;
      if (!["rate_limited", "unreachable", "unknown_outcome"].includes(error.code)) throw error;
      const wait = Math.min(error.retryAfterMs ?? pause * (0.75 + Math.random() / 2), LONGEST_PAUSE_MS);
      await setTimeout(wait, undefined, { signal: stopped }).catch(() => undefined);
    }
  }
  return send();
}
