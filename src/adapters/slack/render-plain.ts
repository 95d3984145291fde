import { lineText, type Block, type Line, type Message, type Span } from "../../message/message.ts";
import { buttonLine } from "./buttons.ts";
import { fieldLines, showable } from "./draft.ts";
import { alignedLines, chartLines, chartTitle } from "./grid.ts";
import { LIMITS } from "./limits.ts";
import { chunkText, cleanLine, points } from "./measure.ts";
import type { SlackPayload } from "./payload.ts";
import { CLOSING, fallbackText, leftOutLine } from "./render.ts";

/** A span in words: in plain text a link shows its address, or nobody could follow it. */
function spanWords(span: Span): string {
  if (typeof span !== "string" && "url" in span && span.url !== span.label)
    return `${span.label} (${span.url})`;
  return lineText([span]);
}

function words(line: Line): string {
  return line.map(spanWords).join("");
}

function blockLines(block: Block): readonly string[] {
  switch (block.type) {
    case "text":
    case "note":
      return block.lines.map(words);
    case "fields":
      return fieldLines(block).map(words);
    case "list":
      return block.items.map((item) => `• ${words(item)}`);
    case "table":
      return alignedLines(block);
    case "chart":
      return [chartTitle(block), ...chartLines(block)];
    case "quote":
      return block.text.split("\n").map((line) => `> ${line}`);
    case "divider":
      return ["———"];
    case "buttons":
      return block.buttons.map((button) => words(buttonLine(button)));
    default: {
      const none: never = block;
      return none;
    }
  }
}

/** The most that the lines of buttons are kept room for, in code points; they are how people go on. */
const BUTTON_LINES = 2_400;

/** The lines that fit, in order: from the first on, and those of buttons wherever they stand. */
function keep(message: Message): { readonly kept: readonly string[]; readonly leftOut: number } {
  const title = cleanLine(message.title ?? "").trim();
  const heading = title === "" ? [] : [{ text: showable(title), held: false }];
  const lines = message.blocks.flatMap((block) =>
    blockLines(block).map((line) => ({ text: showable(line), held: block.type === "buttons" })),
  );
  const all =
    heading.length + lines.length === 0
      ? [{ text: showable(message.summary), held: false }]
      : [...heading, ...lines];
  let held = 0;
  let left: number = LIMITS.messageText - CLOSING.text - BUTTON_LINES;
  const kept = all.filter((line) => {
    const length = points(line.text) + 1;
    if (line.held) {
      held += length;
      return held <= BUTTON_LINES;
    }
    left -= length;
    return left >= 0;
  });
  return { kept: kept.map(({ text }) => text), leftOut: all.length - kept.length };
}

/** The same content as plain sections only: what is sent once more when Slack refuses the richer form. */
export function renderPlain(message: Message): SlackPayload {
  const { kept, leftOut } = keep(message);
  const text = [...kept, ...(leftOut > 0 ? [leftOutLine(leftOut)] : [])].join("\n");
  return {
    text: fallbackText(message),
    blocks: chunkText(text, LIMITS.textObject).map((piece) => ({
      type: "section",
      text: { type: "plain_text", text: piece === "" ? " " : piece, emoji: false },
    })),
  };
}
