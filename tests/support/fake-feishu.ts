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
 *   feishu.lose(card, 230011);                                       // somebody takes the bot's card back, or closes its topic
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
import type { ChatAnswer } from "./chat-fake.ts";
import * as callback from "./fake-feishu-callback.ts";
import { FakeChats } from "./fake-feishu-chats.ts";
import { FakeCommands } from "./fake-feishu-commands.ts";
import { FAKE_VERIFICATION_TOKEN } from "./fake-feishu-events.ts";
import type { FakeFeishu } from "./fake-feishu-face.ts";
import { Faults } from "./fake-feishu-faults.ts";
import { FakeHttp } from "./fake-feishu-http.ts";
import { FakeMessages } from "./fake-feishu-messages.ts";
import { FAKE_CHAT, FAKE_USER, FakePeople } from "./fake-feishu-people.ts";
import { Rates } from "./fake-feishu-rates.ts";
import { FAKE_APP_ID, FAKE_SCOPES } from "./fake-feishu-routes.ts";
import { FakeSocket, type Ack } from "./fake-feishu-socket.ts";
import { FakeUploads } from "./fake-feishu-uploads.ts";

export { FAKE_CHAT, FAKE_USER } from "./fake-feishu-people.ts";
export type { FakeFeishu } from "./fake-feishu-face.ts";
export type { Clicked, SayOptions } from "./fake-feishu-people.ts";
export const FAKE_APP_SECRET = "fake0secret0of0the0app0000000000";

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
  chats.add(FAKE_CHAT);

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
    addChat: (id, topics) => chats.add(id, topics),
    chatWith: (user = FAKE_USER) => chats.direct(user),
    say: (text, how, given) => people.say(text, how, given),
    mention: (text, given) => people.heard(text, "mention", given),
    direct: (text, given) => people.heard(text, "direct", given),
    inThread: (text, given) => people.inThread(text, given),
    click: (message, label, by) => people.click(message, label, by),
    submit: (message, values, by) => people.submit(message, values, by),
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
    lose: ({ id }, code) => messages.lose(id, code),
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
