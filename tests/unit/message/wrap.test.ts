import { describe, expect, test } from "vitest";
import { wrap } from "../../../src/message/wrap.ts";

function lines(text: string, columns: number): string[] {
  return wrap([{ text, look: "plain" }], columns).map((runs) => runs.map((run) => run.text).join(""));
}

describe("keeps on one line", () => {
  test.each([
    ["a figure and its Chinese unit", "产业规模达到突破超过 6000 亿元", "6000 亿元"],
    ["a figure and its unit without a space", "产业规模达到突破超过了6000亿元", "6000亿元"],
    ["a figure and its Latin unit", "the capacity goes above 19 EFLOPS", "19 EFLOPS"],
    ["a multiplier in English", "an output worth over RMB 183 billion", "RMB 183 billion"],
    ["a range", "每年新增的上市企业数量为 2-4 家", "2-4 家"],
    ["a percentage", "比上年同期累计增长约为 13.6 %", "13.6 %"],
    ["a comparator and its figure", "the capacity target is > 19 EFLOPS", "> 19 EFLOPS"],
    ["an id", "请看光明区的智能算力这一项 GM-001", "GM-001"],
    ["a fact's id", "请看光明区的这一项事实吧 GM-F01", "GM-F01"],
    ["a date", "the source appeared on 27 Feb 2026", "27 Feb 2026"],
    ["a Chinese date", "该项读数的截至日期是 6 月 30 日", "6 月 30 日"],
    ["an ordinal", "南方加二月下旬文章的 第 9 段", "第 9 段"],
    ["an emoji and its word", "LT-004 and its state 🔴 behind", "🔴 behind"],
  ])("%s", (_what, text, whole) => {
    for (let columns = 20; columns <= 34; columns += 1) {
      expect(lines(text, columns).some((line) => line.includes(whole))).toBe(true);
    }
  });

  test("a figure with its unit, even where that is too wide", () => {
    const figure = "RMB 123,456,789.123 billion";
    expect(lines(`above ${figure} in all`, 20)).toEqual(["above", figure, "in all"]);
  });

  test("an address, even one that is too wide", () => {
    const url = "https://example.org/a-long/path?with=a&query=that,goes/on";
    expect(lines(`见 ${url}。然后`, 20)).toEqual(["见", `${url}。`, "然后"]);
  });
});

test("begins no line with a closing mark and ends none with an opening one", () => {
  const text = "光明（区），“年底”、突破；算力：超过（六点五）。宝安《规划》，南山「清单」！";
  for (let columns = 8; columns <= 60; columns += 1) {
    for (const line of lines(text, columns)) {
      expect(line).not.toMatch(/^[，。、；：！？）》」”]/u);
      expect(line).not.toMatch(/[（《「“]$/u);
    }
  }
});

test("breaks a word that is wider than the line, and nothing else of it", () => {
  expect(lines(`ab ${"x".repeat(25)} cd`, 20)).toEqual(["ab", "x".repeat(20), `${"x".repeat(5)} cd`]);
});

test("drops the spaces at a break and keeps those within a line", () => {
  expect(lines("one  two   three", 9)).toEqual(["one  two", "three"]);
});

test("does not cut an emoji that is made of several characters", () => {
  expect(lines("👩‍👩‍👧".repeat(4), 5)).toEqual(["👩‍👩‍👧👩‍👩‍👧", "👩‍👩‍👧👩‍👩‍👧"]);
});
