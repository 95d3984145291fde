import type { Book } from "../core/book.ts";
import { Fault } from "../core/errors.ts";
import { missingId, type Call } from "./arguments.ts";
import type { Command } from "./command.ts";
import { knownId } from "./known-id.ts";
import { fold, LINE_LIMIT } from "./tokens.ts";
import { leadingVerb } from "./verbs.ts";

/** Longest text that is kept with an entry, in characters. */
export const TEXT_LIMIT = 2_000;

const SPACE = "[\\s\\u200b-\\u200d\\u2060\\ufeff]*";
/** An id at the beginning, in any of its forms; what separates it from the text is no part of the text. */
const ID = new RegExp(
  `^${SPACE}([A-Za-zＡ-Ｚａ-ｚ]{1,4}[-‐–—_－ \\u3000]?[FfＦｆ]?[0-9０-９]{1,6})(?![0-9０-９A-Za-zＡ-Ｚａ-ｚ])${SPACE}[:：,，]?`,
  "u",
);
const CLOSING: Readonly<Record<string, string>> = { '"': '"', "“": "”", "「": "」", "『": "』", "＂": "＂" };
/** Signs that turn the direction of what follows them: text must not rearrange its neighbours. */
const BIDI = /[\u202a-\u202e\u2066-\u2069]/gu;

/** Rule 3: a line such as `note ID …`, after whose id everything is text, quotes and keys too; null for every other line. */
export function readTextLine(line: string, book: Book, commands: readonly Command[]): Call | null {
  const found = leadingVerb(line, commands);
  if (found?.command.reads !== "text") return null;
  const { command, rest } = found;
  if ([...line].length > LINE_LIMIT) throw new Fault({ code: "line_too_long", limit: LINE_LIMIT });
  const named = leadingId(rest);
  if (named === null) {
    const [word] = rest.trim().split(/\s+/u);
    // Quotes hold the text, which stands after the id.
    if (word === undefined || word === "" || word.slice(0, 1) in CLOSING) throw missingId(command, book);
    return { command, values: { id: knownId(word, book), text: "" }, share: false };
  }
  const id = knownId(named.id, book);
  return { command, values: { id, text: keptText(named.rest) }, share: false };
}

/** The id that a text begins with, in any of its forms, and what follows it; null where it begins with none. */
export function leadingId(text: string): { readonly id: string; readonly rest: string } | null {
  const named = ID.exec(text);
  if (named === null) return null;
  return { id: Array.from(named[1] ?? "", fold).join(""), rest: text.slice(named[0].length) };
}

/** A text as it is kept. Throws Fault for one that is too long. */
export function keptText(typed: string): string {
  const text = plainText(typed);
  if ([...text].length > TEXT_LIMIT) throw new Fault({ code: "text_too_long", limit: TEXT_LIMIT });
  return text;
}

/** A text without quotes around the whole of it, control characters or turns of direction. */
export function plainText(typed: string): string {
  const text = typed
    .replaceAll(/\p{Cc}/gu, " ")
    .replaceAll(BIDI, "")
    .trim();
  const close = CLOSING[text.slice(0, 1)];
  const inner = text.slice(1, -1);
  const isQuoted =
    close !== undefined &&
    text.length > 1 &&
    text.endsWith(close) &&
    !inner.includes(close) &&
    !inner.includes(text.slice(0, 1));
  return isQuoted ? inner.trim() : text;
}
