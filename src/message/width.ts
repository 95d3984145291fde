import stringWidth from "string-width";

const ESC = String.fromCodePoint(0x1b);
const BEL = String.fromCodePoint(0x07);
const CSI = String.fromCodePoint(0x9b);
/** Whole terminal sequences: a colour's "[31m" must go with its escape; a title that is never ended loses only its escape. */
const SEQUENCES = new RegExp(
  `(?:${ESC}\\[|${CSI})[0-?]*[ -/]*[@-~]|${ESC}\\][^${BEL}${ESC}]*(?:${BEL}|${ESC}\\\\)`,
  "g",
);
const BREAKS = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;
/** Characters that are not seen but reorder the line or split what should be found again; joiners and flags of emoji stay. */
const UNSEEN = /(?!\u200c|\u200d|[\u{e0020}-\u{e007f}])\p{Cf}/gu;
const CONTROLS = /\p{Cc}/gu;
const CLEAN = /^[\x20-\x7e\u3001\u3002\u4e00-\u9fff\uff01-\uff5e]*$/;

/** The text on one line, without anything that could colour, move or reorder what the terminal shows. */
export function cleanText(text: string): string {
  if (CLEAN.test(text)) return text;
  return text
    .toWellFormed()
    .replace(SEQUENCES, "")
    .replace(BREAKS, " ")
    .replace(CONTROLS, "")
    .replace(UNSEEN, "");
}

/** The same for a whole file: its lines and tabs stay. */
export function cleanContent(content: string): string {
  return content
    .toWellFormed()
    .replaceAll("\r\n", "\n")
    .split(/(\n|\t)/)
    .map((part) => (part === "\n" || part === "\t" ? part : cleanText(part)))
    .join("");
}

/** Columns that a text takes on a terminal: Chinese and emoji two, combining marks none. */
export function widthOf(text: string): number {
  // string-width throws on a cluster of nothing but format characters, such as U+13430.
  return /^[\x20-\x7e]*$/.test(text) ? text.length : stringWidth(text.replace(UNSEEN, ""));
}

/** The text filled with spaces to a width, on the right for "left" and on the left for "right". */
export function padTo(text: string, width: number, align: "left" | "right"): string {
  const fill = " ".repeat(Math.max(0, width - widthOf(text)));
  return align === "left" ? text + fill : fill + text;
}
