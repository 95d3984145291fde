import fc from "fast-check";
import { default as Fraction } from "fraction.js";
import { expect, test } from "vitest";
import { figuresIn } from "../../../src/dataset/figures.ts";

function said(text: string, quoted?: "read"): string[] {
  return figuresIn(text, quoted).map(({ value, dimension }) => `${value.toFraction()} ${dimension}`);
}

test.each([
  ["总产值超1830亿元", ["183000000000 money"]],
  ["1508.33 亿元", ["150833000000 money"]],
  ["突破万亿大关", ["1000000000000 plain"]],
  ["两万亿元", ["2000000000000 money"]],
  ["1000多亿元", ["100000000000 money"]],
  ["不少于100万平方米", ["1000000 area"]],
  ["100-200万平方米", ["1000000 area", "2000000 area"]],
  ["已超6.5EFLOPS，300 PFLOPS", ["13/2 compute", "3/10 compute"]],
  ["占比超八成", ["80 percent"]],
  ["百分之三十五", ["35 percent"]],
  ["提高 3 个百分点", ["3 percent"]],
  ["16～17%", ["16 percent", "17 percent"]],
  ["2亿-4亿元", ["200000000 money", "400000000 money"]],
  ["2至4家、两到四家", ["2 plain", "4 plain", "2 plain", "4 plain"]],
  ["五大领域69个项目，累计10余条", ["5 plain", "69 plain", "10 plain"]],
  ["二〇二六年、十五年、一百零五项", ["2026 plain", "15 plain", "105 plain"]],
  ["2026年7月15日", ["2026 plain", "7 plain", "15 plain"]],
  ["1200万人次", ["12000000 plain"]],
  ["超算二期和云脑Ⅲ", ["2 plain", "3 plain"]],
  ["凤凰城-2期", ["2 plain"]],
  ["三至五年、三到五成", ["3 plain", "5 plain", "30 percent", "50 percent"]],
  ["降幅为-2%", ["-2 percent"]],
])("reads Chinese: %s", (text, figures) => {
  expect(said(text)).toEqual(figures);
});

test.each([
  ["RMB 183 billion", ["183000000000 money"]],
  ["183 billion yuan", ["183000000000 money"]],
  ["€4.5 million", ["4500000 money"]],
  ["RMB 1 trillion", ["1000000000000 money"]],
  ["RMB 2 to 4 billion", ["2000000000 money", "4000000000 money"]],
  ["between 2 and 4 million euros", ["2000000 money", "4000000 money"]],
  ["a million square metres, 1 million m²", ["1000000 area", "1000000 area"]],
  ["3.5 hectares", ["35000 area"]],
  ["19 EFLOPS", ["19 compute"]],
  ["80% or 80 per cent", ["80 percent", "80 percent"]],
  ["2–4 companies, two to four", ["2 plain", "4 plain", "2 plain", "4 plain"]],
  ["Seven projects, twenty-five more", ["7 plain", "25 plain"]],
  ["1,200 homes", ["1200 plain"]],
  ["27 Feb 2026", ["27 plain", "2 plain", "2026 plain"]],
  ["by the end of September", ["9 plain"]],
  ["by 2026 to 4 million homes", ["2026 plain", "4000000 plain"]],
  ["two hundred thousand people", ["200000 plain"]],
  ["Phase II", ["2 plain"]],
  ["600,600,", ["600600 plain"]],
  ["3600,600", ["3600 plain", "600 plain"]],
])("reads English: %s", (text, figures) => {
  expect(said(text)).toEqual(figures);
});

test.each([
  "第一梯队，一次办成，亚洲第一",
  "三亚、五一、万众一心",
  "one of them, and it may march on",
  "GM-001 和 GM-F01",
  "½ ①",
  "",
])("finds no figure in %s", (text) => {
  expect(said(text)).toEqual([]);
});

test("leaves quoted names alone unless asked to read them", () => {
  expect(said("推动“数据要素×”和“2030规划”")).toEqual([]);
  expect(said("“2030规划”", "read")).toEqual(["2030 plain"]);
});

test("gives the words and their place in the text as it was typed", () => {
  expect(figuresIn("Ⅲ期：１８３０亿元。").map(({ text, index }) => [text, index])).toEqual([
    ["Ⅲ", 0],
    ["１８３０亿元", 3],
  ]);
});

interface Printed {
  readonly zh: string;
  readonly en: string;
  readonly value: Fraction;
  readonly dimension: string;
}

/** A figure as each language prints it. */
const printed: fc.Arbitrary<Printed> = fc
  .tuple(fc.integer({ min: 2, max: 999_999 }), fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 4 }))
  .map(([digits, decimals, kind]): Printed => {
    const value = new Fraction(digits).div(10 ** decimals);
    const plain = (fraction: Fraction) => fraction.toString();
    const grouped = plain(value).replace(/^\d+/u, (whole) => whole.replace(/\B(?=(\d{3})+$)/gu, ","));
    const kinds: readonly Printed[] = [
      {
        zh: `${plain(value)} 亿元`,
        en: `RMB ${plain(value.div(10))} billion`,
        value: value.mul(1e8),
        dimension: "money",
      },
      {
        zh: `${plain(value)}万平方米`,
        en: `${plain(value.div(100))} million square metres`,
        value: value.mul(1e4),
        dimension: "area",
      },
      { zh: `${plain(value)}EFLOPS`, en: `${plain(value)} EFLOPS`, value, dimension: "compute" },
      { zh: `${plain(value)}%`, en: `${grouped} percent`, value, dimension: "percent" },
      { zh: `${plain(value)}家`, en: `${grouped} companies`, value, dimension: "plain" },
    ];
    return kinds[kind] ?? { zh: "", en: "", value, dimension: "" };
  });

test("a figure printed in a language is found again with the same value", () => {
  fc.assert(
    fc.property(
      printed,
      fc.constantFrom("", "预计", "年底超过"),
      fc.constantFrom("", "about ", "In all, "),
      (figure, zh, en) => {
        for (const text of [`${zh}${figure.zh}，其余不变。`, `${en}${figure.en}, no more.`]) {
          const [found, ...others] = figuresIn(text);
          expect(others).toEqual([]);
          expect(found?.dimension).toBe(figure.dimension);
          expect(found?.value.toFraction()).toBe(figure.value.toFraction());
        }
      },
    ),
  );
});

const HAN_ONES = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];

/** 2 to 9999 in Chinese characters. */
function han(number: number): string {
  const digits = String(number).padStart(4, "0").split("").map(Number);
  const words = digits.map((digit, at) =>
    digit === 0 ? "零" : `${HAN_ONES[digit] ?? ""}${["千", "百", "十", ""][at] ?? ""}`,
  );
  return words
    .join("")
    .replace(/零+/gu, "零")
    .replace(/^零|零$/gu, "")
    .replace(/^一十/u, "十");
}

test("a Chinese number word before a counter has its value", () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 9999 }), (number) => {
      expect(said(`共${han(number)}项`)).toEqual([`${number} plain`]);
    }),
  );
});

test("no text whatever makes reading figures throw", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => {
      for (const figure of figuresIn(text)) {
        expect(
          text.slice(figure.index).startsWith(figure.text) ||
            figure.text === "" ||
            text.includes(figure.text),
        ).toBe(true);
      }
    }),
  );
});
