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
  /** Ours: a phone shows about as many columns; in wider tables the first one, which names the row, stays in sight. */
  narrowColumns: 4,
  /** "图表" component page recommends at most five in a card. */
  charts: 5,
  /** `height` up to 999 px, "图表" component page. */
  chartHeight: 999,
  /** Ours: with more bars the labels of a chart of that height run into each other. */
  chartBars: 30,
  /** Ours: a longer name leaves no room for the bars on a phone. */
  chartLabel: 40,
  /** `page_size` 1–10, "表格" component page. */
  tablePageSize: 10,
  /** Containers in containers, "卡片 JSON 2.0 结构". */
  nesting: 5,
  /** Characters of a button's text, "按钮" component page. */
  buttonText: 100,
  /** Ours: no limit is documented for a callback's value; a command line is far shorter. */
  buttonValueBytes: 2000,
  /** Ours, as above: what a form carries unseen, such as an id and an address. */
  formValueBytes: 8000,
  /** `max_length` 1–1000, "输入框" component page. */
  inputLength: 1000,
  /** A placeholder has at most 100 characters, "输入框" component page; ours for labels and options: one line. */
  label: 100,
  /** Ours: a hint under a field. */
  hint: 300,
  /** Ours: the header shows four lines of a title. */
  title: 200,
  /** Ours: a list or notification shows one line of the summary. */
  summary: 200,
  /** Ours: longer addresses are shown as text only. */
  urlBytes: 2000,
  /** `uuid` of create and reply, "发送消息" and "回复消息". */
  uuid: 50,
} as const;

/** How much one card may hold; `interactive`: buttons and forms can come back to us. */
export interface Room {
  readonly bytes: number;
  readonly components: number;
  readonly tables: number;
  readonly charts: number;
  readonly interactive: boolean;
}

/** What the app itself sends. */
export const APP_CARD: Room = {
  bytes: LIMITS.cardBytes,
  components: LIMITS.components,
  tables: LIMITS.tables,
  charts: LIMITS.charts,
  interactive: true,
};

/** What goes to a group's custom bot: a body of 20 KB with signature and frame, no callbacks, "自定义机器人使用指南". */
export const WEBHOOK_CARD: Room = { ...APP_CARD, bytes: 18 * 1024, interactive: false };

/**
 * How fast we send: below 5 a second to a chat (shared with every other bot in it), 50 a second and 1,000 a minute for
 * the app. "发送消息" and "频控策略". Five at a time, evenly: forty that leave together arrive together, and some are refused.
 */
export const BUDGETS: Budgets = {
  place: [{ count: 4, perMs: 1_000 }],
  all: [
    { count: 5, perMs: 115 },
    { count: 900, perMs: 60_000 },
  ],
};
