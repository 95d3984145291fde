import { createHash } from "node:crypto";
import { directTo, formatAddress, samePlace } from "../core/place.ts";
import type { Subscription } from "../core/subscription.ts";
import type { Message } from "../message/message.ts";
import type { Claimed } from "../store/outbox.ts";
import type { Change } from "../store/store.ts";
import type { ProblemKind } from "./verdict.ts";

/** A delivery that ends without arriving for certain, and the rule it was sent for. */
export interface DeliveryProblem {
  readonly kind: ProblemKind;
  readonly row: Claimed;
  /** As `reasonText` writes it; never message text. */
  readonly reason: string;
  readonly subscription: Subscription | null;
  readonly at: Date;
}

/** Makes what is written together with the end of such a delivery. */
export type OnProblem = (problem: DeliveryProblem) => Change | Promise<Change>;

/**
 * Pauses the rule whose place refuses, tells its owner by direct message, and leaves an audit row. `tell` words the
 * message; null tells nobody.
 */
export function problemChange(
  problem: DeliveryProblem,
  tell: (problem: DeliveryProblem, owner: Subscription) => Message | null,
): Change {
  const { kind, row, reason, subscription, at } = problem;
  // A rule that has gone over to another place since has nothing to do with the one that refuses.
  const pausing =
    kind === "refused" &&
    subscription !== null &&
    subscription.paused === null &&
    samePlace(row.delivery.to, subscription.to);
  const detail = [row.delivery.key, subscription?.id, pausing ? "paused" : null, reason];
  const audit = {
    at,
    actor: null,
    where: row.delivery.to,
    what: `delivery ${kind}`,
    outcome: "done",
    detail: detail.filter((part) => part !== null && part !== undefined).join(" · "),
  } as const;
  const told = subscription === null ? null : ownerDelivery(problem, subscription, tell);
  return {
    at,
    audit: [audit],
    ...(pausing ? { subscriptions: [{ ...subscription, paused: reason, nextAt: null }] } : {}),
    ...(told === null ? {} : { deliveries: [told] }),
  };
}

/** The owner's note; null where it would go to the very place that refuses. */
function ownerDelivery(
  problem: DeliveryProblem,
  subscription: Subscription,
  tell: (problem: DeliveryProblem, owner: Subscription) => Message | null,
): NonNullable<Change["deliveries"]>[number] | null {
  const { kind, row, at } = problem;
  const to = directTo(subscription.owner);
  // Whose rule is held already was told why; whose rule runs elsewhere by now has lost nothing.
  const isKnown = subscription.paused !== null || !samePlace(row.delivery.to, subscription.to);
  if (kind === "refused" && (isKnown || samePlace(to, row.delivery.to))) return null;
  const message = tell(problem, subscription);
  if (message === null) return null;
  // One note for each attempt that ended so: an operator may have put the delivery back in line.
  const name = `${kind} ${formatAddress(row.delivery.to)} ${row.delivery.key} ${row.lease}`;
  const key = `p:${createHash("sha256").update(name).digest("hex").slice(0, 40)}`;
  return { key, to, act: "post", message, dueAt: at, parentKey: null, subscriptionId: null };
}
