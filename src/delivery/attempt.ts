import { placeOf, type PlatformName } from "../core/place.ts";
import { DeliveryError, type Found, type Platform } from "../platform/platform.ts";
import type { Claimed } from "../store/outbox.ts";
import { inDoubt, keyHolds, lookSince } from "./doubt.ts";
import { plainMessage } from "./plain.ts";
import { afterError, failed, isTooOld, later, tooOld, unconfirmed, type Verdict } from "./verdict.ts";
import type { Wait } from "./wait.ts";

/** Longer than the time limits of the adapters (10 to 15 s): only an adapter that breaks its word gets here. */
const SEND_LIMIT_MS = 20_000;
/** A platform that is not configured may be, after the next start. */
const CONFIGURED_AFTER_MS = 600_000;

/** Tries one delivery once and says what became of it; never rejects. */
export type Attempt = (row: Claimed) => Promise<Verdict>;

export function createAttempt(options: {
  readonly platforms: ReadonlyMap<PlatformName, Platform>;
  readonly clock: () => Date;
  readonly wait: Wait;
  readonly random: () => number;
}): Attempt {
  const { platforms, clock, wait, random } = options;

  return async (row) => {
    const { platform: name } = row.delivery.to;
    const platform = platforms.get(name);
    if (platform === undefined) {
      if (isTooOld(row, clock())) return tooOld(row);
      return later(row, after(clock(), CONFIGURED_AFTER_MS), `${name} is not configured`, "all");
    }
    try {
      const known = inDoubt(row) ? await within(wait, reconcile(row, platform, clock())) : null;
      if (known !== null) return known;
      if (isTooOld(row, clock())) return tooOld(row);
      // Right before sending: what is sent after the lease has ended may be sent by somebody else too.
      if (!leaseHolds(row, clock())) return later(row, row.dueAt, "the lease ran out", null, false);
      return await within(wait, send(row, platform));
    } catch (error) {
      return afterError(asDeliveryError(error), row, platform, clock(), random);
    }
  };
}

/** What is known of a post that may have arrived; null where it is safe to post it (again). */
async function reconcile(row: Claimed, platform: Platform, now: Date): Promise<Verdict | null> {
  const why = row.interrupted ? "interrupted while sending" : (row.reason ?? "no answer");
  switch (platform.abilities.find) {
    case "key":
      return keyHolds(row, now) ? null : unconfirmed(`too late to repeat: ${why}`);
    case "none":
      return unconfirmed(why);
    case "history": {
      const found = await lookFor(row, platform);
      if (found.state === "posted") return sent(found.ref);
      return found.state === "absent" ? null : unconfirmed(`not to be found out: ${why}`);
    }
  }
}

/** A place that cannot be read says nothing of what stands there: it is not held against the place. */
async function lookFor(row: Claimed, platform: Platform): Promise<Found> {
  try {
    return await platform.find(row.delivery.to, row.delivery.key, lookSince(row));
  } catch (error) {
    if (!(error instanceof DeliveryError) || error.scope === "all") throw error;
    if (["rate_limited", "unreachable", "unknown_outcome"].includes(error.code)) throw error;
    return { state: "unknown" };
  }
}

async function send(row: Claimed, platform: Platform): Promise<Verdict> {
  const { delivery, edits } = row;
  const message = row.plain ? plainMessage(delivery.message) : delivery.message;
  // What cannot be changed where it stands is said anew.
  if (delivery.act !== "post" && platform.abilities.edits) {
    if (edits === null) return failed("there is no message to edit");
    await platform.edit(edits, message);
    return sent(edits);
  }
  const to = platform.abilities.threads ? delivery.to : placeOf(delivery.to);
  const { ref } = await platform.post(to, message, delivery.key);
  return sent(ref);
}

function sent(ref: NonNullable<Claimed["ref"]>): Verdict {
  return { outcome: { type: "sent", ref }, problem: null };
}

/** true while a send that begins now ends before the lease does. */
function leaseHolds({ leaseUntil }: Claimed, now: Date): boolean {
  return leaseUntil.getTime() - now.getTime() >= SEND_LIMIT_MS;
}

async function within<Result>(wait: Wait, work: Promise<Result>): Promise<Result> {
  const done = new AbortController();
  const limit = wait(SEND_LIMIT_MS, done.signal).then((): never => {
    throw new DeliveryError("unknown_outcome", "the adapter did not answer in time");
  });
  limit.catch(() => undefined);
  try {
    return await Promise.race([work, limit]);
  } finally {
    done.abort();
  }
}

/** Adapters reject with DeliveryError only; of anything else nothing is certain. */
function asDeliveryError(error: unknown): DeliveryError {
  if (error instanceof DeliveryError) return error;
  return new DeliveryError("unknown_outcome", error instanceof Error ? error.name : "unexpected error");
}

function after(now: Date, ms: number): Date {
  return new Date(now.getTime() + ms);
}
