import { z } from "zod";

/**
 * The closed part of card JSON 2.0 that Qushi uses ("卡片 JSON 2.0 结构", open.feishu.cn). Feishu refuses unknown
 * properties, so every object here is strict and the types allow nothing else.
 */
const plainText = z.strictObject({
  tag: z.literal("plain_text"),
  content: z.string().min(1),
  text_size: z.literal("notation").optional(),
  text_color: z.literal("grey").optional(),
});

const div = z.strictObject({ tag: z.literal("div"), text: plainText });

const markdown = z.strictObject({
  tag: z.literal("markdown"),
  content: z.string().min(1),
  text_size: z.literal("notation").optional(),
});

const hr = z.strictObject({ tag: z.literal("hr") });

const tableColumn = z.strictObject({
  name: z.string().regex(/^c\d{1,2}$/),
  display_name: z.string(),
  data_type: z.literal("text"),
  horizontal_align: z.enum(["left", "right"]),
  width: z.literal("auto"),
});

const table = z.strictObject({
  tag: z.literal("table"),
  page_size: z.int().min(1).max(10),
  row_height: z.literal("auto"),
  columns: z.array(tableColumn).min(1),
  rows: z.array(z.record(z.string().regex(/^c\d{1,2}$/), z.string())),
});

/** What a callback button carries; it comes back unchanged in `card.action.trigger`. */
export const buttonValue = z.strictObject({
  v: z.literal(1),
  run: z.string(),
  replace: z.boolean().optional(),
});
export type ButtonValue = z.infer<typeof buttonValue>;

const behavior = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("callback"), value: buttonValue }),
  z.strictObject({ type: z.literal("open_url"), default_url: z.url({ protocol: /^https?$/ }) }),
]);

const button = z.strictObject({
  tag: z.literal("button"),
  text: plainText,
  type: z.enum(["default", "primary"]),
  behaviors: z.array(behavior).length(1),
});

const column = z.strictObject({
  tag: z.literal("column"),
  width: z.literal("auto"),
  elements: z.array(button).min(1),
});

const columnSet = z.strictObject({
  tag: z.literal("column_set"),
  flex_mode: z.literal("flow"),
  columns: z.array(column).min(1),
});

const element = z.discriminatedUnion("tag", [div, markdown, hr, table, columnSet]);

/** A whole card. `enable_forward_interaction` stays at Feishu's default: a forwarded copy cannot be clicked. */
export const feishuCard = z.strictObject({
  schema: z.literal("2.0"),
  config: z.strictObject({
    update_multi: z.literal(true),
    summary: z.strictObject({ content: z.string().min(1) }),
  }),
  header: z
    .strictObject({
      title: plainText,
      template: z.enum(["default", "green", "orange", "red", "blue"]),
    })
    .optional(),
  body: z.strictObject({ elements: z.array(element).min(1) }),
});

export type CardButton = z.infer<typeof button>;
export type CardElement = z.infer<typeof element>;
export type CardTable = z.infer<typeof table>;
export type FeishuCard = z.infer<typeof feishuCard>;
