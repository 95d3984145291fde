import type { ChatPost } from "./chat-fake.ts";

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
}

export interface FakeChannel {
  readonly id: string;
  readonly member: boolean;
  readonly archived: boolean;
}

/** An answer that only one person sees, or one that came through a response_url. */
export interface SlackAnswer extends SlackMessage {
  readonly shown: "ephemeral" | "in_channel" | "replaced" | "posted";
  readonly through: "acknowledgement" | "response_url" | "chat.postMessage";
}

/** Resolvers waiting for something that satisfies them. */
export class Waiters<T> {
  #waiting: { test: (value: T) => boolean; resolve: (value: T) => void; reject: (error: Error) => void }[] =
    [];

  next(test: (value: T) => boolean): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ test, resolve, reject });
    });
  }

  tell(value: T): void {
    const served = this.#waiting.filter((waiter) => waiter.test(value));
    this.#waiting = this.#waiting.filter((waiter) => !served.includes(waiter));
    for (const waiter of served) waiter.resolve(value);
  }

  giveUp(reason: string): void {
    for (const waiter of this.#waiting.splice(0)) waiter.reject(new Error(reason));
  }
}

/** Everything the fake workspace holds. Time stands still but for the order of messages. */
export class FakeWorkspace {
  readonly calls: SlackCall[] = [];
  readonly messages: SlackMessage[] = [];
  readonly channels = new Map<string, FakeChannel>();
  readonly posted = new Waiters<SlackMessage>();
  readonly called = new Waiters<SlackCall>();
  readonly #faults = new Map<string, SlackFault[]>();
  #counter = 0;

  /** The number in ids: 1, 2, 3, … */
  count(): number {
    this.#counter += 1;
    return this.#counter;
  }

  readonly #from: number;

  constructor(from: Date) {
    this.#from = Math.floor(from.getTime() / 1_000);
  }

  /** Like Slack's: seconds and six digits, strictly increasing. */
  nextTs(): string {
    const count = this.count();
    return `${this.#from + count}.${String(count).padStart(6, "0")}`;
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

  replace(message: SlackMessage): void {
    const index = this.messages.findIndex((old) => old.channel === message.channel && old.id === message.id);
    if (index >= 0) this.messages[index] = message;
  }
}

/** A person's direct message with the bot. */
export function directChannel(user: string): string {
  return `D${user.slice(1)}`;
}
