import type { LackedPart, RecordProblem } from "../core/record-errors.ts";
import type { Problem } from "../core/errors.ts";
import type { Lang } from "../core/lang.ts";
import type { Line } from "../message/message.ts";
import { dayText, say } from "./print.ts";
import { nextLine } from "./problem-next.ts";
import { ratingProblem } from "./problem-rating.ts";
import { dayWhy, figureWhy, linkWhy, otherWhy } from "./problem-why.ts";

/** The Chinese name of each code. */
export const RECORD_PROBLEM_NAMES: Readonly<Record<RecordProblem["code"], string>> = {
  missing_part: "缺一项",
  unreadable_figure: "读不懂的数值",
  wrong_unit: "单位不符",
  not_for_this: "不适用",
  retired_id: "已撤下的编号",
  not_a_commitment: "不是承诺",
  bad_day: "日期不符",
  bad_link: "链接不收",
  unknown_node: "未知的节点",
  rating_needs: "评定不足",
  nothing_proposed: "没有待定的评定",
  other_proposal: "另一项评定",
  own_proposal: "须他人通过",
  no_dispute: "没有异议",
  which_dispute: "哪条异议",
  nothing_to_undo: "无可撤销",
  undo_needs_reviewer: "须评定人撤销",
  undo_blocked: "先撤后者",
  text_too_long: "文字过长",
  unknown_person: "未知的人",
  admin_by_environment: "环境指定",
  no_such_grant: "没有此授权",
};

/** Whether a problem is about what somebody wanted to record. */
export function isRecordProblem(problem: Problem): problem is RecordProblem {
  return Object.hasOwn(RECORD_PROBLEM_NAMES, problem.code);
}

/** What keeps something from being recorded, and the line that would be. */
export function recordProblem(problem: RecordProblem, lang: Lang): readonly Line[] {
  switch (problem.code) {
    case "missing_part":
      return [[PARTS[problem.part][lang]], nextLine([problem.line], lang)];
    case "unreadable_figure":
      return [
        [{ code: problem.text }, figureWhy(problem, lang)],
        [say(lang, "写普通数字，带单位：", "Write plain digits and the unit: "), { code: problem.example }],
      ];
    case "wrong_unit":
      return [
        [
          { code: problem.typed },
          say(
            lang,
            `：单位“${problem.unit}”换算不成“${problem.expected}”，没有记。`,
            `: “${problem.unit}” does not convert into “${problem.expected}”; nothing was recorded.`,
          ),
        ],
        [say(lang, `请用“${problem.expected}”再发一次。`, `Send it again in “${problem.expected}”.`)],
      ];
    case "not_for_this":
      return [
        [otherWhy(problem, lang)],
        ...(problem.instead === null ? [] : [nextLine([problem.instead], lang)]),
      ];
    case "retired_id":
      return [
        [
          say(
            lang,
            `${problem.id} 在 ${dayText(problem.on, "zh")} 从数据集撤下，不再记录。`,
            `${problem.id} was retired from the dataset on ${dayText(problem.on, "en")}; nothing is recorded about it any more.`,
          ),
        ],
        [say(lang, "现有编号：", "Ids there are: "), { code: say(lang, "清单", "list") }],
      ];
    case "not_a_commitment":
      return [
        [
          say(
            lang,
            `${problem.id} 是既成事实，不是承诺，没有可记录的。`,
            `${problem.id} is a fact, not a commitment; nothing is recorded about it.`,
          ),
        ],
        [say(lang, "承诺事项：", "Commitments: "), { code: say(lang, "清单", "list") }],
      ];
    case "bad_day":
      return [[{ code: problem.text }, dayWhy(problem, lang)]];
    case "bad_link":
      return [[linkWhy(problem, lang)]];
    case "unknown_node":
      return [
        [say(lang, `没有节点“${problem.text}”。`, `There is no node “${problem.text}”. `)],
        [say(lang, `有：${problem.valid.join("、")}。`, `There are: ${problem.valid.join(", ")}.`)],
      ];
    case "text_too_long":
      return [
        [
          say(
            lang,
            `文字超过 ${problem.limit} 个字符，没有记。请缩短，或放进文档再附链接。`,
            `The text is longer than ${problem.limit} characters and was not recorded. Shorten it, or link to a document.`,
          ),
        ],
      ];
    default:
      return ratingProblem(problem, lang);
  }
}

const PARTS: Readonly<Record<LackedPart, { readonly zh: string; readonly en: string }>> = {
  value: { zh: "读数是多少？没有数值。", en: "What was read? There is no figure." },
  link: { zh: "佐证要有链接。", en: "Evidence needs a link." },
  rating: { zh: "评为什么？没有写评定。", en: "Rated as what? There is no rating." },
  text: { zh: "编号后面要写文字。", en: "Some text has to follow the id." },
  node: { zh: "哪个节点完成了？", en: "Which node is done?" },
  day: { zh: "哪一天？没有日期。", en: "On which day? There is no date." },
  level: {
    zh: "没有级别：E1 统计、E2 政府文件、E3 区的发布、E4 媒体核实、E5 表态。",
    en: "There is no level: E1 statistics, E2 government documents, E3 the district's release, E4 checked press, E5 statements.",
  },
  source: {
    zh: "没有来源：数值要有出处才记（仅 E5 声称可以没有）。",
    en: "There is no source: a figure is recorded with where it comes from (only a claim, E5, may lack it).",
  },
  reason: { zh: "没有写理由。", en: "There is no reason." },
  person: { zh: "是谁？没有写人。", en: "Who? Nobody is named." },
  accounts: { zh: "要写两个不同的账号。", en: "It takes two accounts that differ." },
  role: { zh: "没有写角色。", en: "There is no role." },
};
