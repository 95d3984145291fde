import { directTo, type Person } from "../../core/place.ts";
import type { Log } from "../../log.ts";
import type { Message } from "../../message/message.ts";
import { DeliveryError, type Reply, type Shown } from "../../platform/platform.ts";
import type { CallbackAnswer, OpenCallback } from "./callback.ts";
import { hash } from "./decode.ts";
import { clip } from "./escape.ts";
import type { Content } from "./fallback.ts";
import { sendable } from "./fallback.ts";
import type { Files } from "./files.ts";
import { LIMITS } from "./limits.ts";
import type { Sender } from "./send.ts";
import { stubborn } from "./stubborn.ts";

export interface Answering {
  readonly sender: Sender;
  readonly files: Files;
  readonly log: Log;
  /** Aborted when the adapter stops: then nothing is tried again. */
  readonly stopped: AbortSignal;
}

/** Keys for the answers to one inbound: the same again when Feishu delivers it again, so none is posted twice. */
function keys(id: string): () => string {
  let count = 0;
  return () => hash(`${id}#${(count += 1)}`);
}

const contentOf = (message: Message, { form }: Shown, below: string | null): Content =>
  form === undefined ? { message, below } : { message, form, below };

/**
 * Answers with a message of its own, wherever `send` puts it; files go to the asker's direct messages. `below`: the first
 * message of the topic or the chain of answers that it comes into, null where it stands by itself.
 */
export function messageReply(
  { files, stopped }: Answering,
  { id, actor, below }: { readonly id: string; readonly actor: Person; readonly below: string | null },
  stored: () => Promise<void>,
  send: (content: Content, key: string, how: Shown) => Promise<unknown>,
): Reply {
  const key = keys(id);
  return async (message, how) => {
    const name = key();
    await stored();
    const prepared = await files.prepare(message);
    await stubborn(() => send(contentOf(prepared.message, how, below), name, how), stopped);
    const apology = await prepared.follow(directTo(actor).to, name);
    if (apology !== null) await stubborn(() => send({ message: apology, below }, key(), how), stopped);
  };
}

/** An answer below what was asked; in the chat where that was recalled or deleted meanwhile, or its topic is gone. */
export async function answerBelow(
  sender: Sender,
  { messageId, chatId }: { readonly messageId: string; readonly chatId: string },
  content: Content,
  key: string,
  inTopic = false,
): Promise<void> {
  try {
    await sender.reply(messageId, content, key, inTopic);
  } catch (error) {
    if (!(error instanceof DeliveryError) || error.code !== "target_gone" || error.scope !== "message")
      throw error;
    await sender.create({ channel: chatId }, content, key);
  }
}

interface Pressing {
  readonly id: string;
  readonly messageId: string;
  readonly chatId: string;
  readonly actor: Person;
  /** The first message of the topic or the chain of answers that the card stands in. */
  readonly below: string;
  readonly callback: OpenCallback;
  /** The answer takes the card's place. */
  readonly replaces: boolean;
  readonly stored: () => Promise<void>;
}

/**
 * Answers a click or a submission. A card that is to be replaced is, inside the callback while that is open; a refusal
 * is a toast, so that what was filled in stays.
 */
export function cardReply(
  answering: Answering,
  { id, messageId, chatId, actor, below, callback, replaces, stored }: Pressing,
): Reply {
  const { sender, log } = answering;
  const card = { messageId, chatId };
  const asked = { id, actor, below };
  // Below another message of the discussion the answer goes into the topic by itself.
  const beside = messageReply(answering, asked, stored, (content, key, { inDiscussion = false }) =>
    answerBelow(sender, card, content, key, inDiscussion && below === messageId),
  );
  const inPlace = messageReply(answering, asked, stored, async (content, key) => {
    try {
      await sender.edit(messageId, content);
    } catch (error) {
      // Too old to be edited: the answer stands below it.
      if (!(error instanceof DeliveryError) || error.code !== "target_gone") throw error;
      await answerBelow(sender, card, content, key);
    }
  });
  return async (message, how) => {
    if (how.refused !== undefined) {
      const content = clip(message.summary, LIMITS.summary);
      const refusal: CallbackAnswer = { toast: { type: "error", content } };
      if (callback.settle(() => refusal)) await stored();
      else await beside(message, how);
      return;
    }
    const inside = (): CallbackAnswer => ({
      card: { type: "raw", data: sendable(contentOf(message, how, below), log) },
    });
    const hasFiles = (message.files ?? []).length > 0;
    if (replaces && !hasFiles && callback.settle(inside)) {
      await stored();
      return;
    }
    callback.settle(() => ({}));
    await (replaces ? inPlace : beside)(message, how);
  };
}
