import { default as Fraction } from "fraction.js";
import { put } from "../core/kept.ts";
import { blank, fold, withoutQuoted } from "./folded.ts";
import { PREFIX, TAIL, timesOf, writtenUnit, type FigureDimension } from "./figure-units.ts";
import {
  ENGLISH_WORD,
  HAN_NUMERALS,
  MONTH_NAME,
  ROMAN_NUMBER,
  englishValue,
  hanValue,
  monthValue,
  romanValue,
} from "./number-words.ts";

/** A figure found in a text: its value in base units (元, m², EFLOPS, per cent, pieces), the words it stands in, and where. */
export interface Figure {
  readonly value: Fraction;
  readonly dimension: FigureDimension;
  readonly text: string;
  readonly index: number;
}

/** A figure before ranges are settled: the two ends of 2-4家 share what follows the second. */
interface Token {
  readonly start: number;
  readonly end: number;
  readonly number: Fraction;
  readonly times: Fraction | null;
  readonly unit: { readonly dimension: FigureDimension; readonly factor: Fraction } | null;
  readonly prefixed: boolean;
}

interface Rule {
  readonly pattern: RegExp;
  read(groups: Readonly<Record<string, string | undefined>>): Fraction | null;
}

const ARABIC = String.raw`\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?`;
/** What Chinese counts in; a number word before anything else (三亚, 五一) is part of a name. */
const COUNTERS =
  "小时|分钟|公里|[个家项条座所人户名位台辆套间栋幢片批次场件种类处层倍天日月年周季吨米亩张部艘架只支本届轮步期号大根份颗株]";
const MONTH_BEFORE =
  "[Ii]n|[Bb]y|of|[Uu]ntil|[Ss]ince|[Ff]rom|through|[Dd]uring|[Bb]efore|[Aa]fter|[Ee]arly|[Ll]ate|[Mm]id|[Ee]nd|to";
const AROUND_LETTERS = "(?<![\\p{Script=Latin}\\d])";

/** In the order in which they are tried; what one has read is out of reach for the next. */
const RULES: readonly Rule[] = [
  {
    pattern: new RegExp(
      `${AROUND_LETTERS}(?:(?<=\\d(?:st|nd|rd|th)?(?: of)? )|(?<=(?<![A-Za-z])(?:${MONTH_BEFORE})[ -])|(?=${MONTH_NAME}\\.?,? \\d))(?<month>${MONTH_NAME})(?![a-z])`,
      "gu",
    ),
    read: ({ month }) => monthValue(month ?? ""),
  },
  {
    pattern: new RegExp(`百分之(?:(?<arabic>${ARABIC})|(?<han>[${HAN_NUMERALS}]+))(?<sign>)`, "gu"),
    read: ({ arabic, han }) =>
      arabic === undefined ? hanValue(han ?? "") : new Fraction(arabic.replaceAll(",", "")),
  },
  {
    pattern: new RegExp(
      `(?:(?<![a-z])(?<prefix>${PREFIX})\\s*)?(?<minus>(?<![^\\s(为是达长])[-−])?(?<!\\d|(?<![a-z])k?m)(?<arabic>${ARABIC})(?:(?:st|nd|rd|th)(?![a-z])|${TAIL})`,
      "giu",
    ),
    read: ({ arabic, minus }) =>
      new Fraction((arabic ?? "").replaceAll(",", "")).mul(minus === undefined ? 1 : -1),
  },
  {
    pattern: new RegExp(
      `(?<![第数几${HAN_NUMERALS}])(?<han>[${HAN_NUMERALS}]+)(?![${HAN_NUMERALS}])(?:[余多来]?\\s*(?:(?<zh>元|人民币|欧元|美元|港元|港币|平方公里|平方千米|平方米|平米|公顷|成(?![立为果功员本熟品长都效绩就分套]))|(?<counter>${COUNTERS}))|(?<open>(?=[至到~–-][${HAN_NUMERALS}]+[余多]?\\s*(?:${COUNTERS}|[元成])))|)`,
      "gu",
    ),
    read: ({ han = "", zh, counter, open }) => {
      // 一 is an article more often than a figure; 万亿 stands alone (突破万亿), 七 and 万 do not.
      if (han === "一" && zh !== "成") return null;
      if ((zh ?? counter ?? open) === undefined && !/^.*亿$/u.test(han)) return null;
      return hanValue(han);
    },
  },
  {
    pattern: new RegExp(
      `(?:(?<![a-z])(?<prefix>${PREFIX})\\s*)?${AROUND_LETTERS}(?:(?<word>${ENGLISH_WORD})(?![a-z])${TAIL}|(?:an?|one)(?<scaled>(?:[\\s-]+(?:hundred|thousand|million|billion|trillion)\\b)+)(?:[\\s-]*(?<unit>yuan|euros?|square met(?:re|er)s?|hectares?))?)`,
      "giu",
    ),
    read: ({ word }) => englishValue(word ?? "one"),
  },
  {
    pattern: new RegExp(`${AROUND_LETTERS}(?<roman>${ROMAN_NUMBER})(?![\\p{Script=Latin}\\d])`, "gu"),
    read: ({ roman }) => romanValue(roman ?? ""),
  },
];

