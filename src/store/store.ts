import type { Act } from "../core/act.ts";
import type { Day } from "../core/day.ts";
import type { CountedReply, Discussion, LinkOffer, Talk } from "../core/discussion.ts";
import type { Address, Person, PlatformName } from "../core/place.ts";
import type { RoleGrant } from "../core/roles.ts";
import type { Settings, Snapshot, Subscription } from "../core/subscription.ts";
import type { Inventory } from "../core/inventory.ts";
import type { Budgets, Claimed, Delivery, DeliveryState, Outcome, OutboxRow } from "./outbox.ts";

/** One line of the record, appended once and never changed. */
export type NewEntry = {
  /** Unique; a second one with the same id is not written. */
  readonly id: string;
  readonly commitmentId: string;
  /** Who, as a key into `people`; names and platform ids are not in the ledger. */
  readonly actorKey: string;
  readonly at: Date;
  readonly effectiveOn: Day;
  /** The place it came from and the message there; of direct messages it keeps the person's key in place of the id. */
  readonly from: { readonly address: Address; readonly message: string | null };
} & Act;
export type LedgerEntry = NewEntry & {
  /** Position in the ledger, from 1, without gaps that matter. */
  readonly seq: number;
};

/** Who changed or was refused what, where, when; message bodies are not stored. */
export interface AuditRow {
  readonly at: Date;
  readonly actor: Person | null;
  readonly where: Address | null;
  /** The verb, or the part of the program that did it by itself. */
  readonly what: string;
  readonly outcome: "done" | "refused";
  /** Ids, keys of people and reasons, such as "S-3" or "needs admin"; never a platform's id of a person. */
  readonly detail: string;
}
/** The same as it was kept: with the actor's key, which stays when the actor (then null) is forgotten. */
export interface AuditEntry extends AuditRow {
  readonly actorKey: string | null;
}

/** Somebody who acted: one person, however many accounts. */
export interface KnownPerson {
  /** What stands for the person now: compare people by it, since a key in the ledger may be older than a link. */
  readonly key: string;
  /** Oldest first; none once the person was forgotten. */
  readonly accounts: readonly Person[];
  readonly forgotten: boolean;
}

/** A role that a person was given, in one district or (null) in all. */
export interface GrantKey extends RoleGrant {
  readonly personKey: string;
}
export interface Grant extends GrantKey {
  /** The key of whoever gave it. */
  readonly grantedBy: string;
  readonly at: Date;
}

/** The dataset as it was when it was last compared: its targets in canonical text and its due dates, by commitment. */
export interface SeenDataset {
  readonly id: string;
  readonly version: string;
  readonly items: Readonly<Record<string, { readonly target: string | null; readonly due: Day | null }>>;
}

/** Everything that one act writes; it is written whole or not at all. */
export interface Change {
  readonly at: Date;
  /** An inbound message that is taken on with it; taken before → nothing is written. */
  readonly accept?: string;
  /** A slot that is claimed with it; claimed before → nothing is written. Begins with a rule's id, else it is kept for good. */
  readonly slot?: string;
  /**
   * Written over what stands under the same id. One that was read from the store carries its revision: changed or
   * ended by somebody else since → nothing is written.
   */
  readonly subscriptions?: readonly Subscription[];
  /** Subscriptions that end; their waiting deliveries are dropped. */
  readonly ended?: readonly string[];
  readonly settings?: readonly { readonly place: Address; readonly settings: Settings }[];
  readonly deliveries?: readonly Delivery[];
  /** What a digest tells; it counts once the delivery with `key` has arrived, or at once where that is null. */
  readonly snapshots?: readonly {
    readonly subscriptionId: string;
    readonly key: string | null;
    readonly snapshot: Snapshot;
  }[];
  readonly ledger?: readonly NewEntry[];
  /** Two keys turn out to be one person: accounts and grants of `from` go over to `into`. One of them forgotten meanwhile → nothing is written. */
  readonly links?: readonly { readonly from: string; readonly into: string }[];
  /**
   * Keys of people whose accounts, grants and settings are removed. Their personal rules end and what waits for them is
   * dropped; rules of a channel go on, owned by the bare key. The ledger stays as it is.
   */
  readonly forget?: readonly string[];
  /** Given again, the later giver stands. */
  readonly grants?: readonly Grant[];
  readonly revoked?: readonly GrantKey[];
  /** Takes the place of what was seen of the same dataset before. */
  readonly dataset?: SeenDataset;
  /**
   * A new discussion where its place has none of the commitment, else nothing is written; one that was read is written
   * back where nobody has written it since, else nothing is.
   */
  readonly discussions?: readonly Discussion[];
  readonly replies?: readonly CountedReply[];
  readonly offers?: readonly LinkOffer[];
  readonly audit?: readonly AuditRow[];
}

