import { z } from "zod";
import { recordOf, word } from "./fake-slack-answer.ts";
import type { FakeDelivery } from "./fake-slack-delivery.ts";
import { clickPayload, shortcutPayload, slashPayload, viewClickPayload } from "./fake-slack-payloads.ts";
import { eventOf, isRead, kindOf } from "./fake-slack-heard.ts";
import type { Responses } from "./fake-slack-responses.ts";
import type { Acknowledgement } from "./fake-slack-socket.ts";
import {
  BOT_USER,
  directChannel,
  type FakeWorkspace,
  type SlackAnswer,
  type SlackMessage,
} from "./fake-slack-state.ts";
import { asTyped } from "./fake-slack-text.ts";
import type { FakeView, Views } from "./fake-slack-views.ts";

/** The channel that the bot is a member of from the start, and who speaks unless said otherwise. */
export const CHANNEL = "C0DISTRICTS";
export const USER = "U0WANG";

export interface Said {
  readonly user?: string;
  /** Of another workspace, in a channel of Slack Connect. */
  readonly team?: string;
  readonly channel?: string;
  readonly threadTs?: string;
  /** The text is Slack's wire form already. */
  readonly raw?: boolean;
}

export interface PeopleOptions {
  readonly workspace: FakeWorkspace;
  readonly delivery: FakeDelivery;
  readonly views: Views;
  readonly responses: Responses;
  readonly responseUrl: (id: string) => string;
}

const button = z.looseObject({ type: z.literal("button"), text: z.object({ text: z.string() }) });
const message = z.object({ blocks: z.array(z.looseObject({ elements: z.array(z.unknown()).optional() })) });

/** What people do in the workspace, each resolving with what they see of it. */
export class People {
  readonly #options: PeopleOptions;

  constructor(options: PeopleOptions) {
    this.#options = options;
  }

  async slash(text: string, said: Said = {}): Promise<SlackAnswer> {
    const { workspace, delivery, responses, responseUrl } = this.#options;
    const about = { channel: said.channel ?? CHANNEL, thread: null, original: null };
    const user = said.user ?? USER;
    const id = responses.open(about);
    const trigger = workspace.openTrigger(user);
    const late = this.#late(id, about, trigger, null);
    const acknowledged = delivery.deliver(
      "slash_commands",
      slashPayload({
        text: said.raw === true ? text : asTyped(text),
        user,
        channel: about.channel,
        trigger,
        responseUrl: responseUrl(id),
      }),
    );
    // The answer may come by its own way while the socket is gone, and then nothing is ever acknowledged.
    acknowledged.catch(() => undefined);
    const first = await Promise.race([acknowledged, late]);
    if ("through" in first) return first;
    const { payload } = first;
    if (Object.keys(payload).length === 0) return late;
    const problems = responses.problems(payload);
    if (problems.length > 0) throw new Error(`Slack would not show this answer: ${problems.join("; ")}`);
    return responses.take(payload, about, "acknowledgement");
  }

  async mention(text: string, said: Said = {}): Promise<SlackAnswer> {
    const wire = said.raw === true ? text : `<@${BOT_USER}> ${asTyped(text)}`;
    return this.#say({ type: "app_mention" }, wire, said.channel ?? CHANNEL, said);
  }

  async direct(text: string, said: Said = {}): Promise<SlackAnswer> {
    const wire = said.raw === true ? text : asTyped(text);
    const channel = said.channel ?? directChannel(said.user ?? USER);
    return this.#say({ type: "message", channel_type: "im" }, wire, channel, said);
  }

  /** Talk that names nobody: the bot hears it where it may read the channel. Resolves with the message. */
  async talk(text: string, said: Said = {}): Promise<SlackMessage> {
    const { workspace, delivery } = this.#options;
    const channel = said.channel ?? CHANNEL;
    const posted = this.#post(said.raw === true ? text : asTyped(text), channel, said);
    if (isRead(channel, workspace))
      await delivery.event({ type: "message", ...kindOf(channel), ...eventOf(posted, workspace) });
    return posted;
  }

  /** Somebody deletes a message; the bot is told where it may read (docs.slack.dev/reference/events/message/message_deleted). */
  async remove(message: SlackMessage): Promise<void> {
    const { workspace, delivery } = this.#options;
    const { channel, id } = message;
    workspace.remove(message);
    if (!isRead(channel, workspace)) return;
    const [ts, previous] = [workspace.nextTs(), { type: "message", ts: id, user: message.by }];
    const event = { subtype: "message_deleted", hidden: true, channel, ts, event_ts: ts, deleted_ts: id };
    await delivery.event({ type: "message", ...kindOf(channel), ...event, previous_message: previous });
  }

  async click(on: SlackMessage | FakeView, label: string, said: Said = {}): Promise<SlackAnswer> {
    const { workspace, delivery, responses, responseUrl, views } = this.#options;
    const found = findButton(on, label);
    const view = views.all.find(({ id }) => id === on.id);
    if (view !== undefined || !("channel" in on)) return this.#clickView(on.id, found);
    const ts = workspace.nextTs();
    const user = said.user ?? USER;
    const about = { channel: on.channel, thread: on.thread, original: on };
    const id = responses.open(about);
    const trigger = workspace.openTrigger(user);
    const late = this.#late(id, about, trigger, null);
    const ephemeral = "shown" in on && on.shown === "ephemeral";
    const whose = said.team === undefined ? {} : { team: said.team };
    const common = { user, ...whose, ts, trigger, responseUrl: responseUrl(id) };
    await delivery.deliver("interactive", clickPayload({ message: on, ephemeral, button: found, ...common }));
    return late;
  }

