/**
 * A Feishu on loopback that the official SDK accepts: tenant token, bot info, long connection with its protobuf
 * frames, and the message calls with Feishu's rules and error shapes.
 *
 *   const feishu = await startFakeFeishu();
 *   const platform = createFeishu({ appId: feishu.appId, appSecret: feishu.appSecret, domain: feishu.url, log, now });
 *   await platform.start(onInbound);
 *   const answer = await feishu.mention("光明 算力");              // a person @s the bot in FAKE_CHAT; the bot's answer
 *   const direct = await feishu.direct("清单南山");                // in the person's direct messages
 *   const { answer, reply } = await feishu.click(direct, "下一页"); // the callback's answer; the message that followed
 *   await feishu.redeliver();                                      // the last event again, as after a lost acknowledgement
 *   feishu.failNext("create", { code: 230020, reset: 2 });         // the next call of that kind fails
 *   await feishu.dropConnection();                                 // the long connection is cut; the SDK comes back
 *   feishu.calls                                                   // every HTTP call: endpoint, path, body, with no credentials
 *   await feishu.close();
 *
 * A message can only be posted to a chat the bot is in: FAKE_CHAT is there, others after addChat(). `mention` and
 * `direct` resolve with the next message that answers theirs, so await them only where an answer comes; `say` resolves
 * with the acknowledgement alone. Tests set their own time limit; closing the fake rejects what still waits.
 */
import { z } from "zod";
import type { ChatAnswer, ChatFake, ChatPost } from "./chat-fake.ts";
import { buttonValueOf } from "./fake-feishu-cards.ts";
import { clickEvent, messageEvent } from "./fake-feishu-events.ts";
import type { FakeEndpoint, Fault } from "./fake-feishu-faults.ts";
import { Faults } from "./fake-feishu-faults.ts";
import type { FakeCall } from "./fake-feishu-http.ts";
import { FAKE_APP_ID, FAKE_BOT, FakeHttp } from "./fake-feishu-http.ts";
import type { FakePost, FakeSaid } from "./fake-feishu-messages.ts";
import { FakeMessages, isRefusal, threadIdOf } from "./fake-feishu-messages.ts";
import type { Ack } from "./fake-feishu-socket.ts";
import { FakeSocket } from "./fake-feishu-socket.ts";

export const FAKE_APP_SECRET = "fake0secret0of0the0app0000000000";
export const FAKE_USER = "ou_fakeperson";
/** A group the bot is in from the start. */
export const FAKE_CHAT = "oc_fakegroup";

export interface SayOptions {
  readonly chat?: string;
  readonly user?: string;
  /** The first message of the topic it is said in. */
  readonly thread?: string;
  /** false: a group message that does not mention the bot. */
  readonly mention?: boolean;
  readonly senderType?: string;
  readonly fragments?: number;
}

export interface Clicked {
  /** What the callback was answered with. */
  readonly answer: unknown;
  /** The message sent or edited because of the click; null when the callback itself held the new card or a refusal. */
  readonly reply: FakePost | null;
}

export interface FakeFeishu extends ChatFake {
  readonly url: string;
  readonly appId: string;
  readonly appSecret: string;
  readonly calls: readonly FakeCall[];
  readonly acks: readonly Ack[];
  addChat(id: string, options?: { threads: boolean }): void;
  /** Sends a message and resolves with its id and acknowledgement. */
  say(text: string, how: "mention" | "direct", options?: SayOptions): Promise<{ id: string; ack: Ack }>;
  mention(text: string, options?: SayOptions): Promise<FakePost>;
  direct(text: string, options?: SayOptions): Promise<FakePost>;
  click(message: ChatPost, label: string, options?: { user?: string }): Promise<Clicked>;
  /** Pushes any event, or the last one again. */
  push(event: object): Promise<Ack>;
  redeliver(): Promise<Ack>;
  posts(channel?: string): readonly FakePost[];
  /** Resolves with the next message or edit that fits. */
  next(fits: (post: FakePost) => boolean): Promise<FakePost>;
  failNext(endpoint: FakeEndpoint, fault: Fault): void;
  /** Every token handed out so far is refused from now on. */
  expireTokens(): void;
  connected(): Promise<void>;
  connections(): number;
  dropConnection(): Promise<void>;
}

