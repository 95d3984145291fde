import { default as Fraction } from "fraction.js";
import { unitOf } from "../core/unit.ts";

/** What figures can be compared with one another; everything counted, years included, is "plain". */
export type FigureDimension = "money" | "area" | "compute" | "percent" | "plain";

/** Multipliers as written after digits, with the factor; those of one language are tried longest first. */
const CHINESE_MULTIPLIERS: readonly (readonly [string, number])[] = [
  ["万亿", 1e12],
  ["千亿", 1e11],
  ["百亿", 1e10],
  ["十亿", 1e9],
  ["亿", 1e8],
  ["千万", 1e7],
  ["百万", 1e6],
  ["十万", 1e5],
  ["万", 1e4],
  ["千", 1e3],
];
const ENGLISH_MULTIPLIERS: readonly (readonly [string, number])[] = [
  ["hundred", 1e2],
  ["thousand", 1e3],
  ["million", 1e6],
  ["billion", 1e9],
  ["trillion", 1e12],
  ["bn", 1e9],
  ["tn", 1e12],
];

/** How a unit is written in running text, and the printed unit that the core knows it by. */
const SUFFIXES: readonly (readonly [RegExp, string])[] = [
  [/^个百分点$/u, "个百分点"],
  [/^percentage points?$|^pp$/u, "pp"],
  [/^%$|^per ?cent$/u, "%"],
  [/^成$/u, "成"],
  [/^e级$|^eflops$/u, "EFLOPS"],
  [/^pflops$/u, "PFLOPS"],
  [/^元$|^人民币$|^yuan$|^rmb$|^cny$/u, "元"],
  [/^欧元$|^euros?$|^eur$|^€$/u, "eur"],
  [/^美元$|^us dollars$|^usd$|^dollars$|^us\$$|^\$$/u, "usd"],
  [/^港元$|^港币$|^hkd$|^hk\$$/u, "hkd"],
  [/^[¥£]$/u, "元"],
  [/^平方公里$|^平方千米$|^square kilomet(?:re|er)s?$|^km2$|^sq\.? ?km$/u, "km2"],
  [/^平方米$|^平米$|^square met(?:re|er)s?$|^m2$|^sqm$|^sq\.? ?m$/u, "m2"],
  [/^公顷$|^hectares?$|^ha$/u, "ha"],
];

const CHINESE_UNIT =
  "个百分点|元|人民币|欧元|美元|港元|港币|平方公里|平方千米|平方米|平米|公顷|E级|成(?![立为果功员本熟品长都效绩就分套])";
const ENGLISH_UNIT =
  "percentage points?|per ?cent|pp|EFLOPS|PFLOPS|yuan|euros?|EUR|CNY|RMB|US dollars|dollars|USD|HKD|square kilomet(?:re|er)s?|square met(?:re|er)s?|km2|m2|sqm|sq\\.? ?km|sq\\.? ?m|hectares?|ha";

/** Matches the money sign or name that English puts before a number. */
export const PREFIX = "RMB|CNY|EUR|USD|HKD|US\\$|HK\\$|[€$¥£]";

/** Matches what may follow a number: 余 or 多, multipliers, a unit; in either language. */
export const TAIL =
  `(?:[\\s-]*(?<soft>[余多]))?` +
  `(?<times>\\s*(?:${CHINESE_MULTIPLIERS.map(([word]) => word).join("|")})[余多]?|(?:[\\s-]*(?:${ENGLISH_MULTIPLIERS.map(([word]) => word).join("|")})\\b)+)?` +
  `(?:\\s*(?<sign>%)|\\s*(?<zh>${CHINESE_UNIT})|[\\s-]*(?<en>(?:${ENGLISH_UNIT})(?![a-z])))?`;

/** The factor of multipliers as TAIL matched them (" hundred thousand", 万亿). */
export function timesOf(written: string): Fraction {
  let factor = new Fraction(1);
  for (const word of written.toLowerCase().match(/[a-z]+|[百千十万亿]+/gu) ?? []) {
    const found = [...CHINESE_MULTIPLIERS, ...ENGLISH_MULTIPLIERS].find(([each]) => each === word);
    if (found !== undefined) factor = factor.mul(found[1]);
  }
  return factor;
}

/** What a unit in running text stands for; null where it is none that is converted. */
export function writtenUnit(written: string): { dimension: FigureDimension; factor: Fraction } | null {
  const form = written.toLowerCase().replace(/\s+/gu, " ").trim();
  const known = SUFFIXES.find(([pattern]) => pattern.test(form));
  return known === undefined ? null : printedUnit(known[1]);
}

/** What a printed unit of the dataset (亿元, 万平方米, homes) stands for; empty or unknown text counts pieces. */
export function printedUnit(unit: string): { dimension: FigureDimension; factor: Fraction } {
  const known = unitOf(unit);
  return { dimension: dimensionOf(known?.dimension ?? "count:"), factor: known?.factor ?? new Fraction(1) };
}

function dimensionOf(core: string): FigureDimension {
  if (core.startsWith("money:")) return "money";
  if (core === "points") return "percent";
  return core === "area" || core === "compute" || core === "percent" ? core : "plain";
}
