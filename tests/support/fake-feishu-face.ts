import type { ChatFake, ChatPost } from "./chat-fake.ts";
import type * as callback from "./fake-feishu-callback.ts";
import type { TopicRule } from "./fake-feishu-chats.ts";
import type { SlashCommand } from "./fake-feishu-commands.ts";
import type { FakeEndpoint, Fault } from "./fake-feishu-faults.ts";
import type { FakeCall } from "./fake-feishu-http.ts";
import type { FakePost } from "./fake-feishu-messages.ts";
import type { By, Clicked, SayOptions } from "./fake-feishu-people.ts";
import type { Ack, ClientConfig } from "./fake-feishu-socket.ts";
import type { FakeFile } from "./fake-feishu-uploads.ts";

export interface Credentials<Receive> {
  readonly appId: string;
  readonly appSecret: string;
  readonly receive: Receive;
  readonly domain: string;
}

/** What a test has in its hands; fake-feishu.ts is the manual. */
export interface FakeFeishu extends ChatFake {
  readonly url: string;
  readonly appId: string;
  readonly appSecret: string;
  /** What the adapter is given for a long connection, and for HTTP. */
  readonly credentials: Credentials<"ws">;
  readonly httpCredentials: Credentials<{ readonly encryptKey: string; readonly verificationToken: string }>;
  readonly calls: readonly FakeCall[];
  readonly acks: readonly Ack[];
  /** Everything that was sent as a file. */
  readonly files: readonly FakeFile[];
  readonly slashCommands: readonly SlashCommand[];
  /** Granted to the app; those of `FAKE_SCOPES` at first. */
  readonly scopes: Set<string>;
  addChat(id: string, topics?: TopicRule): void;
  /** The id of a person's direct chat with the bot. */
  chatWith(user?: string): string;
  /** Sends a message and resolves with its id and acknowledgement. */
  say(text: string, how: "mention" | "direct", options?: SayOptions): Promise<{ id: string; ack: Ack }>;
  mention(text: string, options?: SayOptions): Promise<FakePost>;
  direct(text: string, options?: SayOptions): Promise<FakePost>;
  inThread(text: string, options: { readonly root: string; readonly user?: string }): Promise<Ack | null>;
  click(message: ChatPost, label: string, options?: By): Promise<Clicked>;
  submit(message: ChatPost, values: Readonly<Record<string, string>>, options?: By): Promise<Clicked>;
  menu(eventKey: string, options?: By): Promise<Ack>;
  enter(user?: string): Promise<Ack>;
  join(chat: string, by?: string): Promise<Ack>;
  leave(chat: string, by?: string): Promise<Ack>;
  disband(chat: string, by?: string): Promise<Ack>;
  rename(chat: string, name: string, by?: string): Promise<Ack>;
  /** A message is taken back (230011) or deleted (230110, 231003), or the topic below it is closed (230019). */
  lose(message: Pick<ChatPost, "id">, code: 230011 | 230110 | 231003 | 230019): void;
  /** Pushes any event, or the last one again. */
  push(event: object): Promise<Ack>;
  redeliver(options?: { readonly newMessageId: boolean }): Promise<Ack>;
  /** Delivers again all that was not acknowledged with 200, as Feishu does after 15 s, 5 min, 1 h and 6 h. */
  retry(): Promise<readonly Ack[]>;
  posts(channel?: string): readonly FakePost[];
  /** Resolves with the next message or edit that fits. */
  next(fits: (post: FakePost) => boolean): Promise<FakePost>;
  failNext(endpoint: FakeEndpoint, fault: Fault): void;
  /** A share of the calls from now on, from 0 to 1. */
  failShare(endpoints: readonly FakeEndpoint[], share: number, fault: Fault, seed?: number): void;
  /** Whether Feishu's rates are enforced, and how many calls they have refused. */
  limits(on: boolean): void;
  throttled(): number;
  /** Every token handed out so far is refused from now on. */
  expireTokens(): void;
  connected(): Promise<void>;
  connections(): number;
  dropConnection(): Promise<void>;
  halfOpen(): void;
  /** What the endpoint and the pongs tell clients from now on, in seconds. */
  configure(config: Partial<ClientConfig>): void;
  /** From now on events and callbacks go by HTTP to this address; null: by the long connection again. */
  deliverTo(url: string | null): void;
  /** One request to that address, right or wrong; a message of FAKE_USER unless an event is given. */
  request(wrong: callback.Wrong | null, event?: object): Promise<callback.HttpAnswer>;
  challenge(word: string, wrong?: callback.Wrong | null): Promise<callback.HttpAnswer>;
}
