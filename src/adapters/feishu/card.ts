import { z } from "zod";

/**
 * The closed part of card JSON 2.0 that Qushi uses ("卡片 JSON 2.0 结构", open.feishu.cn). Feishu refuses unknown
 * properties, so every object here is strict and the types allow nothing else. What the types cannot say (budgets,
 * unique names, what may stand in what) is in check-card.ts.
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

/** "表格" component page. Rows are as high as they need: by default Feishu leaves out what goes beyond 124 px. */
const table = z.strictObject({
  tag: z.literal("table"),
  page_size: z.int().min(1).max(10),
  row_height: z.literal("auto"),
  row_max_height: z.literal("999px"),
  freeze_first_column: z.boolean(),
  columns: z.array(tableColumn).min(1),
  rows: z.array(z.record(z.string().regex(/^c\d{1,2}$/), z.string())),
});

/** The first message of the topic that a card stands in, carried by its buttons: a click does not tell it. */
const below = z.string().min(1).max(100).optional();

/** What a callback button carries; it comes back unchanged in `card.action.trigger`. */
export const buttonValue = z.strictObject({
  v: z.literal(1),
  run: z.string(),
  replace: z.boolean().optional(),
  below,
});
export type ButtonValue = z.infer<typeof buttonValue>;

/** What a form's submit button carries: the verb that asked, and what goes along unseen. */
export const formValue = z.strictObject({
  v: z.literal(1),
  form: z.string().min(1),
  values: z.record(z.string(), z.string()),
  below,
});

const openUrl = z.strictObject({
  type: z.literal("open_url"),
  default_url: z.url({ protocol: /^https?$/ }),
});

const behavior = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("callback"), value: buttonValue }),
  openUrl,
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

/** "输入框" component page. */
const input = z.strictObject({
  tag: z.literal("input"),
  name: z.string().min(1),
  label: plainText,
  label_position: z.literal("top"),
  width: z.literal("fill"),
  required: z.boolean(),
  input_type: z.enum(["text", "multiline_text"]),
  max_length: z.int().min(1).max(1000),
  placeholder: plainText.optional(),
  default_value: z.string().min(1).optional(),
});

/** "下拉选择-单选" component page; `initial_index` counts from 1. */
const selectStatic = z.strictObject({
  tag: z.literal("select_static"),
  name: z.string().min(1),
  width: z.literal("fill"),
  required: z.boolean(),
  options: z.array(z.strictObject({ text: plainText, value: z.string().min(1) })).min(1),
  initial_index: z.int().min(1).optional(),
});

/** "日期选择器" component page; it comes back as `2026-06-30 +0800`. */
const datePicker = z.strictObject({
  tag: z.literal("date_picker"),
  name: z.string().min(1),
  width: z.literal("fill"),
  required: z.boolean(),
  initial_date: z.iso.date().optional(),
});

const submit = z.strictObject({
  tag: z.literal("button"),
  name: z.string().min(1),
  text: plainText,
  type: z.literal("primary"),
  form_action_type: z.literal("submit"),
  behaviors: z.array(z.strictObject({ type: z.literal("callback"), value: formValue })).length(1),
});

/** "表单容器" component page: at the root only, every name unique in the card, one submit button. */
const form = z.strictObject({
  tag: z.literal("form"),
  name: z.literal("form"),
  elements: z
    .array(z.discriminatedUnion("tag", [div, markdown, input, selectStatic, datePicker, submit]))
    .min(1),
});

/**
 * "图表" component page: a VChart spec without functions. `shown` is the figure as it is to be read; VChart writes it
 * through the label's `{shown}` (since 1.10), older clients write the value itself.
 */
const chartSpec = z.strictObject({
  type: z.literal("bar"),
  direction: z.literal("horizontal"),
  data: z
    .array(
      z.strictObject({
        id: z.literal("figures"),
        values: z
          .array(
            z.strictObject({
              label: z.string().min(1),
              series: z.string().min(1),
              value: z.number(),
              shown: z.string(),
            }),
          )
          .min(1),
      }),
    )
    .length(1),
  xField: z.literal("value"),
  yField: z.union([z.literal("label"), z.tuple([z.literal("label"), z.literal("series")])]),
  seriesField: z.literal("series"),
  stack: z.boolean(),
  title: z.strictObject({ visible: z.boolean(), text: z.string() }),
  legends: z.strictObject({ visible: z.boolean(), orient: z.literal("bottom") }),
  label: z.strictObject({
    visible: z.literal(true),
    position: z.enum(["inside", "outside"]),
    formatter: z.literal("{shown}"),
  }),
});

const chart = z.strictObject({
  tag: z.literal("chart"),
  height: z.string().regex(/^[1-9]\d{0,2}px$/),
  chart_spec: chartSpec,
});

/** "折叠面板" component page. */
const panel = z.strictObject({
  tag: z.literal("collapsible_panel"),
  expanded: z.literal(false),
  header: z.strictObject({
    title: plainText,
    icon: z.strictObject({ tag: z.literal("standard_icon"), token: z.literal("down-small-ccm_outlined") }),
    icon_position: z.literal("right"),
    icon_expanded_angle: z.literal(-180),
  }),
  elements: z.array(div).min(1),
});

const element = z.discriminatedUnion("tag", [div, markdown, hr, table, columnSet, form, chart, panel]);

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
export type CardChart = z.infer<typeof chart>;
export type CardElement = z.infer<typeof element>;
export type CardForm = z.infer<typeof form>;
export type CardTable = z.infer<typeof table>;
export type FeishuCard = z.infer<typeof feishuCard>;
export type FormElement = CardForm["elements"][number];
