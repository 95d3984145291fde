import { z } from "zod";
import { clickPayload, eventPayload, slashPayload } from "./fake-slack-payloads.ts";
import type { Responses } from "./fake-slack-responses.ts";
import type { Acknowledgement, FakeSocket } from "./fake-slack-socket.ts";
import {
  BOT_USER,
  directChannel,
  TEAM,
  type FakeWorkspace,
  type SlackAnswer,
  type SlackMessage,
} from "./fake-slack-state.ts";
import { asTyped } from "./fake-slack-text.ts";

/** The channel that the bot is a member of from the start, and who speaks unless said otherwise. */
export const CHANNEL = "C0DISTRICTS";
export const USER = "U0WANG";

export interface Said {
  readonly user?: string;
  readonly channel?: string;
  readonly threadTs?: string;
  /** The text is Slack's wire form already. */
  readonly raw?: boolean;
}

export interface PeopleOptions {
  readonly workspace: FakeWorkspace;
  readonly socket: FakeSocket;
  readonly responses: Responses;
  readonly responseUrl: (id: string) => string;
}

const button = z.looseObject({ type: z.literal("button"), text: z.object({ text: z.string() }) });
const message = z.object({ blocks: z.array(z.looseObject({ elements: z.array(z.unknown()).optional() })) });

/** What people do in the workspace, each resolving with what they see of it. */
export class People {
  readonly #options: PeopleOptions;
  #lastEvent: Record<string, unknown> = {};

  constructor(options: PeopleOptions) {
    this.#options = options;
  }

  async slash(text: string, said: Said = {}): Promise<SlackAnswer> {
    const { workspace, socket, responses, responseUrl } = this.#options;
    const about = { channel: said.channel ?? CHANNEL, thread: null, original: null };
    const id = responses.open(about);
    const late = responses.next(id);
    late.catch(() => undefined);
    const acknowledged = socket.deliver(
      "slash_commands",
      slashPayload({
        text: said.raw === true ? text : asTyped(text),
        user: said.user ?? USER,
        channel: about.channel,
        trigger: `trigger.${workspace.count()}`,
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

  async click(on: SlackMessage, label: string, said: Said = {}): Promise<SlackAnswer> {
    const { workspace, socket, responses, responseUrl } = this.#options;
    const id = responses.open({ channel: on.channel, thread: on.thread, original: on });
    const answered = responses.next(id);
    const payload = clickPayload({
      message: on,
      ephemeral: "shown" in on && on.shown === "ephemeral",
      button: findButton(on, label),
      user: said.user ?? USER,
      ts: workspace.nextTs(),
      trigger: `trigger.${workspace.count()}`,
      responseUrl: responseUrl(id),
    });
    await socket.deliver("interactive", payload);
    return answered;
  }

  async event(event: Readonly<Record<string, unknown>>): Promise<Acknowledgement> {
    const { workspace, socket } = this.#options;
    this.#lastEvent = eventPayload(event, `Ev${workspace.count()}`);
    return socket.deliver("events_api", this.#lastEvent, { retry_attempt: 0, retry_reason: "" });
  }

  async redeliver(): Promise<Acknowledgement> {
    const { socket } = this.#options;
    return socket.deliver("events_api", this.#lastEvent, { retry_attempt: 1, retry_reason: "timeout" });
  }

  async #say(
    kind: { readonly type: string; readonly channel_type?: string },
    wire: string,
    channel: string,
    said: Said,
  ): Promise<SlackAnswer> {
    const { workspace } = this.#options;
    const user = said.user ?? USER;
    const ts = workspace.nextTs();
    const thread = said.threadTs ?? null;
    workspace.add({ id: ts, channel, thread, by: user, key: null, payload: { text: wire }, text: wire });
    // A mention outside threads is answered in a thread of its own; a direct message beside it.
    const expected = thread ?? (kind.type === "message" ? null : ts);
    const answered = workspace.posted.next((post) => post.channel === channel && post.thread === expected);
    await this.event({
      ...kind,
      user,
      text: wire,
      ts,
      channel,
      event_ts: ts,
      team: TEAM,
      client_msg_id: `m${workspace.count()}`,
      ...(thread === null ? {} : { thread_ts: thread }),
    });
    return { ...(await answered), shown: "posted", through: "chat.postMessage" };
  }
}

function findButton(on: SlackMessage, label: string): Record<string, unknown> {
  const elements = message.parse(on.payload).blocks.flatMap((block) => block.elements ?? []);
  const buttons = elements.flatMap((element) => button.safeParse(element).data ?? []);
  const found = buttons.find((candidate) => candidate.text.text === label);
  if (found !== undefined) return found;
  const labels = buttons.map((candidate) => candidate.text.text).join(", ");
  throw new Error(`no button "${label}" on this message; there are: ${labels}`);
}