const callbackAnswer = z.object({
  toast: z.object({ type: z.string() }).optional(),
  card: z.object({ type: z.literal("raw"), data: z.unknown() }).optional(),
});
/** `now` is the time events carry; a fixed one unless given. */
export async function startFakeFeishu(
  options: { now?: () => Date; appSecret?: string } = {},
): Promise<FakeFeishu> {
  const { now = () => new Date("2026-03-02T01:07:00Z"), appSecret = FAKE_APP_SECRET } = options;
  const messages = new FakeMessages();
  const faults = new Faults();
  const open = new Set<(error: Error) => void>();
  let clicks = 0;
  let last: object | null = null;
  messages.addChat(FAKE_CHAT, true);

  const http = new FakeHttp(appSecret, messages, faults, now);
  const socket = new FakeSocket(http.server);

  function next(fits: (post: FakePost) => boolean): Promise<FakePost> {
    return new Promise((resolve, reject) => {
      const done = messages.listen((post) => {
        if (!fits(post)) return;
        done();
        open.delete(reject);
        resolve(post);
      });
      open.add(reject);
    });
  }

  function push(event: object, fragments?: number): Promise<Ack> {
    last = event;
    return socket.push(event, fragments);
  }

  function prepare(
    text: string,
    how: "mention" | "direct",
    given: SayOptions,
  ): { said: FakeSaid; event: object } {
    const { user = FAKE_USER, thread = null, senderType = "user" } = given;
    const chat = given.chat ?? (how === "direct" ? messages.directChat(user) : FAKE_CHAT);
    if (!messages.hasChat(chat)) messages.addChat(chat, true);
    const said = {
      id: messages.nextId(),
      chat,
      root: thread,
      threadId: thread === null ? null : threadIdOf(thread),
    };
    messages.say(said);
    const mentions = how === "direct" ? null : given.mention === false ? "ou_somebodyelse" : FAKE_BOT;
    return {
      said,
      event: messageEvent({ said, text, user, senderType, mentions, at: now(), appId: FAKE_APP_ID }),
    };
  }

  async function heard(text: string, how: "mention" | "direct", given: SayOptions = {}): Promise<FakePost> {
    const { said, event } = prepare(text, how, given);
    const answer = next((post) =>
      post.parent === null ? how === "direct" && post.chat === said.chat : post.parent === said.id,
    );
    answer.catch(() => undefined);
    await push(event, given.fragments);
    return answer;
  }

  await http.listen();
  const { url, calls } = http;
  return {
    name: "feishu",
    url,
    appId: FAKE_APP_ID,
    appSecret,
    calls,
    acks: socket.acks,
    addChat: (id, { threads } = { threads: true }) => messages.addChat(id, threads),
    say: async (text, how, given = {}) => {
      const { said, event } = prepare(text, how, given);
      return { id: said.id, ack: await push(event, given.fragments) };
    },
    mention: (text, given) => heard(text, "mention", given),
    direct: (text, given) => heard(text, "direct", given),
    click: async (message, label, { user = FAKE_USER } = {}) => {
      const post = messages.post(message.id);
      if (post === undefined) throw new Error(`no message ${message.id}`);
      clicks += 1;
      const value = buttonValueOf(post.payload, label);
      const id = `click${clicks}`;
      const event = clickEvent({
        id,
        messageId: post.id,
        chat: post.chat,
        user,
        value,
        at: now(),
        appId: FAKE_APP_ID,
      });
      const follows = next(
        (other) => other.parent === post.id || (other.id === post.id && other.edits > post.edits),
      );
      follows.catch(() => undefined);
      const { data: answer } = await push(event);
      const { toast, card } = callbackAnswer.parse(answer);
      if (card !== undefined) {
        const refusal = messages.replaceCard(post, JSON.stringify(card.data));
        if (isRefusal(refusal)) throw new Error(`the callback's card was refused: ${refusal.msg}`);
        return { answer, reply: null };
      }
      return { answer, reply: toast?.type === "warning" ? null : await follows };
    },
    push,
    redeliver: () =>
      last === null ? Promise.reject(new Error("nothing was delivered yet")) : socket.push(last),
    posts: (channel) => messages.posts(channel),
    next,
    failNext: (endpoint, fault) => faults.add(endpoint, fault),
    expireTokens: () => http.expireTokens(),
    connected: async () => {
      await socket.connected();
    },
    connections: () => socket.connections(),
    dropConnection: async () => {
      await socket.connected();
      await socket.drop();
    },
    ask: async (line, how): Promise<ChatAnswer> => {
      if (how === "mention") return heard(line, "mention");
      return heard(how === "slash" ? `/qushi ${line}` : line, "direct");
    },
    close: async () => {
      for (const reject of open) reject(new Error("the fake Feishu was closed while something still waited"));
      await socket.close();
      await http.close();
    },
  };
}
