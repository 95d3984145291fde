import { z } from "zod";
import type { ChatPost } from "./chat-fake.ts";
import type { Refusal } from "./fake-feishu-cards.ts";
import { cardRefusal, cardText } from "./fake-feishu-cards.ts";

/** A message of the bot, as it stands now. */
export interface FakePost extends ChatPost {
  readonly chat: string;
  /** The message it answers, or null. */
  readonly parent: string | null;
  readonly uuid: string | null;
  readonly edits: number;
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

const createBody = z.object({
  receive_id: z.string(),
  msg_type: z.literal("interactive"),
  content: z.string(),
  uuid: z.string().max(50).optional(),
});
const replyBody = z.object({
  msg_type: z.literal("interactive"),
  content: z.string(),
  reply_in_thread: z.boolean().optional(),
  uuid: z.string().max(50).optional(),
});
const updateBody = z.object({ content: z.string() });

const refuse = (code: number, msg: string): Refusal => ({ code, msg });
const INVALID = refuse(230001, "Your request contains an invalid request parameter.");
export const isRefusal = (value: object): value is Refusal => "code" in value;

/** The chats and messages of the fake, with Feishu's rules for them. */
export class FakeMessages {
  private readonly chats = new Map<string, { threads: boolean }>();
  private readonly said = new Map<string, FakeSaid>();
  private sent: FakePost[] = [];
  private readonly uuids = new Map<string, string>();
  private readonly heard = new Set<(post: FakePost) => void>();
  private count = 0;

  nextId(): string {
    this.count += 1;
    return `om_fake${String(this.count).padStart(8, "0")}`;
  }

  addChat(id: string, threads: boolean): void {
    this.chats.set(id, { threads });
  }

  hasChat(id: string): boolean {
    return this.chats.has(id);
  }

  say(message: FakeSaid): void {
    this.said.set(message.id, message);
  }

  /** The bot's direct chat with a person, which exists as soon as it is needed. */
  directChat(user: string): string {
    const id = `oc_direct${user.replace(/^ou_/, "")}`;
    if (!this.chats.has(id)) this.addChat(id, true);
    return id;
  }

  posts(chat?: string): readonly FakePost[] {
    return chat === undefined ? this.sent : this.sent.filter((post) => post.chat === chat);
  }

  post(id: string): FakePost | undefined {
    return this.sent.find((post) => post.id === id);
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
    const chat = type === "open_id" ? this.directChat(to) : to;
    if (!this.chats.has(chat)) return refuse(230002, "Bot/User can NOT be out of the chat.");
    return this.add({ chat, parent: null, thread: null }, parsed.data.content, parsed.data.uuid);
  }

  /** "回复消息" POST im/v1/messages/:id/reply. A reply to a message in a topic stands in that topic. */
  reply(id: string, body: unknown): FakePost | Refusal {
    const parsed = replyBody.safeParse(body);
    if (!parsed.success) return INVALID;
    const said = this.said.get(id);
    const post = this.post(id);
    const chat = said?.chat ?? post?.chat;
    if (chat === undefined) return refuse(230110, "Action unavailable as the message has been deleted.");
    const inThread =
      said === undefined ? (post?.thread ?? null) : said.threadId === null ? null : (said.root ?? said.id);
    const starts = parsed.data.reply_in_thread === true && inThread === null;
    if (starts && this.chats.get(chat)?.threads !== true) {
      return refuse(230071, "This group does not support reply in thread.");
    }
    return this.add(
      { chat, parent: id, thread: starts ? id : inThread },
      parsed.data.content,
      parsed.data.uuid,
    );
  }

  /** "更新应用发送的消息卡片" PATCH im/v1/messages/:id. */
  update(id: string, body: unknown): FakePost | Refusal {
    const parsed = updateBody.safeParse(body);
    if (!parsed.success) return INVALID;
    const post = this.post(id);
    if (post === undefined) return refuse(230110, "Action unavailable as the message has been deleted.");
    return this.replaceCard(post, parsed.data.content);
  }

  replaceCard(post: FakePost, content: string): FakePost | Refusal {
    const refusal = cardRefusal(content);
    if (refusal !== null) return refusal;
    const payload: unknown = JSON.parse(content);
    const edited = { ...post, payload, text: cardText(payload), edits: post.edits + 1 };
    this.sent = this.sent.map((other) => (other.id === post.id ? edited : other));
    this.tell(edited);
    return edited;
  }

  private add(target: Target, content: string, uuid: string | undefined): FakePost | Refusal {
    // What Feishu answers to a repeated uuid is not documented; the earlier message is the gentlest reading.
    const earlier = uuid === undefined ? undefined : this.post(this.uuids.get(uuid) ?? "");
    if (earlier !== undefined) return earlier;
    const refusal = cardRefusal(content);
    if (refusal !== null) return refusal;
    const payload: unknown = JSON.parse(content);
    const post = {
      ...target,
      id: this.nextId(),
      payload,
      text: cardText(payload),
      uuid: uuid ?? null,
      edits: 0,
    };
    this.sent = [...this.sent, post];
    if (uuid !== undefined) this.uuids.set(uuid, post.id);
    this.tell(post);
    return post;
  }

  private tell(post: FakePost): void {
    for (const heard of this.heard) heard(post);
  }
}

/** Feishu's own id of a topic, which the first message's id does not tell. */
export function threadIdOf(root: string): string {
  return root.replace(/^om_/, "omt_");
}
