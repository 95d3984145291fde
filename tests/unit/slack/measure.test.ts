import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chunkText, cleanText, cutText, points } from "../../../src/adapters/slack/measure.ts";

describe("cutting", () => {
  test.each([
    ["reached 1,830.5 today", 12, "reached …"],
    ["突破1830亿元以上", 6, "突破…"],
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

test("a clean text keeps its lines and loses what Slack refuses", () => {
  expect(cleanText("a\r\nb\u0000\u001bc\td\ud800")).toBe("a\nbc\td\ufffd");
});
