import { z } from "zod";

// docs.slack.dev/reference/views and docs.slack.dev/reference/block-kit, written down anew here, so that a slip in the
// adapter's own table of limits does not pass unseen. Lengths are in code points.

/** What stands in a modal or on the home tab; tables and charts are for messages only. */
const PLAIN_BLOCKS = ["context", "divider", "header", "rich_text", "section"] as const;

function text(max: number) {
  const within = (value: string): boolean => Array.from(value).length <= max;
  return z
    .string()
    .min(1)
    .refine(within, { message: `must be less than ${max + 1} characters` });
}

function plain(max: number) {
  return z.strictObject({ type: z.literal("plain_text"), text: text(max), emoji: z.boolean().optional() });
}

const actionId = text(255);
/** Options: docs.slack.dev/reference/block-kit/composition-objects/option-object. */
export const option = z.strictObject({
  text: plain(75),
  value: text(150),
  description: plain(75).optional(),
});
const options = z.array(option).min(1).max(100);
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const focus = { focus_on_load: z.boolean().optional() };
const placeholder = plain(150).optional();

/** Elements of an input block: docs.slack.dev/reference/block-kit/block-elements. */
export const inputElement = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("plain_text_input"),
    action_id: actionId,
    multiline: z.boolean().optional(),
    min_length: z.number().int().min(0).max(3_000).optional(),
    max_length: z.number().int().min(1).max(3_000).optional(),
    initial_value: text(3_000).optional(),
    placeholder,
    ...focus,
  }),
  z.strictObject({
    type: z.literal("datepicker"),
    action_id: actionId,
    initial_date: day.optional(),
    placeholder,
    ...focus,
  }),
  z.strictObject({
    type: z.enum(["static_select", "radio_buttons"]),
    action_id: actionId,
    options,
    initial_option: option.optional(),
    placeholder,
    ...focus,
  }),
  z.strictObject({
    type: z.literal("external_select"),
    action_id: actionId,
    // Without it Slack asks from the third character on.
    min_query_length: z.number().int().min(0).default(3),
    initial_option: option.optional(),
    placeholder,
    ...focus,
  }),
]);

export const inputBlock = z.strictObject({
  type: z.literal("input"),
  block_id: text(255),
  label: plain(2_000),
  hint: plain(2_000).optional(),
  optional: z.boolean().default(false),
  dispatch_action: z.boolean().optional(),
  element: inputElement,
});

/** docs.slack.dev/reference/block-kit/block-elements/button-element, and blocks/actions-block. */
const button = z.looseObject({
  type: z.literal("button"),
  action_id: actionId,
  text: plain(75),
  value: text(2_000).optional(),
  url: text(3_000).optional(),
});
const actionsBlock = z.looseObject({
  type: z.literal("actions"),
  block_id: text(255).optional(),
  elements: z.array(button).min(1).max(25),
});
/** Everything else is judged by the rules of messages (fake-slack-rules.ts). */
const plainBlock = z.looseObject({ type: z.enum(PLAIN_BLOCKS), block_id: text(255).optional() });
const otherBlock = z.union([actionsBlock, plainBlock]);
const block = z.union([inputBlock, otherBlock]);
const common = {
  callback_id: text(255).optional(),
  private_metadata: z
    .string()
    .refine((value) => Array.from(value).length <= 3_000, { message: "must be less than 3001 characters" })
    .optional(),
  external_id: text(255).optional(),
  blocks: z.array(block).min(1).max(100),
};

export const viewPayload = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("modal"),
    title: plain(24),
    submit: plain(24).optional(),
    close: plain(24).optional(),
    clear_on_close: z.boolean().optional(),
    notify_on_close: z.boolean().optional(),
    ...common,
  }),
  z.strictObject({ type: z.literal("home"), ...common }),
]);
export type ViewPayload = z.infer<typeof viewPayload>;
export type InputBlock = z.infer<typeof inputBlock>;

/** docs.slack.dev/reference/methods/views.open: view_too_large above it. */
const MOST_BYTES = 250_000;

export type ViewRead =
  { readonly view: ViewPayload } | { readonly error: string; readonly messages: string[] };

/** Reads a view as Slack would, or says what it answers instead. */
export function readView(value: unknown, judge: (blocks: readonly unknown[]) => readonly string[]): ViewRead {
  if (Buffer.byteLength(JSON.stringify(value) ?? "") > MOST_BYTES)
    return { error: "view_too_large", messages: [] };
  const read = viewPayload.safeParse(value);
  if (!read.success) {
    const messages = read.error.issues.map(
      ({ path, message }) => `[ERROR] ${message} [json-pointer:/view/${path.join("/")}]`,
    );
    return { error: "invalid_arguments", messages };
  }
  const messages = [...whole(read.data), ...judge(read.data.blocks.filter(({ type }) => type !== "input"))];
  return messages.length === 0 ? { view: read.data } : { error: "invalid_arguments", messages };
}

function whole(view: ViewPayload): string[] {
  const problems: string[] = [];
  const inputs = inputsOf(view);
  if (view.type === "modal" && inputs.length > 0 && view.submit === undefined)
    problems.push("[ERROR] submit is required when an input block is there [json-pointer:/view]");
  const ids = view.blocks.flatMap(({ block_id }) => (block_id === undefined ? [] : [block_id]));
  if (new Set(ids).size < ids.length)
    problems.push("[ERROR] block_id already exists [json-pointer:/view/blocks]");
  for (const { block_id, element } of inputs) {
    if (!("options" in element) || element.initial_option === undefined) continue;
    const { initial_option } = element;
    if (!element.options.some((one) => JSON.stringify(one) === JSON.stringify(initial_option)))
      problems.push(`[ERROR] initial_option is none of the options [json-pointer:/view/blocks/${block_id}]`);
  }
  return problems;
}

export function inputsOf(view: ViewPayload): readonly InputBlock[] {
  return view.blocks.flatMap((block) => {
    const read = inputBlock.safeParse(block);
    return read.success ? [read.data] : [];
  });
}
