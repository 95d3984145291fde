/** The languages Qushi answers in. */
export const LANGS = ["zh", "en"] as const;
export type Lang = (typeof LANGS)[number];

/** A text in the languages its dataset declares; the loader guarantees at least those. */
export type Localized = Readonly<Partial<Record<Lang, string>>>;

/** The text in `lang`, else in the language that the dataset has. */
export function inLang(text: Localized, lang: Lang): string {
  return text[lang] ?? text.en ?? text.zh ?? "";
}
