import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkCard } from "../../../src/adapters/feishu/check-card.ts";
import { clip, escapeMarkdown, oneLine } from "../../../src/adapters/feishu/escape.ts";
import { lineMarkdown } from "../../../src/adapters/feishu/markdown.ts";
import { renderFeishu, renderPlain } from "../../../src/adapters/feishu/render.ts";
import type { Block, Line, Message, Span } from "../../../src/message/message.ts";
import { cardRefusal, cardText, shownMarkdown } from "../../support/fake-feishu-cards.ts";

const HOSTILE = [
  "<at id=all></at>",
  '<at user_id="all">所有人</at>',
  "[click](https://evil.example)",
  "![x](img_v3_1)",
  "```js\n1\n```",
  ":DONE:",
  "**b** __b__ ~~s~~ `c`",
  "- item\n+ item\n1. item\n> quote\n# head\n---",
  "    indented",
  "https://evil.example www.evil.example a@evil.example",
  "&#60;at id=all&#62;",
  "<font color='blue'>x</font>",
  "](https://evil.example)",
  "\u0000\u0007\u2028\uD800",
  "$x$ | a | b |",
];

const text = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...HOSTILE) },
  { weight: 2, arbitrary: fc.string({ unit: "binary", maxLength: 60 }) },
  { weight: 2, arbitrary: fc.constantFrom("光明 · 智能算力", "突破 19 EFLOPS（年底）", "", " ") },
  { weight: 1, arbitrary: fc.string({ unit: "grapheme", minLength: 200, maxLength: 4000 }) },
);
const span: fc.Arbitrary<Span> = fc.oneof(
  text,
  fc.record({ bold: text }),
  fc.record({ code: text }),
  fc.record({
    url: fc.oneof(fc.webUrl({ withQueryParameters: true, withFragments: true }), text),
    label: text,
  }),
);
const line: fc.Arbitrary<Line> = fc.array(span, { maxLength: 5 });
const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ type: fc.constant("text" as const), lines: fc.array(line, { maxLength: 12 }) }),
  fc.record({ type: fc.constant("note" as const), lines: fc.array(line, { maxLength: 4 }) }),
  fc.record({ type: fc.constant("list" as const), items: fc.array(line, { maxLength: 40 }) }),
  fc.record({
    type: fc.constant("fields" as const),
    items: fc.array(fc.record({ label: text, value: line }), { maxLength: 8 }),
  }),
  fc.record({ type: fc.constant("quote" as const), text }),
  fc.record({ type: fc.constant("divider" as const) }),
  fc.record({
    type: fc.constant("table" as const),
    columns: fc.array(fc.record({ label: text, align: fc.constantFrom("left" as const, "right" as const) }), {
      maxLength: 60,
    }),
    rows: fc.array(fc.array(text, { maxLength: 6 }), { maxLength: 30 }),
  }),
  fc.record({
    type: fc.constant("chart" as const),
    title: text,
    unit: text,
    series: fc.array(text, { maxLength: 3 }),
    bars: fc.array(fc.record({ label: text, values: fc.array(fc.double(), { maxLength: 3 }) }), {
      maxLength: 12,
    }),
  }),
  fc.record({
    type: fc.constant("buttons" as const),
    buttons: fc.array(
      fc.oneof(
        fc.record({ label: text, url: fc.oneof(fc.webUrl(), text) }),
        fc.record({ label: text, run: text, replace: fc.boolean(), primary: fc.boolean() }),
      ),
      { maxLength: 12 },
    ),
  }),
);
const message: fc.Arbitrary<Message> = fc.record(
  {
    summary: text,
    title: text,
    tone: fc.constantFrom(
      "plain" as const,
      "good" as const,
      "warn" as const,
      "bad" as const,
      "info" as const,
    ),
    blocks: fc.array(block, { maxLength: 14 }),
  },
  { requiredKeys: ["summary", "blocks"] },
);

