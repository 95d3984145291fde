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
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import type { ChatAnswer, ChatFake, ChatPost } from "./chat-fake.ts";
import { buttonValueOf } from "./fake-feishu-cards.ts";
import { clickEvent, messageEvent } from "./fake-feishu-events.ts";
import type { FakeEndpoint, Fault } from "./fake-feishu-faults.ts";
import { Faults, applyFault, errorBody, sendJson } from "./fake-feishu-faults.ts";
import type { FakePost, FakeSaid } from "./fake-feishu-messages.ts";
import { FakeMessages, isRefusal } from "./fake-feishu-messages.ts";
import type { Ack } from "./fake-feishu-socket.ts";
import { CLIENT_CONFIG, FakeSocket } from "./fake-feishu-socket.ts";

export const FAKE_APP_ID = "cli_0123456789abcdef";
export const FAKE_APP_SECRET = "fake0secret0of0the0app0000000000";
export const FAKE_BOT = "ou_fakebot";
export const FAKE_USER = "ou_fakeperson";
/** A group the bot is in from the start. */
export const FAKE_CHAT = "oc_fakegroup";

/** One HTTP call, without its credentials. */
export interface FakeCall {
  readonly endpoint: FakeEndpoint;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
}

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
const credentials = z.object({ app_id: z.string(), app_secret: z.string() });
const connectBody = z.object({ AppID: z.string(), AppSecret: z.string() });

/** `now` is the time events carry; a fixed one unless given. */
export async function startFakeFeishu(
  options: { now?: () => Date; appSecret?: string } = {},
): Promise<FakeFeishu> {
  const { now = () => new Date("2026-03-02T01:07:00Z"), appSecret = FAKE_APP_SECRET } = options;
  const messages = new FakeMessages();
  const faults = new Faults();
  const calls: FakeCall[] = [];
  const open = new Set<(error: Error) => void>();
  let tokens = new Set<string>();
  let issued = 0;
  let clicks = 0;
  let last: object | null = null;
  let url = "";
  messages.addChat(FAKE_CHAT, true);

  const server = createServer((request, response) => {
    void handle(request, response).catch(() => response.destroy());
  });
  const socket = new FakeSocket(server);

  function token(body: unknown, response: ServerResponse): void {
    const given = credentials.safeParse(body);
    // Observed on the real endpoint: HTTP 200 for both.
    if (!given.success) return sendJson(response, 200, { code: 10003, data: {}, msg: "invalid param" });
    if (given.data.app_id !== FAKE_APP_ID)
      return sendJson(response, 200, { code: 10014, msg: "app id not exists" });
    if (given.data.app_secret !== appSecret)
      return sendJson(response, 200, { code: 10014, msg: "app secret invalid" });
    issued += 1;
    const made = `t-fake0tenant0access0token0${issued}`;
    tokens.add(made);
    return sendJson(response, 200, { code: 0, msg: "ok", tenant_access_token: made, expire: 7200 });
  }

  function connect(body: unknown, response: ServerResponse): void {
    const given = connectBody.safeParse(body);
    if (!given.success || given.data.AppID !== FAKE_APP_ID || given.data.AppSecret !== appSecret) {
      return sendJson(response, 200, { code: 514, msg: "auth failed" });
    }
    // The SDK reads device_id and service_id only where they are not the first of the query.
    const URL = `${url.replace("http", "ws")}/ws?fpid=1&device_id=d1&service_id=7&access_key=fake0access0key&ticket=fake0ticket`;
    return sendJson(response, 200, { code: 0, msg: "", data: { URL, ClientConfig: CLIENT_CONFIG } });
  }

  function carryOut(call: FakeCall, response: ServerResponse): void {
    const id = decodeURIComponent(call.path.split("/")[5] ?? "");
    const result =
      call.endpoint === "create"
        ? messages.create(call.query["receive_id_type"] ?? null, call.body)
        : call.endpoint === "reply"
          ? messages.reply(id, call.body)
          : messages.update(id, call.body);
    if (isRefusal(result)) return sendJson(response, 400, errorBody(result.code, result.msg));
    const data = {
      message_id: result.id,
      chat_id: result.chat,
      msg_type: "interactive",
      create_time: String(now().getTime()),
      ...(result.parent === null
        ? {}
        : { parent_id: result.parent, root_id: result.thread ?? result.parent }),
      ...(result.thread === null ? {} : { thread_id: threadId(result.thread) }),
      sender: { id: FAKE_APP_ID, id_type: "app_id", sender_type: "app", tenant_key: "fake0tenant" },
    };
    return sendJson(response, 200, { code: 0, msg: "success", data: call.endpoint === "update" ? {} : data });
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? "/", url);
    const chunks: Buffer[] = [];
    for await (const chunk of request) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString("utf8");
    const body: unknown = text === "" ? null : JSON.parse(text);
    const endpoint = endpointOf(request.method ?? "GET", pathname);
    if (endpoint === null) return sendJson(response, 404, { code: 404, msg: "404 page not found" });
    const secret = endpoint === "token" || endpoint === "connect";
    const call = {
      endpoint,
      path: pathname,
      query: Object.fromEntries(searchParams),
      body: secret ? null : body,
    };
    calls.push(call);
    const fault = faults.take(endpoint);
    if (fault !== null && applyFault(fault, response)) return undefined;
    // Carried out, but nobody hears of it.
    if (fault !== null) response.end = () => response.destroy();
    if (endpoint === "token") return token(body, response);
    if (endpoint === "connect") return connect(body, response);
    const bearer = (request.headers.authorization ?? "").replace(/^Bearer /, "");
    if (!tokens.has(bearer)) {
      return sendJson(
        response,
        400,
        errorBody(99991663, "Invalid access token for authorization. Please make a test attempt."),
      );
    }
    if (endpoint === "bot") {
      const bot = {
        activate_status: 2,
        app_name: "区势",
        avatar_url: "",
        ip_white_list: [],
        open_id: FAKE_BOT,
      };
      return sendJson(response, 200, { code: 0, msg: "ok", bot });
    }
    return carryOut(call, response);
  }

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
      threadId: thread === null ? null : threadId(thread),
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

  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve());
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the fake has no port");
  url = `http://127.0.0.1:${address.port}`;

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
    expireTokens: () => {
      tokens = new Set();
    },
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
      server.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}

function endpointOf(method: string, path: string): FakeEndpoint | null {
  const route = `${method} ${path}`;
  if (route === "POST /open-apis/auth/v3/tenant_access_token/internal") return "token";
  if (route === "POST /callback/ws/endpoint") return "connect";
  if (route === "GET /open-apis/bot/v3/info") return "bot";
  if (route === "POST /open-apis/im/v1/messages") return "create";
  if (/^POST \/open-apis\/im\/v1\/messages\/[^/]+\/reply$/.test(route)) return "reply";
  return /^PATCH \/open-apis\/im\/v1\/messages\/[^/]+$/.test(route) ? "update" : null;
}

/** Feishu's own id of a topic, which the first message's id does not tell. */
function threadId(root: string): string {
  return root.replace(/^om_/, "omt_");
}
