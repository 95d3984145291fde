import { z } from "zod";
import type { Choice, Field, Form } from "../../message/form.ts";
import type { Line, Message } from "../../message/message.ts";
import { LIMITS } from "./limits.ts";
import { cleanLine, cutText, points } from "./measure.ts";
import { blockOf, drawField, drawOption, fieldOf, shownText } from "./modal-field.ts";
import type { SlackInput, SlackModal, SlackOption, SlackOptions } from "./modal-payload.ts";
import type { SlackBlock } from "./payload.ts";
import { renderView } from "./render.ts";

/** Where a modal was opened; travels in its private_metadata. */
export interface ModalContext {
  readonly team: string;
  readonly channel: string;
  readonly thread: string | null;
  readonly message: string | null;
}

type Values = Readonly<Record<string, string>>;

const FORM = "form:";
const ANSWER = "answer";
/** What a modal is called whose message has no title, or one too long for it. */
const NAME = "区势 Qushi";

// docs.slack.dev/reference/interaction-payloads/view-interactions-payload: only what is read of a view.
const context = z.strictObject({
  team: z.string(),
  channel: z.string(),
  thread: z.string().nullable(),
  message: z.string().nullable(),
});
const metadata = z.strictObject({
  at: context,
  values: z.record(z.string(), z.string()).optional(),
  /** The hash of the view as which a form that is shown again was first sent. */
  sent: z.string().optional(),
});
const ours = z.object({
  callback_id: z.string(),
  private_metadata: z.string(),
  state: z.object({ values: z.record(z.string(), z.record(z.string(), z.unknown())) }).optional(),
});
const typed = z.object({ type: z.literal("plain_text_input"), value: z.string().nullish() });
const dated = z.object({ type: z.literal("datepicker"), selected_date: z.string().nullish() });
const chosen = z.object({
  type: z.enum(["static_select", "external_select"]),
  selected_option: z.object({ value: z.string() }).nullish(),
});
const entered = z.discriminatedUnion("type", [typed, dated, chosen]);
const asking = z.object({
  blocks: z.array(z.looseObject({ type: z.string(), block_id: z.string().optional() })),
});

function plain(text: string) {
  return { type: "plain_text" as const, text, emoji: false as const };
}

function pack(at: ModalContext, values: Values): string {
  const { team, channel, thread, message } = at;
  return JSON.stringify({ at: { team, channel, thread, message }, values });
}

/** Parts what goes along unseen into what private_metadata holds and what has to be shown as fields. */
function hide(values: readonly (readonly [string, string])[], at: ModalContext) {
  let hidden: Values = {};
  const fields: Field[] = [];
  for (const [name, value] of values) {
    const more = { ...hidden, [name]: value };
    if (points(pack(at, more)) <= LIMITS.privateMetadata) {
      hidden = more;
      continue;
    }
    fields.push({
      name,
      label: name,
      hint: null,
      required: false,
      kind: "text",
      multiline: true,
      maxLength: LIMITS.inputText,
      placeholder: null,
      initial: value,
    });
  }
  return { hidden, fields };
}

function drawIntro(intro: readonly Line[]): readonly SlackBlock[] {
  return intro.length === 0 ? [] : renderView({ summary: "", blocks: [{ type: "text", lines: intro }] });
}

/** A form as a modal, for views.open and for a `response_action` "update". */
export function drawForm(form: Form, at: ModalContext): SlackModal {
  const asked = form.fields.filter(
    ({ name }, index, all) => all.findIndex((field) => field.name === name) === index,
  );
  const names = new Set(asked.map(({ name }) => name));
  const { hidden, fields } = hide(
    Object.entries(form.values).filter(([name]) => !names.has(name)),
    at,
  );
  const whole = cleanLine(form.title).trim();
  const cut = points(whole) > LIMITS.viewTitle;
  const intro = drawIntro([...(cut ? [[{ bold: whole }]] : []), ...form.intro]);
  const inputs: readonly SlackInput[] = [...asked, ...fields]
    .slice(0, LIMITS.viewBlocks - intro.length)
    .map(drawField);
  return {
    type: "modal",
    callback_id: FORM + form.verb,
    title: shownText(whole, LIMITS.viewTitle) ?? plain(NAME),
    submit: shownText(form.submit, LIMITS.viewButton) ?? plain("OK"),
    close: shownText(form.cancel, LIMITS.viewButton) ?? plain("×"),
    private_metadata: pack(at, hidden),
    blocks: intro.length + inputs.length > 0 ? [...intro, ...inputs] : [...drawIntro([[whole]])],
  };
}

