import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chunkText, cleanText, cutText, points } from "../../../src/adapters/slack/measure.ts";

describe("cutting", () => {
  test.each([
    ["reached 1,830.5 today", 12, "reached …"],
    ["突破1830亿元以上", 6, "突破…"],
    ["reached 1,830.5 亿元 today", 17, "reached …"],
    ["on 30 June 2026 at last", 10, "on 30 …"],
    ["at least 19 EFLOPS by then", 13, "at least …"],
    ["see https://example.org/a/b", 15, "see …"],
    ["一二三四五", 3, "一二…"],
    ["short", 5, "short"],
  ])("%s at %i", (text, max, expected) => {
    expect(cutText(text, max)).toBe(expected);
  });

  test("is never longer than asked, and changes nothing that fits", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary", maxLength: 300 }),
        fc.integer({ min: 1, max: 300 }),
        (text, max) => {
          const cut = cutText(text, max);
          expect(points(cut)).toBeLessThanOrEqual(max);
          if (points(text) <= max) expect(cut).toBe(text);
        },
      ),
    );
  });
});

test("pieces together are the text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.integer({ min: 1, max: 20 }), (text, max) => {
      const pieces = chunkText(text, max);
      expect(pieces.join("")).toBe(text);
      expect(Math.max(...pieces.map(points))).toBeLessThanOrEqual(max);
    }),
  );
});

test("pieces end after a line, else outside of figures, unless these are longer than any should be", () => {
  expect(chunkText("ab\ncd 1,830.5 亿元 ef", 12)).toEqual(["ab\n", "cd ", "1,830.5 亿元 ", "ef"]);
  expect(chunkText("9".repeat(100), 70)).toEqual(["9".repeat(70), "9".repeat(30)]);
});

test("a clean text keeps its lines and joined emoji, and loses what Slack refuses or nobody sees", () => {
  expect(cleanText("a\r\nb\u0000\u001bc\td\ud800")).toBe("a\nbc\td\ufffd");
  expect(cleanText("\u202e19 EFLOPS\u202c <!cha\u200bnnel>\u00ad\ufeff")).toBe("19 EFLOPS <!channel>");
  expect(cleanText("👩‍👩‍👧 می‌خواهم")).toBe("👩‍👩‍👧 می‌خواهم");
});

test("a text is cleaned once and for all", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const clean = cleanText(text);
      expect(cleanText(clean)).toBe(clean);
      expect(clean).not.toMatch(
        /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]/,
      );
    }),
  );
});
