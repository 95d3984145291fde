import type { Lang } from "../../src/core/lang.ts";
import { PLAYERS, type Chat } from "./week-script.ts";
import type { Seen } from "./week-seen.ts";
import { stamp } from "./year.ts";

const WORDS = {
  zh: {
    qushi: "区势",
    edited: "（改写）",
    to: (who: string) => `（只有${who}看得到）`,
    clicks: "点了",
    digest: "周报",
  },
  en: {
    qushi: "Qushi",
    edited: " (edited)",
    to: (who: string) => ` (only ${who} sees it)`,
    clicks: "clicks",
    digest: "digest",
  },
} as const;
/** Lines of a digest's details that are told. */
const DETAILS = 1;

/** The week as people in one chat saw it: when, where, who, what. A thread's name stands before what is said in it. */
export function transcript(seen: readonly Seen[], chat: Chat, lang: Lang): string {
  const words = WORDS[lang];
  const story: string[] = [];
  let day = "";
  let lastBy = "";
  for (const each of seen.filter((one) => one.chat === chat)) {
    const [date = "", weekday = "", clock = ""] = stamp(each.at, lang).split(" ");
    if (date !== day) story.push("", `──── ${weekday} ${date} ────`);
    day = date;
    if (each.by !== "qushi") lastBy = PLAYERS[each.by].name[lang];
    const by = each.by === "qushi" ? words.qushi : lastBy;
    const where = each.thread === null ? "" : `${each.thread === "digest" ? words.digest : each.thread} ▸ `;
    const how = each.how === "edited" ? words.edited : each.how === "private" ? words.to(lastBy) : "";
    const buttons = each.buttons.length === 0 ? [] : [each.buttons.map((label) => `[${label}]`).join(" ")];
    const lines = [
      ...named(each.text, lang)
        .split("\n")
        .filter((line) => line.trim() !== ""),
      ...buttons,
    ];
    if (each.how === "clicked") story.push(`${clock} ${where}${by} ${words.clicks} ${lines.join(" ")}`);
    else if (each.by !== "qushi")
      story.push(`${clock} ${where}${by}${lang === "zh" ? "：" : ": "}${lines.join("\n      ")}`);
    else
      story.push(
        `${clock} ${where}${by}${how}`,
        ...short(lines, each, lang).map((line) => `      │ ${line}`),
      );
  }
  return `${story.join("\n").trim()}\n`;
}

function short(lines: readonly string[], { thread }: Seen, lang: Lang): readonly string[] {
  if (thread !== "digest" || lines.length <= DETAILS + 1) return lines;
  const more = lines.length - DETAILS;
  return [...lines.slice(0, DETAILS), lang === "zh" ? `……（另有 ${more} 行）` : `… (${more} more lines)`];
}

/** People by their names instead of their ids. */
function named(text: string, lang: Lang): string {
  return Object.values(PLAYERS).reduce(
    (said, { person: { id }, name }) =>
      said.replaceAll(`<@${id}>`, `@${name[lang]}`).replaceAll(`@${id}`, `@${name[lang]}`),
    text,
  );
}
