/** Options that lines carry beside filters: `as:json`, 格式:json. The first word of a language is the one printed. */
export const OPTION_WORDS = {
  lang: { zh: ["语言"], en: ["lang", "language"] },
  as: { zh: ["格式"], en: ["as", "format"] },
  by: { zh: ["按"], en: ["by"] },
  page: { zh: ["页"], en: ["page"] },
  share: { zh: ["分享"], en: ["share"] },
} as const satisfies Record<string, { readonly zh: readonly string[]; readonly en: readonly string[] }>;
export type Option = keyof typeof OPTION_WORDS;
