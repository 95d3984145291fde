import { z } from "zod";
import type { ButtonValue } from "./card.ts";
import { buttonValue } from "./card.ts";

/** `im.message.receive_v1` as the SDK flattens it ("接收消息", im/v1/events/message-receive, open.feishu.cn). */
const messageEvent = z.object({
  sender: z.object({
    sender_id: z.object({ open_id: z.string().min(1) }),
    sender_type: z.string(),
  }),
  message: z.object({
    message_id: z.string().min(1),
    root_id: z.string().optional(),
    thread_id: z.string().optional(),
    create_time: z.string().optional(),
    chat_id: z.string().min(1),
    chat_type: z.string(),
    message_type: z.string(),
    content: z.string(),
    mentions: z
      .array(z.object({ key: z.string(), id: z.object({ open_id: z.string().optional() }) }))
      .optional(),
  }),
});

/** `card.action.trigger` ("卡片回传交互回调", open.feishu.cn): the callback of a click, without the thread it stands in. */
const clickEvent = z.object({
  event_id: z.string().optional(),
  create_time: z.string().optional(),
  token: z.string().optional(),
  operator: z.object({ open_id: z.string().min(1) }),
  action: z.object({ value: z.unknown() }),
  context: z.object({ open_message_id: z.string().min(1), open_chat_id: z.string().min(1) }),
});

const textContent = z.object({ text: z.string() });
const postContent = z.object({
  title: z.string().optional(),
  content: z.array(
    z.array(
      z.object({
        tag: z.string(),
        text: z.string().optional(),
        href: z.string().optional(),
        user_id: z.string().optional(),
      }),
    ),
  ),
});

/** A command line that somebody sent as a message. */
export interface Asked {
  readonly messageId: string;
  readonly chatId: string;
  /** The message that began the topic it was sent in, or null outside topics. */
  readonly rootId: string | null;
  readonly group: boolean;
  readonly openId: string;
  readonly line: string;
  readonly at: Date | null;
}

/** A click on one of our buttons. `value` is null when it is not one of this version's. */
export interface Clicked {
  readonly messageId: string;
  readonly chatId: string;
  readonly openId: string;
  /** What makes this click the same when it arrives again. */
  readonly key: string;
  readonly value: ButtonValue | null;
  readonly at: Date | null;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Feishu's times: milliseconds in messages, microseconds in the header of card callbacks; both as digits. */
function time(digits: string | undefined): Date | null {
  if (digits === undefined || !/^\d{13}(\d{3})?$/.test(digits)) return null;
  return new Date(Number(digits.slice(0, 13)));
}

function typedText(type: string, content: string): string | null {
  if (type === "text") return textContent.safeParse(json(content)).data?.text ?? null;
  if (type !== "post") return null;
  const post = postContent.safeParse(json(content)).data;
  if (post === undefined) return null;
  const paragraphs = post.content.map((pieces) =>
    // A link counts as its address, as it would if it had been typed; a mention as its placeholder.
    pieces
      .map((piece) => (piece.tag === "at" ? (piece.user_id ?? "") : (piece.href ?? piece.text ?? "")))
      .join(""),
  );
  return [post.title ?? "", ...paragraphs].filter((text) => text !== "").join("\n");
}

/** The line behind a leading slash and our own name, with the bot's mentions taken out. */
function commandLine(text: string, ownKeys: readonly string[]): string {
  let line = text;
  for (const key of ownKeys) line = line.replaceAll(new RegExp(`${key}(?!\\d)`, "g"), " ");
  return line
    .replaceAll("\u00A0", " ")
    .trim()
    .replace(/^[/／]\s*(?:(?:qushi|区势)(?=\s|$))?/iu, "")
    .trim();
}

/** The command in a message event, or null for what is not meant for us: bots, other types, groups without a mention. */
export function decodeMessage(event: unknown, botOpenId: string): Asked | null {
  const parsed = messageEvent.safeParse(event);
  if (!parsed.success) return null;
  const { sender, message } = parsed.data;
  if (sender.sender_type !== "user") return null;
  const group = message.chat_type !== "p2p";
  const own = (message.mentions ?? []).filter(({ id }) => id.open_id === botOpenId);
  if (group && own.length === 0) return null;
  const ownKeys = own.map(({ key }) => key).filter((key) => /^@\w+$/.test(key));
  const text = typedText(message.message_type, message.content);
  if (text === null) return null;
  return {
    messageId: message.message_id,
    chatId: message.chat_id,
    rootId:
      message.thread_id === undefined || message.thread_id === ""
        ? null
        : message.root_id || message.message_id,
    group,
    openId: sender.sender_id.open_id,
    line: commandLine(text, ownKeys),
    at: time(message.create_time),
  };
}

/** The click in a card callback, or null when it is none. */
export function decodeClick(event: unknown): Clicked | null {
  const parsed = clickEvent.safeParse(event);
  if (!parsed.success) return null;
  const { operator, action, context, token, event_id: eventId } = parsed.data;
  // Some clients hand a value back as the JSON text of the object that was sent.
  const value = buttonValue.safeParse(typeof action.value === "string" ? json(action.value) : action.value);
  return {
    messageId: context.open_message_id,
    chatId: context.open_chat_id,
    openId: operator.open_id,
    key: eventId ?? token ?? `${context.open_message_id}:${operator.open_id}`,
    value: value.success ? value.data : null,
    at: time(parsed.data.create_time),
  };
}
