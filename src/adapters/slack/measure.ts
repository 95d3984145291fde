/** How many code points a text has: Slack counts these, not UTF-16 units. */
export function points(text: string): number {
  let count = 0;
  for (const _point of text) count += 1;
  return count;
}

/** Line breaks made one kind; control characters and broken surrogates, which Slack refuses, removed. */
export function cleanText(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/\r\n?/g, "\n")
    .replaceAll(/(?![\n\t])\p{Cc}/gu, "");
}

/** A clean text of one line. */
export function cleanLine(text: string): string {
  return cleanText(text).replaceAll(/\s*\n\s*/g, " ");
}

/** What a figure, an id, a URL or a Latin word consists of, and what can still belong to it. */
const RUN = /[\w.,:%+\-/~万亿]/;
const RUN_GOES_ON = /[\p{L}\p{N}_.,:%+\-/~]/u;
const LONGEST_RUN = 60;

/**
 * At most `max` code points, with "…" where something was cut. Never inside a figure, its unit, an id, a URL or a
 * Latin word, unless that is longer than any of these should be.
 */
export function cutText(text: string, max: number): string {
  if (text.length <= max) return text;
  // A code point is two units at most, so what is beyond need not be taken apart.
  const all = Array.from(text.slice(0, 2 * max + 2));
  if (all.length <= max) return text;
  const lowest = Math.max(0, max - 1 - LONGEST_RUN);
  let end = max - 1;
  while (end > lowest && RUN.test(all[end - 1] ?? "") && RUN_GOES_ON.test(all[end] ?? "")) end -= 1;
  return `${all.slice(0, end === lowest ? max - 1 : end).join("")}…`;
}

/** The text in pieces of at most `max` code points, broken after a line end where there is one. */
export function chunkText(text: string, max: number): readonly string[] {
  if (text.length <= max) return [text];
  const chunks: string[] = [];
  let rest = Array.from(text);
  while (rest.length > max) {
    const newline = rest.lastIndexOf("\n", max - 1);
    const end = newline > 0 ? newline + 1 : max;
    chunks.push(rest.slice(0, end).join(""));
    rest = rest.slice(end);
  }
  chunks.push(rest.join(""));
  return chunks;
}
