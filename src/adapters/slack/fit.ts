import type { Draft } from "./draft.ts";
import type { SlackBlock } from "./payload.ts";

/** What a payload still takes: blocks, and code points of text. */
export interface Room {
  readonly blocks: number;
  readonly text: number;
}

/** Something at its place in the message: content from one of its lines on, or buttons already drawn. */
export type Piece =
  { readonly draft: Draft; readonly from: number } | { readonly buttons: readonly SlackBlock[] };

export interface Filled {
  readonly blocks: readonly SlackBlock[];
  /** What did not fit, in order. */
  readonly rest: readonly Piece[];
  /** Lines that fit in no payload at all. */
  readonly lost: number;
}

/** How many lines of a part, from `from` on, fit into so much text. */
function fits(draft: Draft, from: number, text: number): number {
  let used = draft.fixed;
  let count = 0;
  for (const unit of draft.units.slice(from, from + (draft.limit ?? Infinity))) {
    used += unit;
    if (used > text) break;
    count += 1;
  }
  return count;
}

function lengthOf(draft: Draft, from: number, to: number): number {
  return draft.units.slice(from, to).reduce((total, unit) => total + unit, draft.fixed);
}

/** Lines of content that are left. */
export function linesIn(pieces: readonly Piece[]): number {
  return pieces.reduce(
    (total, piece) => total + ("draft" in piece ? piece.draft.units.length - piece.from : 0),
    0,
  );
}

/** Places content from the front, by whole lines, until one does not fit; buttons, whose room is reserved, all stay. */
export function fill(pieces: readonly Piece[], room: Room): Filled {
  const blocks: SlackBlock[] = [];
  const rest: Piece[] = [];
  let left = room;
  let lost = 0;
  let placed = false;
  for (const piece of pieces) {
    if ("buttons" in piece) {
      blocks.push(...piece.buttons);
      continue;
    }
    if (rest.length > 0) {
      rest.push(piece);
      continue;
    }
    const { draft } = piece;
    const count = left.blocks < 1 ? 0 : fits(draft, piece.from, left.text);
    if (count > 0) {
      placed = true;
      blocks.push(draft.build(piece.from, piece.from + count));
      left = {
        blocks: left.blocks - 1,
        text: left.text - lengthOf(draft, piece.from, piece.from + count),
      };
    }
    // A line that even an empty payload has no room for would come back for ever.
    const skip = placed ? 0 : 1;
    lost += skip;
    const from = piece.from + count + skip;
    if (from < draft.units.length) rest.push({ draft, from });
  }
  return { blocks, rest, lost };
}
