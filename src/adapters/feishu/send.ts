import { createHash } from "node:crypto";
import { z } from "zod";
import type { Address } from "../../core/place.ts";
import type { Log } from "../../log.ts";
import type { Message } from "../../message/message.ts";
import { DeliveryError } from "../../platform/platform.ts";
import type { ApiRequest, FeishuApi, Outcome } from "./api.ts";
import type { FeishuCard } from "./card.ts";
import { checkCard } from "./check-card.ts";
import { CARD_REFUSED, NO_THREADS, describe, feishuError } from "./failure.ts";
import { LIMITS } from "./limits.ts";
import { renderFeishu, renderPlain } from "./render.ts";

/** Sends cards. Every method rejects with DeliveryError only; each gives the message's id. */
export interface Sender {
  /** A new message in a chat, or in a person's direct messages. */
  create(to: Address["to"], message: Message, key: string): Promise<string>;
  /** An answer to a message: in its topic if it has one, as a quoted reply else; `startThread` opens a topic below it. */
  reply(messageId: string, message: Message, key: string, startThread: boolean): Promise<string>;
  edit(messageId: string, message: Message): Promise<void>;
}

/** "发送消息", "回复消息": what of the answer is used. */
const sent = z.object({ data: z.object({ message_id: z.string().min(1) }) });

/** A key as `uuid`: at most 50 characters, the same for the same key; Feishu accepts one success per uuid in an hour. */
export function uuidOf(key: string): string {
  if (key.length <= LIMITS.uuid) return key;
  return createHash("sha256").update(key).digest("hex").slice(0, LIMITS.uuid);
}

/** The card, or its plain form where the card breaks Feishu's rules. */
export function sendable(message: Message, log: Log): FeishuCard {
  const card = renderFeishu(message);
  const faults = checkCard(card);
  if (faults.length === 0) return card;
  log.error("feishu: a card broke its limits, sent as plain text", { faults: faults.slice(0, 3).join("; ") });
  return renderPlain(message);
}

function refusedWith(outcome: Outcome): number | null {
  return !outcome.ok && outcome.failure.kind === "refused" ? outcome.failure.code : null;
}

export function createSender(api: FeishuApi, log: Log): Sender {
  /** A card that Feishu refuses is sent once more as plain text. */
  async function deliver(message: Message, request: (content: string) => ApiRequest): Promise<Outcome> {
    const outcome = await api.call(request(JSON.stringify(sendable(message, log))));
    const code = refusedWith(outcome);
    if (outcome.ok || code === null || !CARD_REFUSED.has(code)) return outcome;
    log.warn("feishu refused a card, sending plain text", {
      what: describe(outcome.endpoint, outcome.failure),
    });
    return api.call(request(JSON.stringify(renderPlain(message))));
  }

  function idOf(outcome: Outcome, endpoint: "create" | "reply"): string {
    if (!outcome.ok) throw feishuError(outcome.endpoint, outcome.failure);
    const parsed = sent.safeParse(outcome.body);
    if (!parsed.success) throw feishuError(endpoint, { kind: "unreadable" });
    return parsed.data.data.message_id;
  }

  async function create(to: Address["to"], message: Message, key: string): Promise<string> {
    const [type, id] = "channel" in to ? ["chat_id", to.channel] : ["open_id", to.person];
    const outcome = await deliver(message, (content) => ({
      endpoint: "create",
      method: "POST",
      path: "/open-apis/im/v1/messages",
      params: { receive_id_type: type },
      data: { receive_id: id, msg_type: "interactive", content, uuid: uuidOf(key) },
    }));
    return idOf(outcome, "create");
  }

  async function reply(
    messageId: string,
    message: Message,
    key: string,
    startThread: boolean,
  ): Promise<string> {
    const attempt = async (inThread: boolean): Promise<Outcome> =>
      deliver(message, (content) => ({
        endpoint: "reply",
        method: "POST",
        path: `/open-apis/im/v1/messages/${encodeURIComponent(messageId)}/reply`,
        data: { msg_type: "interactive", content, reply_in_thread: inThread, uuid: uuidOf(key) },
      }));
    const outcome = await attempt(startThread);
    return idOf(startThread && refusedWith(outcome) === NO_THREADS ? await attempt(false) : outcome, "reply");
  }

  async function edit(messageId: string, message: Message): Promise<void> {
    const outcome = await deliver(message, (content) => ({
      endpoint: "update",
      method: "PATCH",
      path: `/open-apis/im/v1/messages/${encodeURIComponent(messageId)}`,
      data: { content },
    }));
    if (!outcome.ok) throw feishuError(outcome.endpoint, outcome.failure);
  }

  return { create, reply, edit };
}

/** What a call before start or after stop gives: certainly not sent. */
export function notConnected(): DeliveryError {
  return new DeliveryError("unreachable", "feishu: not started", null, "all");
}
