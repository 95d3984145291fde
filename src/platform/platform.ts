import type { IncomingMessage, ServerResponse } from "node:http";
import type { Budgets } from "../core/budget.ts";
import type { Finding } from "../core/finding.ts";
import type { Address, MessageRef, Person, PlatformName } from "../core/place.ts";
import type { Refusal } from "../core/refusal.ts";
import type { Choice, Form } from "../message/form.ts";
import type { Message } from "../message/message.ts";
import type { MayPost } from "./may-post.ts";

/**
 * What a platform can do, as data: callers ask instead of trying. Where it depends on what an admin has granted it is
 * right from the end of `start`, so it is read anew each time.
 */
export interface Abilities {
  /** Posts can go into a thread below another message. */
  readonly threads: boolean;
  readonly edits: boolean;
  /** Forms open over the chat, where somebody has just clicked or sent a slash command; stand in it as cards; or neither. */
  readonly forms: "modal" | "card" | "none";
  /** An answer can come with a file; it goes to the asker's direct messages. */
  readonly files: boolean;
  /** The permission that files need and that was not granted; null where that is not what is missing. */
  readonly filesNeed: string | null;
  readonly buttons: boolean;
  /** A slash command can be answered so that only its caller sees it. */
  readonly private: boolean;
  /** Messages that do not name the bot come in too, at least those in threads. */
  readonly reads: boolean;
  /** How an unconfirmed post can be found again: its key makes a resend safe, the history can be read, or not at all. */
  readonly find: "key" | "history" | "none";
}

/** The state of a connection, for logs and health. */
export interface Health {
  readonly state: "stopped" | "connecting" | "connected" | "reconnecting" | "failed";
  readonly detail: string | null;
}

/** How an answer is shown. */
export interface Shown {
  /** "caller" where only they should see it (as far as the platform can), "channel" for everyone there. */
  readonly audience: "caller" | "channel";
  /** To be filled in instead of reading the message, wherever it can be shown; where it cannot, the message stands. */
  readonly form?: Form;
  /**
   * What was sent or clicked was refused: a form stays open with the message's summary beside this field (null: beside no
   * certain one), and a message that was clicked keeps its place.
   */
  readonly refused?: { readonly field: string | null };
  /** Part of a discussion: where the clicked message that began it has no thread yet, the answer opens it. */
  readonly inDiscussion?: true;
}

/** Answers whoever is waiting. Whether the answer takes the place of a clicked message is the button's word. */
export type Reply = (message: Message, how: Shown) => Promise<void>;

/** How a command line came in; what comes by "direct" or "menu" is answered in direct messages. */
export type Via = "slash" | "mention" | "direct" | "menu" | "click" | "terminal";

/** Who did something and where. `id` is the same when the platform delivers it again. */
interface Source {
  readonly id: string;
  readonly at: Date;
  readonly actor: Person;
  /** The actor is of another company, in a place shared with it; not there where the platform does not say. */
  readonly isExternal?: true;
  readonly address: Address;
  /** What is set there belongs to it: the channel, or the person in direct messages. */
  readonly place: Address;
}

/** A line: the text after the mention or the slash command, decoded from the platform's escapes. */
export interface CommandInbound extends Source {
  readonly type: "command";
  readonly via: Via;
  readonly line: string;
  /** Its verb may come from a panel of ours, which has it in one language for all: it says nothing about its sender's. */
  readonly picked?: true;
  /** The message it came from, where there is one. */
  readonly ref: MessageRef | null;
  readonly reply: Reply;
}

/** A form that was sent: the fields by name, those left empty not there. */
export interface SubmittedInbound extends Source {
  readonly type: "submitted";
  readonly verb: string;
  readonly values: Readonly<Record<string, string>>;
  /** The message that the form was opened from or stands in, where there is one. */
  readonly ref: MessageRef | null;
  readonly reply: Reply;
}

/** Somebody types in a field of commitments and waits for what fits: at most 100, best first. */
export interface OptionsInbound extends Source {
  readonly type: "options";
  readonly typed: string;
  readonly offer: (choices: readonly Choice[]) => Promise<void>;
}

/** Somebody picked a message to be kept as evidence. */
export interface KeepInbound extends Source {
  readonly type: "keep";
  /** Who wrote the message; null where the platform does not say, or it was a bot. */
  readonly author: Person | null;
  /** Of the message, decoded; it is read for links and ids and not kept. */
  readonly text: string;
  readonly ref: MessageRef;
  readonly reply: Reply;
}

