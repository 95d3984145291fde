/**
 * A Slack on loopback that the official SDKs accept: Web API, Socket Mode, signed HTTP and response_urls. It stores
 * what the bot posts, refuses what Slack would refuse, and plays the people.
 *
 *   const slack = await startFakeSlack();
 *   const bot = createSlack({ ...slack.credentials, log, now });   // or httpCredentials; then deliverTo(url)
 *   await bot.start(onInbound);
 *   const answer = await slack.slash("show LT-001");               // resolves with what the person sees
 *   const reply = await slack.mention("board", { threadTs });      // the bot's next message in that thread
 *   const page2 = await slack.click(answer, "Next");               // what arrived at the button's response_url
 *   const form = await slack.slash("reading");                     // through: "view" where a modal opened
 *   const view = slack.view(form);                                 // the modal itself; nextView() is the next to open
 *   await slack.suggest(view, "commitment", "gm");                 // what the bot offers
 *   const { errors, view: shown } = await slack.submit(view, { commitment: "GM-001", value: "8.2" });
 *   slack.failNext("chat.postMessage", { cutAfterAccept: true });
 *   await slack.disconnect();                                      // resolves once the bot is connected again
 *   await slack.close();
 *
 * Nothing here waits on a clock: each method resolves at what it names. If the bot never answers, close() rejects
 * what is still waiting. `calls` holds every call in order, without tokens; `posts(channel)` what stands there now.
 * The channel CHANNEL (fake-slack-people.ts) has the bot in it; addChannel makes others. People type with asTyped's
 * escapes, unless raw. The clock stands still unless `now` is given; advance(ms) moves it: trigger_ids live three
 * seconds of it, response_urls thirty minutes.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { FakeDelivery } from "./fake-slack-delivery.ts";
import { Files } from "./fake-slack-files.ts";
import { Forms } from "./fake-slack-forms.ts";
import { createGate } from "./fake-slack-limits.ts";
import { CHANNEL, People, USER } from "./fake-slack-people.ts";
import { Places } from "./fake-slack-places.ts";
import { Responses } from "./fake-slack-responses.ts";
import { SignedRequests } from "./fake-slack-signed.ts";
import { FakeSocket } from "./fake-slack-socket.ts";
import { BOT_USER, FakeWorkspace, type FakeTime } from "./fake-slack-state.ts";
import type { FakeSlack } from "./fake-slack-surface.ts";
import { Views } from "./fake-slack-views.ts";
import { FakeWeb } from "./fake-slack-web.ts";

export type { FakeSlack };

const TOKENS = { bot: "xoxb-fake-bot-token", app: "xapp-fake-app-token" };
/** Hexadecimal, as Slack makes them; invented. */
const SIGNING_SECRET = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";

/** `from`: when its first message is posted; by default 2026-01-05 09:07 in Shenzhen. */
export async function startFakeSlack(
  from = new Date("2026-01-05T01:07:00Z"),
  time: FakeTime = {},
): Promise<FakeSlack> {
  const workspace = new FakeWorkspace(from, time);
  workspace.channels.set(CHANNEL, { id: CHANNEL, member: true, archived: false });
  const responses = new Responses(workspace);
  const views = new Views(workspace);
  const gate = createGate(workspace);
  const server = createServer((request, response) => {
    web.handle(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const host = `127.0.0.1:${portOf(server.address())}`;
  const files = new Files(workspace, (id) => `http://${host}/upload/${id}`);
  const socket = new FakeSocket(server, workspace);
  const web = new FakeWeb({
    workspace,
    tokens: TOKENS,
    gate,
    views,
    files,
    socketUrl: () => `ws://${host}/link?ticket=${workspace.count()}`,
    onResponse: (id, body) => responses.receive(id, body),
  });
  const responseUrl = (id: string) => `http://${host}/response/${id}`;
  const delivery = new FakeDelivery(workspace, socket, new SignedRequests(workspace, SIGNING_SECRET));
  const people = new People({ workspace, delivery, views, responses, responseUrl });
  const forms = new Forms(views, delivery, workspace);
  const places = new Places(workspace, delivery);
  const view: FakeSlack["view"] = ({ id }) => {
    const found = views.all.find((one) => one.id === id);
    if (found === undefined) throw new Error("this answer opened no view");
    return found;
  };
  const apiUrl = `http://${host}/api/`;

  return {
    name: "slack",
    credentials: { botToken: TOKENS.bot, receive: { appToken: TOKENS.app }, apiUrl },
    httpCredentials: { botToken: TOKENS.bot, receive: { signingSecret: SIGNING_SECRET }, apiUrl },
    deliverTo: (url) => delivery.to(url),
    request: (event, how) => delivery.send(event, how),
    advance: (ms) => workspace.advance(ms),
    limits: (on) => void (gate.on = on),
    scopes: workspace.scopes,
    calls: workspace.calls,
    uploads: files.uploads,
    acknowledgements: delivery.acknowledgements,
    greetings: () => socket.greetings,
    connectionsAtMost: (count) => socket.atMost(count),
    posts: (channel) => workspace.messages.filter((post) => post.channel === channel && post.by === BOT_USER),
    nextPost: (channel) => workspace.posted.next((post) => post.channel === channel),
    nextCall: (method) => workspace.called.next((call) => call.method === method),
    nextAcknowledgement: () => delivery.nextAcknowledgement(),
    nextGreeting: () => socket.nextGreeting(),
    addChannel: (channel) => void workspace.channels.set(channel.id, channel),
    ask: (line, how) => people[how](line),
    slash: (text, said) => people.slash(text, said),
    mention: (text, said) => people.mention(text, said),
    direct: (text, said) => people.direct(text, said),
    talk: (text, said) => people.talk(text, said),
    remove: (message) => people.remove(message),
    lock: ({ channel, id }) => void workspace.locked.add(`${channel} ${id}`),
    click: (on, label, said) => people.click(on, label, said),
    pick: (on, said) => people.pick(on, said),
    shortcut: async (on, said) => view(await people.pick(on, said)),
    openHome: (user) => people.openHome(user),
    get views() {
      return views.all;
    },
    view,
    nextView: async () => (await views.drawn.next(({ trigger }) => trigger !== null)).view,
    submit: (on, values) => forms.submit(on, values),
    suggest: (on, field, typed) => forms.suggest(on, field, typed),
    join: (channel, by = USER) => places.join(channel, by),
    leave: (channel) => places.leave(channel),
    archive: (channel, by = USER) => places.archive(channel, by),
    unarchive: (channel, by = USER) => places.unarchive(channel, by),
    rename: (channel) => places.rename(channel),
    move: (channel, to) => places.move(channel, to),
    erase: (channel) => places.delete(channel),
    uninstall: () => places.uninstall(),
    redeliver: () => delivery.again(),
    event: (event) => delivery.event(event),
    envelope: (type, payload) => delivery.deliver(type, payload),
    frame: (content) => socket.frame(content),
    settled: () => socket.settled(),
    failNext: (method, fault) => workspace.failNext(method, fault),
    disconnect: (reason = "refresh_requested", how = { mute: false }) => socket.goodbye(reason, how.mute),
    cutConnection: () => socket.cut(),
    close: async () => {
      workspace.posted.giveUp("the fake Slack was closed before the bot posted");
      workspace.called.giveUp("the fake Slack was closed before it was called");
      views.drawn.giveUp("the fake Slack was closed before the bot drew a view");
      delivery.giveUp();
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
