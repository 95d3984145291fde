/**
 * A Feishu on loopback that the official SDK accepts, strict in what its pages say: tokens that end, the long
 * connection with its protobuf frames or signed and encrypted HTTP, messages, edits, files, chats, slash commands, rates.
 *
 *   const feishu = await startFakeFeishu();
 *   const platform = createFeishu({ ...feishu.credentials, log, now });   // or httpCredentials, and then deliverTo(url)
 *   await platform.start(onInbound);
 *   const answer = await feishu.mention("光明 算力");                // a person @s the bot in FAKE_CHAT; the bot's answer
 *   const direct = await feishu.direct("清单南山");                  // in the person's direct messages
 *   const { shown } = await feishu.click(direct, "下一页");          // what the person sees after a click
 *   const sent = await feishu.submit(form, { value: "8.2" });        // fills in a form card and sends it
 *   await feishu.menu("board"); await feishu.enter(); await feishu.join("oc_new"); await feishu.leave("oc_new");
 *   await feishu.redeliver({ newMessageId: true });                  // the last event again
 *   feishu.failNext("create", { code: 230020, reset: 2 });           // the next call of that kind fails
 *   feishu.limits(true);                                             // 5/s a chat, 50/s and 1,000/min, on the fake's clock
 *   await feishu.dropConnection(); feishu.halfOpen();                // the long connection is cut, or falls silent
 *   feishu.calls                                                     // every HTTP call: endpoint, path, body, no credentials
 *   await feishu.close();
 *
 * A message can only be posted to a chat the bot is in: FAKE_CHAT is there, others after addChat() or join(). `mention`
 * and `direct` resolve with the next message that answers theirs, so await them only where an answer comes; `say` resolves
 * with the acknowledgement alone. Tests set their own time limit; closing the fake rejects what still waits.
 */
import type { ChatAnswer, ChatFake, ChatPost } from "./chat-fake.ts";
import * as callback from "./fake-feishu-callback.ts";
import { FakeChats } from "./fake-feishu-chats.ts";
import { FakeCommands, type SlashCommand } from "./fake-feishu-commands.ts";
import { FAKE_VERIFICATION_TOKEN } from "./fake-feishu-events.ts";
import { Faults, type FakeEndpoint, type Fault } from "./fake-feishu-faults.ts";
import { FakeHttp, type FakeCall } from "./fake-feishu-http.ts";
import { FakeMessages, type FakePost } from "./fake-feishu-messages.ts";
import { FAKE_CHAT, FAKE_USER, FakePeople, type Clicked, type SayOptions } from "./fake-feishu-people.ts";
import { Rates } from "./fake-feishu-rates.ts";
import { FAKE_APP_ID, FAKE_SCOPES } from "./fake-feishu-routes.ts";
import { FakeSocket, type Ack, type ClientConfig } from "./fake-feishu-socket.ts";
import { FakeUploads, type FakeFile } from "./fake-feishu-uploads.ts";

export { FAKE_CHAT, FAKE_USER } from "./fake-feishu-people.ts";
export type { Clicked, SayOptions } from "./fake-feishu-people.ts";
export const FAKE_APP_SECRET = "fake0secret0of0the0app0000000000";

interface Credentials<Receive> {
  readonly appId: string;
  readonly appSecret: string;
  readonly receive: Receive;
  readonly domain: string;
}
interface By {
  readonly user?: string;
}

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
  addChat(id: string, options?: { threads: boolean }): void;
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

