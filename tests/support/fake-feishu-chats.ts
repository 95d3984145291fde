import type { Refusal } from "./fake-feishu-cards.ts";

/** yes: a reply can open a topic; no: 230071; only: everything that is sent there opens one ("话题群"). */
export type TopicRule = "yes" | "no" | "only";

interface Chat {
  readonly topics: TopicRule;
  readonly name: string;
  /** The person of a direct chat, null in groups. */
  readonly person: string | null;
  readonly state: "in" | "out" | "disbanded";
}

const MISSING: Chat = { topics: "no", name: "", person: null, state: "out" };

/** The chats that the bot is in or was in. */
export class FakeChats {
  private readonly chats = new Map<string, Chat>();

  add(id: string, topics: TopicRule = "yes", name = `群 ${id}`): void {
    this.chats.set(id, { topics, name, person: null, state: "in" });
  }

  has(id: string): boolean {
    return this.chats.has(id);
  }

  set(id: string, change: Partial<Pick<Chat, "name" | "state">>): void {
    this.chats.set(id, { ...(this.chats.get(id) ?? { ...MISSING, topics: "yes" }), ...change });
  }

  name(id: string): string {
    return this.chats.get(id)?.name ?? "";
  }

  topics(id: string): TopicRule {
    return this.chats.get(id)?.topics ?? "no";
  }

  /** The bot's direct chat with a person, which exists as soon as it is needed. */
  direct(user: string): string {
    const id = `oc_direct${user.replace(/^ou_/, "")}`;
    if (!this.chats.has(id)) this.chats.set(id, { topics: "yes", name: "", person: user, state: "in" });
    return id;
  }

  isDirect(id: string): boolean {
    return (this.chats.get(id)?.person ?? null) !== null;
  }

  /** Why nothing can be said there ("发送消息", error codes). */
  refusal(id: string): Refusal | null {
    const state = this.chats.get(id)?.state ?? "out";
    if (state === "disbanded")
      return { code: 232009, msg: "Your request specifies a chat which has already been dissolved." };
    return state === "in" ? null : { code: 230002, msg: "Bot/User can NOT be out of the chat." };
  }

  /** "获取群信息" GET im/v1/chats/:id: its mode, which is p2p for direct messages. */
  info(id: string): object | Refusal {
    const chat = this.chats.get(id);
    const refusal =
      chat === undefined
        ? { code: 232006, msg: "Your request specifies a chat_id that is invalid." }
        : this.refusal(id);
    if (refusal !== null || chat === undefined) return refusal ?? {};
    return {
      name: chat.name,
      chat_mode: chat.person !== null ? "p2p" : chat.topics === "only" ? "topic" : "group",
      chat_type: "private",
      group_message_type: "chat",
      chat_status: "normal",
      external: false,
      tenant_key: "fake0tenant",
      moderation_permission: "all_members",
    };
  }

  /** "获取用户或机器人所在的群列表" GET im/v1/chats: groups only, a page of them. */
  list(size: number, token: string): object {
    const all = [...this.chats].filter(([, { person, state }]) => person === null && state === "in");
    const from = Number(token === "" ? 0 : token);
    const items = all
      .slice(from, from + size)
      .map(([id, { name }]) => ({ chat_id: id, name, chat_status: "normal" }));
    const more = from + size < all.length;
    return { items, has_more: more, page_token: more ? String(from + size) : "" };
  }
}
