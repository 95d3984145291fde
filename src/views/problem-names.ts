import type { ProblemCode } from "../core/errors.ts";
import { RECORD_PROBLEM_NAMES } from "./problem-record.ts";

/** The Chinese name of each code; the code itself never changes. */
export const PROBLEM_NAMES: Readonly<Record<ProblemCode, string>> = {
  unknown_key: "未知的键",
  unknown_value: "未知的值",
  missing_value: "缺少值",
  unreadable_value: "读不懂的值",
  unknown_id: "未知的编号",
  missing_id: "缺少编号",
  which_commitment: "哪一项",
  unexpected_words: "多余的词",
  option_not_here: "此处不可用",
  unclosed_quote: "引号未闭合",
  unclear_figure: "数字不明",
  unknown_time: "未知的时间",
  unknown_amount: "未知的数值",
  line_too_long: "过长",
  too_many_filters: "条件过多",
  unknown_schedule: "未知的班次",
  unknown_zone: "未知的时区",
  unknown_rule: "未知的规则",
  no_digest_here: "这里没有周报",
  unknown_delivery: "未知的送达",
  ...RECORD_PROBLEM_NAMES,
  needs_role: "权限不足",
  store_busy: "暂不能保存",
  internal: "内部错误",
};
