import type { Budgets } from "../../core/budget.ts";

/**
 * Feishu's limits on a card and on what travels with it; each row names its source. Where the documents and the
 * field disagree the smaller figure is kept, and the budgets leave room below the hard limits.
 */
export const LIMITS = {
  /** Bytes of UTF-8 card JSON. Hard limit 30 KB for post and card, "发送消息" (im/v1/messages create), error 230025. */
  cardBytes: 28 * 1024,
  /** Every object with a `tag`. Hard limit 200, "卡片 JSON 2.0 结构", error 230099 / ErrCode 11310. */
  components: 180,
  /** "表格" component page says 5; cards with more than 3 were refused in the field (ErrCode 200914). */
  tables: 3,
  /** "表格" component page. */
  tableColumns: 50,
  /** `page_size` 1–10, "表格" component page. */
  tablePageSize: 10,
  /** Containers in containers, "卡片 JSON 2.0 结构". */
  nesting: 5,
  /** Characters of a button's text, "按钮" component page. */
  buttonText: 100,
  /** Ours: no limit is documented for a callback's value; a command line is far shorter. */
  buttonValueBytes: 2000,
  /** Ours: the header shows four lines of a title. */
  title: 200,
  /** Ours: a list or notification shows one line of the summary. */
  summary: 200,
  /** Ours: longer addresses are shown as text only. */
  urlBytes: 2000,
  /** `uuid` of create and reply, "发送消息" and "回复消息". */
  uuid: 50,
} as const;

/**
 * How fast we send: below 5 a second to a chat (shared with every other bot in it), 50 a second and 1,000 a minute for
 * the app. "发送消息" and "频控策略"; the rest is a margin for what the network pushes together.
 */
export const BUDGETS: Budgets = {
  place: [{ count: 4, perMs: 1_000 }],
  all: [
    { count: 40, perMs: 1_000 },
    { count: 900, perMs: 60_000 },
  ],
};
