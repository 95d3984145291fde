import type { ChatPost } from "./chat-fake.ts";
import { Waiters } from "./fake-slack-waiters.ts";

export { Waiters };

export const TEAM = "T0QUSHI";
export const BOT = "B0QUSHI";
export const BOT_USER = "U0QUSHI";
export const APP = "A0QUSHI";

/** A call of the Web API or of a response_url. Which token came, never the token. */
export interface SlackCall {
  readonly method: string;
  readonly token: "bot" | "app" | "other" | "none";
  /** The arguments, JSON values parsed. */
  readonly params: Readonly<Record<string, unknown>>;
}

/** What goes wrong with the next call of a method. */
export interface SlackFault {
  /** An HTTP status instead of an answer. */
  readonly status?: number;
  /** `{ok: false, error}`. */
  readonly error?: string;
  /** HTTP 429 with this Retry-After in seconds; null: without the header. */
  readonly retryAfter?: number | null;
  /** No answer at all, until the fake closes. */
  readonly hang?: boolean;
  /** The call is carried out, then the connection is cut before the answer. */
  readonly cutAfterAccept?: boolean;
  /** A page of HTML, as a proxy might send. */
  readonly garbage?: boolean;
}

/** A message in a channel, of the bot or of a person. */
export interface SlackMessage extends ChatPost {
  readonly channel: string;
  readonly by: string;
  /** The delivery key in its metadata. */
  readonly key: string | null;
  /** All of its metadata, as it was sent. */
  readonly metadata?: unknown;
}

export interface FakeChannel {
  readonly id: string;
  readonly member: boolean;
  readonly archived: boolean;
  readonly name?: string;
}

/** An answer that only one person sees, or one that came through a response_url. */
export interface SlackAnswer extends SlackMessage {
  readonly shown: "ephemeral" | "in_channel" | "replaced" | "posted" | "view";
  /** "view": a modal that opened or changed, whose view has the answer's id. */
  readonly through: "acknowledgement" | "response_url" | "chat.postMessage" | "view";
}

/** Where the clock of the fake stands, and what moves it. */
export interface FakeTime {
  /** By default it stands still at the beginning. */
  readonly now?: () => Date;
}

/** docs.slack.dev/interactivity/handling-user-interaction: a trigger_id is good for three seconds and for one call. */
const TRIGGER_MS = 3_000;

/** Scopes that the bot has from the start: what Qushi asks for at least. */
const GRANTED = [
  "app_mentions:read",
  "channels:read",
  "chat:write",
  "commands",
  "groups:read",
  "im:history",
  "users:read",
] as const;

/** Everything the fake workspace holds. */
export class FakeWorkspace {
  readonly calls: SlackCall[] = [];
  readonly messages: SlackMessage[] = [];
  readonly channels = new Map<string, FakeChannel>();
  readonly scopes = new Set<string>(GRANTED);
  /** Threads that admins have closed, as "channel ts". */
  readonly locked = new Set<string>();
  readonly posted = new Waiters<SlackMessage>();
  readonly called = new Waiters<SlackCall>();
  /** The app was taken out of the workspace: every call is refused. */
  uninstalled = false;
  readonly #faults = new Map<string, SlackFault[]>();
  readonly #triggers = new Map<string, { readonly user: string; readonly until: number; used: boolean }>();
  readonly #from: Date;
  readonly #own: (() => Date) | null;
  #counter = 0;
  #advanced = 0;

  constructor(from: Date, time: FakeTime = {}) {
    this.#from = from;
    this.#own = time.now ?? null;
  }

  /** The number in ids: 1, 2, 3, … */
  count(): number {
    this.#counter += 1;
    return this.#counter;
  }

  /** Milliseconds since 1970. */
  now(): number {
    return (this.#own?.() ?? this.#from).getTime() + this.#advanced;
  }

  advance(ms: number): void {
    this.#advanced += ms;
  }

  /** Like Slack's: seconds and six digits, strictly increasing; a clock that stands still goes on by a second each. */
  nextTs(): string {
    const count = this.count();
    const second = Math.floor(this.now() / 1_000) + (this.#own === null ? count : 0);
    return `${second}.${String(count).padStart(6, "0")}`;
  }

  /** A trigger_id for whoever just clicked or sent a command. */
  openTrigger(user: string): string {
    const id = `trigger.${this.count()}`;
    this.#triggers.set(id, { user, until: this.now() + TRIGGER_MS, used: false });
    return id;
  }

  /** Uses a trigger_id up: whose it is, or Slack's code for why not. */
  takeTrigger(id: string): { readonly user: string } | { readonly error: string } {
    const trigger = this.#triggers.get(id);
    if (trigger === undefined) return { error: "invalid_trigger_id" };
    if (trigger.used) return { error: "exchanged_trigger_id" };
    if (this.now() >= trigger.until) return { error: "expired_trigger_id" };
    trigger.used = true;
    return { user: trigger.user };
  }

  record(call: SlackCall): void {
    this.calls.push(call);
    this.called.tell(call);
  }

  failNext(method: string, fault: SlackFault): void {
    this.#faults.set(method, [...(this.#faults.get(method) ?? []), fault]);
  }

  takeFault(method: string): SlackFault | null {
    return this.#faults.get(method)?.shift() ?? null;
  }

  find(channel: string, ts: string): SlackMessage | undefined {
    return this.messages.find((message) => message.channel === channel && message.id === ts);
  }

  add(message: SlackMessage): void {
    this.messages.push(message);
    if (message.by === BOT_USER) this.posted.tell(message);
  }

  /** A channel's messages stand under another id from now on. */
  move(channel: string, to: string): void {
    this.messages.forEach((message, index) => {
      if (message.channel === channel) this.messages[index] = { ...message, channel: to };
    });
  }

  /**
   * A message is deleted. Where it has replies the thread stays under a notice of Slack's own, which nobody can edit; else
   * there is nothing left to reply to.
   */
  remove({ channel, id }: Pick<SlackMessage, "channel" | "id">): void {
    const index = this.messages.findIndex((old) => old.channel === channel && old.id === id);
    const old = this.messages[index];
    if (old === undefined) throw new Error(`no message ${id} in ${channel}`);
    const hasReplies = this.messages.some((each) => each.channel === channel && each.thread === id);
    const text = "This message was deleted.";
    if (!hasReplies) this.messages.splice(index, 1);
    else this.messages[index] = { ...old, by: "USLACKBOT", key: null, payload: { text }, text };
  }

  replace(message: SlackMessage): void {
    const index = this.messages.findIndex((old) => old.channel === message.channel && old.id === message.id);
    if (index >= 0) this.messages[index] = message;
  }
}

/** A person's direct message with the bot. */
export function directChannel(user: string): string {
  return `D${user.slice(1)}`;
}
