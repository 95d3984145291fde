/** A part of a text that stays on one line: "rigid" always, "glued" unless the line is too narrow for it. */
export interface Unbreakable {
  readonly start: number;
  readonly end: number;
  readonly hold: "rigid" | "glued";
}

const URL =
  /https?:\/\/[^\s<>\u3001\u3002\u300b\u300d\u300f\u201d\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f]+/gu;
/** A word of letters and digits with what joins them: GM-001, 2026-12-31, 1,508.33, 2–4, 6.5EFLOPS, 123/307. */
const TOKEN =
  /[A-Za-z\p{Nd}\uff21-\uff3a\uff41-\uff5a]+(?:[-.,:/_+~–−=．]{1,2}[A-Za-z\p{Nd}\uff21-\uff3a\uff41-\uff5a]+)*/gu;
const DIGIT = /\p{Nd}/u;

const MULTIPLIER = "万亿|千亿|百亿|十亿|千万|百万|十万|[万亿千百]";
const COUNTER = "[元家项个条座所人户年月日天号倍成段期批次名件套台辆间栋处部场届级岁时分秒米]";
const NOUN = `年底|年末|年初|月底|月初|个百分点|百分点|平方米|平方公里|平方千米|公顷|公里|小时|美元|港元|欧元|工作日|${COUNTER}`;
/** What follows a number directly or after a space and belongs to it; one Chinese character that touches it does too. */
const UNIT = new RegExp(
  `[ \\u00a0]?(?:(?:${MULTIPLIER})(?:${NOUN})?|(?:${NOUN})|[%％‰]|[EP]FLOPS\\b|(?:thousand|million|billion|trillion)\\b|m²|km²)|\\p{Script=Han}`,
  "uy",
);
const BEFORE = /(?:\b(?:RMB|CNY|USD|EUR|HKD|US\$)|[-−+<>≥≤≈~=$€£¥￥]+) ?$/u;
const MONTH = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec";
/** What is counted or dated stays beside its number while there is room. */
const COUNTED = new RegExp(
  ` (?:(?:${MONTH})[a-z]*(?: \\d{4}\\b)?|(?:square|cubic|percentage|per) [A-Za-z]+|[A-Za-z]+)|(?<=月) ?\\d{1,2} ?[日号]`,
  "uy",
);

/** The figures with their units, URLs and ids of a text, in order; parts may touch but a later one never starts earlier. */
export function unbreakables(text: string): readonly Unbreakable[] {
  const found: Unbreakable[] = [];
  const urls = [...text.matchAll(URL)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
  for (const url of urls) found.push({ ...url, hold: "rigid" });
  let nextUrl = 0;
  for (const match of text.matchAll(TOKEN)) {
    while ((urls[nextUrl]?.end ?? Infinity) <= match.index) nextUrl += 1;
    if ((urls[nextUrl]?.start ?? Infinity) <= match.index) continue;
    if (DIGIT.test(match[0])) found.push(...figureAt(text, match.index, match.index + match[0].length));
  }
  return found.sort((a, b) => a.start - b.start);
}

/** A number or id with its comparator or currency before it, its unit after it, and the noun or month beside it. */
function figureAt(text: string, from: number, to: number): Unbreakable[] {
  const lead = BEFORE.exec(text.slice(Math.max(0, from - 8), from))?.[0].length ?? 0;
  const end = follow(UNIT, text, to);
  const figure: Unbreakable = { start: from - lead, end, hold: "rigid" };
  const beside = follow(COUNTED, text, end);
  const ordinal = /第 ?$/u.exec(text.slice(Math.max(0, from - 2), from))?.[0].length ?? 0;
  if (beside === end && ordinal === 0) return [figure];
  return [figure, { start: figure.start - ordinal, end: beside, hold: "glued" }];
}

function follow(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return at + (pattern.exec(text)?.[0].length ?? 0);
}
