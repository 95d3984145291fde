import type { Dataset, Term } from "./commitment.ts";
import type { Clause, Filter, FilterKey } from "./filter.ts";
import { inLang, type Lang } from "./lang.ts";
import { timeSpanText } from "./time-span.ts";
import {
  ATTRIBUTE_WORDS,
  CHECK_WORDS,
  LIGHT_WORDS,
  MODALITY_WORDS,
  PACE_WORDS,
  STANDING_WORDS,
  wordFor,
  type Word,
} from "./vocabulary.ts";

/** Every filter key with its name in both languages; the first form of a language is the one printed. */
export const FILTER_KEYS: Readonly<
  Record<FilterKey, { readonly zh: readonly string[]; readonly en: readonly string[] }>
> = {
  district: { zh: ["区", "区域", "辖区"], en: ["district", "area"] },
  theme: { zh: ["领域", "主题"], en: ["theme", "topic"] },
  part: { zh: ["部分", "板块"], en: ["part", "section"] },
  check: { zh: ["核验", "核验方式"], en: ["check"] },
  modality: { zh: ["性质"], en: ["modality"] },
  standing: { zh: ["现状", "状态"], en: ["standing", "status"] },
  pace: { zh: ["进度", "序时"], en: ["pace"] },
  light: { zh: ["灯", "亮灯"], en: ["light"] },
  due: { zh: ["时限", "到期日"], en: ["due"] },
  value: { zh: ["数值"], en: ["value"] },
  stale: { zh: ["未更新"], en: ["stale"] },
  is: { zh: ["是"], en: ["is"] },
  text: { zh: ["含", "包含"], en: ["text", "contains"] },
};

/** Every key, in the order in which help lists them. */
export const FILTER_KEY_LIST: readonly FilterKey[] = [
  "district",
  "theme",
  "part",
  "check",
  "modality",
  "standing",
  "pace",
  "light",
  "due",
  "value",
  "stale",
  "is",
  "text",
];

/** The filter as a line that reads back to the same filter, in the words of a language. */
export function filterText(filter: Filter, dataset: Dataset, lang: Lang): string {
  return filter
    .map(
      (clause) =>
        `${clause.negated ? "-" : ""}${FILTER_KEYS[clause.key][lang][0] ?? clause.key}:${valueTexts(
          clause,
          dataset,
          lang,
        )
          .map(quoted)
          .join(lang === "zh" ? "、" : ",")}`,
    )
    .join(" ");
}

function valueTexts(clause: Clause, dataset: Dataset, lang: Lang): readonly string[] {
  switch (clause.key) {
    case "district":
      return clause.values.map((code) => nameOf(dataset.districts, code, lang));
    case "theme":
      return clause.values.map((code) => nameOf(dataset.themes, code, lang));
    case "part":
      return clause.values.map((code) => nameOf(dataset.parts, code, lang));
    case "check":
      return worded(CHECK_WORDS, clause.values, lang);
    case "modality":
      return worded(MODALITY_WORDS, clause.values, lang);
    case "standing":
      return worded(STANDING_WORDS, clause.values, lang);
    case "pace":
      return worded(PACE_WORDS, clause.values, lang);
    case "light":
      return worded(LIGHT_WORDS, clause.values, lang);
    case "is":
      return worded(ATTRIBUTE_WORDS, clause.values, lang);
    case "due":
      return clause.values.map((span) => timeSpanText(span, lang));
    case "value":
      return clause.values.map(({ text }) => text);
    case "stale":
      return clause.values.map((days) => (lang === "zh" ? `${days}天` : `${days}d`));
    case "text":
      return clause.values;
  }
}

function nameOf(terms: readonly Term[], code: string, lang: Lang): string {
  const term = terms.find((each) => each.code === code);
  return term === undefined ? code : inLang(term.name, lang);
}

function worded<Code extends string>(
  words: readonly Word<Code>[],
  codes: readonly Code[],
  lang: Lang,
): readonly string[] {
  return codes.map((code) => wordFor(words, code, lang));
}

/** Quoted where a bare value would be split or folded; values hold no quotes, since reading takes them out. */
export function quoted(value: string): string {
  return /^[\p{L}\p{N}.><=%-]+$/u.test(value) && value === value.normalize("NFKC") ? value : `"${value}"`;
}
