import type { RecordProblem } from "../core/record-errors.ts";
import type { Lang } from "../core/lang.ts";
import { CHECK_WORDS, wordFor } from "../core/vocabulary.ts";
import { dayText, say } from "./print.ts";

type Figure = Extract<RecordProblem, { code: "unreadable_figure" }>;
type Day = Extract<RecordProblem, { code: "bad_day" }>;
type Link = Extract<RecordProblem, { code: "bad_link" }>;
type Other = Extract<RecordProblem, { code: "not_for_this" }>;

export function figureWhy({ why }: Figure, lang: Lang): string {
  switch (why) {
    case "unreadable":
      return say(
        lang,
        " 读不出数值，不猜，没有记。",
        " is no figure I can read; I do not guess, nothing was recorded.",
      );
    case "unclear":
      return say(
        lang,
        " 里有上标、带圈或分数字符，读不准，不猜，没有记。",
        " holds a superscript, circled or fraction character; I do not guess, nothing was recorded.",
      );
    case "too_long":
      return say(
        lang,
        " 位数太多，存不准，没有记。",
        " has more digits than can be kept exactly; nothing was recorded.",
      );
    case "negative":
      return say(
        lang,
        " 是负数，这里不会有，没有记。",
        " is below zero, which this cannot be; nothing was recorded.",
      );
    case "reversed":
      return say(lang, " 区间写反了，没有记。", " is a range that runs backwards; nothing was recorded.");
  }
}

export function otherWhy({ id, what, check }: Other, lang: Lang): string {
  const word = wordFor(CHECK_WORDS, check, lang);
  switch (what) {
    case "reading":
      return say(
        lang,
        `${id} 按“${word}”核验，没有读数可填。`,
        `${id} is checked by “${word}”; it takes no reading.`,
      );
    case "figure":
      return say(
        lang,
        `${id} 按节点核，读数写完成的节点。`,
        `${id} goes by nodes: a reading names one that is done.`,
      );
    case "milestone":
      return say(lang, `${id} 没有节点，读数写数值。`, `${id} has no nodes: a reading is a figure.`);
    case "rating":
      return say(lang, `${id} 不可核，不评定。`, `${id} is not checkable and is not rated.`);
    case "yardstick":
      return say(
        lang,
        `${id} 按“${word}”核验，凭据已定；只有“举措”类要另定。`,
        `${id} is checked by “${word}” and has its yardstick; only acts need one set.`,
      );
    case "event":
      return say(
        lang,
        `${id} 的期间不以事件为起点，无需记起点。`,
        `The period of ${id} does not start with an event; there is no start to record.`,
      );
  }
}

export function dayWhy({ why, limit }: Day, lang: Lang): string {
  const day = limit === null ? "" : dayText(limit, lang);
  switch (why) {
    case "unreadable":
      return say(
        lang,
        " 不是我认识的日期。写 2026-06-30、6月30日、6月 或 昨天。",
        " is not a date I know. Write 2026-06-30, 30 June, June or yesterday.",
      );
    case "future":
      return say(
        lang,
        ` 还没到：今天是 ${day}。没有记。`,
        ` is still to come: today is ${day}. Nothing was recorded.`,
      );
    case "before_start":
      return say(lang, ` 早于起点 ${day}，没有记。`, ` lies before the start, ${day}. Nothing was recorded.`);
  }
}

export function linkWhy({ why, limit }: Link, lang: Lang): string {
  switch (why) {
    case "scheme":
      return say(
        lang,
        "只收 http:// 或 https:// 的链接，没有记。",
        "Only links with http:// or https:// are taken; nothing was recorded.",
      );
    case "too_long":
      return say(
        lang,
        `链接超过 ${limit} 个字符，没有记。去掉问号后面的部分再发。`,
        `The link is longer than ${limit} characters; nothing was recorded. Leave out what follows its question mark.`,
      );
    case "password":
      return say(
        lang,
        "链接里带着账号或密码，没有记。去掉 @ 之前的部分再发；那个密码已经发在这里，请更换。",
        "The link carries a user name or password; nothing was recorded. Take out what stands before the @; the password has been seen here, so change it.",
      );
    case "unreadable":
      return say(
        lang,
        "这不是完整的链接，没有记。写成 https://… 。",
        "This is no complete link; nothing was recorded. Write https://… .",
      );
  }
}