/** `now` is the fake's clock: the time events carry and everything ends by; a fixed one unless given. */
export async function startFakeFeishu(
  options: { now?: () => Date; appSecret?: string; encryptKey?: string } = {},
): Promise<FakeFeishu> {
  const { now = () => new Date("2026-03-02T01:07:00Z"), appSecret = FAKE_APP_SECRET } = options;
  const { encryptKey = callback.FAKE_ENCRYPT_KEY } = options;
  const [chats, uploads, commands, faults] = [
    new FakeChats(),
    new FakeUploads(),
    new FakeCommands(),
    new Faults(),
  ];
  const messages = new FakeMessages(chats, uploads, now);
  const rates = new Rates(() => now().getTime());
  const scopes = new Set(FAKE_SCOPES);
  const state = { messages, chats, uploads, commands, rates, scopes, now };
  chats.add(FAKE_CHAT, true);

  const acks: Ack[] = [];
  const http: FakeHttp = new FakeHttp(appSecret, state, faults, () => socket.config);
  const socket = new FakeSocket(http.server, acks);
  let address: string | null = null;
  let last: object | null = null;
  const unacknowledged: object[] = [];

  const target = () => {
    if (address === null) throw new Error("deliverTo has no address");
    return { url: address, encryptKey, now };
  };
  async function push(event: object, fragments?: number): Promise<Ack> {
    last = event;
    if (address === null) return kept(event, await socket.push(event, fragments));
    const ack = callback.acknowledged(await callback.deliver(event, target()));
    acks.push(ack);
    return kept(event, ack);
  }
  function kept(event: object, ack: Ack): Ack {
    if (ack.code !== 200) unacknowledged.push(event);
    return ack;
  }
  const people = new FakePeople(state, push);
  const delivered = (): object => {
    if (last === null) throw new Error("nothing was delivered yet");
    return last;
  };

  await http.listen();
  const { url, calls } = http;
  return {
    name: "feishu",
    url,
    appId: FAKE_APP_ID,
    appSecret,
    credentials: { appId: FAKE_APP_ID, appSecret, receive: "ws", domain: url },
    httpCredentials: {
      appId: FAKE_APP_ID,
      appSecret,
      receive: { encryptKey, verificationToken: FAKE_VERIFICATION_TOKEN },
      domain: url,
    },
    calls,
    acks,
    files: uploads.files,
    get slashCommands() {
      return commands.all();
    },
    scopes,
    addChat: (id, { threads } = { threads: true }) => chats.add(id, threads),
    chatWith: (user = FAKE_USER) => chats.direct(user),
    say: (text, how, given) => people.say(text, how, given),
    mention: (text, given) => people.heard(text, "mention", given),
    direct: (text, given) => people.heard(text, "direct", given),
    inThread: (text, given) => people.inThread(text, given),
    click: (message, label, { user } = {}) => people.click(message, label, user),
    submit: (message, values, { user } = {}) => people.submit(message, values, user),
    menu: (key, { user = FAKE_USER } = {}) => people.happen({ type: "menu", key, user }),
    enter: (user = FAKE_USER) => people.happen({ type: "entered", chat: chats.direct(user), user }),
    join: (chat, user = FAKE_USER) => {
      chats.set(chat, { state: "in" });
      return people.happen({ type: "joined", chat, user, name: chats.name(chat) });
    },
    leave: (chat, user = FAKE_USER) => {
      chats.set(chat, { state: "out" });
      return people.happen({ type: "left", chat, user, name: chats.name(chat) });
    },
    disband: (chat, user = FAKE_USER) => {
      chats.set(chat, { state: "disbanded" });
      return people.happen({ type: "disbanded", chat, user, name: chats.name(chat) });
    },
    rename: (chat, name, user = FAKE_USER) => {
      const before = chats.name(chat);
      chats.set(chat, { name });
      return people.happen({ type: "renamed", chat, user, name, before });
    },
    push: (event) => push(event),
    redeliver: async ({ newMessageId } = { newMessageId: false }) =>
      push(newMessageId ? people.anew(delivered()) : delivered()),
    retry: () => Promise.all(unacknowledged.splice(0).map((event) => push(event))),
    posts: (channel) => messages.posts(channel),
    next: (fits) => people.next(fits),
    failNext: (endpoint, fault) => faults.add(endpoint, fault),
    failShare: (endpoints, share, fault, seed = 1) => faults.share(endpoints, share, fault, seed),
    limits: (on) => rates.enforce(on),
    throttled: () => rates.refused,
    expireTokens: () => http.expireTokens(),
    connected: async () => {
      await socket.connected();
    },
    connections: () => socket.connections(),
    dropConnection: async () => {
      await socket.connected();
      await socket.drop();
    },
    halfOpen: () => socket.halfOpen(),
    configure: (config) => {
      socket.config = { ...socket.config, ...config };
    },
    deliverTo: (to) => {
      address = to;
    },
    request: (wrong, event) => callback.deliver(event ?? people.message("帮助"), target(), wrong),
    challenge: (word, wrong) => callback.challenge(word, target(), wrong),
    ask: async (line, how): Promise<ChatAnswer> => {
      if (how === "mention") return people.heard(line, "mention");
      return people.heard(how === "slash" ? `/qushi ${line}` : line, "direct");
    },
    close: async () => {
      people.leave("the fake Feishu was closed while something still waited");
      await socket.close();
      await http.close();
    },
  };
}
