import type { Block, Message } from "../../message/message.ts";
import { drawButtons } from "./buttons.ts";
import { escapeText } from "./decode.ts";
import { DIVIDER, fieldLines, linesDraft, listDraft, noteDraft, quoteDraft, type Draft } from "./draft.ts";
import { alignedTable, chartDraft, nativeTable } from "./grid.ts";
import { LIMITS } from "./limits.ts";
import { cleanLine, cleanText, cutText, points } from "./measure.ts";
import type { SlackBlock, SlackPayload } from "./payload.ts";

/** The closing line of a message of which not everything fits. */
export function leftOutLine(lines: number): string {
  return `… +${lines} 行 / lines`;
}

/** Kept back for the closing line: one block and its text. */
export const CLOSING = { blocks: 1, text: 60 } as const;
/** Buttons are how the rest is reached, so they are placed before the content is fitted; of these at most so much. */
const BUTTONS = { blocks: 12, text: 2_400 } as const;

interface Room {
  blocks: number;
  text: number;
}

/** Something at its place in the message: content still to be fitted, or buttons already drawn. */
type Piece = { readonly draft: Draft } | { readonly blocks: readonly SlackBlock[] };

/** The top-level text: escaped, because there Slack would read `<!channel>`. */
export function fallbackText(message: Message): string {
  const said = [message.summary, message.title ?? ""].map((text) => cleanText(text).trim());
  const text = said.find((candidate) => candidate !== "") ?? "…";
  let max: number = LIMITS.fallbackText;
  let escaped = escapeText(cutText(text, max));
  while (points(escaped) > LIMITS.fallbackText) {
    max = Math.floor((max * LIMITS.fallbackText) / points(escaped)) - 1;
    escaped = escapeText(cutText(text, max));
  }
  return escaped;
}

function drawContent(block: Exclude<Block, { type: "buttons" }>, tableIsFree: boolean): Draft {
  switch (block.type) {
    case "text":
      return linesDraft(block.lines);
    case "fields":
      return linesDraft(fieldLines(block));
    case "list":
      return listDraft(block.items);
    case "table":
      return (tableIsFree ? nativeTable(block) : null) ?? alignedTable(block);
    case "chart":
      return chartDraft(block);
    case "quote":
      return quoteDraft(block.text);
    case "note":
      return noteDraft(block.lines);
    case "divider":
      return DIVIDER;
    default: {
      const none: never = block;
      return none;
    }
  }
}

function drawTitle(text: string): Piece {
  if (points(text) > LIMITS.header) return { draft: linesDraft([[{ bold: text }]]) };
  const header: SlackBlock = { type: "header", text: { type: "plain_text", text, emoji: false } };
  return { draft: { fixed: 0, units: [points(text)], build: () => header } };
}

/** All parts in order, with the room that the buttons among them take already taken. */
function drawPieces(message: Message, room: Room): { pieces: readonly Piece[]; lost: number } {
  const pieces: Piece[] = [];
  const spare: Room = { ...BUTTONS };
  let lost = 0;
  let buttons = 0;
  let tableIsFree = true;
  const title = cleanLine(message.title ?? "").trim();
  if (title !== "") pieces.push(drawTitle(title));
  for (const block of message.blocks) {
    if (block.type !== "buttons") {
      const draft = drawContent(block, tableIsFree);
      if (block.type === "table" && draft.limit !== undefined) tableIsFree = false;
      if (draft.units.length > 0) pieces.push({ draft });
      continue;
    }
    const drawn = drawButtons(block, buttons);
    buttons += block.buttons.length;
    if (drawn.blocks.length > spare.blocks || drawn.length > spare.text) {
      lost += block.buttons.length;
      continue;
    }
    spare.blocks -= drawn.blocks.length;
    spare.text -= drawn.length;
    room.blocks -= drawn.blocks.length;
    room.text -= drawn.length;
    pieces.push({ blocks: drawn.blocks });
    if (drawn.lines.length > 0) pieces.push({ draft: linesDraft(drawn.lines) });
  }
  return { pieces, lost };
}

/** How many lines of a part fit. */
function fits(draft: Draft, room: Room): number {
  if (room.blocks < 1) return 0;
  let count = 0;
  let used = draft.fixed;
  for (const unit of draft.units.slice(0, draft.limit)) {
    used += unit;
    if (used > room.text) break;
    count += 1;
  }
  return count;
}

function take(draft: Draft, count: number, room: Room): SlackBlock {
  room.blocks -= 1;
  room.text -= draft.units.slice(0, count).reduce((total, unit) => total + unit, draft.fixed);
  return draft.build(count);
}

/**
 * A message as Block Kit, within Slack's limits whatever it holds. What does not fit is left out from the end, by
 * whole lines, and the last block says how many; buttons stay.
 */
export function renderSlack(message: Message): SlackPayload {
  const room: Room = {
    blocks: LIMITS.blocks - CLOSING.blocks,
    text: LIMITS.messageText - CLOSING.text,
  };
  const { pieces, lost } = drawPieces(message, room);
  const blocks: SlackBlock[] = [];
  let leftOut = lost;
  let full = false;
  for (const piece of pieces) {
    if ("blocks" in piece) {
      blocks.push(...piece.blocks);
      continue;
    }
    const count = full ? 0 : fits(piece.draft, room);
    if (count > 0) blocks.push(take(piece.draft, count, room));
    if (count === piece.draft.units.length) continue;
    full = true;
    leftOut += piece.draft.units.length - count;
  }
  if (leftOut > 0) blocks.push(linesDraft([[leftOutLine(leftOut)]]).build(1));
  if (blocks.length === 0) blocks.push(linesDraft([[message.summary || "…"]]).build(1));
  return { text: fallbackText(message), blocks };
}
