import type { Problem } from "../core/errors.ts";
import { FILTER_KEYS } from "../core/filter-text.ts";
import { inLang, type Lang } from "../core/lang.ts";
import { OPTION_WORDS } from "../core/option-words.ts";
import { lineText, type Line, type Message } from "../message/message.ts";
import { say } from "./print.ts";
import { missingLine, whichButtons, whichLines } from "./problem-which.ts";
import { PROBLEM_NAMES } from "./problem-names.ts";
import { isRecordProblem, recordProblem } from "./problem-record.ts";
import { ruleProblem } from "./problem-rules.ts";

/** What went wrong, why, and the line to send next; the code stands at the end and never changes. */
export function problemView(problem: Problem, lang: Lang): Message {
  const lines = linesOf(problem, lang);
  const code = say(lang, `〔${PROBLEM_NAMES[problem.code]} · ${problem.code}〕`, `[${problem.code}]`);
  const summary = lineText(lines[0] ?? []);
  return {
    summary,
    tone: "warn",
    blocks: [
      { type: "text", lines },
      ...(problem.code === "which_commitment" ? whichButtons(problem) : []),
      { type: "note", lines: [[code]] },
    ],
  };
}

function linesOf(problem: Problem, lang: Lang): readonly Line[] {
  if (isRecordProblem(problem)) return recordProblem(problem, lang);
  switch (problem.code) {
    case "unknown_key":
      return [
        [
          say(lang, `没有“${problem.key}”这个键。`, `“${problem.key}” is not a key I know. `),
          ...didYouMean(
            problem.nearest.map((key) => `${keyName(key, lang)}:`),
            lang,
          ),
        ],
        [say(lang, "全部的键：", "All keys: "), { code: say(lang, "帮助 筛选", "help filters") }],
      ];
    case "unknown_value":
      return [
        [
          say(
            lang,
            `没有叫“${problem.value}”的${keyName(problem.key, lang)}`,
            `No ${keyName(problem.key, lang)} is called “${problem.value}”`,
          ),
          ...orIsIt(problem.nearest, lang),
        ],
        [say(lang, `可用：${problem.valid.join("、")}。`, `Valid: ${problem.valid.join(", ")}.`)],
      ];
    case "missing_value":
      return [
        [
          say(
            lang,
            `“${keyName(problem.key, lang)}:”后面没有值。写成 `,
            `“${keyName(problem.key, lang)}:” has no value. Write `,
          ),
          { code: exampleOf(problem.key, lang) },
        ],
      ];
    case "unknown_id":
      return [
        [
          say(lang, `没有编号 ${problem.id}。`, `There is no ${problem.id}. `),
          ...didYouMean(problem.nearest, lang),
        ],
        [say(lang, "全部编号：", "All ids: "), { code: say(lang, "清单", "list") }],
      ];
    case "which_commitment":
      return whichLines(problem, lang);
    case "missing_id":
      return [missingLine(problem, lang)];
    case "unexpected_words":
      return [
        [
          say(
            lang,
            `“${problem.words}”在这里用不上。`,
            `I do not know what to do with “${problem.words}” here.`,
          ),
        ],
        [say(lang, "用法：", "Usage: "), { code: inLang(problem.usage, lang) }],
      ];
    case "option_not_here":
      return [
        [
          say(
            lang,
            `“${keyName(problem.key, lang)}:”不能用在 `,
            `“${keyName(problem.key, lang)}:” does not go with `,
          ),
          { code: problem.verb },
          say(lang, "。", "."),
        ],
        [
          say(
            lang,
            `这里可用：${problem.valid.map((key) => keyName(key, lang)).join("、")}。`,
            `It takes: ${problem.valid.join(", ")}.`,
          ),
        ],
      ];
    case "unclosed_quote":
      return [
        [say(lang, `引号没有闭合：${problem.text}`, `This quotation is not closed: ${problem.text}`)],
        [
          say(
            lang,
            "补上后引号，或去掉前引号，再发一次。",
            "Close it, or take the opening mark out, and send it again.",
          ),
        ],
      ];
    case "unclear_figure":
      return [
        [
          say(
            lang,
            `“${problem.text}”里有上标、带圈或分数字符，读不准，不猜。`,
            `“${problem.text}” holds a superscript, circled or fraction character; I do not guess figures. `,
          ),
        ],
        [
          say(lang, "请用普通数字，例如 ", "Use plain digits, for example "),
          { code: say(lang, "数值:>=100", "value:>=100") },
        ],
      ];
    case "unknown_time":
      return [
        [{ code: problem.text }, say(lang, " 不是我认识的时间。可以写 ", " is not a time I know. Try ")],
        [
          ...codes(
            say(
              lang,
              "时限:四季度 时限:30天 时限:2026-12-31 时限:年底",
              "due:Q4 due:30d due:2026-12-31 due:year-end",
            ).split(" "),
            lang,
          ),
        ],
      ];
    case "unknown_amount":
      return [
        [{ code: problem.text }, say(lang, " 不是我认识的数值。可以写 ", " is not a figure I know. Try ")],
        [
          ...codes(
            say(
              lang,
              "数值:>=1000亿 数值:19EFLOPS 数值:2-4家",
              "value:>=1000亿 value:19EFLOPS value:2..4",
            ).split(" "),
            lang,
          ),
        ],
      ];
    case "line_too_long":
      return [
        [
          say(
            lang,
            `这一行超过 ${problem.limit} 个字符，没有读。请缩短后再发。`,
            `This line is longer than ${problem.limit} characters and was not read. Send a shorter one.`,
          ),
        ],
      ];
    case "too_many_filters":
      return [
        [
          say(
            lang,
            `一行最多 ${problem.limit} 个条件。同一个键的值可以合写：`,
            `At most ${problem.limit} filters in a line. Values of one key can share it: `,
          ),
          { code: say(lang, "核验:数字、事件", "check:figure,event") },
        ],
      ];
    case "unreadable_value":
    case "unknown_schedule":
    case "unknown_zone":
    case "unknown_rule":
    case "no_digest_here":
    case "unknown_delivery":
    case "needs_role":
    case "store_busy":
      return ruleProblem(problem, lang);
    case "internal":
      return [
        [
          say(
            lang,
            "这里出了我没有料到的错，已记入日志。请再发一次；若仍如此，请告诉管理员。",
            "Something failed here that I did not expect; it is in the log. Send it again; if it stays, tell an admin.",
          ),
        ],
      ];
  }
}

