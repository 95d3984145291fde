import type { Choice, Field } from "../../message/form.ts";
import { LIMITS } from "./limits.ts";
import { cleanLine, cleanText, cutText, points } from "./measure.ts";
import type { InputElement, SlackInput, SlackOption } from "./modal-payload.ts";

const PREFIX = "field:";
/** Every input has a block of its own, so that all of them carry their value under one action. */
export const ACTION = "value";

export function blockOf(field: string): string {
  return PREFIX + field;
}

/** The field that a block asks for; null where it is none of ours. */
export function fieldOf(blockId: string): string | null {
  return blockId.startsWith(PREFIX) ? blockId.slice(PREFIX.length) : null;
}

/** A text that Slack shows as it stands, on one line; null where nothing would be seen. */
export function shownText(text: string, max: number) {
  const shown = cutText(cleanLine(text).trim(), max);
  return shown === "" ? null : { type: "plain_text" as const, text: shown, emoji: false as const };
}

/** Something to choose; null where its value is more than Slack carries, for a cut one would choose something else. */
export function drawOption({ value, label }: Choice): SlackOption | null {
  if (value === "" || points(value) > LIMITS.optionValue || value !== cleanText(value)) return null;
  const text = shownText(label, LIMITS.optionText) ?? shownText(value, LIMITS.optionText);
  return text === null ? null : { text, value };
}

function placeholderOf(text: string | null) {
  const placeholder = text === null ? null : shownText(text, LIMITS.placeholder);
  return placeholder === null ? {} : { placeholder };
}

interface Typed {
  readonly multiline: boolean;
  readonly maxLength: number;
  readonly placeholder: string | null;
  readonly initial: string | null;
}

function typedElement({ multiline, maxLength, placeholder, initial }: Typed): InputElement {
  const max = Math.max(1, Math.min(LIMITS.inputText, Math.floor(maxLength) || LIMITS.inputText));
  const known = (multiline ? cleanText : cleanLine)(initial ?? "");
  const start = known.trim() === "" ? {} : { initial_value: cutText(known, max) };
  return {
    type: "plain_text_input",
    action_id: ACTION,
    multiline,
    max_length: max,
    ...start,
    ...placeholderOf(placeholder),
  };
}

function chosenElement(options: readonly Choice[], initial: string | null): InputElement | null {
  const drawn = options.map(drawOption).filter((option) => option !== null);
  const values = new Set(drawn.map(({ value }) => value));
  const whole = drawn.length === options.length && values.size === drawn.length;
  if (!whole || drawn.length === 0 || drawn.length > LIMITS.options) return null;
  const chosen = drawn.find(({ value }) => value === initial);
  return {
    type: "static_select",
    action_id: ACTION,
    options: drawn,
    ...(chosen === undefined ? {} : { initial_option: chosen }),
  };
}

/** True for a day of the calendar in the form 2026-06-30. */
function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

function drawElement(field: Field): InputElement {
  switch (field.kind) {
    case "text":
      return typedElement(field);
    case "date":
      return {
        type: "datepicker",
        action_id: ACTION,
        ...(field.initial !== null && isDay(field.initial) ? { initial_date: field.initial } : {}),
      };
    case "choice":
      // What Slack cannot offer can still be typed.
      return (
        chosenElement(field.options, field.initial) ??
        typedElement({
          multiline: false,
          maxLength: LIMITS.inputText,
          placeholder: field.options.map(({ label }) => label).join(" · "),
          initial: field.initial,
        })
      );
    case "commitment": {
      const initial = field.initial === null ? null : drawOption(field.initial);
      return {
        type: "external_select",
        action_id: ACTION,
        // Opened without a letter typed, it already offers something.
        min_query_length: 0,
        ...(initial === null ? {} : { initial_option: initial }),
        ...placeholderOf(field.placeholder),
      };
    }
    default: {
      const none: never = field;
      return none;
    }
  }
}

/** A field as an input block. */
export function drawField(field: Field): SlackInput {
  const hint = field.hint === null ? null : shownText(field.hint, LIMITS.inputHint);
  return {
    type: "input",
    block_id: blockOf(field.name),
    label: shownText(field.label, LIMITS.inputLabel) ?? {
      type: "plain_text",
      text: field.name,
      emoji: false,
    },
    ...(hint === null ? {} : { hint }),
    optional: !field.required,
    element: drawElement(field),
  };
}