const IDS = /(?<![A-Za-z])[A-Z]{1,4}-F?\d{2,3}(?!\d)/gu;

/**
 * The figures that a Chinese or English text states, in order. Digits inside ids (GM-001) are none, nor is what stands in
 * quotation marks unless `quoted` is "read".
 */
export function figuresIn(original: string, quoted: "skip" | "read" = "skip"): readonly Figure[] {
  if (original.length > KEPT.length) return readFigures(original, quoted);
  const key = `${quoted} ${original}`;
  const known = latest.get(key);
  if (known !== undefined) return known;
  const figures = readFigures(original, quoted);
  put(latest, key, figures, KEPT.texts);
  return figures;
}

/** Every check of a dataset reads the same texts again. */
const KEPT = { texts: 1_000, length: 1_000 } as const;
const latest = new Map<string, readonly Figure[]>();

function readFigures(original: string, quoted: "skip" | "read"): readonly Figure[] {
  const folded = fold(original);
  let rest = folded.text.replace(IDS, blank);
  if (quoted === "skip") rest = withoutQuoted(rest);
  const tokens: Token[] = [];
  for (const rule of RULES) {
    const read = [...rest.matchAll(rule.pattern)].map((match) => tokenOf(match, rule));
    const found = read.filter((token) => token !== null);
    for (const token of found) tokens.push(token);
    rest = blanked(rest, found);
  }
  tokens.sort((a, b) => a.start - b.start);
  return settleRanges(tokens, folded.text).map(({ start, end, number, times, unit }) => {
    const [from = 0, to = original.length] = [folded.from[start], folded.from[end]];
    const value = number.mul(times ?? 1).mul(unit?.factor ?? 1);
    return {
      value,
      dimension: unit?.dimension ?? "plain",
      text: original.slice(from, to).trim(),
      index: from,
    };
  });
}

/** In one pass: a text of a million figures must not be copied a million times. */
function blanked(text: string, spans: readonly Token[]): string {
  let done = 0;
  const parts: string[] = [];
  for (const { start, end } of spans) {
    parts.push(text.slice(done, start), blank(text.slice(start, end)));
    done = end;
  }
  return [...parts, text.slice(done)].join("");
}

function tokenOf(match: RegExpExecArray, rule: Rule): Token | null {
  const groups: Readonly<Record<string, string | undefined>> = match.groups ?? {};
  const number = rule.read(groups);
  if (number === null) return null;
  const { prefix, times, scaled, zh, en, sign, unit } = groups;
  const suffix = zh ?? en ?? unit ?? (sign === undefined ? undefined : "%");
  return {
    start: match.index,
    end: match.index + match[0].length,
    number,
    times: times === undefined && scaled === undefined ? null : timesOf(times ?? scaled ?? ""),
    unit: writtenUnit(suffix ?? prefix ?? ""),
    prefixed: prefix !== undefined && suffix === undefined,
  };
}

/** In 2-4亿元 and RMB 2 to 4 billion the first number is counted like the second. */
function settleRanges(tokens: readonly Token[], text: string): Token[] {
  const settled: Token[] = [];
  for (const token of tokens) {
    const before = settled.at(-1);
    settled.push(token);
    if (before === undefined) continue;
    const between = text.slice(before.end, token.start);
    const words = /^\s+(?:to|and)\s+$/u.test(between);
    if (!words && !/^\s*[-–—~至到]\s*$/u.test(between)) continue;
    if (between.includes("and") && !/between\s+$/iu.test(text.slice(0, before.start))) continue;
    // "by 2026 to 4 million homes" is no range.
    if (words && before.unit === null && isYear(before)) continue;
    const bare = before.times === null && (before.unit === null || before.prefixed);
    settled[settled.length - 2] = {
      ...before,
      times: bare ? token.times : before.times,
      unit: before.unit ?? token.unit,
    };
    if (before.prefixed && token.unit === null)
      settled[settled.length - 1] = { ...token, unit: before.unit, prefixed: true };
  }
  return settled;
}

function isYear({ number, times }: Token): boolean {
  return times === null && number.compare(1900) >= 0 && number.compare(2100) < 0;
}
