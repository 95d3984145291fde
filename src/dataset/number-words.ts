import { default as Fraction } from "fraction.js";

const HAN_DIGITS = new Map(
  "零 一 二 三 四 五 六 七 八 九".split(" ").map((character, value) => [character, value]),
);
HAN_DIGITS.set("〇", 0).set("两", 2);
const HAN_PLACES: ReadonlyMap<string, number> = new Map([
  ["十", 10],
  ["百", 100],
  ["千", 1000],
]);
const HAN_GROUPS: ReadonlyMap<string, number> = new Map([
  ["万", 10_000],
  ["亿", 100_000_000],
]);

/** The characters that Chinese number words are made of. */
export const HAN_NUMERALS = "零〇一二两三四五六七八九十百千万亿";

/** The value of a Chinese number word, a year digit by digit included (二〇二六); null for what is none (三四, 五一). */
export function hanValue(word: string): Fraction | null {
  const digits = [...word].map((character) => HAN_DIGITS.get(character));
  if (digits.length === 4 && digits.every((digit) => digit !== undefined))
    return new Fraction(digits.join(""));
  let total = 0n;
  let group = 0n;
  let digit: bigint | null = null;
  for (const character of word) {
    const value = HAN_DIGITS.get(character);
    const place = HAN_PLACES.get(character);
    const times = HAN_GROUPS.get(character);
    if (value !== undefined) {
      if (digit !== null && digit !== 0n) return null;
      digit = BigInt(value);
    } else if (place !== undefined) {
      group += (digit ?? 1n) * BigInt(place);
      digit = null;
    } else if (times !== undefined) {
      const so = group + (digit ?? 0n);
      // 万亿 multiplies what came before it; 万 or 亿 alone count one of themselves.
      total = so === 0n ? (total === 0n ? 1n : total) * BigInt(times) : total + so * BigInt(times);
      group = 0n;
      digit = null;
    } else {
      return null;
    }
  }
  return new Fraction(total + group + (digit ?? 0n));
}

const UNITS =
  "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen";
const TENS = "twenty thirty forty fifty sixty seventy eighty ninety";
const ENGLISH = new Map<string, number>([
  ...UNITS.split(" ").map((word, at): [string, number] => [word, at + 1]),
  ...TENS.split(" ").map((word, at): [string, number] => [word, (at + 2) * 10]),
]);

/** Matches an English number word from two to ninety-nine; "one" is not counted as a figure. */
export const ENGLISH_WORD = `(?:${TENS.split(" ").join("|")})(?:-(?:${UNITS.split(" ").slice(0, 9).join("|")}))?|${UNITS.split(" ").slice(1).reverse().join("|")}`;

/** The value of an English number word; "a" and "one" are 1. */
export function englishValue(word: string): Fraction {
  const parts = word.toLowerCase().split("-");
  return new Fraction(parts.reduce((sum, part) => sum + (ENGLISH.get(part) ?? 1), 0));
}

const MONTHS = "January February March April May June July August September October November December".split(
  " ",
);

/** Matches the name of a month, whole or shortened; the capital tells March from a march. */
export const MONTH_NAME = `(?:${MONTHS.flatMap((name) => (name.length <= 4 ? [name] : [name, name.slice(0, 3)])).join("|")}|Sept)`;

/** 1 to 12 for a month's name. */
export function monthValue(name: string): Fraction {
  const at = MONTHS.findIndex((month) => month.startsWith(name.slice(0, 3)));
  return new Fraction(at + 1);
}

const ROMAN = "II III IV VI VII VIII IX XI XII".split(" ");
const ROMAN_VALUES = [2, 3, 4, 6, 7, 8, 9, 11, 12];

/** Matches a Roman number that cannot be a letter or a word; case matters. */
export const ROMAN_NUMBER = [...ROMAN].sort((a, b) => b.length - a.length).join("|");

/** The value of what ROMAN_NUMBER matched. */
export function romanValue(text: string): Fraction {
  return new Fraction(ROMAN_VALUES[ROMAN.indexOf(text)] ?? 0);
}
