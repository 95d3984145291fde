import type { Block, Button, Line } from "../../message/message.ts";
import { withColon } from "../../message/text-table.ts";
import { webLink } from "./draft.ts";
import { LIMITS } from "./limits.ts";
import { cleanLine, cutText, points } from "./measure.ts";
import { buttonValue, type SlackBlock, type SlackButton } from "./payload.ts";

type Buttons = Extract<Block, { type: "buttons" }>;

/** A button's face: short, of one line, never blank. */
function face(button: Button) {
  const label = cleanLine(button.label).trim();
  const shown = label !== "" ? label : "run" in button ? cleanLine(button.run).trim() : "";
  return {
    type: "plain_text" as const,
    text: cutText(shown === "" ? "…" : shown, LIMITS.buttonLabel),
    emoji: false as const,
  };
}

function drawButton(button: Button, index: number): SlackButton | null {
  const common = {
    type: "button" as const,
    text: face(button),
    ...(button.primary === true ? { style: "primary" as const } : {}),
  };
  if ("url" in button) {
    const url = webLink(button.url);
    return url === null ? null : { ...common, action_id: `open:${index}`, url };
  }
  if (button.run === "") return null;
  const value = JSON.stringify({ run: button.run, ...(button.replace === true ? { replace: true } : {}) });
  return points(value) > LIMITS.buttonValue ? null : { ...common, action_id: `run:${index}`, value };
}

/** A button in words, where it cannot stand as one: its label and the line to send. */
export function buttonLine(button: Button): Line {
  if ("url" in button) return [{ url: button.url, label: cleanLine(button.label) || button.url }];
  return [withColon(cleanLine(button.label).trim()), { code: button.run }];
}

/** A row of buttons: the blocks that hold them, numbered from `first`, and as lines those that fit in none. */
export function drawButtons(
  block: Buttons,
  first: number,
): {
  readonly blocks: readonly SlackBlock[];
  readonly lines: readonly Line[];
  /** Code points of their faces, and of what they carry. */
  readonly length: number;
  readonly values: number;
} {
  const drawn = block.buttons.map((button, index) => ({
    button,
    element: drawButton(button, first + index),
  }));
  const elements = drawn.flatMap(({ element }) => (element === null ? [] : [element]));
  const blocks: SlackBlock[] = [];
  for (let from = 0; from < elements.length; from += LIMITS.actionsElements) {
    blocks.push({ type: "actions", elements: elements.slice(from, from + LIMITS.actionsElements) });
  }
  return {
    blocks,
    lines: drawn.flatMap(({ button, element }) => (element === null ? [buttonLine(button)] : [])),
    length: elements.reduce((total, element) => total + points(element.text.text), 0),
    values: elements.reduce(
      (total, element) => total + points("value" in element ? element.value : element.url),
      0,
    ),
  };
}

/** What a clicked button runs; null when the value is not one of ours. */
export function readButtonValue(value: string): { readonly run: string; readonly replace: boolean } | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(value);
  } catch {
    return null;
  }
  const read = buttonValue.safeParse(parsed);
  return read.success ? { run: read.data.run, replace: read.data.replace === true } : null;
}
