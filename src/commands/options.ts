import { Fault } from "../core/errors.ts";
import { filterKeyOf } from "../core/filter-read.ts";
import { nearest } from "../core/nearest.ts";
import { OPTION_WORDS, type Option } from "../core/option-words.ts";
import type { Command } from "./command.ts";
import type { Piece } from "./tokens.ts";

const OPTION_LIST: readonly Option[] = ["lang", "as", "by", "page", "share"];
/** Options that every verb takes. */
const EVERYWHERE: readonly Option[] = ["lang", "share"];

/** The values an option knows, each with the words for it; `page` takes a number instead. */
const CHOICES: Readonly<Record<Exclude<Option, "page">, Readonly<Record<string, readonly string[]>>>> = {
  lang: { zh: ["zh", "中文", "chinese", "cn"], en: ["en", "英文", "英语", "english"] },
  as: { json: ["json"] },
  by: { district: ["district", "区"], theme: ["theme", "领域"] },
  share: { yes: ["yes", "是"] },
};

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

/** An option's value as its code. Throws Fault with what is valid. */
export function readOption(option: Option, pieces: readonly Piece[]): string {
  const [first, ...more] = pieces.map(({ text }) => text.trim()).filter((text) => text !== "");
  if (first === undefined) throw new Fault({ code: "missing_value", key: option });
  const typed = first.normalize("NFKC").toLowerCase();
  if (option === "page") {
    if (more.length === 0 && /^\d{1,3}$/.test(typed) && typed !== "0") return typed;
    throw new Fault({
      code: "unknown_value",
      key: option,
      value: first,
      nearest: [],
      valid: ["1", "2", "…"],
    });
  }
  const choices = Object.entries(CHOICES[option]);
  const found = choices.find(([, words]) => words.includes(typed));
  if (found !== undefined && more.length === 0) return found[0];
  const value = [first, ...more].join(",");
  const near = nearest(
    [value],
    choices.map(([name, forms]) => ({ name, forms })),
  );
  throw new Fault({
    code: "unknown_value",
    key: option,
    value,
    nearest: near,
    valid: choices.map(([name]) => name),
  });
}
