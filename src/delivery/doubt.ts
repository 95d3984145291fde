import type { Claimed } from "../store/outbox.ts";

/**
 * A delivery is in doubt once an attempt may have arrived, and stays so until it is settled for good. The outbox
 * remembers it in the reason, which an operator reads too.
 */
const MARK = "may have arrived: ";

/** A reason that keeps the doubt for the next attempt. */
export function doubtful(reason: string): string {
  return reason.startsWith(MARK) ? reason : `${MARK}${reason}`;
}

/** true where an earlier attempt may have posted it. Editing twice changes nothing, so an edit never is in doubt. */
export function inDoubt({ delivery, interrupted, reason }: Claimed): boolean {
  return delivery.act === "post" && (interrupted || (reason?.startsWith(MARK) ?? false));
}

/** Platforms honour a key for an hour; this leaves room for the request itself. */
const KEY_MS = 55 * 60_000;
/** Clocks of two machines may differ by this much. */
const SKEW_MS = 5 * 60_000;

/** true while the platform still knows the key of the first attempt. A clock that was turned back proves nothing. */
export function keyHolds({ firstTriedAt }: Claimed, at: Date): boolean {
  if (firstTriedAt === null) return true;
  const since = at.getTime() - firstTriedAt.getTime();
  return since <= KEY_MS && since >= -SKEW_MS;
}

/** From when on to look for a post that is in doubt. */
export function lookSince({ firstTriedAt, dueAt }: Claimed): Date {
  return new Date((firstTriedAt ?? dueAt).getTime() - SKEW_MS);
}
