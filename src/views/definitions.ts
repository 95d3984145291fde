import { EVIDENCE_LEVELS } from "../core/act.ts";
import type { Lang } from "../core/lang.ts";
import { PACE_WORDS, STANDING_WORDS, type Light, type Pace, type Standing } from "../core/vocabulary.ts";
import type { Line, Message } from "../message/message.ts";
import { say } from "./print.ts";
import { levelText } from "./reading.ts";
import { LIGHT_SIGNS } from "./state.ts";

/** What each standing means, once, in both languages. */
const STANDINGS: Readonly<Record<Standing, { readonly zh: string; readonly en: string }>> = {
  met: {
    zh: "有 E1 或 E2 佐证；或 E3 加上达标的读数；事件类也可凭两条独立的 E4；举措类须有评定人定下的凭据",
    en: "E1 or E2 evidence; or E3 with a reading that reaches the target; for an event also two independent E4; for acts only against a yardstick that a reviewer has set",
  },
  partly_met: {
    zh: "时限已过，截至时限的读数（E1–E3）或到期后的查找表明只做到一部分",
    en: "due date passed; a reading as of it (E1–E3), or a dated search after it, shows a part",
  },
  not_met: {
    zh: "时限已过，截至时限的读数（E1–E3）或到期后的查找表明没有做到",
    en: "due date passed; a reading as of it (E1–E3), or a dated search after it, shows that it was not done",
  },
  stalled: {
    zh: "有明确的停止表示，或有日期的查找一无所获；我们自己没跟进不算",
    en: "a stated stop, or a dated search that found nothing; our own silence is not theirs",
  },
  in_progress: { zh: "至少有一项具体举动为证（E1–E4）", en: "at least one concrete act is shown (E1–E4)" },
  awaiting_data: {
    zh: "数字类时限已过，还没有截至时限的读数（年度统计多在次年一至三月公布）",
    en: "a figure past its due date without a reading as of it; most annual statistics appear in January to March",
  },
  unrated: { zh: "还没有人评定", en: "nobody has rated it yet" },
  withdrawn: { zh: "区里撤回了（E1–E3）", en: "the district dropped it (E1–E3)" },
  not_checkable: {
    zh: "口号，或没有指明排行的位次；单列单计",
    en: "a slogan, or a rank without a named ranking; listed and counted apart",
  },
};

const PACES: Readonly<Record<Pace, { readonly zh: string; readonly en: string }>> = {
  ahead: { zh: "完成比例 ÷ 时间比例不低于 1.05", en: "share of the way ÷ share of the time is 1.05 or more" },
  on_pace: { zh: "不低于 0.90", en: "0.90 or more" },
  behind: { zh: "低于 0.90", en: "below 0.90" },
  no_reading: { zh: "有量化目标和时限，还没有读数", en: "it has a target and a date, but no reading yet" },
  not_applicable: {
    zh: "没有数字、时限或起点，无从比较",
    en: "no figure, date or starting point to compare with",
  },
};

const LIGHTS: readonly { readonly light: Light; readonly zh: string; readonly en: string }[] = [
  { light: "green", zh: "已兑现、已达标，或不落后于序时", en: "met, reached, or not behind" },
  {
    light: "yellow",
    zh: "部分兑现、略欠序时，或到期 120 天仍未见数字",
    en: "partly met, slightly behind, or no figure 120 days after the due date",
  },
  {
    light: "red",
    zh: "未兑现、停滞、已撤回、欠序时，或到期未达标",
    en: "not met, stalled, withdrawn, behind, or missed at term",
  },
  { light: "blue", zh: "14 天内到期", en: "due within 14 days" },
  {
    light: "grey",
    zh: "无读数、无记录、待核或不可核",
    en: "no reading, nothing recorded, awaiting data or not checkable",
  },
];

/** Standing, pace and light, each word defined; two axes that are never added up. */
export function definitionsView(lang: Lang): Message {
  const title = say(lang, "现状、序时与亮灯", "Standing, pace and light");
  const line = (name: string, meaning: string): Line => [
    { bold: name },
    `${say(lang, "：", ": ")}${meaning}`,
  ];
  return {
    summary: title,
    title,
    blocks: [
      {
        type: "text",
        lines: [
          [
            say(
              lang,
              "现状是人给出的判断，须有佐证：",
              "Standing is a person's verdict and rests on evidence:",
            ),
          ],
        ],
      },
      { type: "list", items: STANDING_WORDS.map((word) => line(word[lang], STANDINGS[word.code][lang])) },
      {
        type: "text",
        lines: [
          [
            say(
              lang,
              "佐证分五级，E5 不影响评定、序时和灯：",
              "Evidence has five levels; E5 moves no rating, pace or light:",
            ),
          ],
        ],
      },
      { type: "list", items: EVIDENCE_LEVELS.map((level) => [levelText(level, lang)]) },
      {
        type: "text",
        lines: [[say(lang, "序时按读数的截至日计算：", "Pace is computed at the reading's own date:")]],
      },
      { type: "list", items: PACE_WORDS.map((word) => line(word[lang], PACES[word.code][lang])) },
      { type: "text", lines: [[say(lang, "亮灯由以上推出：", "Light follows from both:")]] },
      { type: "list", items: LIGHTS.map((each) => [`${LIGHT_SIGNS[each.light]} ${each[lang]}`]) },
    ],
  };
}
