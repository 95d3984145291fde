import { setTimeout as pause } from "node:timers/promises";
import { slackError } from "./errors.ts";

/** The first pause where Slack names none, and how long all pauses together may be, in milliseconds. */
const FIRST_MS = 500;
const LONGEST_MS = 30_000;

/**
 * Sends what somebody waits for, and again while Slack has surely not taken it in: it is in no outbox, so that a busy
 * channel's 429 would lose it. What may have arrived is not sent twice. Once `stopped`, it is tried one last time.
 */
export async function patiently<T>(send: () => Promise<T>, stopped: AbortSignal): Promise<T> {
  let waited = 0;
  for (let next = FIRST_MS; ; next *= 2) {
    const isLast = stopped.aborted;
    try {
      return await send();
    } catch (error) {
      const { code, retryAfterMs } = slackError(error);
      const wait = (retryAfterMs ?? next) * (1 + Math.random() / 4);
      waited += wait;
      const isUnsent = code === "rate_limited" || code === "unreachable";
      if (!isUnsent || isLast || waited > LONGEST_MS) throw error;
      await pause(wait, undefined, { signal: stopped }).catch(() => undefined);
    }
  }
}
