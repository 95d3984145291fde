import { z } from "zod";
import type { Form } from "../../message/form.ts";
import type { FeishuCard, FormElement } from "./card.ts";
import { formValue } from "./card.ts";
import { json } from "./decode.ts";
import type { Extent } from "./form-fields.ts";
import { clean, fieldElements, plain } from "./form-fields.ts";
import { APP_CARD, LIMITS } from "./limits.ts";
import { FREE, costOf, plus, within } from "./measure.ts";
import { linesElement } from "./parts.ts";

/** Tried in this order until one fits into a card. */
const EXTENTS: readonly [Extent, ...Extent[]] = [
  { hints: true, initial: LIMITS.inputLength },
  { hints: false, initial: LIMITS.inputLength },
  { hints: false, initial: LIMITS.label },
];

function cardOf(form: Form, extent: Extent): FeishuCard {
  const title = clean(form.title) || form.verb;
  const names = form.fields.map(({ name }) => name);
  const fields = form.fields
    .filter(({ name }, at) => name !== "" && names.indexOf(name) === at)
    .flatMap((field) => fieldElements(field, form.lang, extent));
  const values = Object.fromEntries(
    Object.entries(form.values).map(([name, value]) => [name, value.toWellFormed()]),
  );
  const submit: FormElement = {
    tag: "button",
    name: "submit",
    text: plain(clean(form.submit) || title),
    type: "primary",
    form_action_type: "submit",
    behaviors: [{ type: "callback", value: { v: 1, form: form.verb, values } }],
  };
  const card: FeishuCard = {
    schema: "2.0",
    config: { update_multi: true, summary: { content: title } },
    header: { title: plain(title), template: "blue" },
    body: { elements: [{ tag: "form", name: "form", elements: [...fields, submit] }] },
  };
  return { ...card, body: { elements: [...intro(form, card), ...card.body.elements] } };
}

/** As many lines of the intro as fit beside the form, which goes first. */
function intro(form: Form, card: FeishuCard): FeishuCard["body"]["elements"] {
  for (let count = form.intro.length; count > 0; count -= 1) {
    const elements = linesElement(form.intro.slice(0, count), true);
    if (within([card, ...elements].map(costOf).reduce(plus, FREE), APP_CARD)) return elements;
  }
  return [];
}

/**
 * A form as a card of its own: intro, inputs, submit. What is too long for a card is left out, hints first; a form that
 * fits in no way is found by checkCard, and then the message stands that it would have replaced.
 */
export function renderForm(form: Form): FeishuCard {
  const [whole, ...shorter] = EXTENTS;
  return (
    [whole, ...shorter]
      .map((extent) => cardOf(form, extent))
      .find((card) => within(costOf(card), APP_CARD)) ?? cardOf(form, whole)
  );
}

/** A form's submit button in `card.action.trigger` ("表单容器", open.feishu.cn): inputs by name, empty ones too. */
const submitted = z.object({
  value: z.unknown(),
  form_value: z.record(z.string(), z.unknown()).optional(),
});

/** What was filled in, without what was left empty; a date picker's `2026-06-30 +0800` as its day. */
function filled(typed: Readonly<Record<string, unknown>>): [string, string][] {
  return Object.entries(typed).flatMap(([name, entry]): [string, string][] => {
    if (typeof entry !== "string") return [];
    const text = entry.trim().replace(/^(\d{4}-\d{2}-\d{2}) [+-]\d{4}$/, "$1");
    return text === "" ? [] : [[name, text]];
  });
}

/** What a submitted form card carries. */
export interface Filled {
  readonly verb: string;
  readonly values: Readonly<Record<string, string>>;
  /** The first message of the topic that it stands in. */
  readonly below: string | null;
}

/** What was submitted: null where the card is not one of ours. `action` is card.action.trigger's `action`. */
export function readForm(action: unknown): Filled | null {
  const parsed = submitted.safeParse(action);
  if (!parsed.success) return null;
  const { value, form_value: typed = {} } = parsed.data;
  // Some clients hand a value back as the JSON text of the object that was sent.
  const ours = formValue.safeParse(typeof value === "string" ? json(value) : value);
  if (!ours.success) return null;
  const { form: verb, values, below = null } = ours.data;
  return { verb, values: { ...values, ...Object.fromEntries(filled(typed)) }, below };
}
