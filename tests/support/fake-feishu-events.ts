import { z } from "zod";
import type { FakeSaid } from "./fake-feishu-messages.ts";

export const FAKE_TENANT = "fake0tenant";
export const FAKE_VERIFICATION_TOKEN = "fake0verification0token0000000000";

/** The envelope of Feishu's v2 events ("事件结构", open.feishu.cn). `time` in milliseconds, for callbacks in microseconds. */
function envelope(type: string, id: string, time: string, appId: string, event: object): object {
  return {
    schema: "2.0",
    header: {
      event_id: `ev-${id}`,
      event_type: type,
      create_time: time,
      token: FAKE_VERIFICATION_TOKEN,
      app_id: appId,
      tenant_key: FAKE_TENANT,
    },
    event,
  };
}

const userId = (openId: string): object => ({
  open_id: openId,
  union_id: openId.replace(/^ou_/, "on_"),
  user_id: null,
});

/** Somebody named in a message. */
interface Mention {
  readonly id: string;
  readonly name: string;
  readonly isBot: boolean;
}

interface SaidEvent {
  readonly said: FakeSaid;
  /** With `@ou_…` where it names somebody, and `@all`. */
  readonly text: string;
  readonly user: string;
  /** Theirs: another one than the app's in an external group. */
  readonly tenant: string;
  readonly senderType: string;
  readonly isGroup: boolean;
  /** Who is named before the text. */
  readonly named: Mention | null;
  readonly kind: "text" | "post" | "image";
  readonly at: Date;
  readonly appId: string;
}

/** `im.message.receive_v1` as Feishu sends it: whoever is named stands as @_user_1, @_user_2 … in the content. */
export function messageEvent(given: SaidEvent): object {
  const { said, text, user, tenant, senderType, isGroup, named, kind, at, appId } = given;
  const time = String(at.getTime());
  const people: Mention[] = named === null ? [] : [named];
  const keyed = text.replaceAll(/@(ou_\w+)/g, (_all, id: string) => {
    people.push({ id, name: id.replace(/^ou_/, ""), isBot: false });
    return `@_user_${people.length}`;
  });
  const line = `${named === null ? "" : "@_user_1 "}${keyed.replaceAll("@all", "@_all")}`;
  return envelope("im.message.receive_v1", said.id, time, appId, {
    sender: { sender_id: userId(user), sender_type: senderType, tenant_key: tenant },
    message: {
      message_id: said.id,
      ...(said.root === null ? {} : { root_id: said.root, parent_id: said.root }),
      ...(said.threadId === null ? {} : { thread_id: said.threadId }),
      create_time: time,
      update_time: time,
      chat_id: said.chat,
      chat_type: isGroup ? "group" : "p2p",
      message_type: kind,
      content: contentOf(kind, line),
      ...(people.length === 0
        ? {}
        : {
            mentions: people.map(({ id, name, isBot }, index) => ({
              key: `@_user_${index + 1}`,
              id: userId(id),
              mentioned_type: isBot ? "bot" : "user",
              name,
              tenant_key: FAKE_TENANT,
            })),
          }),
    },
  });
}

/** "接收消息" contents: a received post has no locale around it, and its mentions are elements of their own. */
function contentOf(kind: SaidEvent["kind"], line: string): string {
  if (kind === "image") return JSON.stringify({ image_key: "img_fake" });
  if (kind === "text") return JSON.stringify({ text: line });
  const paragraphs = line.split("\n").map((words) =>
    words
      .split(/(@_user_\d+|@_all)/)
      .filter((part) => part !== "")
      .map((part) =>
        part.startsWith("@_") ? { tag: "at", user_id: part, user_name: "" } : { tag: "text", text: part },
      ),
  );
  return JSON.stringify({ title: "", content: paragraphs });
}

