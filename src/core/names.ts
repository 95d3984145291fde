import { pinyin } from "pinyin-pro";
import type { Dataset, Term } from "./commitment.ts";
import { inLang, type Lang, type Localized } from "./lang.ts";
import { nameKey } from "./names-key.ts";
import { nearest, type Candidate } from "./nearest.ts";

export const NAME_KINDS = ["district", "theme", "part"] as const;
export type NameKind = (typeof NAME_KINDS)[number];

/** One thing that a word can name. */
export interface Named {
  readonly kind: NameKind;
  readonly code: string;
}

/** The names of a dataset, found by code, Chinese, English, pinyin or initials. */
export interface Names {
  /** What the word names within a kind; null when nothing does. */
  find(kind: NameKind, word: string): string | null;
  /** What the word names in any kind, districts first. */
  any(word: string): Named | null;
  /** The commitment or fact id behind any way of writing it (gm1, GM-001, ＧＭ００１); null when it has no id's shape. */
  id(word: string): { readonly id: string; readonly exists: boolean } | null;
  /** The nearest names of a kind (all kinds when null), in the form that the language prints. */
  nearest(kind: NameKind | null, word: string, lang: Lang): readonly string[];
  nearestIds(word: string): readonly string[];
}

/** Toneless pinyin of the Han characters of a name, joined: 光明 → guangming. */
export function pinyinOf(text: string): string {
  return pinyin(text, { toneType: "none", type: "array", v: true }).join("").toLowerCase();
}

/** First letters of the pinyin: 光明 → gm. */
export function initialsOf(text: string): string {
  return pinyin(text, { pattern: "first", toneType: "none", type: "array" }).join("").toLowerCase();
}

/** Builds the lookup. Where two things share a form, the plainer one wins: code, then names, then pinyin, then initials. */
export function createNames(dataset: Dataset): Names {
  const terms: Readonly<Record<NameKind, readonly Term[]>> = {
    district: dataset.districts,
    theme: dataset.themes,
    part: dataset.parts,
  };
  const written = new Map(NAME_KINDS.map((kind) => [kind, tableOf(terms[kind], writtenForms)]));
  // Made at the first word that is no written name: the sounds of Chinese take longest.
  let sounds: ReadonlyMap<NameKind, ReadonlyMap<string, string>> | null = null;
  const bySound = (kind: NameKind): ReadonlyMap<string, string> | undefined => {
    sounds ??= new Map(NAME_KINDS.map((each) => [each, tableOf(terms[each], soundForms, written.get(each))]));
    return sounds.get(kind);
  };
  const ids = new Set([...dataset.commitments, ...dataset.facts].map(({ id }) => id));
  const districtCodes = new Set(dataset.districts.map(({ code }) => code));

  const find = (kind: NameKind, word: string): string | null => {
    const key = nameKey(word);
    return written.get(kind)?.get(key) ?? bySound(kind)?.get(key) ?? null;
  };
  return {
    find,
    any(word) {
      for (const kind of NAME_KINDS) {
        const code = find(kind, word);
        if (code !== null) return { kind, code };
      }
      return null;
    },
    id(word) {
      const found = /^([A-Z]{1,4})[-‐–—_ ]?(F?)(\d{1,6})$/.exec(word.normalize("NFKC").trim().toUpperCase());
      if (found === null) return null;
      const [, code = "", fact = "", digits = ""] = found;
      if (!districtCodes.has(code)) return null;
      const id = fact === "" ? `${code}-${digits.padStart(3, "0")}` : `${code}-F${digits.padStart(2, "0")}`;
      return { id, exists: ids.has(id) };
    },
    nearest(kind, word, lang) {
      const kinds = kind === null ? NAME_KINDS : [kind];
      return nearest(
        spellings(word),
        kinds.flatMap((each) => terms[each].map((term) => candidate(term, lang))),
      );
    },
    nearestIds(word) {
      return nearest(
        [word, word.toUpperCase()],
        [...ids].map((id) => ({ name: id, forms: [id, id.replace("-", "")] })),
      );
    },
  };
}

type NamedTerm = Term & { readonly full?: Localized };

/** A term's names as people write them. */
function namesOf({ name, full, aliases }: NamedTerm): readonly string[] {
  return [name.zh, name.en, full?.zh, full?.en, ...aliases].filter((form) => form !== undefined);
}

/** The forms in which a term is written, in ranks: its code, its names. */
function writtenForms(term: NamedTerm): readonly (readonly string[])[] {
  return [[term.code], namesOf(term)];
}

/** How its Chinese names sound, in ranks: their pinyin, their initials. */
function soundForms(term: NamedTerm): readonly (readonly string[])[] {
  const han = namesOf(term).filter((form) => /\p{Script=Han}/u.test(form));
  return [han.map(pinyinOf), han.map(initialsOf)];
}

/** What each form of terms names, if none of `plainer` has it: the forms of the first rank, then those of the next. */
function tableOf(
  terms: readonly NamedTerm[],
  formsOf: (term: NamedTerm) => readonly (readonly string[])[],
  plainer: ReadonlyMap<string, string> = new Map(),
): ReadonlyMap<string, string> {
  const table = new Map<string, string>();
  for (const rank of [0, 1]) {
    const shared = new Map<string, Set<string>>();
    for (const term of terms) {
      for (const form of formsOf(term)[rank] ?? []) {
        const key = nameKey(form);
        if (key === "" || plainer.has(key) || table.has(key)) continue;
        shared.set(key, (shared.get(key) ?? new Set()).add(term.code));
      }
    }
    // A form that two terms share at the same rank names neither: a guess would be a wrong answer.
    for (const [key, [first, ...others]] of shared)
      if (first !== undefined && others.length === 0) table.set(key, first);
  }
  return table;
}

function candidate(term: Term, lang: Lang): Candidate {
  return {
    name: inLang(term.name, lang),
    forms: [...writtenForms(term), ...soundForms(term)].flat().filter((form) => form !== ""),
  };
}

/** What was typed, and its pinyin where it is Chinese: 南三 sounds like 南山. */
function spellings(word: string): readonly string[] {
  return /\p{Script=Han}/u.test(word) ? [word, pinyinOf(word.slice(0, 40))] : [word];
}