/** Something without text, such as an image, in direct messages: its sender waits for an answer. */
export interface UnreadInbound extends Source {
  readonly type: "unread";
  readonly ref: MessageRef;
  readonly reply: Reply;
}

/** Somebody opened the bot's own page. */
export interface HomeInbound extends Source {
  readonly type: "home";
  readonly show: (home: Message) => Promise<void>;
}

/** Something that people wrote in a thread without naming the bot; `address.thread` is set. */
export interface MessageInbound extends Source {
  readonly type: "message";
  readonly text: string;
  readonly ref: MessageRef;
}

/**
 * What became of a place. joined: the bot was taken in, or somebody opened their direct messages with it. left: it was
 * taken out. gone: the channel is archived, deleted or disbanded. back: it is unarchived. renamed: the name only. moved:
 * it has another id from now on, in `to`.
 */
export interface PlaceInbound {
  readonly type: "place";
  readonly what: "joined" | "left" | "gone" | "back" | "renamed" | "moved";
  readonly id: string;
  readonly at: Date;
  readonly place: Address;
  /** Who did it, where the platform says so. */
  readonly actor: Person | null;
  readonly to: Address | null;
}

/** Something a platform brought in. */
export type Inbound =
  | CommandInbound
  | SubmittedInbound
  | OptionsInbound
  | KeepInbound
  | UnreadInbound
  | HomeInbound
  | MessageInbound
  | PlaceInbound;

/**
 * Takes what came in. Once it has replied, or has resolved, everything that it changes is stored: only then may the
 * platform be told that the event has arrived. It rejects where nothing could be stored; then the event should come again.
 */
export type OnInbound = (inbound: Inbound) => Promise<void>;

/** A message that arrived at the platform. */
export interface Posted {
  readonly ref: MessageRef;
}

/** What is known of an earlier post with this key. */
export type Found =
  { readonly state: "posted"; readonly ref: MessageRef } | { readonly state: "absent" | "unknown" };

/** A path of Qushi's one HTTP server and what answers there; it never rejects. */
export interface Callback {
  readonly path: `/${string}`;
  readonly handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
}

/** A chat platform. `post` and `edit` reject with DeliveryError only. */
export interface Platform {
  readonly name: PlatformName;
  readonly abilities: Abilities;
  /** Where the platform calls us; null where we call it. It answers 503 before `start` and after `stop`. */
  readonly callback: Callback | null;
  /** How much it takes in; what a claim from the outbox keeps within. */
  readonly budgets: Budgets;
  health(): Health;
  /** What an admin has not granted, each with what is lost and the fix, as far as it is known without asking. */
  lacks(): readonly Finding[];
  /** Resolves once the platform is reachable; rejects with PlatformStartError when it cannot work as configured. */
  start(onInbound: OnInbound): Promise<void>;
  /** Resolves when no more inbound arrives and what was in flight is done, or after the platform's own limit. */
  stop(): Promise<void>;
  /** Posts a message; `key` is the delivery's (at most 50 characters) and is the same on every attempt. */
  post(to: Address, message: Message, key: string): Promise<Posted>;
  edit(ref: MessageRef, message: Message): Promise<void>;
  /** Where a message can be looked at in a browser or in the app; null where there is no such address. */
  link(ref: MessageRef): string | null;
  /** Asked while somebody waits: never rejects, and "unknown" comes rather than anything later than a second. */
  mayPost(to: Address): Promise<MayPost>;
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

/**
 * Why a post or edit did not succeed; `refusal` says what is wrong with the place, where the adapter knows. `detail`
 * carries the platform's own code, for operators, never a secret or message text.
 */
export class DeliveryError extends Error {
  override readonly name = "DeliveryError";
  readonly code: DeliveryCode;
  readonly detail: string;
  readonly retryAfterMs: number | null;
  readonly scope: DeliveryScope;
  readonly refusal: Refusal | null;
  constructor(
    code: DeliveryCode,
    detail: string,
    retryAfterMs: number | null = null,
    scope: DeliveryScope = "place",
    refusal: Refusal | null = null,
  ) {
    super(`${code}: ${detail}`);
    this.code = code;
    this.detail = detail;
    this.retryAfterMs = retryAfterMs;
    this.scope = scope;
    this.refusal = refusal;
  }
}
