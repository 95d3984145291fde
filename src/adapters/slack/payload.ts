import { z } from "zod";
import { LIMITS } from "./limits.ts";
import { points } from "./measure.ts";

// Only the shapes that Qushi sends: docs.slack.dev/reference/block-kit/blocks. Strict, so a slip of ours is found here.

/** A text of 1 to `max` code points. */
export function text(max: number): z.ZodString {
  return z
    .string()
    .min(1)
    .refine((value) => value.length <= max || points(value) <= max, { message: `longer than ${max}` });
}

const webUrl = text(LIMITS.url).regex(/^https?:\/\/\S+$/);
const style = z.strictObject({ bold: z.literal(true).optional(), code: z.literal(true).optional() });
const textElement = z.strictObject({
  type: z.literal("text"),
  text: text(LIMITS.textObject),
  style: style.optional(),
});
const linkElement = z.strictObject({ type: z.literal("link"), url: webUrl, text: text(LIMITS.textObject) });
// Shown as @name; Slack looks it up by the id.
const userElement = z.strictObject({ type: z.literal("user"), user_id: z.string().regex(/^[UW][A-Z0-9]+$/) });
// Shown as #name to whoever may see the channel, and tells nobody.
const channelElement = z.strictObject({
  type: z.literal("channel"),
  channel_id: z.string().regex(/^[CG][A-Z0-9]+$/),
});
const richElement = z.discriminatedUnion("type", [textElement, linkElement, userElement, channelElement]);
const section = z.strictObject({
  type: z.literal("rich_text_section"),
  elements: z.array(richElement).min(1),
});
const richPart = z.discriminatedUnion("type", [
  section,
  z.strictObject({
    type: z.literal("rich_text_list"),
    style: z.literal("bullet"),
    elements: z.array(section).min(1),
  }),
  z.strictObject({ type: z.literal("rich_text_quote"), elements: z.array(richElement).min(1) }),
  z.strictObject({ type: z.literal("rich_text_preformatted"), elements: z.array(textElement).min(1) }),
]);

/** Text that Slack shows as it is. */
export function plainText(max: number) {
  return z.strictObject({ type: z.literal("plain_text"), text: text(max), emoji: z.literal(false) });
}

const actionId = text(LIMITS.actionId);
const label = plainText(LIMITS.buttonLabel);
const button = z.union([
  z.strictObject({
    type: z.literal("button"),
    action_id: actionId,
    text: label,
    value: text(LIMITS.buttonValue),
    style: z.literal("primary").optional(),
  }),
  z.strictObject({
    type: z.literal("button"),
    action_id: actionId,
    text: label,
    url: webUrl,
    style: z.literal("primary").optional(),
  }),
]);

const cell = z.strictObject({ type: z.literal("raw_text"), text: text(LIMITS.tableText) });

const chartLabel = text(LIMITS.chartLabel);
const chart = z.strictObject({
  type: z.literal("bar"),
  series: z
    .array(
      z.strictObject({
        name: chartLabel,
        data: z
          .array(z.strictObject({ label: chartLabel, value: z.number() }))
          .min(1)
          .max(LIMITS.chartPoints),
      }),
    )
    .min(1)
    .max(LIMITS.chartSeries),
  axis_config: z.strictObject({
    categories: z.array(chartLabel).min(1).max(LIMITS.chartPoints),
    y_label: text(LIMITS.chartAxis).optional(),
  }),
});

export const slackBlock = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("header"), text: plainText(LIMITS.header) }),
  z.strictObject({ type: z.literal("rich_text"), elements: z.array(richPart).min(1) }),
  z.strictObject({ type: z.literal("section"), text: plainText(LIMITS.textObject) }),
  z.strictObject({
    type: z.literal("context"),
    elements: z.array(plainText(LIMITS.textObject)).min(1).max(LIMITS.contextElements),
  }),
  z.strictObject({ type: z.literal("divider") }),
  z.strictObject({
    type: z.literal("actions"),
    elements: z.array(button).min(1).max(LIMITS.actionsElements),
  }),
  z.strictObject({
    type: z.literal("table"),
    rows: z.array(z.array(cell).min(1).max(LIMITS.tableColumns)).min(1).max(LIMITS.tableRows),
    column_settings: z
      .array(z.strictObject({ align: z.enum(["left", "right"]), is_wrapped: z.literal(true) }))
      .max(LIMITS.tableColumns),
  }),
  z.strictObject({ type: z.literal("data_visualization"), title: text(LIMITS.chartTitle), chart }),
]);

/** What chat.postMessage, an acknowledgement and a response_url take from us. `text` is escaped mrkdwn, shown in notifications. */
export const slackPayload = z.strictObject({
  text: text(LIMITS.fallbackText),
  blocks: z.array(slackBlock).min(1).max(LIMITS.blocks),
});

export type SlackPayload = z.infer<typeof slackPayload>;
export type SlackBlock = z.infer<typeof slackBlock>;
export type RichElement = z.infer<typeof richElement>;
export type TextElement = z.infer<typeof textElement>;
export type RichPart = z.infer<typeof richPart>;
export type SlackButton = z.infer<typeof button>;
export type SlackChart = Extract<SlackBlock, { type: "data_visualization" }>;

/** The text of an element, as far as it counts; the name of a person or a channel is Slack's own. */
export function elementText(element: RichElement): string {
  if (element.type === "channel") return element.channel_id;
  return element.type === "user" ? element.user_id : element.text;
}

/** What a button's `value` carries: the line it runs. */
export const buttonValue = z.strictObject({ run: z.string().min(1), replace: z.literal(true).optional() });
