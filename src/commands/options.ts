import { Fault } from "../core/errors.ts";
import { filterKeyOf } from "../core/filter-read.ts";
import { nearest } from "../core/nearest.ts";
import { OPTION_CHOICES, OPTION_WORDS, type Option } from "../core/option-words.ts";
import type { Command } from "./command.ts";
import type { Piece } from "./tokens.ts";

/** Options that every verb takes. */
const EVERYWHERE: readonly Option[] = ["lang", "share"];
const OPTION_LIST: readonly Option[] = Object.keys(OPTION_WORDS).filter(
  (word): word is Option => word in OPTION_WORDS,
);

/** The option that a word before `:` names; null when it is none. */
export function optionOf(word: string): Option | null {
  const wanted = word.toLowerCase();
  return (
    OPTION_LIST.find((option) =>
      [...OPTION_WORDS[option].zh, ...OPTION_WORDS[option].en].some((form) => form === wanted),
    ) ?? null
  );
}

/** True for every word that may stand before `:` as a key. */
export function isKey(word: string): boolean {
  return filterKeyOf(word) !== null || optionOf(word) !== null;
}

/** The options a verb takes. */
export function optionsOf(command: Command): readonly Option[] {
  return [...command.options, ...EVERYWHERE];
}

/** An option's value: its code where the list is closed, else as typed. Throws Fault with what is valid. */
export function readOption(option: Option, pieces: readonly Piece[]): string {
  const typed = pieces.map(({ text }) => text.trim()).filter((text) => text !== "");
  const [first, ...more] = typed;
  if (first === undefined) throw new Fault({ code: "missing_value", key: option });
  if (option === "page") return pageNumber(first, more);
  const choices = choicesOf(option);
  if (choices === null) return typed.join(",");
  const wanted = first.normalize("NFKC").toLowerCase();
  const found = choices.find(([, words]) => words.includes(wanted));
  if (found !== undefined && more.length === 0) return found[0];
  const forms = choices.map(([name, words]) => ({ name, forms: words }));
  throw new Fault({
    code: "unknown_value",
    key: option,
    value: typed.join(","),
    nearest: nearest([typed.join(",")], forms),
    valid: choices.map(([name]) => name),
  });
}

function choicesOf(option: Option): readonly (readonly [string, readonly string[]])[] | null {
  const found = Object.entries<Readonly<Record<string, readonly string[]>>>(OPTION_CHOICES).find(
    ([name]) => name === option,
  );
  return found === undefined ? null : Object.entries(found[1]);
}

function pageNumber(first: string, more: readonly string[]): string {
  const typed = first.normalize("NFKC");
  if (more.length === 0 && /^\d{1,3}$/.test(typed) && Number(typed) > 0) return String(Number(typed));
  throw new Fault({ code: "unknown_value", key: "page", value: first, nearest: [], valid: ["1", "2", "…"] });
}