/** What answers a submission, or a click inside a modal: the message in a modal that has nothing to send. */
export function drawAnswer(message: Message, at: ModalContext): SlackModal {
  const title = cleanLine(message.title ?? "").trim();
  const fits = title !== "" && points(title) <= LIMITS.viewTitle;
  const { title: _title, ...untitled } = message;
  return {
    type: "modal",
    callback_id: ANSWER,
    title: plain(fits ? title : NAME),
    private_metadata: pack(at, {}),
    blocks: [...renderView(fits ? untitled : message)],
  };
}

/** What a `block_suggestion` is answered with; choices that Slack could not carry whole are not offered. */
export function drawOptions(choices: readonly Choice[]): SlackOptions {
  const options = new Map<string, SlackOption>();
  for (const choice of choices) {
    const option = drawOption(choice);
    if (option !== null && options.size < LIMITS.options) options.set(option.value, option);
  }
  return { options: [...options.values()] };
}

function unpack(text: string): z.infer<typeof metadata> | null {
  try {
    const read = metadata.safeParse(JSON.parse(text));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}

function valueOf(element: unknown): string | null {
  const read = entered.safeParse(element);
  if (!read.success) return null;
  switch (read.data.type) {
    case "plain_text_input":
      return read.data.value ?? null;
    case "datepicker":
      return read.data.selected_date ?? null;
    case "static_select":
    case "external_select":
      return read.data.selected_option?.value ?? null;
    default: {
      const none: never = read.data;
      return none;
    }
  }
}

/** Remembers as which view a form was first sent that is shown again; where it would get too long for Slack, as it was. */
export function packSent(text: string, hash: string | undefined): string {
  const known = unpack(text);
  if (known === null || known.sent !== undefined || hash === undefined) return text;
  const more = JSON.stringify({ ...known, sent: hash });
  return points(more) <= LIMITS.privateMetadata ? more : text;
}

/** That view's hash; null where the form was not shown again. */
export function firstSent(view: unknown): string | null {
  const read = ours.safeParse(view);
  return read.success ? (unpack(read.data.private_metadata)?.sent ?? null) : null;
}

/** Where a modal of ours was opened, form or answer; null where the view is none of ours. */
export function readContext(view: unknown): ModalContext | null {
  const read = ours.safeParse(view);
  const own = read.success && (read.data.callback_id === ANSWER || read.data.callback_id.startsWith(FORM));
  return own ? (unpack(read.data.private_metadata)?.at ?? null) : null;
}

/** A form that was sent: null where the view is none of ours. Values left empty are not there. */
export function readModal(
  view: unknown,
): { readonly verb: string; readonly values: Values; readonly context: ModalContext } | null {
  const read = ours.safeParse(view);
  if (!read.success || !read.data.callback_id.startsWith(FORM)) return null;
  const known = unpack(read.data.private_metadata);
  if (known === null) return null;
  const given = Object.entries(read.data.state?.values ?? {}).flatMap(([block, elements]) => {
    const field = fieldOf(block);
    const value =
      Object.values(elements)
        .map(valueOf)
        .find((value) => value !== null) ?? "";
    return field === null || value.trim() === "" ? [] : [[field, value] as const];
  });
  return {
    verb: read.data.callback_id.slice(FORM.length),
    values: { ...known.values, ...Object.fromEntries(given) },
    context: known.at,
  };
}

/**
 * For a `response_action` "errors": the text under its field's block, beside the first field where `field` is none of
 * the form's. Empty where the view asks for nothing, so that there is nowhere to show it.
 */
export function fieldErrors(view: unknown, field: string | null, text: string): Values {
  const read = asking.safeParse(view);
  const inputs = read.success ? read.data.blocks.filter(({ type }) => type === "input") : [];
  const wanted = field === null ? undefined : inputs.find(({ block_id }) => block_id === blockOf(field));
  const block = (wanted ?? inputs[0])?.block_id;
  const shown = cutText(cleanLine(text).trim(), LIMITS.errorText);
  return block === undefined ? {} : { [block]: shown === "" ? "?" : shown };
}
