/**
 * A Slack on loopback that the official SDKs accept: Web API, Socket Mode and response_urls. It stores what the bot
 * posts, refuses what Slack would refuse, and plays the people.
 *
 *   const slack = await startFakeSlack();
 *   const bot = createSlack({ ...slack.credentials, log, now });   // botToken, appToken, apiUrl
 *   await bot.start(onInbound);
 *   const answer = await slack.slash("show LT-001");               // resolves with what the person sees
 *   const reply = await slack.mention("board", { threadTs });      // the bot's next message in that thread
 *   const page2 = await slack.click(answer, "Next");               // what arrived at the button's response_url
 *   slack.failNext("chat.postMessage", { cutAfterAccept: true });
 *   await slack.disconnect();                                      // resolves once the bot is connected again
 *   await slack.close();
 *
 * Nothing here waits on a clock: each method resolves at what it names. If the bot never answers, close() rejects
 * what is still waiting. `calls` holds every call in order, without tokens; `posts(channel)` what stands there now.
 * The channel CHANNEL (fake-slack-people.ts) has the bot in it; addChannel makes others. People type with asTyped's escapes, unless raw.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { ChatFake } from "./chat-fake.ts";
import { CHANNEL, People, type Said } from "./fake-slack-people.ts";
import { Responses } from "./fake-slack-responses.ts";
import { FakeSocket, type Acknowledgement } from "./fake-slack-socket.ts";
import {
  BOT_USER,
  FakeWorkspace,
  type FakeChannel,
  type SlackAnswer,
  type SlackCall,
  type SlackFault,
  type SlackMessage,
} from "./fake-slack-state.ts";
import { FakeWeb } from "./fake-slack-web.ts";

export interface FakeSlack extends ChatFake {
  readonly credentials: { readonly botToken: string; readonly appToken: string; readonly apiUrl: string };
  readonly calls: readonly SlackCall[];
  readonly acknowledgements: readonly Acknowledgement[];
  /** How often a client was greeted so far. */
  greetings(): number;
  /** Resolves when no more than `count` connections are open, greeted or not. */
  connectionsAtMost(count: number): Promise<void>;
  posts(channel: string): readonly SlackMessage[];
  /** The next message of the bot in a channel. */
  nextPost(channel: string): Promise<SlackMessage>;
  /** The next call of a method. */
  nextCall(method: string): Promise<SlackCall>;
  /** The next thing a client acknowledges, whatever it was. */
  nextAcknowledgement(): Promise<Acknowledgement>;
  /** The next hello. */
  nextGreeting(): Promise<number>;
  addChannel(channel: FakeChannel): void;
  /** Resolves with the answer in the acknowledgement, or with the one that comes late. */
  slash(text: string, said?: Said): Promise<SlackAnswer>;
  mention(text: string, said?: Said): Promise<SlackAnswer>;
  direct(text: string, said?: Said): Promise<SlackAnswer>;
  /** Clicks the button with this label on a message or an answer. */
  click(on: SlackMessage, label: string, said?: Said): Promise<SlackAnswer>;
  /** Sends the last event again: same event_id, another envelope. Resolves once acknowledged. */
  redeliver(): Promise<Acknowledgement>;
  /** Sends any event, or any envelope, and resolves with its acknowledgement. */
  event(event: Readonly<Record<string, unknown>>): Promise<Acknowledgement>;
  envelope(type: string, payload: unknown): Promise<Acknowledgement>;
  /** Sends a frame that may be no envelope at all. */
  frame(content: unknown): void;
  /** Resolves when the client has seen every frame so far, and what it acknowledged at once has arrived. */
  settled(): Promise<void>;
  /** Methods of the Web API, "response_url", or "hello" for a socket that is never greeted. */
  failNext(method: string, fault: SlackFault): void;
  /** A goodbye frame, or a cut without one; both resolve at the next hello. `mute`: Slack then does not answer a close. */
  disconnect(reason?: string, how?: { readonly mute: boolean }): Promise<void>;
  cutConnection(): Promise<void>;
}

/** `from`: when its first message is posted; by default 2026-01-05 09:07 in Shenzhen. */
export async function startFakeSlack(from = new Date("2026-01-05T01:07:00Z")): Promise<FakeSlack> {
  const tokens = { bot: "xoxb-fake-bot-token", app: "xapp-fake-app-token" };
  const workspace = new FakeWorkspace(from);
  workspace.channels.set(CHANNEL, { id: CHANNEL, member: true, archived: false });
  const responses = new Responses(workspace);
  const server = createServer((request, response) => {
    web.handle(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const host = `127.0.0.1:${portOf(server.address())}`;
  const socket = new FakeSocket(server, workspace);
  const web = new FakeWeb({
    workspace,
    tokens,
    socketUrl: () => `ws://${host}/link?ticket=${workspace.count()}`,
    onResponse: (id, body) => responses.receive(id, body),
  });
  const responseUrl = (id: string) => `http://${host}/response/${id}`;
  const people = new People({ workspace, socket, responses, responseUrl });

  return {
    name: "slack",
    credentials: { botToken: tokens.bot, appToken: tokens.app, apiUrl: `http://${host}/api/` },
    calls: workspace.calls,
    acknowledgements: socket.acknowledgements,
    greetings: () => socket.greetings,
    connectionsAtMost: (count) => socket.atMost(count),
    posts: (channel) => workspace.messages.filter((post) => post.channel === channel && post.by === BOT_USER),
    nextPost: (channel) => workspace.posted.next((post) => post.channel === channel),
    nextCall: (method) => workspace.called.next((call) => call.method === method),
    nextAcknowledgement: () => socket.nextAcknowledgement(),
    nextGreeting: () => socket.nextGreeting(),
    addChannel: (channel) => void workspace.channels.set(channel.id, channel),
    ask: (line, how) => people[how](line),
    slash: (text, said) => people.slash(text, said),
    mention: (text, said) => people.mention(text, said),
    direct: (text, said) => people.direct(text, said),
    click: (on, label, said) => people.click(on, label, said),
    redeliver: () => people.redeliver(),
    event: (event) => people.event(event),
    envelope: (type, payload) => socket.deliver(type, payload),
    frame: (content) => socket.frame(content),
    settled: () => socket.settled(),
    failNext: (method, fault) => workspace.failNext(method, fault),
    disconnect: (reason = "refresh_requested", how = { mute: false }) => socket.goodbye(reason, how.mute),
    cutConnection: () => socket.cut(),
    close: async () => {
      workspace.posted.giveUp("the fake Slack was closed before the bot posted");
      workspace.called.giveUp("the fake Slack was closed before it was called");
      responses.giveUp();
      socket.close();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === "string") throw new Error("the fake Slack has no port");
  return address.port;
}
