import type { Budgets } from "../core/budget.ts";
import type { Address, MessageRef, Person, PlatformName } from "../core/place.ts";
import type { Message } from "../message/message.ts";

/** What a platform can do, as data: callers ask instead of trying. */
export interface Abilities {
  /** Posts can go into a thread below another message. */
  readonly threads: boolean;
  readonly edits: boolean;
  /** A message can carry a file. */
  readonly files: boolean;
  readonly buttons: boolean;
  /** A slash command can be answered so that only its caller sees it. */
  readonly private: boolean;
  /** How an unconfirmed post can be found again: its key makes a resend safe, the history can be read, or not at all. */
  readonly find: "key" | "history" | "none";
}

/** The state of a connection, for logs and health. */
export interface Health {
  readonly state: "stopped" | "connecting" | "connected" | "reconnecting" | "failed";
  readonly detail: string | null;
}

/**
 * Answers whoever is waiting. `audience`: "caller" where only they should see it (as far as the platform can),
 * "channel" for everyone there. Whether the answer takes the place of a clicked message is the button's word.
 */
export type Reply = (message: Message, how: { readonly audience: "caller" | "channel" }) => Promise<void>;

/** How a command line came in. */
export type Via = "slash" | "mention" | "direct" | "click" | "terminal";

/** Something a platform brought in. `id` is the same when the platform delivers it again. */
export interface Inbound {
  readonly type: "command";
  readonly id: string;
  readonly at: Date;
  readonly actor: Person;
  readonly address: Address;
  /** What is set there belongs to it: the channel, or the person in direct messages. */
  readonly place: Address;
  readonly via: Via;
  /** The text after the mention or the slash command, decoded from the platform's escapes. */
  readonly line: string;
  /** The message it came from, where there is one. */
  readonly ref: MessageRef | null;
  readonly reply: Reply;
}

export type OnInbound = (inbound: Inbound) => Promise<void>;

/** A message that arrived at the platform. */
export interface Posted {
  readonly ref: MessageRef;
}

/** What is known of an earlier post with this key. */
export type Found =
  { readonly state: "posted"; readonly ref: MessageRef } | { readonly state: "absent" | "unknown" };

/** A chat platform. `post` and `edit` reject with DeliveryError only. */
export interface Platform {
  readonly name: PlatformName;
  readonly abilities: Abilities;
  /** How much it takes in; what a claim from the outbox keeps within. */
  readonly budgets: Budgets;
  health(): Health;
  /** Resolves once the platform is reachable; rejects with PlatformStartError when it cannot work as configured. */
  start(onInbound: OnInbound): Promise<void>;
  /** Resolves when no more inbound arrives and what was in flight is done, or after the platform's own limit. */
  stop(): Promise<void>;
  /** Posts a message; `key` is the delivery's (at most 50 characters) and is the same on every attempt. */
  post(to: Address, message: Message, key: string): Promise<Posted>;
  edit(ref: MessageRef, message: Message): Promise<void>;
  /** Looks for an unconfirmed delivery, where `abilities.find` is "history". */
  find(to: Address, key: string, since: Date): Promise<Found>;
}

export const DELIVERY_CODES = [
  "rate_limited",
  "unreachable",
  "unknown_outcome",
  "target_gone",
  "forbidden",
  "rejected",
] as const;
/**
 * rate_limited, unreachable: surely not sent, try later. unknown_outcome: may have arrived. target_gone, forbidden:
 * the destination or the installation refuses. rejected: the payload was refused.
 */
export type DeliveryCode = (typeof DELIVERY_CODES)[number];

/** What a refusal is about: the message edited or threaded under, the place, or everything this installation sends. */
export type DeliveryScope = "message" | "place" | "all";

/** Why a post or edit did not succeed; `detail` carries the platform's own code, never a secret or message text. */
export class DeliveryError extends Error {
  override readonly name = "DeliveryError";
  readonly code: DeliveryCode;
  readonly detail: string;
  readonly retryAfterMs: number | null;
  readonly scope: DeliveryScope;
  constructor(
    code: DeliveryCode,
    detail: string,
    retryAfterMs: number | null = null,
    scope: DeliveryScope = "place",
  ) {
    super(`${code}: ${detail}`);
    this.code = code;
    this.detail = detail;
    this.retryAfterMs = retryAfterMs;
    this.scope = scope;
  }
}

/** A platform cannot start: what is wrong, and what the operator does next. */
export class PlatformStartError extends Error {
  override readonly name = "PlatformStartError";
  readonly fix: string;
  /** true: trying again later may help (nobody answered); false: the configuration is wrong. */
  readonly retryable: boolean;
  constructor(what: string, fix: string, retryable: boolean) {
    super(what);
    this.fix = fix;
    this.retryable = retryable;
  }
}