describe("any message at all", () => {
  it("becomes a card within Feishu's rules, and a plain one too", () => {
    fc.assert(
      fc.property(message, (any) => {
        for (const card of [renderFeishu(any), renderPlain(any)]) {
          expect(checkCard(card)).toEqual([]);
          expect(cardRefusal(JSON.stringify(card))).toBeNull();
        }
      }),
      { numRuns: 150 },
    );
  });

  it("keeps typed text as text: no mention, link, fence or emoji code of its own", () => {
    fc.assert(
      fc.property(text, (typed) => {
        const escaped = escapeMarkdown(typed);
        expect(escaped).not.toMatch(/[<>`\\|!{}$~@^=()_*[\]\n]|:|www\./i);
        expect(shownMarkdown(escaped)).toBe(oneLine(typed));
      }),
    );
  });

  it.each<[string, Block]>([
    ["lines", { type: "text", lines: Array.from({ length: 5000 }, (_, index) => [`${index} · 承诺事项`]) }],
    ["marked lines", { type: "list", items: Array.from({ length: 5000 }, () => [{ bold: "光明" }, " x"]) }],
    [
      "rows",
      {
        type: "table",
        columns: [{ label: "区", align: "left" }],
        rows: Array.from({ length: 5000 }, () => ["光明"]),
      },
    ],
    [
      "buttons",
      { type: "buttons", buttons: Array.from({ length: 500 }, (_, n) => ({ label: `b${n}`, run: "help" })) },
    ],
    ["one huge line", { type: "text", lines: [["😀".repeat(250_000)]] }],
    ["a huge quote", { type: "quote", text: "x\n".repeat(20_000) }],
  ])("says how much of too many %s is left out", (_name, huge) => {
    const card = renderFeishu({ summary: "s", blocks: [huge] });
    expect(checkCard(card)).toEqual([]);
    expect(cardText(card)).toMatch(/… \+\d+ 行 \/ lines/);
    expect(checkCard(renderPlain({ summary: "s", blocks: [huge] }))).toEqual([]);
  });
});

describe("a card", () => {
  const show = (blocks: Block[]): unknown => renderFeishu({ summary: "s", blocks }).body.elements;

  it("has a title, a colour and a summary", () => {
    expect(renderFeishu({ summary: "GM-001", title: "光明区 · 智能算力", tone: "bad", blocks: [] })).toEqual({
      schema: "2.0",
      config: { update_multi: true, summary: { content: "GM-001" } },
      header: { title: { tag: "plain_text", content: "光明区 · 智能算力" }, template: "red" },
      body: { elements: [{ tag: "div", text: { tag: "plain_text", content: "GM-001" } }] },
    });
  });

  it("sends unmarked lines as plain text and marked ones as escaped markdown", () => {
    expect(show([{ type: "text", lines: [["目标：>19"], ["*"]] }])).toEqual([
      { tag: "div", text: { tag: "plain_text", content: "目标：>19\n*" } },
    ]);
    expect(show([{ type: "text", lines: [[{ bold: "目标" }, " >19 ", { code: "历程 GM-001" }]] }])).toEqual([
      { tag: "markdown", content: "**目标** &#62;19 <font color='blue'>历程 GM-001</font>" },
    ]);
  });

  it("links only to http and https", () => {
    const to = (url: string): string => lineMarkdown([{ url, label: "source" }]);
    expect(to("https://example.org/a_(b)?c=1;d")).toBe("[source](https://example.org/a_%28b%29?c=1%3Bd)");
    expect(to("javascript:alert(1)")).toBe("source");
    expect(to("not an address")).toBe("source");
  });

  it("keeps bold readable beside punctuation and other bold", () => {
    expect(lineMarkdown(["目标", { bold: "（年底）" }, "完成"])).toBe("目标 **（年底）** 完成");
    expect(lineMarkdown([{ bold: "a" }, { bold: "b" }])).toBe("**a** **b**");
    expect(lineMarkdown(["目标", { bold: "年底" }, "完成"])).toBe("目标**年底**完成");
  });

  it("never begins a list, a rule or a code block with what was typed", () => {
    expect(lineMarkdown(["- x", { bold: "b" }])).toBe("&#45; x**b**");
    expect(lineMarkdown(["1", ". x"])).toBe("1&#46; x");
    expect(lineMarkdown(["    x"])).toBe("\u00A0\u00A0\u00A0\u00A0x");
  });

  it("turns buttons into callbacks with their line, and keeps them when text is cut", () => {
    const card = renderFeishu({
      summary: "s",
      blocks: [
        { type: "text", lines: Array.from({ length: 3000 }, (_, index) => [`line ${index}`]) },
        {
          type: "buttons",
          buttons: [
            { label: "下一页", run: "list page:2", replace: true, primary: true },
            { label: "Source", url: "https://example.org/" },
          ],
        },
      ],
    });
    const [text, rest, buttons] = card.body.elements;
    expect(text?.tag).toBe("div");
    expect(cardText(rest)).toMatch(/^… \+\d+ 行/);
    expect(buttons).toMatchObject({
      tag: "column_set",
      columns: [
        {
          elements: [
            {
              type: "primary",
              text: { content: "下一页" },
              behaviors: [{ type: "callback", value: { v: 1, run: "list page:2", replace: true } }],
            },
          ],
        },
        { elements: [{ behaviors: [{ type: "open_url", default_url: "https://example.org/" }] }] },
      ],
    });
  });

  it("uses three native tables and lines for the rest", () => {
    const table: Block = { type: "table", columns: [{ label: "区", align: "left" }], rows: [["光明"]] };
    expect(
      renderFeishu({ summary: "s", blocks: [table, table, table, table] }).body.elements.map(
        ({ tag }) => tag,
      ),
    ).toEqual(["table", "table", "table", "div"]);
  });

  it("draws a chart as text with its figures", () => {
    const chart: Block = {
      type: "chart",
      title: "看板",
      unit: "项",
      series: ["未评定", "不可核"],
      bars: [
        { label: "光明", values: [6, 0] },
        { label: "南山", values: [3, 1] },
      ],
    };
    expect(cardText(renderFeishu({ summary: "s", blocks: [chart] }))).toBe(
      "看板 (项)\n光明  未评定 ████████████ 6 · 不可核 0\n南山  未评定 ██████ 3 · 不可核 ██ 1",
    );
  });

  it("never cuts a title inside a figure", () => {
    expect(clip("总投资 1508.33 亿元", 9)).toBe("总投资…");
    expect(clip("short", 9)).toBe("short");
  });
});

describe("checkCard", () => {
  const good = renderFeishu({ summary: "s", blocks: [{ type: "text", lines: [[{ bold: "b" }]] }] });
  const withBody = (elements: unknown[]): unknown => ({ ...good, body: { elements } });

  it.each<[string, unknown]>([
    ["an unknown property", { ...good, extra: 1 }],
    ["an unknown element", withBody([{ tag: "note" }])],
    ["an empty text", withBody([{ tag: "div", text: { tag: "plain_text", content: "" } }])],
    ["a mention", withBody([{ tag: "markdown", content: "<at id=all></at>" }])],
    ["an unescaped link", withBody([{ tag: "markdown", content: "[a](javascript:x)" }])],
    ["a list", withBody([{ tag: "markdown", content: "x\n- y" }])],
    ["too many components", withBody(Array.from({ length: 181 }, () => ({ tag: "hr" })))],
    ["too many bytes", withBody([{ tag: "markdown", content: "光".repeat(10_000) }])],
    ["no card", null],
  ])("finds %s", (_name, card) => {
    expect(checkCard(card)).not.toEqual([]);
  });
});
