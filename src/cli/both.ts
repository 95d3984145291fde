import type { Lang } from "../core/lang.ts";

/** A sentence in the language that is known, else in both, Chinese first. */
export function inBoth(lang: Lang | null, zh: string, en: string): readonly string[] {
  if (lang === null) return zh === en ? [zh] : [zh, en];
  return [lang === "zh" ? zh : en];
}
