import type { Localized } from "../../core/lang.ts";

/** One entry of the bot's menu in direct chats ("机器人自定义菜单"). */
export interface MenuItem {
  /** At most 30 characters; a click sends the line with spaces for `_`. */
  readonly eventKey: string;
  readonly label: Localized;
  readonly what: Localized;
}

/** What is entered in the console by hand, in this order; each key is a verb of the registry. */
export const MENU: readonly MenuItem[] = [
  {
    eventKey: "board",
    label: { zh: "看板", en: "Board" },
    what: { zh: "各区的现状与亮灯", en: "standings and lights by district" },
  },
  {
    eventKey: "due",
    label: { zh: "到期", en: "Due" },
    what: { zh: "什么快到期，什么已过期", en: "what falls due, and what is past due" },
  },
  {
    eventKey: "digest_show",
    label: { zh: "我的周报", en: "My digest" },
    what: { zh: "发给自己的周报：何时、范围", en: "the digest sent to oneself: when, for what" },
  },
  {
    eventKey: "subscribe",
    label: { zh: "我的订阅", en: "My subscriptions" },
    what: { zh: "自己的规则，上次和下次", en: "one's own rules, last and next" },
  },
  {
    eventKey: "help",
    label: { zh: "帮助", en: "Help" },
    what: { zh: "怎么问", en: "how to ask" },
  },
];