function didYouMean(nearest: readonly string[], lang: Lang): Line {
  return nearest.length === 0
    ? []
    : [say(lang, "是不是 ", "Did you mean "), ...codes(nearest, lang), say(lang, "？", "?")];
}

function orIsIt(nearest: readonly string[], lang: Lang): Line {
  if (nearest.length === 0) return [say(lang, "。", ".")];
  return [
    say(
      lang,
      `，是“${nearest.join("”“")}”吗？`,
      `. Did you mean ${nearest.map((each) => `“${each}”`).join(", ")}?`,
    ),
  ];
}

function codes(values: readonly string[], lang: Lang): Line {
  return values.flatMap((value, at) =>
    at === 0 ? [{ code: value }] : [say(lang, "、", ", "), { code: value }],
  );
}

function keyName(key: string, lang: Lang): string {
  if (lang === "en") return key;
  if (key === "rating") return "评定";
  if (key === "role") return "角色";
  return Object.entries({ ...FILTER_KEYS, ...OPTION_WORDS }).find(([code]) => code === key)?.[1].zh[0] ?? key;
}

function exampleOf(key: string, lang: Lang): string {
  const examples: Readonly<Record<string, string>> = {
    due: say(lang, "时限:四季度", "due:Q4"),
    value: say(lang, "数值:>=1000亿", "value:>=1000亿"),
    stale: say(lang, "未更新:90天", "stale:90d"),
    check: say(lang, "核验:数字", "check:figure"),
    as: say(lang, "格式:json", "as:json"),
    by: say(lang, "按:领域", "by:theme"),
    lang: say(lang, "语言:en", "lang:zh"),
    page: say(lang, "页:2", "page:2"),
  };
  return examples[key] ?? say(lang, `${keyName(key, lang)}:…`, `${key}:…`);
}
