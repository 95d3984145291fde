import fc from "fast-check";
import { expect, test } from "vitest";
import { lineText, type Block, type Line, type Message, type Span } from "../../../src/message/message.ts";
import { renderText } from "../../../src/message/text.ts";
import { cleanText, widthOf } from "../../../src/message/width.ts";

const figure = fc.oneof(
  fc
    .tuple(
      fc.constantFrom("", "> ", "约 ", "RMB "),
      fc.nat(2_000_000),
      fc.constantFrom(" 亿元", "亿元", " EFLOPS", "%", " 家", " billion"),
    )
    .map((parts) => parts.join("")),
  fc.double({ min: 0, max: 9999, noNaN: true }).map((value) => value.toFixed(2)),
  fc.constantFrom(
    "GM-001",
    "LT-F02",
    "2–4 家",
    "2026-12-31",
    "27 Feb 2026",
    "6 月 30 日",
    "第 9 段",
    "123/307 天",
    "1,508.33 亿元",
  ),
);
const wording = fc.oneof(
  fc.constantFrom(
    "，",
    "。",
    "（",
    "）",
    "“年底”",
    " · ",
    "🔴 欠序时",
    "目标：",
    "and the target",
    "👩‍👩‍👧",
    "　",
  ),
  fc.string({ unit: "grapheme", maxLength: 12 }),
  fc.string({ unit: "binary", maxLength: 8 }),
  fc.string({
    unit: fc.constantFrom(
      "光",
      "明",
      "算",
      "力",
      "区",
      "a",
      "b",
      " ",
      "，",
      "\u001b",
      "[",
      "m",
      "\n",
      "\u0000",
      "\u202e",
    ),
    maxLength: 40,
  }),
);
const text = fc.array(fc.oneof(figure, wording), { maxLength: 8 }).map((parts) => parts.join(" "));
const url = fc.webPath().map((path) => `https://example.org${path}`);
const span: fc.Arbitrary<Span> = fc.oneof(
  text,
  text.map((bold) => ({ bold })),
  text.map((code) => ({ code })),
  fc.record({ url, label: text }),
);
const line: fc.Arbitrary<Line> = fc.array(span, { maxLength: 4 });
const lines = fc.array(line, { maxLength: 3 });
const number = fc.oneof(fc.nat(500), fc.double({ min: -10, max: 1e6 }));
const block: fc.Arbitrary<Block> = fc.oneof(
  lines.map((all) => ({ type: "text" as const, lines: all })),
  lines.map((all) => ({ type: "note" as const, lines: all })),
  lines.map((items) => ({ type: "list" as const, items })),
  fc
    .array(fc.record({ label: text, value: line }), { maxLength: 3 })
    .map((items) => ({ type: "fields" as const, items })),
  text.map((quoted) => ({ type: "quote" as const, text: quoted })),
  fc.constant({ type: "divider" as const }),
  fc.record({
    type: fc.constant("table" as const),
    columns: fc.array(fc.record({ label: text, align: fc.constantFrom("left" as const, "right" as const) }), {
      maxLength: 4,
    }),
    rows: fc.array(fc.array(text, { maxLength: 5 }), { maxLength: 4 }),
  }),
  fc.record({
    type: fc.constant("chart" as const),
    title: text,
    unit: text,
    series: fc.array(text, { minLength: 1, maxLength: 3 }),
    bars: fc.array(fc.record({ label: text, values: fc.array(number, { maxLength: 3 }) }), { maxLength: 4 }),
  }),
  fc
    .array(fc.oneof(fc.record({ label: text, run: text }), fc.record({ label: text, url })), { maxLength: 3 })
    .map((buttons) => ({ type: "buttons" as const, buttons })),
);
const message: fc.Arbitrary<Message> = fc.record({
  summary: text,
  title: text,
  blocks: fc.array(block, { maxLength: 4 }),
});
const width = fc.integer({ min: 20, max: 120 });

/** The widest thing that must stay whole in a line: an address, or a word that holds a figure, with its unit. */
function widestWhole(shown: string): number {
  const whole =
    shown.match(
      /https?:\S+|[<>~=¥$€£+−-]*(?:RMB )?[\p{L}\p{N}.,:/_+~–−=-]*\p{Nd}[\p{L}\p{N}.,:/_+~–−=-]*(?: ?[\p{L}%]+)?/gu,
    ) ?? [];
  return Math.max(0, ...whole.map(widthOf));
}

test("no line is wider than the screen, but for what must not be broken", () => {
  fc.assert(
    fc.property(message, width, (given, columns) => {
      // What stands before the text of a later line: a label in a card, a label and a bar in a chart.
      const lead = given.blocks.some(({ type }) => type === "chart")
        ? (columns * 2) / 3 + 8
        : columns / 4 + 1;
      for (const shown of renderText(given, { columns, colour: false }).split("\n")) {
        if (widthOf(shown) > columns) expect(widestWhole(shown), shown).toBeGreaterThan(columns - lead);
      }
    }),
  );
});

test("a line of prose with short figures fits at every width", () => {
  const words = [
    "19 EFLOPS",
    "6000 亿元",
    "GM-001",
    "2-4 家",
    "光明区",
    "the",
    "target",
    "（截至",
    "）",
    "🔴",
  ];
  const word = fc.tuple(fc.constantFrom(...words), fc.constantFrom(" ", "，")).map((pair) => pair.join(""));
  fc.assert(
    fc.property(fc.array(word, { maxLength: 60 }), width, (prose, columns) => {
      const given: Message = { summary: "", blocks: [{ type: "list", items: [[prose.join("")]] }] };
      const shown = renderText(given, { columns, colour: false }).split("\n");
      expect(Math.max(...shown.map(widthOf))).toBeLessThanOrEqual(columns);
    }),
  );
});

test("nothing in the data reaches the terminal as a control", () => {
  fc.assert(
    fc.property(message, width, (given, columns) => {
      expect(renderText(given, { columns, colour: false })).not.toMatch(
        /[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069]/u,
      );
      const coloured = renderText(given, { columns, colour: true });
      expect(coloured.replaceAll(/\u001b\[\d{1,2}m/g, "")).not.toMatch(/[^\P{Cc}\n]/u);
    }),
  );
});

test("the digits of every span survive, in order and unbroken", () => {
  fc.assert(
    fc.property(lines, width, fc.constantFrom("text", "list", "note"), (all, columns, type) => {
      const content: Block =
        type === "list" ? { type, items: all } : { type: type === "note" ? "note" : "text", lines: all };
      const shown = renderText({ summary: "", blocks: [content] }, { columns, colour: false });
      let from = 0;
      for (const whole of all) {
        for (const digits of whole
          .map((part) => cleanText(lineText([part])))
          .flatMap((part) => part.match(/\d[\d.,]*\d|\d/g) ?? [])) {
          const at = shown.indexOf(digits, from);
          expect(at, `${digits} in ${shown}`).toBeGreaterThanOrEqual(from);
          from = at + digits.length;
        }
      }
    }),
  );
});

test("colour changes nothing but the colour", () => {
  fc.assert(
    fc.property(message, width, (given, columns) => {
      const coloured = renderText({ ...given, tone: "warn" }, { columns, colour: true });
      expect(coloured.replaceAll(/\u001b\[\d{1,2}m/g, "")).toBe(
        renderText(given, { columns, colour: false }),
      );
    }),
  );
});
