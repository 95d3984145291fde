import { z } from "zod";
import { withColon } from "../../message/text-table.ts";
import { LIMITS } from "./limits.ts";
import { cleanLine, cutText, points } from "./measure.ts";
import { ACTION, blockOf } from "./modal-field.ts";
import { packSent } from "./modal.ts";
import type { InputElement, SlackInput, SlackModal } from "./modal-payload.ts";
import type { SlackBlock } from "./payload.ts";

// A view as Slack sends it back: docs.slack.dev/reference/interaction-payloads/view-interactions-payload. Slack adds to
// what we drew, so what is not ours is left out here.

const words = z
  .object({ text: z.string().min(1) })
  .transform(({ text }) => ({ type: "plain_text" as const, text, emoji: false as const }));
const option = z.object({ text: words, value: z.string().min(1) });
const own = { action_id: z.literal(ACTION), placeholder: words.optional() };
const element = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("plain_text_input"),
    ...own,
    multiline: z.boolean().default(false),
    max_length: z.int().min(1).max(LIMITS.inputText).default(LIMITS.inputText),
  }),
  z.object({ type: z.literal("datepicker"), action_id: own.action_id }),
  z.object({ type: z.literal("static_select"), action_id: own.action_id, options: z.array(option).min(1) }),
  z.object({ type: z.literal("external_select"), ...own, min_query_length: z.int().min(0).default(0) }),
]);
const input = z.object({
  type: z.literal("input"),
  block_id: z.string(),
  label: words,
  hint: words.nullish(),
  optional: z.boolean().default(false),
  element,
});
const style = z.object({ bold: z.literal(true).optional(), code: z.literal(true).optional() });
const richElement = z.discriminatedUnion("type", [
  z.object({ type: z.literal("text"), text: z.string(), style: style.optional() }),
  z.object({ type: z.literal("link"), url: z.string(), text: z.string() }),
  z.object({ type: z.literal("user"), user_id: z.string() }),
  z.object({ type: z.literal("channel"), channel_id: z.string() }),
]);
/** What stands above the fields of a form of ours. */
const intro = z.object({
  type: z.literal("rich_text"),
  elements: z
    .array(z.object({ type: z.literal("rich_text_section"), elements: z.array(richElement).min(1) }))
    .min(1),
});
/** Anything else goes, also words of ours that came back in another shape: they must not cost what was typed. */
const other = z
  .object({ type: z.string().refine((type) => type !== "input") })
  .transform(() => ({ type: "other" as const }));
const filled = z.object({
  value: z.string().nullish(),
  selected_date: z.iso.date().nullish(),
  selected_option: option.nullish(),
});
const sentForm = z.object({
  hash: z.string().optional(),
  callback_id: z.string(),
  private_metadata: z.string(),
  title: words,
  submit: words,
  close: words.nullish(),
  blocks: z.array(z.union([input, intro, other])),
  state: z.object({ values: z.record(z.string(), z.record(z.string(), filled)) }),
});

type SentForm = z.infer<typeof sentForm>;
type Input = z.infer<typeof input>;
type Filled = z.infer<typeof filled>;

function isInput(block: SentForm["blocks"][number]): block is Input {
  return block.type === "input";
}

function isIntro(block: SentForm["blocks"][number]): block is z.infer<typeof intro> {
  return block.type === "rich_text";
}

function elementWith(
  asked: Input["element"],
  { value, selected_date, selected_option }: Filled,
): InputElement {
  switch (asked.type) {
    case "plain_text_input":
      return value === null || value === undefined || value === ""
        ? asked
        : { ...asked, initial_value: value };
    case "datepicker":
      return typeof selected_date === "string" ? { ...asked, initial_date: selected_date } : asked;
    case "static_select": {
      const chosen = asked.options.find((one) => one.value === selected_option?.value);
      return chosen === undefined ? asked : { ...asked, initial_option: chosen };
    }
    case "external_select":
      return selected_option === null || selected_option === undefined
        ? asked
        : { ...asked, initial_option: selected_option };
    default: {
      const none: never = asked;
      return none;
    }
  }
}

function typedInto({ block_id }: Input, { state }: SentForm): Filled {
  return state.values[block_id]?.[ACTION] ?? {};
}

function inputWith(asked: Input, form: SentForm): SlackInput {
  const { hint, ...rest } = asked;
  return {
    ...rest,
    ...(hint === null || hint === undefined ? {} : { hint }),
    element: elementWith(asked.element, typedInto(asked, form)),
  };
}

/**
 * A form that was sent, to be corrected and sent again: with everything that was typed, and on top what is wrong with
 * which field. Only an acknowledgement can say it beside the field. Null where the view asks for nothing.
 */
export function drawAgain(view: unknown, field: string | null, wrong: string): SlackModal | null {
  const read = sentForm.safeParse(view);
  if (!read.success) return null;
  const form = read.data;
  const asked = form.blocks.filter(isInput);
  if (asked.length === 0) return null;
  const about = asked.find(({ block_id }) => field !== null && block_id === blockOf(field));
  const said = cutText(`${withColon(about?.label.text ?? "")}${cleanLine(wrong).trim()}`, LIMITS.errorText);
  // Of another kind than the intro, so that it gives way to the next one.
  const refusal: SlackBlock = {
    type: "section",
    text: { type: "plain_text", text: said === "" ? "?" : said, emoji: false },
  };
  const known: readonly SlackBlock[] = form.blocks.filter(isIntro);
  const fits =
    1 + known.length + asked.length <= LIMITS.viewBlocks &&
    points(JSON.stringify(known)) <= LIMITS.viewText - LIMITS.errorText;
  const inputs = asked.map((each) => inputWith(each, form));
  return {
    type: "modal",
    callback_id: form.callback_id,
    title: form.title,
    submit: form.submit,
    ...(form.close === null || form.close === undefined ? {} : { close: form.close }),
    private_metadata: packSent(form.private_metadata, form.hash),
    blocks: [refusal, ...(fits ? known : []), ...inputs].slice(-LIMITS.viewBlocks),
  };
}

/** What was typed into a form that was sent, by the labels of its fields; those left empty are not there. */
export function typedValues(view: unknown): readonly { readonly label: string; readonly value: string }[] {
  const read = sentForm.safeParse(view);
  if (!read.success) return [];
  return read.data.blocks.filter(isInput).flatMap((asked) => {
    const { value, selected_date, selected_option } = typedInto(asked, read.data);
    const shown = value ?? selected_date ?? selected_option?.text.text ?? "";
    return shown.trim() === "" ? [] : [{ label: asked.label.text, value: shown }];
  });
}
