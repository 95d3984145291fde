import type { FakeSaid } from "./fake-feishu-messages.ts";

/** The envelope of Feishu's v2 events ("事件结构", open.feishu.cn). */
function envelope(type: string, id: string, createTime: string, appId: string, event: object): object {
  return {
    schema: "2.0",
    header: {
      event_id: `ev-${id}`,
      event_type: type,
      create_time: createTime,
      token: "fake-verification-token",
      app_id: appId,
      tenant_key: "fake0tenant",
    },
    event,
  };
}

const userId = (openId: string): object => ({
  open_id: openId,
  union_id: openId.replace(/^ou_/, "on_"),
  user_id: null,
});

interface SaidEvent {
  readonly said: FakeSaid;
  readonly text: string;
  readonly user: string;
  readonly senderType: string;
  /** The bot's open_id where it is mentioned in a group, null in direct messages. */
  readonly mentions: string | null;
  readonly at: Date;
  readonly appId: string;
}

/** `im.message.receive_v1` as Feishu sends it for a text. */
export function messageEvent({ said, text, user, senderType, mentions, at, appId }: SaidEvent): object {
  const time = String(at.getTime());
  const group = mentions !== null;
  return envelope("im.message.receive_v1", said.id, time, appId, {
    sender: { sender_id: userId(user), sender_type: senderType, tenant_key: "fake0tenant" },
    message: {
      message_id: said.id,
      ...(said.root === null ? {} : { root_id: said.root, parent_id: said.root }),
      ...(said.threadId === null ? {} : { thread_id: said.threadId }),
      create_time: time,
      update_time: time,
      chat_id: said.chat,
      chat_type: group ? "group" : "p2p",
      message_type: "text",
      content: JSON.stringify({ text: group ? `@_user_1 ${text}` : text }),
      ...(group
        ? {
            mentions: [
              {
                key: "@_user_1",
                id: userId(mentions),
                mentioned_type: "bot",
                name: "区势",
                tenant_key: "fake0tenant",
              },
            ],
          }
        : {}),
    },
  });
}

interface ClickedEvent {
  readonly id: string;
  readonly messageId: string;
  readonly chat: string;
  readonly user: string;
  readonly value: unknown;
  readonly at: Date;
  readonly appId: string;
}

/** `card.action.trigger`: its time is in microseconds, and it does not tell the thread. */
export function clickEvent({ id, messageId, chat, user, value, at, appId }: ClickedEvent): object {
  return envelope("card.action.trigger", id, `${at.getTime()}000`, appId, {
    operator: { tenant_key: "fake0tenant", ...userId(user) },
    token: `c-${id}`,
    action: { value, tag: "button" },
    host: "im_message",
    context: { open_message_id: messageId, open_chat_id: chat },
  });
}
