import type { Block, Message } from "../../message/message.ts";
import { buttonLine, drawButtons } from "./buttons.ts";
import { chartDrafts } from "./chart.ts";
import { DIVIDER, fieldLines, linesDraft, listDraft, noteDraft, quoteDraft, type Draft } from "./draft.ts";
import type { Piece, Room } from "./fit.ts";
import { alignedTable, nativeTable } from "./grid.ts";
import { LIMITS } from "./limits.ts";
import { cleanLine, points } from "./measure.ts";
import type { SlackBlock } from "./payload.ts";

/** Buttons are how people go on, so they are placed before the content is fitted; of these at most so much. */
const BUTTONS = { blocks: 12, text: 2_400, values: LIMITS.buttonValues } as const;

/** How many of Slack's own tables and charts there may be; above it they are text. */
export interface Natives {
  readonly tables: number;
  readonly charts: number;
}

/** What is counted over a whole message, used up while its blocks are drawn. */
interface Spare {
  tables: number;
  charts: number;
  /** Of BUTTONS. */
  blocks: number;
  text: number;
  values: number;
  /** Buttons so far: each has an action_id of its own. */
  buttons: number;
}

function pieces(...drafts: readonly Draft[]): readonly Piece[] {
  return drafts.flatMap((draft) => (draft.units.length > 0 ? [{ draft, from: 0 }] : []));
}

function drawTitle(text: string): Draft {
  if (points(text) > LIMITS.header) return linesDraft([[{ bold: text }]]);
  const header: SlackBlock = { type: "header", text: { type: "plain_text", text, emoji: false } };
  return { fixed: 0, units: [points(text)], build: () => header };
}

function drawTable(table: Extract<Block, { type: "table" }>, spare: Spare): Draft {
  const native = spare.tables > 0 ? nativeTable(table) : null;
  if (native !== null) spare.tables -= 1;
  return native ?? alignedTable(table);
}

function drawChart(
  chart: Extract<Block, { type: "chart" }>,
  spare: Spare,
  beside: readonly Block[],
): readonly Draft[] {
  const drafts = chartDrafts(chart, spare.charts > 0, beside);
  if (drafts.some((draft) => draft.native === true)) spare.charts -= 1;
  return drafts;
}

function drawRow(row: Extract<Block, { type: "buttons" }>, spare: Spare): readonly Piece[] {
  const drawn = drawButtons(row, spare.buttons);
  spare.buttons += row.buttons.length;
  // What has no room as buttons can still be sent as lines.
  if (drawn.blocks.length > spare.blocks || drawn.length > spare.text || drawn.values > spare.values)
    return pieces(linesDraft(row.buttons.map(buttonLine)));
  spare.blocks -= drawn.blocks.length;
  spare.text -= drawn.length;
  spare.values -= drawn.values;
  return [{ buttons: drawn.blocks }, ...pieces(linesDraft(drawn.lines))];
}

function drawBlock(block: Block, spare: Spare, beside: readonly Block[]): readonly Piece[] {
  switch (block.type) {
    case "text":
      return pieces(linesDraft(block.lines));
    case "fields":
      return pieces(linesDraft(fieldLines(block)));
    case "list":
      return pieces(listDraft(block.items));
    case "table":
      return pieces(drawTable(block, spare));
    case "chart":
      return pieces(...drawChart(block, spare, beside));
    case "quote":
      return pieces(quoteDraft(block.text));
    case "note":
      return pieces(noteDraft(block.lines));
    case "divider":
      return pieces(DIVIDER);
    case "buttons":
      return drawRow(block, spare);
    default: {
      const none: never = block;
      return none;
    }
  }
}

/** All parts of a message in order, and the room that its buttons take. */
export function drawPieces(
  { title = "", blocks }: Message,
  natives: Natives,
): { readonly all: readonly Piece[]; readonly taken: Room } {
  const spare: Spare = { ...natives, ...BUTTONS, buttons: 0 };
  const heading = cleanLine(title).trim();
  const all = [
    ...(heading === "" ? [] : pieces(drawTitle(heading))),
    ...blocks.flatMap((block) => drawBlock(block, spare, blocks)),
  ];
  return { all, taken: { blocks: BUTTONS.blocks - spare.blocks, text: BUTTONS.text - spare.text } };
}
