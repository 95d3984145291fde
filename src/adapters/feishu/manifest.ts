import type { Asked } from "../../core/finding.ts";

/** How Feishu reaches Qushi: over a connection that Qushi opens, or by requests to a public https address. */
export type FeishuMode = { readonly mode: "ws" } | { readonly mode: "http"; readonly url: string };

/** A scope, why it is asked for, and the wider ones that include it. */
export interface FeishuScope extends Asked {
  readonly or: readonly string[];
  /** What is missing where it is not granted; null: what Qushi is for does not work. */
  readonly without: Asked["why"] | null;
}

/** The scopes ("API 权限列表" and the pages of the events). bot/v3/info, application/v6/scopes, the menu and card callbacks need none. */
export const SCOPES: readonly FeishuScope[] = [
  {
    name: "im:message:send_as_bot",
    or: ["im:message"],
    why: {
      zh: "以应用身份发送和回复消息：回答、周报、提醒",
      en: "sends and replies as the bot: answers, digests, reminders",
    },
    without: null,
  },
  {
    name: "im:message:update",
    or: ["im:message"],
    why: {
      zh: "更新自己发过的卡片：翻页、现状、填好的表单",
      en: "updates the bot's own cards: paging, current state, forms that were sent",
    },
    without: null,
  },
  {
    name: "im:message.group_at_msg:readonly",
    or: ["im:message.group_at_msg", "im:message.group_at_msg.include_bot:readonly", "im:message.group_msg"],
    why: {
      zh: "接收群里 @机器人 的消息；其余群消息收不到",
      en: "receives group messages that @ the bot; no other group messages",
    },
    without: null,
  },
  {
    name: "im:message.p2p_msg:readonly",
    or: ["im:message.p2p_msg"],
    why: {
      zh: "接收单聊消息；没有它，单聊里没有输入框",
      en: "receives direct messages; without it a direct chat has no input box",
    },
    without: null,
  },
  {
    name: "im:chat:readonly",
    // im:chat:read reads a group, and does not tell of being taken in or out ("机器人进群", its table of scopes).
    or: ["im:chat"],
    why: {
      zh: "得知被拉进或移出群、群改名或解散：问候一次，暂停那里的规则",
      en: "knows when it is taken into or out of a group, and when one is renamed or disbanded: greets once, pauses the rules there",
    },
    without: {
      zh: "进群不问候；群解散后要到下次发送才发现",
      en: "no greeting in a group; that one is gone shows only at the next send",
    },
  },
  {
    name: "im:chat.access_event.bot_p2p_chat:read",
    or: [],
    why: {
      zh: "有人第一次打开单聊时问候一次",
      en: "greets once when somebody first opens the direct chat",
    },
    without: { zh: "单聊里不问候", en: "no greeting in direct chats" },
  },
  {
    name: "im:resource",
    or: ["im:resource:upload"],
    why: { zh: "把导出的文件发到单聊", en: "sends exports as files, in the direct chat" },
    without: {
      zh: "导出只在一条消息装得下时给出，否则说明怎么取",
      en: "an export comes inside the message where it fits, else with how to get it",
    },
  },
  {
    name: "application:app_slash_command:read",
    or: [],
    why: {
      zh: "核对输入框里的 / 指令（qushi manifest feishu --sync）",
      en: "compares the / commands of the input box (qushi manifest feishu --sync)",
    },
    without: {
      zh: "没有 / 指令面板，直接写命令照常可用",
      en: "no panel of / commands; lines typed by hand work as ever",
    },
  },
  {
    name: "application:app_slash_command:write",
    or: [],
    why: { zh: "登记 / 指令", en: "registers the / commands" },
    without: {
      zh: "没有 / 指令面板，直接写命令照常可用",
      en: "no panel of / commands; lines typed by hand work as ever",
    },
  },
];

/**
 * Sensitive ("获取群组中所有消息"): a company's administrator has to agree to it, so it is left out of what is imported and
 * asked for by those who want what it gives.
 */
export const SENSITIVE: FeishuScope & { readonly without: Asked["why"] } = {
  name: "im:message.group_msg",
  or: [],
  why: {
    zh: "敏感权限，可不开。它送来所在群的全部消息；区势只看讨论话题里的：数回复（不留正文），问一次要不要把贴出的链接记作佐证",
    en: "sensitive, and not needed. It brings every message of the bot's groups; Qushi looks only at those in discussion threads: counts replies (keeping no text) and asks once whether a link is kept as evidence",
  },
  without: {
    zh: "讨论话题、填报、佐证、评定照常；只是不数回复，周报不说“讨论最多”和“等人回应”，链接要 @机器人 用“佐证”记",
    en: "threads, readings, evidence and ratings work all the same; replies are not counted, the digest says nothing of “most discussed” and “waiting for an answer”, and a link is kept by mentioning the bot with “evidence”",
  },
};

/** "事件列表"; the SDK ignores what it has no handler for, so the order of subscribing does not matter. */
export const EVENTS: readonly Asked[] = [
  { name: "im.message.receive_v1", why: { zh: "接收消息", en: "message received" } },
  {
    name: "im.chat.member.bot.added_v1",
    why: { zh: "机器人进群：问候一次", en: "bot added to a group: greets once" },
  },
  {
    name: "im.chat.member.bot.deleted_v1",
    why: { zh: "机器人被移出群：暂停那里的规则", en: "bot removed from a group: pauses the rules there" },
  },
  {
    name: "im.chat.disbanded_v1",
    why: { zh: "群解散：暂停那里的规则", en: "group disbanded: pauses the rules there" },
  },
  { name: "im.chat.updated_v1", why: { zh: "群改名", en: "group renamed" } },
  {
    name: "im.chat.access_event.bot_p2p_chat_entered_v1",
    why: { zh: "有人打开单聊：问候一次", en: "direct chat opened: greets once" },
  },
  {
    name: "application.bot.menu_v6",
    why: { zh: "单聊底部的机器人菜单", en: "the bot's menu at the foot of direct chats" },
  },
];

export const CALLBACKS: readonly Asked[] = [
  { name: "card.action.trigger", why: { zh: "卡片上的按钮和表单", en: "buttons and forms on cards" } },
];

/** The scopes as JSON to paste under "批量导入/导出权限". */
export function feishuScopes(): string {
  return JSON.stringify({ scopes: { tenant: SCOPES.map(({ name }) => name), user: [] } }, null, 2);
}
