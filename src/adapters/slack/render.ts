import type { Message } from "../../message/message.ts";
import { escapeText } from "./decode.ts";
import { linesDraft } from "./draft.ts";
import { fill, linesIn, type Room } from "./fit.ts";
import { LIMITS } from "./limits.ts";
import { cleanText, cutText, points } from "./measure.ts";
import type { SlackBlock, SlackPayload } from "./payload.ts";
import { drawPieces, type Natives } from "./pieces.ts";

/** The closing line of a message of which not everything fits. */
export function leftOutLine(lines: number): string {
  const more = lines === 1 ? "1 more line" : `${lines} more lines`;
  return `… 还有 ${lines} 行，缩小范围再问可见 / ${more}; ask for less to see them`;
}

/** Kept back for the closing line: one block and its text. */
export const CLOSING = { blocks: 1, text: 120 } as const;

/** Where blocks are shown, and how much it holds. */
type Surface = Room & Natives;

const MESSAGE: Surface = {
  blocks: LIMITS.blocks,
  text: LIMITS.messageText,
  tables: LIMITS.tables,
  charts: LIMITS.charts,
};
// docs.slack.dev/blocks.json: charts are for messages, tables for messages and home tabs; but a home tab that is refused
// stays as it was, so it gets neither.
const VIEW: Surface = { blocks: LIMITS.viewBlocks, text: LIMITS.viewText, tables: 0, charts: 0 };

/** The top-level text: escaped, because there Slack would read `<!channel>`. */
export function fallbackText(message: Message): string {
  const said = [message.summary, message.title ?? ""].map((text) => cleanText(text).trim());
  const text = said.find((candidate) => candidate !== "") ?? "…";
  const most = LIMITS.fallbackText;
  let max: number = most;
  let escaped = escapeText(cutText(text, max));
  while (points(escaped) > most) {
    max = Math.floor((max * most) / points(escaped)) - 1;
    escaped = escapeText(cutText(text, max));
  }
  return escaped;
}

function lineBlock(line: string): SlackBlock {
  return linesDraft([[line]]).build(0, 1);
}

/** The blocks of a message; how much of it has no room the last line says. */
function renderBlocks(message: Message, surface: Surface): readonly SlackBlock[] {
  const { all, taken } = drawPieces(message, surface);
  const { blocks, rest, lost } = fill(all, {
    blocks: surface.blocks - CLOSING.blocks - taken.blocks,
    text: surface.text - CLOSING.text - taken.text,
  });
  const leftOut = lost + linesIn(rest);
  if (leftOut > 0) return [...blocks, lineBlock(leftOutLine(leftOut))];
  return blocks.length > 0 ? blocks : [lineBlock(message.summary || "…")];
}

/** A message as one payload. What does not fit is left out from the end, and the last block says how many lines. */
export function renderSlack(message: Message): SlackPayload {
  return { text: fallbackText(message), blocks: [...renderBlocks(message, MESSAGE)] };
}

/** The same with charts as text: for where a refusal would not come back, so that no plain form could follow. */
export function renderWithTextCharts(message: Message): SlackPayload {
  return { text: fallbackText(message), blocks: [...renderBlocks(message, { ...MESSAGE, charts: 0 })] };
}

/** A message as the blocks of a modal or of the home tab. */
export function renderView(message: Message): readonly SlackBlock[] {
  return renderBlocks(message, VIEW);
}
