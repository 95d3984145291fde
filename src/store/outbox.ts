import type { Budget, Budgets } from "../core/budget.ts";
import type { Address, MessageRef } from "../core/place.ts";
import type { Message } from "../message/message.ts";

export type { Budget, Budgets };

/** A message on its way to a place where nobody waits for it. */
export interface Delivery {
  /** Unique, at most 50 characters, the same on every attempt: platforms that take a key use it to send once. */
  readonly key: string;
  readonly to: Address;
  /** A new message, or another text for the message that the delivery with this key became. */
  readonly act: "post" | { readonly edit: string };
  readonly message: Message;
  readonly dueAt: Date;
  /** The delivery in whose thread this one goes; it waits until that one has arrived. */
  readonly parentKey: string | null;
  /** The rule it was sent for; that rule is paused when the destination is gone. */
  readonly subscriptionId: string | null;
}

/**
 * waiting: due at `dueAt`. sending: taken by a worker until its lease ends. sent. unconfirmed: may have arrived, is
 * not sent again by itself. failed: will not arrive. dropped: somebody decided so.
 */
export type DeliveryState = "waiting" | "sending" | "sent" | "unconfirmed" | "failed" | "dropped";

/** The reason of a delivery that was not sent in time: nothing says that its place refuses it. */
export const TOO_OLD = "too old";

/** A delivery as the outbox holds it. `delivery.to` carries the parent's thread once that is known. */
export interface OutboxRow {
  readonly delivery: Delivery;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly firstTriedAt: Date | null;
  /** To be rendered plainly: the first form was refused. */
  readonly plain: boolean;
  /** Why it is where it is; never message text. */
  readonly reason: string | null;
  /** Where it arrived. */
  readonly ref: MessageRef | null;
  readonly dueAt: Date;
  readonly settledAt: Date | null;
}

/** A delivery that a worker has taken. `interrupted`: an earlier worker took it and never said what became of it. */
export interface Claimed extends OutboxRow {
  /** Fences off a worker whose lease has ended: settling needs the lease that was given. */
  readonly lease: string;
  readonly leaseUntil: Date;
  readonly interrupted: boolean;
  /** The message to edit, for an edit; null for a post. */
  readonly edits: MessageRef | null;
}

/** What became of an attempt. */
export type Outcome =
  | { readonly type: "sent"; readonly ref: MessageRef }
  /**
   * Once more; `pauseLane` holds up everything to the place, or to the whole platform, until then, and the delivery
   * keeps its turn (and its own `dueAt`) before what was put in line after it.
   */
  | {
      readonly type: "later";
      readonly dueAt: Date;
      readonly reason: string;
      readonly pauseLane: "place" | "all" | null;
      /** false: nothing was sent in this attempt, so it does not count as one. */
      readonly counts?: boolean;
    }
  /** The payload was refused: once more, plainly. */
  | { readonly type: "plain"; readonly reason: string }
  | { readonly type: "unconfirmed"; readonly reason: string }
  | { readonly type: "failed"; readonly reason: string };

/** A message and its replies as deliveries: the first is posted or edits another, the others go into its thread. */
export function threadOf(of: {
  readonly key: string;
  readonly to: Address;
  readonly messages: readonly Message[];
  readonly dueAt: Date;
  readonly subscriptionId: string | null;
  /** The delivery whose message the first one replaces; the replies of that one stand already. */
  readonly edits: string | null;
}): readonly Delivery[] {
  const { key, to, messages, dueAt, subscriptionId, edits } = of;
  const [parent, ...replies] = messages;
  if (parent === undefined) return [];
  const common = { to, dueAt, subscriptionId };
  if (edits !== null) return [{ ...common, key, act: { edit: edits }, message: parent, parentKey: null }];
  return [
    { ...common, key, act: "post", message: parent, parentKey: null },
    ...replies.map((message, at) => ({
      ...common,
      key: `${key}.${at + 1}`,
      act: "post" as const,
      message,
      parentKey: key,
    })),
  ];
}
