import { unbreakables } from "./unbreakable.ts";
import { widthOf } from "./width.ts";

/** How a piece of a line looks where colour is allowed. */
export type Look = "plain" | "strong" | "code" | "quiet" | "link";

/** A piece of one line, clean of control characters. `together`: not broken at its spaces while it fits. */
export interface Run {
  readonly text: string;
  readonly look: Look;
  readonly together?: boolean;
}

interface Grapheme {
  readonly text: string;
  readonly width: number;
  readonly look: Look;
}

/** How willingly a line ends before a grapheme. */
const NEVER = 0;
const FORCED = 1;
const RELUCTANT = 2;
const FREE = 3;

const segmenter = new Intl.Segmenter("zh", { granularity: "grapheme" });
const SPACE = /^[ \u3000]$/;
const FIXED_SPACE = /^[\u00a0\u202f]$/;
/** Characters that never begin a line, and the ones that never end one (GB/T 15834 and common practice). */
const CLOSING = /^[，。、；：！？）】》〉」』”’〕］｝…—～·•％‰々ー›]/u;
const JOINING = /^[-/–~%)\]}.,;:!?"']/u;
const OPENING = /^[（【《〈「『“‘〔［｛([{$€£¥￥#§¶"']$/u;
const PICTURE = /\p{Extended_Pictographic}/u;

/**
 * Breaks a line to a width. Figures with their units, URLs and ids stay whole even where that is too wide. `first`
 * and `rest` are written before the first and every later line.
 */
export function wrap(runs: readonly Run[], columns: number, first = "", rest = first): Run[][] {
  const graphemes = split(runs);
  const levels = levelsOf(graphemes, runs);
  const lines: Run[][] = [];
  let line: Grapheme[] = [];
  let used = 0;
  const room = (): number => Math.max(1, columns - widthOf(lines.length === 0 ? first : rest));
  const flush = (): void => {
    lines.push(toRuns(lines.length === 0 ? first : rest, line));
    line = [];
    used = 0;
  };
  const append = (piece: readonly Grapheme[]): void => {
    for (const grapheme of piece) {
      line.push(grapheme);
      used += grapheme.width;
    }
  };
  const place = (from: number, to: number, level: number): void => {
    const piece = graphemes.slice(from, to);
    const width = measure(piece);
    // A stop after an address that is too wide anyway hangs on its line: it never begins the next one.
    const hangs = level === FORCED && used > room() && CLOSING.test(piece[0]?.text ?? "");
    if (!hangs && line.length > 0 && used + width > room()) flush();
    if (hangs || level === FORCED || used + width <= room()) return append(piece);
    for (const [start, end] of pieces(levels, from, to, level - 1)) place(start, end, level - 1);
  };
  for (const [start, end] of pieces(levels, 0, graphemes.length, FREE)) place(start, end, FREE);
  if (line.length > 0 || lines.length === 0) flush();
  return lines;
}

/** Consecutive parts of [from, to) that begin where a break of this level is allowed. */
function pieces(levels: readonly number[], from: number, to: number, level: number): [number, number][] {
  const parts: [number, number][] = [];
  let start = from;
  for (let at = from + 1; at < to; at += 1) {
    if ((levels[at] ?? NEVER) < level) continue;
    parts.push([start, at]);
    start = at;
  }
  if (start < to) parts.push([start, to]);
  return parts;
}

function split(runs: readonly Run[]): Grapheme[] {
  const whole = runs.map((run) => run.text).join("");
  const graphemes: Grapheme[] = [];
  const widths = new Map<string, number>();
  let index = 0;
  let end = runs[0]?.text.length ?? 0;
  for (const { segment, index: at } of segmenter.segment(whole)) {
    while (at >= end && index < runs.length - 1) {
      index += 1;
      end += runs[index]?.text.length ?? 0;
    }
    const width = widths.get(segment) ?? widthOf(segment);
    widths.set(segment, width);
    graphemes.push({ text: segment, width, look: runs[index]?.look ?? "plain" });
  }
  return graphemes;
}

/** For every grapheme how willingly a line breaks before it. */
function levelsOf(graphemes: readonly Grapheme[], runs: readonly Run[]): number[] {
  const offsets = new Map<number, number>();
  let length = 0;
  const levels = graphemes.map((grapheme, at) => {
    offsets.set(length, at);
    length += grapheme.text.length;
    return at === 0 ? NEVER : levelBetween(graphemes, at);
  });
  const cap = (start: number, end: number, level: number): void => {
    for (let offset = start + 1; offset < end; offset += 1) {
      const at = offsets.get(offset);
      if (at !== undefined) levels[at] = Math.min(levels[at] ?? NEVER, level);
    }
  };
  const whole = graphemes.map((grapheme) => grapheme.text).join("");
  for (const part of unbreakables(whole))
    cap(part.start, part.end, part.hold === "rigid" ? NEVER : RELUCTANT);
  let start = 0;
  for (const run of runs) {
    if (run.together === true) cap(start, start + run.text.length, RELUCTANT);
    start += run.text.length;
  }
  return levels;
}

function levelBetween(graphemes: readonly Grapheme[], at: number): number {
  const next = graphemes[at];
  const before = graphemes[at - 1];
  if (next === undefined || before === undefined || SPACE.test(next.text)) return NEVER;
  if (FIXED_SPACE.test(next.text) || FIXED_SPACE.test(before.text)) return FORCED;
  if (SPACE.test(before.text)) {
    if (CLOSING.test(next.text)) return RELUCTANT;
    return PICTURE.test(graphemes[at - 2]?.text ?? "") ? RELUCTANT : FREE;
  }
  if (CLOSING.test(next.text) || JOINING.test(next.text) || OPENING.test(before.text)) return FORCED;
  return before.width === 2 || next.width === 2 ? FREE : FORCED;
}

/** The columns of a piece without the spaces at its end, which may hang over. */
function measure(piece: readonly Grapheme[]): number {
  let end = piece.length;
  while (end > 0 && SPACE.test(piece[end - 1]?.text ?? "")) end -= 1;
  let width = 0;
  for (let at = 0; at < end; at += 1) width += piece[at]?.width ?? 0;
  return width;
}

function toRuns(lead: string, line: readonly Grapheme[]): Run[] {
  let end = line.length;
  while (end > 0 && /^\s+$/.test(line[end - 1]?.text ?? "")) end -= 1;
  const start = end === 0 ? lead.trimEnd() : lead;
  const runs: { text: string; look: Look }[] = start === "" ? [] : [{ text: start, look: "plain" }];
  for (const { text, look } of line.slice(0, end)) {
    const last = runs.at(-1);
    if (last !== undefined && last.look === look) last.text += text;
    else runs.push({ text, look });
  }
  return runs;
}
