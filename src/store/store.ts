import type { Address, MessageRef } from "../core/place.ts";
import type { Message } from "../message/message.ts";

/** A message on its way to a place where nobody waits for it. */
export interface Delivery {
  /** Unique, at most 50 characters, the same on every attempt: platforms that take a key use it to send once. */
  readonly key: string;
  readonly to: Address;
  readonly message: Message;
  readonly dueAt: Date;
  /** The delivery in whose thread this one goes; it waits until that one has arrived. */
  readonly parentKey: string | null;
}

export type DeliveryState =
  | { readonly state: "waiting"; readonly dueAt: Date; readonly reason: string | null }
  | { readonly state: "sent"; readonly ref: MessageRef }
  /** May have arrived; it is not sent again blindly. */
  | { readonly state: "unconfirmed"; readonly reason: string }
  | { readonly state: "failed"; readonly reason: string };

/** A delivery as the outbox holds it. `to` carries the parent's thread once that is known. */
export interface OutboxRow {
  readonly delivery: Delivery;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly firstTriedAt: Date | null;
}

/** What must be remembered. Every method is one transaction. */
export interface Store {
  /** Takes an inbound message on; false when it was taken on before. */
  accept(inboundId: string, at: Date): Promise<boolean>;
  /** Claims a slot and puts what it sends into the outbox; false, and nothing written, when it was claimed before. */
  claimSlot(slot: string, at: Date, deliveries: readonly Delivery[]): Promise<boolean>;
  /** Takes up to `limit` deliveries that are due, parents before children, so that nobody else takes them until settled. */
  claimDeliveries(now: Date, limit: number): Promise<readonly OutboxRow[]>;
  /** Writes what became of an attempt and gives the delivery back. A failed parent fails its children. */
  settle(key: string, state: DeliveryState, at: Date): Promise<void>;
  /** When the next delivery falls due; null when none waits. */
  nextDueAt(): Promise<Date | null>;
  outbox(): Promise<readonly OutboxRow[]>;
}
