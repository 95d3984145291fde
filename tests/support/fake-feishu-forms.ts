import { z } from "zod";
import { childrenOf, isObject, objectsIn, type Json } from "./fake-feishu-card-shape.ts";

/** What a client sends when the submit button of a form is pressed: `action` of card.action.trigger. */
export interface Submission {
  readonly tag: "button";
  readonly name: string;
  readonly value: unknown;
  readonly timezone: string;
  readonly form_value: Readonly<Record<string, string>>;
}

const fieldShape = z.object({
  tag: z.enum(["input", "select_static", "date_picker"]),
  name: z.string(),
  required: z.boolean().default(false),
  default_value: z.string().optional(),
  initial_date: z.string().optional(),
  initial_option: z.string().optional(),
  initial_index: z.number().default(0),
  max_length: z.number().default(1_000),
  options: z.array(z.object({ text: z.object({ content: z.string() }), value: z.string() })).default([]),
});
type Field = z.infer<typeof fieldShape>;

const submitShape = z.object({
  tag: z.literal("button"),
  form_action_type: z.literal("submit"),
  name: z.string(),
  behaviors: z.array(z.object({ type: z.string(), value: z.unknown() })).default([]),
});

function formIn(card: unknown): Json[] {
  const body = isObject(card) && isObject(card["body"]) ? childrenOf(card["body"]) : [];
  return body.filter(({ tag }) => tag === "form").flatMap(objectsIn);
}

function standing(field: Field): string {
  const { tag, options, initial_option: initial, initial_index: index } = field;
  if (tag === "input") return field.default_value ?? "";
  if (tag === "date_picker") return field.initial_date ?? "";
  const chosen = options.find(({ value, text }) => value === initial || text.content === initial);
  return (chosen ?? options[index - 1])?.value ?? "";
}

/** The inputs of a card's form: their names, and what stands in them. */
export function formOf(card: unknown): Readonly<Record<string, string>> {
  const fields = formIn(card).flatMap((object) => fieldShape.safeParse(object).data ?? []);
  return Object.fromEntries(fields.map((field) => [field.name, standing(field)]));
}

/**
 * Fills a form as a person would and presses its button. The client does not send what lacks something required, is
 * too long or is no option ("表单容器"), so that throws; a date goes out with the person's time zone, an input left empty
 * as an empty text, and what was not chosen not at all.
 */
export function fillForm(card: unknown, values: Readonly<Record<string, string>>): Submission {
  const objects = formIn(card);
  const fields = objects.flatMap((object) => fieldShape.safeParse(object).data ?? []);
  const [submit] = objects.flatMap((object) => submitShape.safeParse(object).data ?? []);
  if (submit === undefined) throw new Error("the card has no form that can be sent");
  const strange = Object.keys(values).filter((name) => !fields.some((field) => field.name === name));
  if (strange.length > 0) {
    throw new Error(
      `no field ${strange.join(", ")}; there are: ${fields.map(({ name }) => name).join(", ")}`,
    );
  }
  const sent = fields.flatMap((field) => sentBy(field, values[field.name] ?? standing(field)));
  return {
    tag: "button",
    name: submit.name,
    value: submit.behaviors.find(({ type }) => type === "callback")?.value,
    timezone: "Asia/Shanghai",
    form_value: Object.fromEntries(sent),
  };
}

function sentBy(field: Field, given: string): readonly (readonly [string, string])[] {
  const { tag, name, required, max_length: most, options } = field;
  if (given === "" && required) throw new Error(`the client asks for ${name} and sends nothing`);
  if (tag === "input") {
    if (Array.from(given).length > most) throw new Error(`the client takes ${most} characters in ${name}`);
    return [[name, given]];
  }
  if (given === "") return [];
  if (tag === "date_picker") return [[name, `${given} +0800`]];
  if (!options.some(({ value }) => value === given)) {
    throw new Error(
      `no option ${given} in ${name}; there are: ${options.map(({ value }) => value).join(", ")}`,
    );
  }
  return [[name, given]];
}
