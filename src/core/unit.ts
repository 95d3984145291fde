import { default as Fraction } from "fraction.js";

/** What units can be compared with one another, and how many base units one of them is. */
export interface Unit {
  /** As printed: 亿元, 万平方米, EFLOPS, %. */
  readonly text: string;
  /** "money:CNY", "area", "compute", "percent", "points", or "count:家" for what is counted in pieces. */
  readonly dimension: string;
  /** Base units (元, m², EFLOPS, piece) in one of this unit. */
  readonly factor: Fraction;
}

const MULTIPLIERS: readonly (readonly [string, string])[] = [
  ["万亿", "1000000000000"],
  ["千亿", "100000000000"],
  ["百亿", "10000000000"],
  ["十亿", "1000000000"],
  ["亿", "100000000"],
  ["千万", "10000000"],
  ["百万", "1000000"],
  ["十万", "100000"],
  ["万", "10000"],
  ["千", "1000"],
  ["百", "100"],
  ["trillion", "1000000000000"],
  ["billion", "1000000000"],
  ["million", "1000000"],
  ["thousand", "1000"],
];

const BASES: readonly {
  readonly names: readonly string[];
  readonly dimension: string;
  readonly factor: string;
}[] = [
  { names: ["元", "人民币", "元人民币", "rmb", "cny", "yuan"], dimension: "money:CNY", factor: "1" },
  { names: ["eur", "euro", "euros", "€", "欧元"], dimension: "money:EUR", factor: "1" },
  { names: ["usd", "美元", "us$", "$", "dollars"], dimension: "money:USD", factor: "1" },
  { names: ["港元", "港币", "hkd"], dimension: "money:HKD", factor: "1" },
  {
    names: ["平方米", "平米", "m2", "sqm", "square metres", "square meters"],
    dimension: "area",
    factor: "1",
  },
  { names: ["平方公里", "平方千米", "km2", "square kilometres"], dimension: "area", factor: "1000000" },
  { names: ["公顷", "ha", "hectares"], dimension: "area", factor: "10000" },
  { names: ["eflops", "e级"], dimension: "compute", factor: "1" },
  { names: ["pflops"], dimension: "compute", factor: "1/1000" },
  { names: ["%", "percent", "per cent"], dimension: "percent", factor: "1" },
  { names: ["成"], dimension: "percent", factor: "10" },
  { names: ["个百分点", "百分点", "pp", "percentage points"], dimension: "points", factor: "1" },
];

/**
 * The unit behind a printed one, multiplier included; null for empty text. A word that is no known unit counts
 * pieces of itself (家, 项, homes), so that datasets bring their own counters.
 */
export function unitOf(text: string): Unit | null {
  let rest = text.normalize("NFKC").trim().toLowerCase();
  let factor = new Fraction(1);
  // 百分点 is a unit, not a hundred 分点.
  const whole = BASES.find(({ names }) => names.includes(rest));
  if (whole !== undefined)
    return { text: text.trim(), dimension: whole.dimension, factor: new Fraction(whole.factor) };
  const multiplier = MULTIPLIERS.find(
    ([word]) => rest.startsWith(word) || (/^[a-z]/.test(word) && rest.endsWith(` ${word}`)),
  );
  if (multiplier !== undefined) {
    const [word, times] = multiplier;
    rest = (rest.startsWith(word) ? rest.slice(word.length) : rest.slice(0, -word.length)).trim();
    factor = factor.mul(times);
  }
  if (rest === "")
    return multiplier === undefined ? null : { text: text.trim(), dimension: "count:", factor };
  const base = BASES.find(({ names }) => names.includes(rest));
  if (base === undefined) return { text: text.trim(), dimension: `count:${rest}`, factor };
  return { text: text.trim(), dimension: base.dimension, factor: factor.mul(base.factor) };
}

/** A printed number as an exact rational: the decimal that was typed, not its binary neighbour. */
export function exact(value: number): Fraction {
  // 1e-7 is how a program writes it; only plain decimals are read as they stand.
  const [digits = "0", power = "0"] = String(value).split("e");
  return new Fraction(digits).mul(new Fraction(10).pow(Number(power)) ?? 1);
}

/** A printed value in base units, exactly: 1830 with 亿元 is 183000000000. */
export function inBase(value: number, unit: string): Fraction {
  return exact(value).mul(unitOf(unit)?.factor ?? 1);
}
