import type { Book } from "../core/book.ts";
import type { Lang } from "../core/lang.ts";
import { readReading, type Approval, type Difference } from "../core/snapshot.ts";
import type { Assessed } from "../core/standing.ts";
import { PACE_WORDS, STANDING_WORDS, wordFor } from "../core/vocabulary.ts";
import type { Line } from "../message/message.ts";
import { ownWords } from "./act-words.ts";
import { actorSpan, type Who } from "./person.ts";
import { dayText, say } from "./print.ts";
import { valueText } from "./reading.ts";
import { sideText } from "./revision.ts";

/** What became different about a commitment, in words; `who` null: people are not named. */
export function differenceLine(
  difference: Difference,
  item: Assessed,
  book: Book,
  who: Who | null,
  lang: Lang,
): Line {
  const day = item.due === null ? "" : dayText(item.due, lang);
  const side = (text: string | null): string => sideText(text, item.commitment, book, lang);
  switch (difference.type) {
    case "standing":
    case "rating":
      return verdictLine(difference, day, who, lang);
    case "reading":
      return [readingChange(difference, item, book, lang)];
    case "evidence":
      return [
        say(
          lang,
          `新增佐证 ${difference.added} 条（${difference.levels.join("、")}）`,
          `${difference.added} new ${difference.added === 1 ? "piece" : "pieces"} of evidence (${difference.levels.join(", ")})`,
        ),
      ];
    case "dispute_opened":
      return [
        say(lang, `新异议“${ownWords(difference.text)}”`, `disputed: “${ownWords(difference.text)}”`),
        ...byWhom(difference.by, who, say(lang, "，提出人 ", ", by "), lang),
      ];
    case "dispute_closed":
      return difference.outcome === null
        ? [say(lang, "异议已撤销", "a dispute was taken back")]
        : [
            say(
              lang,
              `异议已结束：“${ownWords(difference.outcome)}”`,
              `dispute closed: “${ownWords(difference.outcome)}”`,
            ),
            ...byWhom(difference.by, who, say(lang, "，", ", by "), lang),
          ];
    case "resolved":
      return [
        say(
          lang,
          `讨论结论：“${ownWords(difference.outcome)}”`,
          `discussion closed: “${ownWords(difference.outcome)}”`,
        ),
        ...byWhom(difference.by, who, say(lang, "，", ", by "), lang),
      ];
    case "started":
      return [
        difference.on === null
          ? say(lang, "起点事件的记录已撤销", "the recorded start was taken back")
          : say(
              lang,
              `起点已记录：${dayText(difference.on, lang)}`,
              `started on ${dayText(difference.on, lang)}`,
            ),
      ];
    case "target": {
      const [from, to] = [side(difference.from), side(difference.to)];
      return [say(lang, `目标已调整：${from} → ${to}`, `target changed from ${from} to ${to}`)];
    }
    case "due": {
      const [from, to] = [side(difference.from), side(difference.to)];
      return [say(lang, `时限已调整：${from} → ${to}`, `due date moved from ${from} to ${to}`)];
    }
    case "late":
      return [say(lang, `已逾期（时限 ${day}）`, `now late (due ${day})`)];
    case "unpublished":
      return [say(lang, `时限 ${day} 已过，仍未见公布数字`, `due ${day}, still no figure published`)];
    case "new":
      return [say(lang, "新列入", "newly listed")];
  }
}

/** 未评定 → 推进中，陈立通过（单人评定） */
function verdictLine(
  difference: Extract<Difference, { readonly type: "standing" | "rating" }>,
  day: string,
  who: Who | null,
  lang: Lang,
): Line {
  const from = wordFor(STANDING_WORDS, difference.from, lang);
  const to = wordFor(STANDING_WORDS, difference.to, lang);
  const change =
    difference.type === "rating"
      ? say(lang, `评定 ${from} → ${to}`, `rating ${from} → ${to}`)
      : from === to
        ? say(lang, `仍为“${to}”`, `still “${to}”`)
        : `${from} → ${to}`;
  const passed = say(
    lang,
    `（时限 ${day}，尚无截至当日的数字）`,
    ` (due ${day}, no figure as of that day yet)`,
  );
  return [
    `${change}${difference.to === "awaiting_data" ? passed : ""}`,
    ...approvedBy(difference.approval ?? null, who, lang),
  ];
}

function approvedBy(approval: Approval | null, who: Who | null, lang: Lang): Line {
  if (approval === null) return [];
  const single = approval.single ? say(lang, "（单人评定）", " (single review)") : "";
  if (who === null) return [say(lang, `，已通过${single}`, `, approved${single}`)];
  const name = actorSpan(approval.by, who, lang);
  return lang === "zh" ? ["，", name, ` 通过${single}`] : [", approved by ", name, single];
}

function byWhom(key: string | null, who: Who | null, before: string, lang: Lang): Line {
  return key === null || who === null ? [] : [before, actorSpan(key, who, lang)];
}

/** "reading 8.2 EFLOPS (was 7.1 EFLOPS), behind" */
function readingChange(
  { from, to }: Extract<Difference, { readonly type: "reading" }>,
  { commitment, pace }: Assessed,
  book: Book,
  lang: Lang,
): string {
  const text = (reading: string): string => {
    const value = readReading(reading);
    return value === null ? reading : valueText(value, commitment, book, lang);
  };
  if (to === null) return say(lang, "读数已撤销", "the reading was taken back");
  const word =
    pace === "not_applicable" || pace === "no_reading"
      ? ""
      : `${say(lang, "，", ", ")}${wordFor(PACE_WORDS, pace, lang)}`;
  // One node after another is done: what was done before is no older value.
  if (to.startsWith("done:")) return `${text(to)}${word}`;
  const was = from === null ? "" : say(lang, `（原 ${text(from)}）`, ` (was ${text(from)})`);
  return say(lang, `读数 ${text(to)}${was}${word}`, `reading ${text(to)}${was}${word}`);
}
