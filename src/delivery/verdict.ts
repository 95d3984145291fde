import { reasonText } from "../core/refusal.ts";
import type { DeliveryError, Platform } from "../platform/platform.ts";
import { TOO_OLD, type Claimed, type Outcome } from "../store/outbox.ts";
import { backoffMs, SEND_AGAIN } from "./backoff.ts";
import { doubtful, inDoubt, keyHolds } from "./doubt.ts";

/**
 * What is wrong with a delivery that ends without arriving for certain. refused: the place is gone or closed to us.
 * unconfirmed: it may have arrived. failed: anything else.
 */
export type ProblemKind = "refused" | "unconfirmed" | "failed";

/** What became of an attempt, and what its owner has to know of it. */
export interface Verdict {
  readonly outcome: Outcome;
  readonly problem: ProblemKind | null;
}

/** After this a message is old news. */
const TOO_OLD_MS = 36 * 3_600_000;
/** A request that was cut may still be on its way: looking sooner could miss it. */
const LOOK_AFTER_MS = 15_000;
/** A server's wish to wait is honoured up to this. */
const LONGEST_WISH_MS = 3_600_000;
/** An installation that is refused as a whole is mended by people. */
const MENDED_AFTER_MS = 60_000;

export function failed(reason: string, problem: "refused" | "failed" = "failed"): Verdict {
  return { outcome: { type: "failed", reason }, problem };
}

export function unconfirmed(reason: string): Verdict {
  return { outcome: { type: "unconfirmed", reason }, problem: "unconfirmed" };
}

/** Back in line until `dueAt`; `counts`: something was tried. */
export function later(
  row: Claimed,
  dueAt: Date,
  why: string,
  pauseLane: "place" | "all" | null,
  counts = true,
): Verdict {
  const reason = inDoubt(row) ? doubtful(why) : why;
  return { outcome: { type: "later", dueAt, reason, pauseLane, counts }, problem: null };
}

/** true 36 hours after it was due; an operator who sends it again makes it due anew. */
export function isTooOld({ dueAt }: Claimed, now: Date): boolean {
  return now.getTime() - dueAt.getTime() > TOO_OLD_MS;
}

/** The end of a message that is old news; one that may have arrived is not said to have failed. */
export function tooOld(row: Claimed): Verdict {
  return inDoubt(row) ? unconfirmed("too old to look for") : failed(TOO_OLD);
}

/** What an error means for a delivery: certainly not arrived → again later; perhaps arrived → only where that is safe. */
export function afterError(
  error: DeliveryError,
  row: Claimed,
  { abilities }: Platform,
  now: Date,
  random: () => number,
): Verdict {
  const reason = reasonText(error.code, error.refusal, error.detail);
  const backoff = backoffMs(SEND_AGAIN, row.attempts, random);
  const after = (ms: number): Date => new Date(now.getTime() + ms);
  const lane = error.scope === "all" ? "all" : "place";
  switch (error.code) {
    case "rate_limited": {
      const wish = error.retryAfterMs ?? backoff;
      return later(row, after(Math.min(Math.max(wish, 250), LONGEST_WISH_MS)), reason, lane);
    }
    case "unreachable":
      return later(row, after(backoff), reason, lane);
    case "unknown_outcome": {
      if (row.delivery.act !== "post") return later(row, after(backoff), reason, "place");
      if (abilities.find === "none") return unconfirmed(reason);
      if (abilities.find === "history")
        return later(row, after(Math.max(backoff, LOOK_AFTER_MS)), doubtful(reason), "place");
      const dueAt = after(backoff);
      return keyHolds(row, dueAt) ? later(row, dueAt, doubtful(reason), "place") : unconfirmed(reason);
    }
    case "target_gone":
    case "forbidden":
      if (error.scope === "all") return later(row, after(Math.max(backoff, MENDED_AFTER_MS)), reason, "all");
      return failed(reason, error.scope === "message" ? "failed" : "refused");
    case "rejected": {
      if (row.plain) return failed(reason);
      return {
        outcome: { type: "plain", reason: inDoubt(row) ? doubtful(reason) : reason },
        problem: null,
      };
    }
  }
}
