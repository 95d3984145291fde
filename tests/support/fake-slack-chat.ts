import { z } from "zod";
import { refuse, word, type Answer, type Params } from "./fake-slack-answer.ts";
import type { Gate } from "./fake-slack-limits.ts";
import { refusePayload } from "./fake-slack-rules.ts";
import { BOT, BOT_USER, directChannel, type FakeWorkspace, type SlackMessage } from "./fake-slack-state.ts";
import { visibleText } from "./fake-slack-text.ts";

const metadata = z.object({
  event_type: z.string().min(1),
  event_payload: z.looseObject({ key: z.string().optional() }),
});

/** The messages' methods: docs.slack.dev/reference/methods/chat.postMessage, chat.update, chat.getPermalink. */
export class Chat {
  readonly #workspace: FakeWorkspace;
  readonly #gate: Gate;
  constructor(workspace: FakeWorkspace, gate: Gate) {
    this.#workspace = workspace;
    this.#gate = gate;
  }

  /** How long to wait before the next call of a method, in seconds; null: at once. */
  wait(method: string, params: Params): number | null {
    if (method === "chat.update") return this.#gate.waitToEdit();
    return method === "chat.postMessage" ? this.#gate.wait(channelOf(params)) : null;
  }

  post(params: Params): Answer {
    const channel = channelOf(params);
    const place = this.#workspace.channels.get(channel);
    if (place === undefined && !channel.startsWith("D")) return refuse("channel_not_found");
    if (place !== undefined && !place.member && !this.#mayWithoutJoining(channel))
      return refuse("not_in_channel");
    if (place?.archived === true) return refuse("is_archived");
    const thread = typeof params["thread_ts"] === "string" ? params["thread_ts"] : null;
    // Not in the method's list of errors; seen where the first message was deleted (slackapi/bolt-js #2307).
    if (thread !== null && !this.#isParent(channel, thread)) return refuse("thread_not_found");
    // docs.slack.dev/reference/methods/chat.postMessage, "Errors": "Cannot post replies to a thread that has been locked".
    if (thread !== null && this.#workspace.locked.has(`${channel} ${thread}`))
      return refuse("restricted_action_thread_locked");
    const refused = this.#refuse(params);
    if (refused !== null) return refused;
    const said = params["metadata"];
    const read = metadata.safeParse(said);
    if (said !== undefined && !read.success) return refuse("invalid_metadata_format");
    const ts = this.#workspace.nextTs();
    const key = read.data?.event_payload.key ?? null;
    this.#gate.took(channel);
    this.#workspace.add({ ...this.#message(params, { id: ts, channel, thread, key }), metadata: said });
    return { ok: true, channel, ts, message: { ts, user: BOT_USER, bot_id: BOT, type: "message" } };
  }

  update(params: Params): Answer {
    const channel = word(params["channel"]);
    if (/^[UW]/.test(channel)) return refuse("channel_not_found");
    const place = this.#workspace.channels.get(channel);
    if (place === undefined && !channel.startsWith("D")) return refuse("channel_not_found");
    if (place?.archived === true) return refuse("is_archived");
    const old = this.#workspace.find(channel, word(params["ts"]));
    // What was deleted leaves at most a notice of Slack's own.
    if (old === undefined || old.by === "USLACKBOT") return refuse("message_not_found");
    if (old.by !== BOT_USER) return refuse("cant_update_message");
    const refused = this.#refuse(params);
    if (refused !== null) return refused;
    this.#gate.tookEdit();
    // Metadata that is left out stays.
    this.#workspace.replace({ ...this.#message(params, old), metadata: old.metadata });
    return { ok: true, channel, ts: old.id, text: word(params["text"]) };
  }

  permalink(params: Params): Answer {
    const [channel, ts] = [word(params["channel"]), word(params["message_ts"])];
    const found = this.#workspace.find(channel, ts);
    if (found === undefined) return refuse("message_not_found");
    const thread = found.thread === null ? "" : `?thread_ts=${found.thread}&cid=${channel}`;
    const permalink = `https://watchers.slack.com/archives/${channel}/p${ts.replace(".", "")}${thread}`;
    return { ok: true, channel, permalink };
  }

  #mayWithoutJoining(channel: string): boolean {
    return channel.startsWith("C") && this.#workspace.scopes.has("chat:write.public");
  }

  #isParent(channel: string, ts: string): boolean {
    return this.#workspace.find(channel, ts)?.thread === null;
  }

  #refuse(params: Params): Answer | null {
    const { text, blocks } = params;
    if ((text === undefined || text === "") && blocks === undefined) return refuse("no_text");
    const problems = refusePayload({ text, blocks });
    if (problems.some((problem) => problem.includes("msg_blocks_too_long")))
      return refuse("msg_blocks_too_long");
    return problems.length === 0 ? null : refuse("invalid_blocks", problems);
  }

  #message(params: Params, base: Pick<SlackMessage, "id" | "channel" | "thread" | "key">): SlackMessage {
    const payload = { text: params["text"], blocks: params["blocks"] };
    const { id, channel, thread, key } = base;
    return { id, channel, thread, key, by: BOT_USER, payload, text: visibleText(payload) };
  }
}

/** A person's id stands for their direct messages. */
function channelOf(params: Params): string {
  const target = word(params["channel"]);
  return /^[UW]/.test(target) ? directChannel(target) : target;
}
