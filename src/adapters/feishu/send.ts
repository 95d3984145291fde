import { createHash } from "node:crypto";
import { z } from "zod";
import type { Address } from "../../core/place.ts";
import type { Log } from "../../log.ts";
import { DeliveryError } from "../../platform/platform.ts";
import type { ApiRequest, FeishuApi, Outcome } from "./api.ts";
import type { Chats } from "./chats.ts";
import type { Content } from "./fallback.ts";
import { sendable, simpler } from "./fallback.ts";
import { CENSORED, NO_THREADS, describe, feishuError } from "./failure.ts";
import { LIMITS } from "./limits.ts";
import { createPacing } from "./pacing.ts";
import type { Topics } from "./topics.ts";

/** Sends cards. Every method rejects with DeliveryError only; each gives the message's id. */
export interface Sender {
  /** A new message in a chat, or in a person's direct messages. */
  create(to: Address["to"], content: Content, key: string): Promise<string>;
  /** A file that was uploaded, as a message of its own. */
  createFile(to: Address["to"], fileKey: string, key: string): Promise<string>;
  /** An answer to a message: in its topic if it has one, as a quoted reply else; `startThread` opens a topic below it. */
  reply(messageId: string, content: Content, key: string, startThread: boolean): Promise<string>;
  edit(messageId: string, content: Content): Promise<void>;
}

/** "发送消息", "回复消息": what of the answer is used. */
const sent = z.object({
  data: z.object({
    message_id: z.string().min(1),
    chat_id: z.string().optional(),
    root_id: z.string().optional().catch(undefined),
    thread_id: z.string().optional().catch(undefined),
  }),
});

/** A key as `uuid`: at most 50 characters, the same for the same key; Feishu accepts one success per uuid in an hour. */
export function uuidOf(key: string): string {
  if (key.length <= LIMITS.uuid) return key;
  return createHash("sha256").update(key).digest("hex").slice(0, LIMITS.uuid);
}

function refusedWith(outcome: Outcome): number | null {
  return !outcome.ok && outcome.failure.kind === "refused" ? outcome.failure.code : null;
}

function messagePath(messageId: string): string {
  return `/open-apis/im/v1/messages/${encodeURIComponent(messageId)}`;
}

export function createSender(api: FeishuApi, chats: Chats, topics: Topics, log: Log): Sender {
  const paced = createPacing();

  /** What Feishu refuses is sent once more in a simpler form, under the same uuid: nothing was sent under it yet. */
  async function deliver(content: Content, request: (card: string) => ApiRequest): Promise<Outcome> {
    const outcome = await api.call(request(JSON.stringify(sendable(content, log))));
    const code = refusedWith(outcome);
    if (outcome.ok || code === null) return outcome;
    const instead = simpler(content, code);
    if (instead === null) return outcome;
    log.warn("feishu refused a card, sending a simpler one", {
      what: describe(outcome.endpoint, outcome.failure),
    });
    const again = await api.call(request(JSON.stringify(instead)));
    // Plain text can be held back by the content check in its turn.
    const second = refusedWith(again);
    if (second === null || !CENSORED.has(second) || CENSORED.has(code)) return again;
    return api.call(request(JSON.stringify(simpler(content, second))));
  }

  function sentOf(outcome: Outcome, endpoint: "create" | "reply") {
    if (!outcome.ok) throw feishuError(outcome.endpoint, outcome.failure);
    const parsed = sent.safeParse(outcome.body);
    if (!parsed.success) throw feishuError(endpoint, { kind: "unreadable" });
    return parsed.data.data;
  }

  function creation(
    to: Address["to"],
    key: string,
    type: "interactive" | "file",
  ): (text: string) => ApiRequest {
    const [idType, id] = "channel" in to ? ["chat_id", to.channel] : ["open_id", to.person];
    return (text) => ({
      endpoint: "create",
      method: "POST",
      path: "/open-apis/im/v1/messages",
      params: { receive_id_type: idType },
      data: { receive_id: id, msg_type: type, content: text, uuid: uuidOf(key) },
    });
  }

  function created(to: Address["to"], outcome: Outcome): string {
    const { message_id: id, chat_id: chat } = sentOf(outcome, "create");
    if ("person" in to && chat !== undefined && chat !== "") chats.learn(chat, true);
    return id;
  }

  async function reply(messageId: string, content: Content, key: string, thread: boolean): Promise<string> {
    const attempt = async (inThread: boolean): Promise<Outcome> =>
      deliver(content, (card) => ({
        endpoint: "reply",
        method: "POST",
        path: `${messagePath(messageId)}/reply`,
        data: { msg_type: "interactive", content: card, reply_in_thread: inThread, uuid: uuidOf(key) },
      }));
    const outcome = await attempt(thread);
    const refused = refusedWith(outcome);
    const plain = thread && refused !== null && NO_THREADS.has(refused);
    const answer = sentOf(plain ? await attempt(false) : outcome, "reply");
    const { root_id: root = "", thread_id: topic = "" } = answer;
    if (root !== "" && topic !== "") topics.learn(root, topic);
    return answer.message_id;
  }

  async function edit(messageId: string, content: Content): Promise<void> {
    await paced(messageId);
    const outcome = await deliver(content, (card) => ({
      endpoint: "update",
      method: "PATCH",
      path: messagePath(messageId),
      data: { content: card },
    }));
    if (!outcome.ok) throw feishuError(outcome.endpoint, outcome.failure);
  }

  return {
    create: async (to, content, key) => created(to, await deliver(content, creation(to, key, "interactive"))),
    createFile: async (to, fileKey, key) =>
      created(to, await api.call(creation(to, key, "file")(JSON.stringify({ file_key: fileKey })))),
    reply,
    edit,
  };
}

/** What a call before start or after stop gives: certainly not sent. */
export function notConnected(): DeliveryError {
  return new DeliveryError("unreachable", "feishu: not started", null, "all");
}
