import type { Lang } from "../core/lang.ts";
import type { LightReason } from "../core/light.ts";
import type { Assessed } from "../core/standing.ts";
import { ATTRIBUTE_WORDS, PACE_WORDS, STANDING_WORDS, wordFor, type Light } from "../core/vocabulary.ts";
import type { Tone } from "../message/message.ts";
import { dayText, say } from "./print.ts";

/** The sign of a light; never printed without its word. */
export const LIGHT_SIGNS: Readonly<Record<Light, string>> = {
  green: "🟢",
  yellow: "🟡",
  red: "🔴",
  blue: "🔵",
  grey: "⚪",
};

/** What a light says beside the colour; words that the standing or the pace has already are not said twice. */
const REASONS: Readonly<Record<LightReason, { readonly zh: string; readonly en: string }>> = {
  not_checkable: { zh: "不可核", en: "not checkable" },
  met: { zh: "已兑现", en: "met" },
  partly_met: { zh: "部分兑现", en: "partly met" },
  not_met: { zh: "未兑现", en: "not met" },
  stalled: { zh: "停滞", en: "stalled" },
  withdrawn: { zh: "已撤回", en: "withdrawn" },
  reached: { zh: "已达标", en: "reached" },
  not_checked_since_due: { zh: "到期后未核", en: "not checked since due" },
  nothing_found: { zh: "到期后查过，未见结果", en: "checked since due, nothing found" },
  recorded_since_due: { zh: "到期后有记录，待评定", en: "recorded since due, to be rated" },
  awaiting_data: { zh: "到期待核", en: "awaiting data" },
  no_figure_published: { zh: "未见公布数字", en: "no figure published" },
  missed: { zh: "到期未达标", en: "missed at term" },
  due_soon: { zh: "14 天内到期", en: "due within 14 days" },
  last_known: { zh: "读数已旧", en: "last known" },
  ahead: { zh: "超序时", en: "ahead" },
  on_pace: { zh: "达序时", en: "on pace" },
  behind: { zh: "欠序时", en: "behind" },
  no_reading: { zh: "无读数", en: "no reading" },
  no_word: { zh: "有读数", en: "read" },
  nothing_recorded: { zh: "尚无记录", en: "nothing recorded" },
  recorded: { zh: "有记录", en: "recorded" },
};

/** Light, standing and what lies behind them in one phrase: ⚪ 未评定 · 无读数. */
export function stateText(item: Assessed, lang: Lang): string {
  const { standing, pace, light, attributes, commitment, daysLate } = item;
  const words = [wordFor(STANDING_WORDS, standing, lang), reasonText(item, lang)];
  if (attributes.includes("late")) words.push(wordFor(ATTRIBUTE_WORDS, "late", lang));
  if (standing === "met" && daysLate > 0)
    words.push(say(lang, `晚 ${daysLate} 天`, `${daysLate} ${daysLate === 1 ? "day" : "days"} late`));
  if (commitment.check === "figure" && pace === "not_applicable") {
    const word = wordFor(PACE_WORDS, pace, lang);
    words.push(say(lang, `序时${word}`, `pace ${word}`));
  } else if (pace !== "no_reading" && pace !== "not_applicable") {
    words.push(wordFor(PACE_WORDS, pace, lang));
  }
  if (attributes.includes("disputed")) words.push(wordFor(ATTRIBUTE_WORDS, "disputed", lang));
  return `${LIGHT_SIGNS[light]} ${[...new Set(words)].join(" · ")}`;
}

function reasonText({ lightReason, pacing }: Assessed, lang: Lang): string {
  if (lightReason !== "last_known" || pacing.reading === null) return REASONS[lightReason][lang];
  const day = dayText(pacing.reading.data.asOf, lang);
  return say(lang, `读数停在 ${day}`, `last known ${day}`);
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
