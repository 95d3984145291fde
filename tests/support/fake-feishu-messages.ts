import { z } from "zod";
import type { ChatPost } from "./chat-fake.ts";
import type { Refusal } from "./fake-feishu-cards.ts";
import { cardRefusal, cardText } from "./fake-feishu-cards.ts";
import type { FakeChats } from "./fake-feishu-chats.ts";
import type { FakeUploads } from "./fake-feishu-uploads.ts";

/** A message of the bot, as it stands now. */
export interface FakePost extends ChatPost {
  readonly chat: string;
  /** The message it answers, or null. */
  readonly parent: string | null;
  readonly uuid: string | null;
  readonly edits: number;
  readonly at: Date;
  readonly kind: "interactive" | "file";
}

/** A message of a person. */
export interface FakeSaid {
  readonly id: string;
  readonly chat: string;
  readonly threadId: string | null;
  readonly root: string | null;
}

interface Target {
  readonly chat: string;
  readonly parent: string | null;
  readonly thread: string | null;
}

/** "发送消息": the kinds that Qushi sends. */
const sentKinds = { msg_type: z.enum(["interactive", "file"]), content: z.string() };
const uuid = z.string().max(50).optional();
const createBody = z.object({ receive_id: z.string(), ...sentKinds, uuid });
const replyBody = z.object({ ...sentKinds, reply_in_thread: z.boolean().optional(), uuid });
const updateBody = z.object({ content: z.string() });
const fileContent = z.object({ file_key: z.string() });

const refuse = (code: number, msg: string): Refusal => ({ code, msg });
const INVALID = refuse(230001, "Your request contains an invalid request parameter.");
const DELETED = refuse(230110, "Action unavailable as the message has been deleted.");
export const isRefusal = (value: object): value is Refusal => "code" in value;

/** "发送消息": one success for each uuid in an hour. */
const UUID_MS = 3_600_000;
/** "更新已发送的消息卡片": a card can be changed for 14 days. */
const EDITABLE_MS = 14 * 86_400_000;

/** The messages of the fake, with Feishu's rules for them. */
export class FakeMessages {
  private readonly said = new Map<string, FakeSaid>();
  private readonly sent = new Map<string, FakePost>();
  private readonly uuids = new Map<string, { id: string; at: number }>();
  private readonly heard = new Set<(post: FakePost) => void>();
  /** What happened to messages that can no longer be answered or edited: the code that Feishu then gives. */
  private readonly lost = new Map<string, number>();
  /** First messages that have a topic below them. */
  private readonly topics = new Set<string>();
  private count = 0;
  private readonly chats: FakeChats;
  private readonly uploads: FakeUploads;
  private readonly now: () => Date;

  constructor(chats: FakeChats, uploads: FakeUploads, now: () => Date) {
    this.chats = chats;
    this.uploads = uploads;
    this.now = now;
  }

  nextId(): string {
    this.count += 1;
    return `om_fake${String(this.count).padStart(8, "0")}`;
  }

  say(message: FakeSaid): void {
    this.said.set(message.id, message);
    if (message.threadId !== null) this.topics.add(message.root ?? message.id);
  }

  /** Somebody takes a message back (230011), deletes it (230110, 231003) or closes the topic below it (230019). */
  lose(id: string, code: 230011 | 230110 | 231003 | 230019): void {
    this.lost.set(id, code);
  }

  /** The first message of the chain of answers that a message stands in: itself where it answers none. */
  rootOf(id: string): string {
    const said = this.said.get(id);
    const above = said === undefined ? (this.sent.get(id)?.parent ?? null) : said.root;
    return above === null ? id : this.rootOf(above);
  }

  /** What stands there to be seen. */
  posts(chat?: string): readonly FakePost[] {
    const all = [...this.sent.values()].filter(({ id }) => (this.lost.get(id) ?? 230019) === 230019);
    return chat === undefined ? all : all.filter((post) => post.chat === chat);
  }

  post(id: string): FakePost | undefined {
    return this.sent.get(id);
  }

  /** The chat a message stands in, for whoever counts. */
  chatOf(id: string): string | undefined {
    return this.said.get(id)?.chat ?? this.sent.get(id)?.chat;
  }

  /** Calls back at every message and edit until the given function is called. */
  listen(heard: (post: FakePost) => void): () => void {
    this.heard.add(heard);
    return () => this.heard.delete(heard);
  }

  /** "发送消息" POST im/v1/messages. */
  create(type: string | null, body: unknown): FakePost | Refusal {
    const parsed = createBody.safeParse(body);
    if (!parsed.success) return INVALID;
    const { receive_id: to } = parsed.data;
    if (type === "open_id" && !/^ou_\w+$/.test(to)) return refuse(230034, "The receive_id is invalid.");
    if (type !== "open_id" && type !== "chat_id") return INVALID;
    const chat = type === "open_id" ? this.chats.direct(to) : to;
    const refusal = this.chats.refusal(chat);
    if (refusal !== null) return refusal;
    const added = this.add({ chat, parent: null, thread: null }, parsed.data);
    if (!isRefusal(added) && this.chats.topics(chat) === "only") this.topics.add(added.id);
    return added;
  }

