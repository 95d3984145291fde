import { z } from "zod";
import type { Lang } from "../../core/lang.ts";
import type { Choice, Field } from "../../message/form.ts";
import type { FormElement } from "./card.ts";
import { clip, oneLine } from "./escape.ts";
import { LIMITS } from "./limits.ts";

type Words = Readonly<Record<Lang, string>>;
const OPTIONAL: Words = { zh: "（选填）", en: " (optional)" };
const tooLong = (most: number): Words => ({
  zh: `原有内容超过 ${most} 个字符，放不进这里，请重新填写。`,
  en: `What was there has more than ${most} characters and does not fit here; please fill it in anew.`,
});

/** How much of a form is shown: everything, or only what it cannot do without. */
export interface Extent {
  readonly hints: boolean;
  /** Characters of a text that is filled in already. */
  readonly initial: number;
}

/** Text that Feishu shows as it is. */
export const plain = (content: string) => ({ tag: "plain_text" as const, content });

function note(text: string): FormElement[] {
  const content = clip(text.trim(), LIMITS.hint);
  if (content.trim() === "") return [];
  return [{ tag: "div", text: { ...plain(content), text_size: "notation", text_color: "grey" } }];
}

/** A word or two on one line. */
export const clean = (text: string): string => clip(text.trim(), LIMITS.label).trim();

function labelOf(field: Field, lang: Lang): string {
  const label = clean(field.label);
  return `${label === "" ? field.name : label}${field.required ? "" : OPTIONAL[lang]}`;
}

/** What stands in a text input at first: kept whole or left out, as a shortened one would be sent as if it were meant. */
function initialText(text: string, isMultiline: boolean): string {
  return isMultiline
    ? text
        .split(/\r\n|\r|\n/)
        .map(oneLine)
        .join("\n")
    : oneLine(text).trim();
}

function textInput(
  field: Extract<Field, { kind: "text" | "commitment" }>,
  lang: Lang,
  extent: Extent,
): FormElement[] {
  const isMultiline = field.kind === "text" && field.multiline;
  const asked = field.kind === "text" ? Math.floor(field.maxLength) || 1 : LIMITS.inputLength;
  const most = Math.min(Math.max(1, asked), LIMITS.inputLength);
  const placeholder = extent.hints ? clean(field.placeholder ?? "") : "";
  const given = field.kind === "text" ? field.initial : (field.initial?.value ?? null);
  const initial = initialText(given ?? "", isMultiline);
  const fits = Array.from(initial).length <= Math.min(most, extent.initial);
  const found = field.kind === "commitment" ? (field.initial?.label ?? "") : "";
  return [
    {
      tag: "input",
      name: field.name,
      label: plain(labelOf(field, lang)),
      label_position: "top",
      width: "fill",
      required: field.required,
      input_type: isMultiline ? "multiline_text" : "text",
      max_length: most,
      ...(placeholder === "" ? {} : { placeholder: plain(placeholder) }),
      ...(initial.trim() === "" || !fits ? {} : { default_value: initial }),
    },
    ...(fits ? [] : note(tooLong(Math.min(most, extent.initial))[lang])),
    ...(found === given ? [] : note(found)),
  ];
}

function choiceText({ label, value }: Choice): string {
  return clean(label) === "" ? clip(value, LIMITS.label) : clean(label);
}

/** "下拉选择-单选": no two options have the same value. */
function select(field: Extract<Field, { kind: "choice" }>): FormElement[] {
  const options = field.options
    .map((option) => ({ text: plain(choiceText(option)), value: option.value.toWellFormed() }))
    .filter(
      ({ value }, at, all) => value.trim() !== "" && all.findIndex((one) => one.value === value) === at,
    );
  const initial = options.findIndex(({ value }) => value === field.initial);
  if (options.length === 0) return [];
  return [
    {
      tag: "select_static",
      name: field.name,
      width: "fill",
      required: field.required,
      options,
      ...(initial < 0 ? {} : { initial_index: initial + 1 }),
    },
  ];
}

/** A field with its label, what is filled in already, and its hint; nothing for a choice of nothing. */
export function fieldElements(field: Field, lang: Lang, extent: Extent): FormElement[] {
  const hint = extent.hints ? note(field.hint ?? "") : [];
  const label: FormElement = { tag: "div", text: plain(labelOf(field, lang)) };
  switch (field.kind) {
    case "text":
    case "commitment":
      return [...textInput(field, lang, extent), ...hint];
    case "date": {
      const day = z.iso.date().safeParse(field.initial);
      const initial = day.success ? { initial_date: day.data } : {};
      return [
        label,
        { tag: "date_picker", name: field.name, width: "fill", required: field.required, ...initial },
        ...hint,
      ];
    }
    case "choice": {
      const choice = select(field);
      return choice.length === 0 ? [] : [label, ...choice, ...hint];
    }
  }
}