/** `changed_before`: a rule or a person in it was read before somebody else changed it; read it again and decide anew. */
export type Committed =
  | { readonly done: true }
  | { readonly done: false; readonly because: "accepted_before" | "claimed_before" | "changed_before" };

/** A store that cannot do what was asked now: full, locked by another process, unreachable. What was asked is not done. */
export class StoreError extends Error {
  override readonly name = "StoreError";
  readonly code: "busy" | "full" | "unreachable" | "newer" | "unusable";
  /** What the operator does next. */
  readonly fix: string;
  constructor(code: StoreError["code"], what: string, fix: string) {
    super(what);
    this.code = code;
    this.fix = fix;
  }
}

/** What must be remembered, in the program's own words. Every method but `prune` is one transaction; all reject with StoreError only. */
export interface Store {
  commit(change: Change): Promise<Committed>;

  /** A new id for a subscription, never given twice. */
  newSubscriptionId(): Promise<string>;
  subscription(id: string): Promise<Subscription | null>;
  /** Those of a place (its thread does not matter), or of an owner, or all; oldest first. */
  subscriptions(
    of: { readonly place: Address } | { readonly owner: Person } | "all",
  ): Promise<readonly Subscription[]>;
  /** Running subscriptions whose next slot is due, earliest first; costs what is due, not what exists. */
  dueSubscriptions(now: Date, limit: number): Promise<readonly Subscription[]>;
  settings(place: Address): Promise<Settings | null>;
  /** What the last digest of the subscription that arrived had told, and the delivery it went in. */
  snapshot(
    subscriptionId: string,
  ): Promise<{ readonly snapshot: Snapshot; readonly key: string | null } | null>;

  /**
   * Takes deliveries that are due and within budget, earliest first, parents before children, for `leaseMs`.
   * Deliveries whose lease has ended are taken too, as interrupted. A delivery counts against the budgets of its
   * platform when it is taken; where several processes share a database they share the budgets.
   */
  claim(request: {
    readonly now: Date;
    readonly limit: number;
    readonly leaseMs: number;
    readonly budgets: ReadonlyMap<PlatformName, Budgets>;
  }): Promise<readonly Claimed[]>;
  /**
   * Writes what became of an attempt, and `change` with it; false, and nothing written, when the lease is another's by
   * now. Rejects as busy, and nothing is written, where a rule in the change was changed since it was read.
   */
  settle(key: string, lease: string, outcome: Outcome, change: Change): Promise<boolean>;
  /** When a claim could next find something; null when nothing waits. */
  nextClaimAt(now: Date): Promise<Date | null>;
  delivery(key: string): Promise<OutboxRow | null>;
  /** Newest first. */
  outbox(of: {
    readonly states: readonly DeliveryState[];
    readonly limit: number;
  }): Promise<readonly OutboxRow[]>;
  inventory(): Promise<Inventory>;
  /** Puts an unconfirmed or failed delivery back in line now, or drops one that has not arrived; false when it is in neither state. */
  decide(key: string, decision: "retry" | "drop", change: Change): Promise<boolean>;

  /** Entries after a position, in order. */
  ledger(afterSeq: number, limit: number): Promise<readonly LedgerEntry[]>;
  /** Newest first. */
  audit(limit: number): Promise<readonly AuditEntry[]>;

  /** The key of whoever has an account: made where there is none, never given twice, the same for linked accounts. */
  personKey(person: Person): Promise<string>;
  /** Who a key of the ledger, of the audit or of a grant stands for now. */
  person(key: string): Promise<KnownPerson | null>;
  /** Oldest first. */
  grants(): Promise<readonly Grant[]>;
  /** Oldest first. */
  discussions(
    of: { readonly place: Address } | { readonly commitmentId: string } | "all",
  ): Promise<readonly Discussion[]>;
  /** The delivery that became a message, and those in its thread, oldest first; none where the message is not ours. */
  thread(place: Address, id: string): Promise<readonly OutboxRow[]>;
  /** What was counted in the discussions of a place, by their names, from a day on; those without replies are not there. */
  talk(place: Address, since: Day | null): Promise<ReadonlyMap<string, Talk>>;
  offer(id: string): Promise<LinkOffer | null>;
  /** The dataset that was written last. */
  seenDataset(): Promise<SeenDataset | null>;

  /**
   * Forgets what nobody will ask for any more, a little at a time: deliveries that were sent or dropped, links offered and slots of
   * rules ("S-3 …") after 90 days, accepted inbound ids after 14. Kept are what a kept delivery replies to or edits,
   * the digest that a channel was told last, and what a discussion stands on. Resolves with how many rows went.
   */
  prune(now: Date): Promise<number>;

  /** A consistent copy of everything as one file, while running. */
  backup(file: string): Promise<void>;
  close(): Promise<void>;
}