  /**
   * "回复消息" POST im/v1/messages/:id/reply. A reply to a message in a topic, the one that began it included, stands in
   * that topic.
   */
  reply(id: string, body: unknown): FakePost | Refusal {
    const parsed = replyBody.safeParse(body);
    if (!parsed.success) return INVALID;
    const said = this.said.get(id);
    const post = this.post(id);
    const chat = said?.chat ?? post?.chat;
    if (chat === undefined) return DELETED;
    const refusal = this.chats.refusal(chat);
    if (refusal !== null) return refusal;
    const lost = this.lostCode(id);
    if (lost !== null) return refuse(lost, "The message or its topic is no longer there.");
    const own = said === undefined ? (post?.thread ?? null) : said.threadId === null ? null : said.root;
    const inThread = own ?? (this.topics.has(id) ? id : null);
    const starts = parsed.data.reply_in_thread === true && inThread === null;
    if (starts && this.chats.topics(chat) === "no") {
      return refuse(230071, "This group does not support reply in thread.");
    }
    const added = this.add({ chat, parent: id, thread: starts ? id : inThread }, parsed.data);
    if (starts && !isRefusal(added)) this.topics.add(id);
    return added;
  }

  /** Why a message cannot be answered: it, or the topic it stands in, is gone. */
  private lostCode(id: string): number | null {
    const topic = this.sent.get(id)?.thread ?? this.said.get(id)?.root ?? null;
    return this.lost.get(id) ?? (topic === null ? null : (this.lost.get(topic) ?? null));
  }

  /** "更新应用发送的消息卡片" PATCH im/v1/messages/:id. */
  update(id: string, body: unknown): FakePost | Refusal {
    const parsed = updateBody.safeParse(body);
    if (!parsed.success) return INVALID;
    const post = this.post(id);
    if (post === undefined) return DELETED;
    const lost = this.lost.get(id) ?? 230019;
    if (lost !== 230019) return refuse(lost, "The message is no longer there.");
    if (this.now().getTime() - post.at.getTime() > EDITABLE_MS)
      return refuse(230031, "Message sent over 14 days ago cannot be updated.");
    return this.chats.refusal(post.chat) ?? this.replaceCard(post, parsed.data.content);
  }

  replaceCard(post: FakePost, content: string): FakePost | Refusal {
    const refusal = cardRefusal(content);
    if (refusal !== null) return refusal;
    const payload: unknown = JSON.parse(content);
    const edited = { ...post, payload, text: cardText(payload), edits: post.edits + 1 };
    this.sent.set(post.id, edited);
    this.tell(edited);
    return edited;
  }

  private add(
    target: Target,
    given: {
      readonly msg_type: "interactive" | "file";
      readonly content: string;
      readonly uuid?: string | undefined;
    },
  ): FakePost | Refusal {
    // What Feishu answers to a repeated uuid is not documented; the earlier message is the gentlest reading.
    const at = this.now();
    const known = given.uuid === undefined ? undefined : this.uuids.get(given.uuid);
    const earlier =
      known === undefined || at.getTime() - known.at >= UUID_MS ? undefined : this.post(known.id);
    if (earlier !== undefined) return earlier;
    const shown =
      given.msg_type === "file" ? this.file(given.content, target.chat) : this.card(given.content);
    if (isRefusal(shown)) return shown;
    const post = {
      ...target,
      ...shown,
      id: this.nextId(),
      uuid: given.uuid ?? null,
      edits: 0,
      at,
      kind: given.msg_type,
    };
    this.sent.set(post.id, post);
    if (given.uuid !== undefined) this.uuids.set(given.uuid, { id: post.id, at: at.getTime() });
    this.tell(post);
    return post;
  }

  private card(content: string): Pick<FakePost, "payload" | "text"> | Refusal {
    const refusal = cardRefusal(content);
    if (refusal !== null) return refusal;
    const payload: unknown = JSON.parse(content);
    return { payload, text: cardText(payload) };
  }

  private file(content: string, chat: string): Pick<FakePost, "payload" | "text"> | Refusal {
    const payload = fileContent.safeParse(JSON.parse(content));
    const name = payload.success ? this.uploads.sent(payload.data.file_key, chat) : null;
    return name === null
      ? refuse(230017, "Bot is NOT the owner of the resource.")
      : { payload: payload.data, text: name };
  }

  private tell(post: FakePost): void {
    for (const heard of this.heard) heard(post);
  }
}

/** Feishu's own id of a topic, which the first message's id does not tell. */
export function threadIdOf(root: string): string {
  return root.replace(/^om_/, "omt_");
}