  async #clickView(id: string, found: Readonly<Record<string, unknown>>): Promise<SlackAnswer> {
    const { workspace, delivery, views } = this.#options;
    const wire = views.wire(id);
    const user = views.all.find((view) => view.id === id)?.user ?? USER;
    const trigger = workspace.openTrigger(user);
    const shown = this.#viewDrawn(trigger, id, { channel: directChannel(user), thread: null });
    const at = { button: found, user, ts: workspace.nextTs(), trigger };
    await delivery.deliver("interactive", viewClickPayload({ view: wire, ...at }));
    return shown;
  }

  /** Picks a message by the message shortcut; resolves with the form that opens, or with what is said instead. */
  async pick(on: SlackMessage, said: Said = {}): Promise<SlackAnswer> {
    const { workspace, delivery, responses, responseUrl } = this.#options;
    const user = said.user ?? USER;
    const about = { channel: on.channel, thread: on.thread, original: null };
    const id = responses.open(about);
    const trigger = workspace.openTrigger(user);
    const late = this.#late(id, about, trigger, null);
    const text = word(recordOf(on.payload)["text"]);
    const common = { user, ts: workspace.nextTs(), trigger, responseUrl: responseUrl(id) };
    await delivery.deliver("interactive", shortcutPayload({ message: on, text, author: on.by, ...common }));
    return late;
  }

  /** Opens the bot's home tab; resolves with what it publishes then. */
  async openHome(user = USER): Promise<FakeView> {
    const { workspace, delivery, views } = this.#options;
    const published = views.drawn.next(({ view }) => view.user === user && view.payload.type === "home");
    published.catch(() => undefined);
    const channel = directChannel(user);
    const event = { type: "app_home_opened", user, channel, tab: "home", event_ts: workspace.nextTs() };
    await delivery.event(event);
    return (await published).view;
  }

  event(event: Readonly<Record<string, unknown>>): Promise<Acknowledgement> {
    return this.#options.delivery.event(event);
  }

  /** What answers later: the response address, or a view that the trigger has opened. */
  #late(
    id: string,
    about: { readonly channel: string; readonly thread: string | null },
    trigger: string,
    view: string | null,
  ): Promise<SlackAnswer> {
    const late = this.#options.responses.next(id);
    const drawn = this.#viewDrawn(trigger, view, about);
    const first = Promise.race([late, drawn]);
    first.catch(() => undefined);
    return first;
  }

  async #viewDrawn(
    trigger: string,
    id: string | null,
    { channel, thread }: { readonly channel: string; readonly thread: string | null },
  ): Promise<SlackAnswer> {
    const { view } = await this.#options.views.drawn.next(
      (drawn) => drawn.trigger === trigger || (id !== null && drawn.view.id === id),
    );
    const { payload, text } = view;
    const base = { id: view.id, channel, thread, by: BOT_USER, key: null };
    return { ...base, payload, text, shown: "view", through: "view" };
  }

  #post(wire: string, channel: string, said: Said): SlackMessage {
    const { workspace } = this.#options;
    const base = { id: workspace.nextTs(), channel, thread: said.threadTs ?? null, by: said.user ?? USER };
    const posted = { ...base, key: null, payload: { text: wire }, text: wire };
    workspace.add(posted);
    return posted;
  }

  async #say(
    kind: { readonly type: string; readonly channel_type?: string },
    wire: string,
    channel: string,
    said: Said,
  ): Promise<SlackAnswer> {
    const { workspace, delivery } = this.#options;
    const posted = this.#post(wire, channel, said);
    // A mention outside threads is answered in a thread of its own; a direct message beside it.
    const expected = posted.thread ?? (kind.type === "message" ? null : posted.id);
    const answered = workspace.posted.next((post) => post.channel === channel && post.thread === expected);
    answered.catch(() => undefined);
    const event = eventOf(posted, workspace, said.team);
    await delivery.event({ ...kind, ...event });
    // With the right to read, Slack tells of a mention twice.
    if (kind.type === "app_mention" && isRead(channel, workspace))
      await delivery.event({ type: "message", ...kindOf(channel), ...event });
    return { ...(await answered), shown: "posted", through: "chat.postMessage" };
  }
}

function findButton(on: { readonly payload: unknown }, label: string): Record<string, unknown> {
  const elements = message.parse(on.payload).blocks.flatMap((block) => block.elements ?? []);
  const buttons = elements.flatMap((element) => button.safeParse(element).data ?? []);
  const found = buttons.find((candidate) => candidate.text.text === label);
  if (found !== undefined) return found;
  const labels = buttons.map((candidate) => candidate.text.text).join(", ");
  throw new Error(`no button "${label}" on this message; there are: ${labels}`);
}
