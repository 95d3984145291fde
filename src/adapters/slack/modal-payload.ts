import { z } from "zod";
import { LIMITS } from "./limits.ts";
import { plainText, slackBlock, text } from "./payload.ts";

// Only the views that Qushi shows: docs.slack.dev/reference/views. Strict, so a slip of ours is found here.

const option = z.strictObject({
  text: plainText(LIMITS.optionText),
  value: text(LIMITS.optionValue),
});
const actionId = z.literal("value");
const placeholder = plainText(LIMITS.placeholder);

const inputElement = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("plain_text_input"),
    action_id: actionId,
    multiline: z.boolean(),
    max_length: z.int().min(1).max(LIMITS.inputText),
    initial_value: text(LIMITS.inputText).optional(),
    placeholder: placeholder.optional(),
  }),
  z.strictObject({
    type: z.literal("datepicker"),
    action_id: actionId,
    initial_date: z.iso.date().optional(),
  }),
  z.strictObject({
    type: z.literal("static_select"),
    action_id: actionId,
    options: z.array(option).min(1).max(LIMITS.options),
    initial_option: option.optional(),
  }),
  z.strictObject({
    type: z.literal("external_select"),
    action_id: actionId,
    min_query_length: z.int().min(0),
    initial_option: option.optional(),
    placeholder: placeholder.optional(),
  }),
]);

const input = z.strictObject({
  type: z.literal("input"),
  block_id: text(LIMITS.blockId),
  label: plainText(LIMITS.inputLabel),
  hint: plainText(LIMITS.inputHint).optional(),
  optional: z.boolean(),
  element: inputElement,
});

const viewBlocks = z
  .array(z.union([input, slackBlock]))
  .min(1)
  .max(LIMITS.viewBlocks);

/** What views.open, views.update and a `response_action` take from us. */
export const slackModal = z.strictObject({
  type: z.literal("modal"),
  callback_id: text(LIMITS.callbackId),
  title: plainText(LIMITS.viewTitle),
  submit: plainText(LIMITS.viewButton).optional(),
  close: plainText(LIMITS.viewButton).optional(),
  private_metadata: text(LIMITS.privateMetadata),
  blocks: viewBlocks,
});

/** What views.publish takes from us. */
export const slackHome = z.strictObject({
  type: z.literal("home"),
  callback_id: z.literal("home"),
  blocks: z.array(slackBlock).min(1).max(LIMITS.viewBlocks),
});

/** The answer to a block_suggestion: docs.slack.dev/reference/block-kit/block-elements/select-menu-element#external_select. */
export const slackOptions = z.strictObject({ options: z.array(option).max(LIMITS.options) });

export type SlackModal = z.infer<typeof slackModal>;
export type SlackHome = z.infer<typeof slackHome>;
export type SlackOptions = z.infer<typeof slackOptions>;
export type SlackOption = z.infer<typeof option>;
export type SlackInput = z.infer<typeof input>;
export type InputElement = z.infer<typeof inputElement>;
