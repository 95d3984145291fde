import type { Check, Modality } from "./commitment.ts";
import type { Lang } from "./lang.ts";

/** A code of the program, its name in both languages, and other words people use for it. */
export interface Word<Code extends string> {
  readonly code: Code;
  readonly zh: string;
  readonly en: string;
  readonly aliases: readonly string[];
}

function word<Code extends string>(code: Code, zh: string, en: string, ...aliases: string[]): Word<Code> {
  return { code, zh, en, aliases };
}

export const RATINGS = [
  "unrated",
  "in_progress",
  "stalled",
  "met",
  "partly_met",
  "not_met",
  "withdrawn",
] as const;
/** A person's verdict. */
export type Rating = (typeof RATINGS)[number];
/** Where a commitment stands: a partition of all of them. */
export type Standing = Rating | "awaiting_data" | "not_checkable";
export type Pace = "ahead" | "on_pace" | "behind" | "no_reading" | "not_applicable";
export type Light = "green" | "yellow" | "red" | "blue" | "grey";
/** Attributes that `is:` asks for. */
export type Attribute = "late" | "disputed" | "reached";

/** In the order in which a headline lists them. */
export const STANDING_WORDS: readonly Word<Standing>[] = [
  word("met", "已兑现", "met"),
  word("partly_met", "部分兑现", "partly met"),
  word("not_met", "未兑现", "not met"),
  word("stalled", "停滞", "stalled"),
  word("in_progress", "推进中", "in progress"),
  word("awaiting_data", "到期待核", "awaiting data"),
  word("unrated", "未评定", "not rated", "unrated"),
  word("withdrawn", "已撤回", "withdrawn"),
  word("not_checkable", "不可核", "not checkable"),
];

export const PACE_WORDS: readonly Word<Pace>[] = [
  word("ahead", "超序时", "ahead"),
  word("on_pace", "达序时", "on pace"),
  word("behind", "欠序时", "behind"),
  word("no_reading", "无读数", "no reading"),
  word("not_applicable", "不适用", "not applicable"),
];

export const LIGHT_WORDS: readonly Word<Light>[] = [
  word("green", "绿灯", "green", "绿"),
  word("yellow", "黄灯", "yellow", "黄"),
  word("red", "红灯", "red", "红"),
  word("blue", "蓝灯", "blue", "蓝"),
  word("grey", "灰灯", "grey", "灰", "gray"),
];

export const CHECK_WORDS: readonly Word<Check>[] = [
  word("figure", "数字", "figure", "figures", "number"),
  word("event", "事件", "event", "events"),
  word("acts", "举措", "acts", "act"),
  word("none", "无", "none", "不可核"),
];

export const MODALITY_WORDS: readonly Word<Modality>[] = [
  word("target", "目标", "target"),
  word("forecast", "预测", "forecast", "预计"),
  word("programme", "计划", "programme", "program"),
  word("service", "服务", "service"),
  word("position", "定位", "position"),
];

export const ATTRIBUTE_WORDS: readonly Word<Attribute>[] = [
  word("late", "逾期", "late", "overdue"),
  word("disputed", "有异议", "disputed", "异议"),
  word("reached", "已达标", "reached", "达标"),
];

/** The name of a code in a language. */
export function wordFor<Code extends string>(words: readonly Word<Code>[], code: Code, lang: Lang): string {
  return words.find((entry) => entry.code === code)?.[lang] ?? code;
}
