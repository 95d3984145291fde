import { createHash } from "node:crypto";
import { z } from "zod";

/** What may be missing: null, as Feishu writes an id it does not tell, is no reason to pass over what somebody said. */
const maybe = z.string().optional().catch(undefined);

/** `im.message.receive_v1` as the SDK flattens it ("接收消息", im/v1/events/message-receive, open.feishu.cn). */
const messageEvent = z.object({
  tenant_key: maybe,
  sender: z.object({
    sender_id: z.object({ open_id: z.string().min(1) }),
    sender_type: z.string(),
    tenant_key: maybe,
  }),
  message: z.object({
    message_id: z.string().min(1),
    root_id: maybe,
    thread_id: maybe,
    create_time: maybe,
    chat_id: z.string().min(1),
    chat_type: z.string(),
    message_type: z.string(),
    content: z.string(),
    mentions: z
      .array(
        z.object({
          key: z.string(),
          id: z.object({ open_id: z.string().min(1).optional().catch(undefined) }).nullish(),
          name: maybe,
        }),
      )
      .nullish(),
  }),
});
type Mention = NonNullable<z.infer<typeof messageEvent>["message"]["mentions"]>[number];

const textContent = z.object({ text: z.string() });
const postContent = z.object({
  title: maybe,
  content: z.array(
    z.array(
      z.object({
        tag: z.string(),
        text: maybe,
        href: maybe,
        user_id: maybe,
      }),
    ),
  ),
});

/** Somebody's message. */
interface Said {
  /** The same when Feishu delivers it again, even under a new message id. */
  readonly id: string;
  readonly messageId: string;
  readonly chatId: string;
  /** The message that began the topic it was sent in, or null outside topics. */
  readonly rootId: string | null;
  /** Feishu's own id of that topic. */
  readonly topicId: string | null;
  /** Outside topics, in groups: the first message of the chain of answers that it is one of. */
  readonly quotedId: string | null;
  readonly group: boolean;
  readonly openId: string;
  readonly isExternal: boolean;
  readonly at: Date | null;
}

/** asked: a command line. overheard: said in a group without naming the bot. unread: an image, a file and the like, in direct messages. */
export type Heard = Said &
  (
    | { readonly type: "asked"; readonly line: string; readonly picked?: true }
    | { readonly type: "overheard"; readonly text: string }
    | { readonly type: "unread" }
  );

/** The JSON in a text, null where there is none. */
export function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Feishu's times: milliseconds in messages, microseconds in the header of card callbacks; both as digits. */
export function time(digits: string | undefined): Date | null {
  if (digits === undefined || !/^\d{13}(\d{3})?$/.test(digits)) return null;
  return new Date(Number(digits.slice(0, 13)));
}

/**
 * Whether somebody is of another company than the app, as in an external group ("外部群"): an event's header names the
 * tenant that the app belongs to, the event that of whoever acts. Where one of them is not told, they count as our own.
 */
export function isExternal(own: string | undefined, theirs: string | undefined): boolean {
  return Boolean(own) && Boolean(theirs) && own !== theirs;
}

/** A short name for what may be long or secret. */
export function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
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

/** Stands in the text where everybody is named, with or without a mention of its own beside it. */
const EVERYBODY = "@_all";

/**
 * Placeholders read in one pass, so that nobody's name is read as one: people become their open_id; the bot and everybody
 * go, as they are called and not spoken of.
 */
function withPeople(text: string, mentions: readonly Mention[], botOpenId: string): string {
  const known = new Map([[EVERYBODY, ""]]);
  for (const { key, id, name } of mentions) {
    if (!/^@\w+$/.test(key) || key === EVERYBODY) continue;
    known.set(key, id?.open_id === botOpenId ? " " : (id?.open_id ?? name ?? key));
  }
  const keys = [...known.keys()].sort((a, b) => b.length - a.length);
  return text.replace(new RegExp(`(?:${keys.join("|")})(?!\\d)`, "g"), (key, offset: number) => {
    const [before = " ", after = " "] = [text[offset - 1], text[offset + key.length]];
    const gap = (beside: string): string => (/\s/.test(beside) ? "" : " ");
    return `${gap(before)}${known.get(key) ?? key}${gap(after)}`;
  });
}

/** The line behind a leading slash and our own name. What the panel of / commands sends looks like any other text. */
function commandLine(text: string): { readonly line: string; readonly picked?: true } {
  const said = text
    .replaceAll("\u00A0", " ")
    .trim()
    .replace(/^[@＠]\s*(?:qushi|区势)(?=\s|$)/iu, "")
    .trim();
  const line = said.replace(/^[/／]\s*(?:(?:qushi|区势)(?=\s|$))?/iu, "").trim();
  return said === `/${line}` ? { line, picked: true } : { line };
}

/** What was said, or null for what means nothing to us: bots, system messages, what a group says beside text. */
export function decodeMessage(event: unknown, botOpenId: string): Heard | null {
  const parsed = messageEvent.safeParse(event);
  if (!parsed.success) return null;
  const { sender, message } = parsed.data;
  if (sender.sender_type !== "user" || message.message_type === "system") return null;
  const { open_id: openId } = sender.sender_id;
  const { chat_id: chatId, message_id: messageId, create_time: created, content } = message;
  const mentions = message.mentions ?? [];
  const topicId = message.thread_id || null;
  const group = message.chat_type !== "p2p";
  const said: Said = {
    // A message has been seen to come again with another id after a reconnect.
    id: `feishu:${hash(created === undefined ? messageId : [openId, chatId, created, content].join("\n"))}`,
    messageId,
    chatId,
    rootId: topicId === null ? null : message.root_id || messageId,
    topicId,
    quotedId: topicId === null && group ? message.root_id || null : null,
    group,
    openId,
    isExternal: isExternal(parsed.data.tenant_key, sender.tenant_key),
    at: time(created),
  };
  const typed = typedText(message.message_type, content);
  if (typed === null) return said.group ? null : { ...said, type: "unread" };
  const text = withPeople(typed, mentions, botOpenId);
  const named = !said.group || mentions.some(({ id }) => id?.open_id === botOpenId);
  return named ? { ...said, type: "asked", ...commandLine(text) } : { ...said, type: "overheard", text };
}
