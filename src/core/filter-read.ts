import { isUnclear, readAmount, type Amount } from "./amount.ts";
import { Fault } from "./errors.ts";
import type { Clause, FilterKey } from "./filter.ts";
import { FILTER_KEYS, FILTER_KEY_LIST } from "./filter-text.ts";
import type { Lang } from "./lang.ts";
import { nameKey } from "./names-key.ts";
import type { NameKind, Names } from "./names.ts";
import { nearest } from "./nearest.ts";
import { readTimeSpan, type TimeSpan } from "./time-span.ts";
import {
  ATTRIBUTE_WORDS,
  CHECK_WORDS,
  LIGHT_WORDS,
  MODALITY_WORDS,
  PACE_WORDS,
  STANDING_WORDS,
  type Word,
} from "./vocabulary.ts";

/** The names of a dataset and its lists of them, in the order in which an error prints what is valid. */
export interface FilterNames {
  readonly names: Names;
  readonly valid: (kind: NameKind, lang: Lang) => readonly string[];
}

/** The key that a word before `:` names; null when it is none. */
export function filterKeyOf(word: string): FilterKey | null {
  const wanted = word.toLowerCase();
  return (
    FILTER_KEY_LIST.find((key) => [...FILTER_KEYS[key].zh, ...FILTER_KEYS[key].en].includes(wanted)) ?? null
  );
}

/** One clause from its key and values as typed. Throws Fault with the nearest three and the valid list. */
export function readClause(
  key: FilterKey,
  negated: boolean,
  typed: readonly string[],
  names: FilterNames,
): Clause {
  const values = typed
    .map((value) => value.replace(/["“”「」『』]/g, " ").trim())
    .filter((value) => value !== "");
  if (values.length === 0) throw new Fault({ code: "missing_value", key });
  switch (key) {
    case "district":
    case "theme":
    case "part":
      return { key, negated, values: unique(values.map((value) => readName(key, value, names))) };
    case "check":
      return { key, negated, values: unique(values.map((value) => readWord(key, value, CHECK_WORDS))) };
    case "modality":
      return { key, negated, values: unique(values.map((value) => readWord(key, value, MODALITY_WORDS))) };
    case "standing":
      return { key, negated, values: unique(values.map((value) => readWord(key, value, STANDING_WORDS))) };
    case "pace":
      return { key, negated, values: unique(values.map((value) => readWord(key, value, PACE_WORDS))) };
    case "light":
      return { key, negated, values: unique(values.map((value) => readWord(key, value, LIGHT_WORDS))) };
    case "is":
      return { key, negated, values: unique(values.map((value) => readWord(key, value, ATTRIBUTE_WORDS))) };
    case "due":
      return { key, negated, values: values.map(readTime) };
    case "value":
      return { key, negated, values: values.map(readValue) };
    case "stale":
      return { key, negated, values: values.map(readDays) };
    case "text":
      return { key, negated, values: unique(values) };
  }
}

function readName(kind: NameKind, value: string, { names, valid }: FilterNames): string {
  const code = names.find(kind, value);
  if (code !== null) return code;
  const lang = langOf(value);
  throw new Fault({
    code: "unknown_value",
    key: kind,
    value,
    nearest: names.nearest(kind, value, lang),
    valid: valid(kind, lang),
  });
}

function readWord<Code extends string>(key: FilterKey, value: string, words: readonly Word<Code>[]): Code {
  const wanted = nameKey(value.replaceAll("_", " "));
  const found = words.find((word) =>
    formsOf(word).some((form) => nameKey(form.replaceAll("_", " ")) === wanted),
  );
  if (found !== undefined) return found.code;
  const lang = langOf(value);
  throw new Fault({
    code: "unknown_value",
    key,
    value,
    nearest: nearest(
      [value],
      words.map((word) => ({ name: word[lang], forms: formsOf(word) })),
    ),
    valid: words.map((word) => word[lang]),
  });
}

function formsOf(word: Word<string>): readonly string[] {
  return [word.code, word.zh, word.en, ...word.aliases];
}

function readTime(value: string): TimeSpan {
  const span = readTimeSpan(value);
  if (span === null) throw new Fault({ code: "unknown_time", text: value });
  return span;
}

function readValue(value: string): Amount {
  if (isUnclear(value)) throw new Fault({ code: "unclear_figure", text: value });
  const amount = readAmount(value.normalize("NFKC"));
  if (amount === null) throw new Fault({ code: "unknown_amount", text: value });
  return amount;
}

function readDays(value: string): number {
  const found = /^(\d{1,4})\s*(?:d|days?|天)?$/i.exec(value.normalize("NFKC"));
  if (found === null) throw new Fault({ code: "unknown_time", text: value, key: "stale" });
  return Number(found[1]);
}

function unique<Value>(values: readonly Value[]): readonly Value[] {
  return [...new Set(values)];
}

/** Suggestions come in the script that was typed. */
function langOf(text: string): Lang {
  return /\p{Script=Han}/u.test(text) ? "zh" : "en";
}