interface ClickedEvent {
  readonly id: string;
  readonly messageId: string;
  readonly chat: string;
  readonly user: string;
  readonly tenant?: string;
  /** `tag`, `value`, and for forms `name` and `form_value`. */
  readonly action: object;
  readonly at: Date;
  readonly appId: string;
}

/** `card.action.trigger` ("卡片回传交互回调"): its time is in microseconds, and it tells neither thread nor chat type. */
export function clickEvent(given: ClickedEvent): object {
  const { id, messageId, chat, user, tenant = FAKE_TENANT, action, at, appId } = given;
  return envelope("card.action.trigger", id, `${at.getTime()}000`, appId, {
    operator: { tenant_key: tenant, ...userId(user) },
    token: `c-${id}`,
    action,
    host: "im_message",
    context: { open_message_id: messageId, open_chat_id: chat },
  });
}

const received = z.looseObject({
  header: z.looseObject({}),
  event: z.looseObject({
    message: z.looseObject({
      chat_id: z.string(),
      root_id: z.string().nullable().default(null),
      thread_id: z.string().nullable().default(null),
    }),
  }),
});

/** The same message event under another message id. */
export function withMessageId(event: object, id: string): { said: FakeSaid; event: object } {
  const whole = received.parse(event);
  const { message } = whole.event;
  const { root_id: root, thread_id: threadId, ...rest } = message;
  const thread =
    root === null ? {} : { root_id: root, ...(threadId === null ? {} : { thread_id: threadId }) };
  return {
    said: { id, chat: message.chat_id, root, threadId },
    event: {
      ...whole,
      header: { ...whole.header, event_id: `ev-${id}` },
      event: { ...whole.event, message: { ...rest, ...thread, message_id: id } },
    },
  };
}

/** What happens besides messages and clicks. */
export type Happening =
  | { readonly type: "menu"; readonly key: string; readonly user: string }
  | { readonly type: "entered"; readonly chat: string; readonly user: string }
  | {
      readonly type: "joined" | "left" | "disbanded";
      readonly chat: string;
      readonly user: string;
      readonly name: string;
    }
  | {
      readonly type: "renamed";
      readonly chat: string;
      readonly user: string;
      readonly name: string;
      readonly before: string;
    };

/**
 * "机器人自定义菜单事件", "用户进入与机器人的会话", "机器人进群", "机器人被移出群", "解散群", "群配置修改": the events' pages,
 * under im-v1 and application-v6.
 */
export function happeningEvent(what: Happening, id: string, at: Date, appId: string): object {
  const time = String(at.getTime());
  const send = (type: string, event: object): object => envelope(type, id, time, appId, event);
  const operator = { operator_id: userId(what.user), operator_tenant_key: FAKE_TENANT };
  switch (what.type) {
    case "menu":
      // `timestamp` is in seconds there.
      return send("application.bot.menu_v6", {
        operator: { operator_name: "", operator_id: userId(what.user) },
        event_key: what.key,
        timestamp: Math.floor(at.getTime() / 1_000),
      });
    case "entered":
      return send("im.chat.access_event.bot_p2p_chat_entered_v1", {
        chat_id: what.chat,
        operator_id: userId(what.user),
        last_message_id: "",
        last_message_create_time: "",
      });
    case "joined":
      return send("im.chat.member.bot.added_v1", {
        ...operator,
        chat_id: what.chat,
        external: false,
        name: what.name,
      });
    case "left":
      return send("im.chat.member.bot.deleted_v1", {
        ...operator,
        chat_id: what.chat,
        external: false,
        name: what.name,
      });
    case "disbanded":
      return send("im.chat.disbanded_v1", {
        ...operator,
        chat_id: what.chat,
        external: false,
        name: what.name,
      });
    case "renamed":
      return send("im.chat.updated_v1", {
        ...operator,
        chat_id: what.chat,
        external: false,
        before_change: { name: what.before },
        after_change: { name: what.name },
      });
    default:
      return what satisfies never;
  }
}
