import { unbreakables } from "../../message/unbreakable.ts";

const SURROGATES = /[\ud800-\udfff]/;
/** What most texts consist of, and nothing of it to be cleaned: this spares three passes. */
const CLEAN =
  /^[\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2030-\u205e\u2190-\u2bff\u3000-\ud7ff\uff00-\uffef\n\t]*$/;
/** Characters that are not seen but reorder the line or split a word; joiners and flags of emoji stay. */
const UNSEEN = /(?!\u200c|\u200d|[\u{e0020}-\u{e007f}])\p{Cf}/gu;

/** How many code points a text has: Slack counts these, not UTF-16 units. */
export function points(text: string): number {
  if (!SURROGATES.test(text)) return text.length;
  let count = 0;
  for (const _point of text) count += 1;
  return count;
}

/** Line breaks made one kind; what is unseen or controls something, and broken surrogates, which Slack refuses, removed. */
export function cleanText(text: string): string {
  if (CLEAN.test(text)) return text;
  return text
    .toWellFormed()
    .replaceAll(/\r\n?/g, "\n")
    .replaceAll(/(?![\n\t])\p{Cc}/gu, "")
    .replaceAll(UNSEEN, "");
}

/** A clean text of one line. */
export function cleanLine(text: string): string {
  const clean = cleanText(text);
  return clean.includes("\n") ? clean.replaceAll(/\s*\n\s*/g, " ") : clean;
}

/** What a Latin word consists of, and what can still belong to it. */
const RUN = /[\w.,:%+\-/~万亿]/;
const RUN_GOES_ON = /[\p{L}\p{N}_.,:%+\-/~]/u;
const LONGEST_RUN = 60;

/** The last place up to `max` that is inside no word, figure, id or URL; `max` where one is longer than it should be. */
function endOfRun(all: readonly string[], max: number): number {
  const lowest = Math.max(0, max - LONGEST_RUN);
  const near = all.slice(lowest, max + LONGEST_RUN);
  const whole = near.join("");
  const held = unbreakables(whole).filter((part) => part.hold === "rigid");
  let end = max;
  while (end > lowest) {
    const units = near.slice(0, end - lowest).join("").length;
    const inRun = RUN.test(all[end - 1] ?? "") && RUN_GOES_ON.test(all[end] ?? "");
    if (!inRun && held.every(({ start, end: after }) => units <= start || units >= after)) break;
    end -= 1;
  }
  return end === lowest ? max : end;
}

/**
 * At most `max` code points, with "…" where something was cut. Never inside a figure, its unit, an id, a URL or a
 * Latin word, unless that is longer than any of these should be.
 */
export function cutText(text: string, max: number): string {
  if (text.length <= max) return text;
  // A code point is two units at most, so what is beyond need not be taken apart.
  const all = Array.from(text.slice(0, 2 * max + 2));
  if (all.length <= max) return text;
  return `${all.slice(0, endOfRun(all, max - 1)).join("")}…`;
}

/** Where a piece of at most `max` code points ends: after a line, else where `cutText` would cut. */
function endOf(all: readonly string[], max: number): number {
  const newline = all.lastIndexOf("\n", max - 1);
  if (newline > 0) return newline + 1;
  return endOfRun(all, max);
}

/** The text in pieces of at most `max` code points, broken after a line end where there is one, else not in a figure. */
export function chunkText(text: string, max: number): readonly string[] {
  if (text.length <= max) return [text];
  const chunks: string[] = [];
  let rest = Array.from(text);
  while (rest.length > max) {
    const end = endOf(rest, max);
    chunks.push(rest.slice(0, end).join(""));
    rest = rest.slice(end);
  }
  chunks.push(rest.join(""));
  return chunks;
}
