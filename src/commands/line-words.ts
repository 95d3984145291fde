import type { Localized } from "../core/lang.ts";
import type { Option } from "../core/option-words.ts";
import { optionText } from "../views/print.ts";

/** A word after a verb: the same in both languages, one in each, or an option with its value. */
export type LineWord =
  | string
  | { readonly zh: string; readonly en: string }
  | { readonly option: Option; readonly value: string | { readonly zh: string; readonly en: string } };

/** A line in both languages, as it can be sent; words that are empty are left out. */
export function lineOf(
  verb: { readonly zh: string; readonly en: string },
  words: readonly (LineWord | null)[],
): Required<Localized> {
  const inLanguage = (lang: "zh" | "en"): string =>
    [verb, ...words]
      .map((word) => {
        if (word === null) return "";
        if (typeof word === "string") return word;
        if (!("option" in word)) return word[lang];
        const { option, value } = word;
        return optionText(option, quoted(typeof value === "string" ? value : value[lang]), lang);
      })
      .filter((word) => word !== "")
      .join(" ");
  return { zh: inLanguage("zh"), en: inLanguage("en") };
}

/** A value that is more than one word keeps together in quotes; quotes within it cannot. */
export function quoted(value: string): string {
  return /[\s,，、"“”「」『』]/u.test(value) ? `"${value.replaceAll(/["“”「」『』＂]/gu, "'")}"` : value;
}
