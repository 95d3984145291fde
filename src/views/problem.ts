import type { Problem } from "../core/errors.ts";
import { inLang, type Lang } from "../core/lang.ts";
import { lineText, type Line, type Message } from "../message/message.ts";
import { say } from "./print.ts";
import { codes, didYouMean, keyProblem } from "./problem-key.ts";
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
    case "unknown_value":
    case "missing_value":
    case "option_not_here":
      return keyProblem(problem, lang);
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
            (problem.key === "stale"
              ? say(lang, "未更新:90天 未更新:30天", "stale:90d stale:30d")
              : say(
                  lang,
                  "时限:四季度 时限:30天 时限:2026-12-31 时限:年底",
                  "due:Q4 due:30d due:2026-12-31 due:year-end",
                )
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
