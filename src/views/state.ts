import type { Lang } from "../core/lang.ts";
import type { Assessed, LightReason } from "../core/standing.ts";
import { PACE_WORDS, STANDING_WORDS, wordFor, type Light } from "../core/vocabulary.ts";
import type { Tone } from "../message/message.ts";

/** The sign of a light; never printed without its word. */
export const LIGHT_SIGNS: Readonly<Record<Light, string>> = {
  green: "🟢",
  yellow: "🟡",
  red: "🔴",
  blue: "🔵",
  grey: "⚪",
};

const REASONS: Readonly<Record<LightReason, { readonly zh: string; readonly en: string }>> = {
  not_checkable: { zh: "不可核", en: "not checkable" },
  not_checked_since_due: { zh: "到期后未核", en: "not checked since due" },
  awaiting_data: { zh: "到期待核", en: "awaiting data" },
  no_figure_published: { zh: "未见公布数字", en: "no figure published" },
  due_soon: { zh: "14 天内到期", en: "due within 14 days" },
  no_reading: { zh: "无读数", en: "no reading" },
  nothing_recorded: { zh: "尚无记录", en: "nothing recorded" },
};

/** Light, standing and what lies behind them in one phrase: ⚪ 未评定 · 无读数. */
export function stateText(
  { standing, pace, light, lightReason, attributes, commitment }: Assessed,
  lang: Lang,
): string {
  const words = [wordFor(STANDING_WORDS, standing, lang), REASONS[lightReason][lang]];
  if (attributes.includes("late")) words.push(lang === "zh" ? "逾期" : "late");
  if (commitment.check === "figure" && pace === "not_applicable") {
    words.push(
      lang === "zh" ? `序时${wordFor(PACE_WORDS, pace, lang)}` : `pace ${wordFor(PACE_WORDS, pace, lang)}`,
    );
  }
  return `${LIGHT_SIGNS[light]} ${[...new Set(words)].join(" · ")}`;
}

const TONES: Readonly<Record<Light, Tone>> = {
  green: "good",
  yellow: "warn",
  red: "bad",
  blue: "info",
  grey: "plain",
};

/** The tint that goes with a light. */
export function toneOf(light: Light): Tone {
  return TONES[light];
}
