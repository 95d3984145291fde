import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeLine, decodeText, escapeText } from "../../../src/adapters/slack/decode.ts";

const BOT = "U0QUSHI";

describe("decoding", () => {
  test.each([
    ["value:&gt;=5 &amp;lt; R&amp;D", "value:>=5 &lt; R&D"],
    ["<https://example.org/a?b=1&amp;c=2>", "https://example.org/a?b=1&c=2"],
    ["<https://example.org/a|see here> x", "https://example.org/a x"],
    ["<http://example.org|example.org>", "http://example.org"],
    ["<mailto:li@example.org|li@example.org>", "li@example.org"],
    ["<tel:+8675512345|0755 12345>", "+8675512345"],
    ["<#C1|watch> <#C2> <#C3|>", "#watch <#C2> <#C3>"],
    ["<@U1|liu> and <@U2>", "<@U1> and <@U2>"],
    ["<!date^1767575220^{date}|5 Jan>", "5 Jan"],
    ["<!here> <!subteam^S1|@desk>", "@here @desk"],
    ["<not markup> < alone", "<not markup> < alone"],
    ["a\u00a0b “c”", "a b “c”"],
    ["hey <@U0QUSHI> show <@U0QUSHI|qushi>GM", "hey show GM"],
  ])("%s", (wire, typed) => {
    expect(decodeText(wire, BOT)).toBe(typed);
  });

  test("only the bot's own mention is taken out", () => {
    expect(decodeText("<@U0QUSHI2> <@U0QUSHI> x", BOT)).toBe("<@U0QUSHI2> x");
    expect(decodeText("<@U0QUSHI> x", null)).toBe("<@U0QUSHI> x");
  });

  test("what people put between a mention and the line is no part of it", () => {
    expect(decodeLine("<@U0QUSHI>： 光明 算力  ", BOT)).toBe("光明 算力");
    expect(decodeLine("<@U0QUSHI>, board", BOT)).toBe("board");
  });
  test.each([
    ["<@U0QUSHI> `list 区:南山 -核验:举措`", "list 区:南山 -核验:举措"],
    ["show `GM-001`", "show GM-001"],
    ["```show GM-001```", "show GM-001"],
    ["详情 *GM-001*", "详情 GM-001"],
    ["`show` *GM-001* lang:en", "show GM-001 lang:en"],
    ["note GM-001 2 * 3 * 4, a`b`c", "note GM-001 2 * 3 * 4, a`b`c"],
    ["reading GM-001 16~17", "reading GM-001 16~17"],
  ])("%s: marks of what was copied from an answer are no part of the line", (wire, line) => {
    expect(decodeLine(wire, BOT)).toBe(line);
  });
});

test("what a person types comes back unchanged", () => {
  const typed = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string({
      unit: fc.constantFrom("&", "<", ">", "a", "|", "@", "!", "#", ";", "amp", "lt", "U1", "“", " "),
    }),
  );
  fc.assert(
    fc.property(typed, (text) => {
      fc.pre(!text.includes("\u00a0"));
      expect(decodeText(escapeText(text), BOT)).toBe(text);
    }),
  );
});

test("a very long text of opened brackets is read in no time worth speaking of", () => {
  const text = "<@".repeat(300_000);
  expect(decodeText(text, BOT)).toBe(text);
  const marks = "`a ".repeat(100_000).trimEnd();
  expect(decodeLine(marks, BOT)).toBe(marks);
});
