import { createHash } from "node:crypto";
import { directTo, placeOf, type Address, type MessageRef } from "../../core/place.ts";
import type { Log } from "../../log.ts";
import type { Message } from "../../message/message.ts";
import type { Inbound, OnInbound, Reply } from "../../platform/platform.ts";
import type { FeishuCard } from "./card.ts";
import type { Asked, Clicked } from "./decode.ts";
import { decodeClick, decodeMessage } from "./decode.ts";
import type { InFlight } from "./in-flight.ts";
import type { Sender } from "./send.ts";
import { sendable } from "./send.ts";

/** What a card callback is answered with, within three seconds ("卡片回传交互回调", response body). */
export type CallbackAnswer =
  | Readonly<Record<string, never>>
  | { readonly toast: { readonly type: "info" | "warning"; readonly content: string; readonly i18n: Words } }
  | { readonly card: { readonly type: "raw"; readonly data: FeishuCard } };
interface Words {
  readonly zh_cn: string;
  readonly en_us: string;
}

/** Feishu shows an error after 3 s; the rest is for the way. */
const CALLBACK_MS = 2_300;
const STALE: Words = { zh_cn: "这个按钮已失效", en_us: "This button no longer works" };
const WORKING: Words = { zh_cn: "正在处理", en_us: "Working on it" };

const toast = (type: "info" | "warning", i18n: Words): CallbackAnswer => ({
  toast: { type, content: `${i18n.zh_cn} / ${i18n.en_us}`, i18n },
});
const hash = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 32);
const place = (channel: string, thread: string | null): Address => ({
  platform: "feishu",
  workspace: null,
  to: { channel },
  thread,
});

interface InboundOptions {
  readonly sender: Sender;
  readonly onInbound: OnInbound;
  readonly inFlight: InFlight;
  readonly botOpenId: string;
  readonly log: Log;
  readonly now: () => Date;
}

/** The handlers for the SDK's dispatcher. None waits for an answer longer than Feishu waits for the acknowledgement. */
export interface Handlers {
  message(event: unknown): void;
  click(event: unknown): Promise<CallbackAnswer>;
}

export function createHandlers(options: InboundOptions): Handlers {
  const { sender, onInbound, inFlight, botOpenId, log, now } = options;

  /** Keys for the answers to one inbound: the same again when Feishu delivers it again, so none is posted twice. */
  function keys(id: string): () => string {
    let count = 0;
    return () => hash(`${id}#${(count += 1)}`);
  }

  function inbound(
    id: string,
    source: Asked | Clicked,
    ref: MessageRef,
    isDirect: boolean,
    rest: Pick<Inbound, "via" | "line" | "reply">,
  ) {
    const actor = { platform: "feishu" as const, workspace: null, id: source.openId };
    return {
      type: "command" as const,
      id,
      at: source.at ?? now(),
      actor,
      address: ref.address,
      place: isDirect ? directTo(actor) : placeOf(ref.address),
      ref,
      ...rest,
    };
  }

  function message(event: unknown): void {
    const asked = decodeMessage(event, botOpenId);
    if (asked === null) {
      log.debug("feishu: a message that is not for us");
      return;
    }
    const id = `feishu:${asked.messageId}`;
    const key = keys(id);
    const ref: MessageRef = { address: place(asked.chatId, asked.rootId), id: asked.messageId };
    const reply: Reply = async (answer) => {
      if (asked.group || asked.rootId !== null) await sender.reply(asked.messageId, answer, key(), false);
      else await sender.create({ channel: asked.chatId }, answer, key());
    };
    const via = asked.group ? "mention" : "direct";
    inFlight.later(() => onInbound(inbound(id, asked, ref, !asked.group, { via, line: asked.line, reply })));
  }

  /** Answers a click: inside the callback while it is open and the card is to be replaced, else by a message. */
  function clickReply(clicked: Clicked, id: string, replaces: boolean, callback: Callback): Reply {
    const key = keys(id);
    return async (answer: Message) => {
      if (!replaces) await sender.reply(clicked.messageId, answer, key(), false);
      else if (!callback.settle(() => ({ card: { type: "raw", data: sendable(answer, log) } }))) {
        await sender.edit(clicked.messageId, answer);
      }
    };
  }

  async function click(event: unknown): Promise<CallbackAnswer> {
    const clicked = decodeClick(event);
    if (clicked === null || clicked.value === null) {
      log.info("feishu: a click this version does not know");
      return toast("warning", STALE);
    }
    const { run: line, replace } = clicked.value;
    const id = `feishu:click:${hash(clicked.key)}`;
    const ref: MessageRef = { address: place(clicked.chatId, null), id: clicked.messageId };
    const callback = openCallback();
    const replaces = replace === true;
    if (!replaces) callback.settle(() => ({}));
    const reply = clickReply(clicked, id, replaces, callback);
    inFlight.later(async () => {
      const timer = setTimeout(() => callback.settle(() => toast("info", WORKING)), CALLBACK_MS);
      try {
        await onInbound(inbound(id, clicked, ref, false, { via: "click", line, reply }));
      } finally {
        clearTimeout(timer);
        callback.settle(() => ({}));
      }
    });
    return callback.answer;
  }

  return { message, click };
}

interface Callback {
  readonly answer: Promise<CallbackAnswer>;
  /** Gives the answer if none was given yet; true when this one was taken. */
  settle(make: () => CallbackAnswer): boolean;
}

function openCallback(): Callback {
  const { promise, resolve } = Promise.withResolvers<CallbackAnswer>();
  let open = true;
  return {
    answer: promise,
    settle: (make) => {
      if (!open) return false;
      open = false;
      resolve(make());
      return true;
    },
  };
}
