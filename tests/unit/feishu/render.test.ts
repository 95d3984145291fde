import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FeishuCard } from "../../../src/adapters/feishu/card.ts";
import { checkCard } from "../../../src/adapters/feishu/check-card.ts";
import { clip, escapeMarkdown, oneLine } from "../../../src/adapters/feishu/escape.ts";
import { WEBHOOK_CARD } from "../../../src/adapters/feishu/limits.ts";
import { lineMarkdown } from "../../../src/adapters/feishu/markdown.ts";
import { renderFeishu, renderPlain, renderWebhook } from "../../../src/adapters/feishu/render.ts";
import type { Block } from "../../../src/message/message.ts";
import { cardText, shownMarkdown } from "../../support/fake-feishu-cards.ts";
import { message, refusal, text } from "./messages.ts";

/** What a card has Feishu read as markup. */
const markdownOf = (card: FeishuCard): string =>
  card.body.elements.map((element) => (element.tag === "markdown" ? element.content : "")).join("\n");

describe("any message at all", () => {
  it("becomes a card within Feishu's rules, and a plain one too", () => {
    fc.assert(
      fc.property(message, (any) => {
        for (const card of [renderFeishu(any), renderPlain(any)]) {
          expect(checkCard(card)).toEqual([]);
          expect(refusal(card)).toBeNull();
        }
        const pushed = renderWebhook(any);
        expect(checkCard(pushed, WEBHOOK_CARD)).toEqual([]);
        expect(refusal(pushed)).toBeNull();
        expect(markdownOf(pushed)).not.toContain("<person");
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
    expect(cardText(card)).toMatch(/… \d+ more lines?; narrow the question to see the rest/);
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

  it("shows a colleague by name without telling them, and nobody else's account as one", () => {
    const person = (platform: "feishu" | "slack", id: string) => ({ platform, workspace: null, id });
    expect(lineMarkdown([{ person: person("feishu", "ou_1a2b") }, "：评定"])).toBe(
      "<person id = 'ou_1a2b' show_name = true show_avatar = false style = 'normal'></person>：评定",
    );
    for (const other of [person("feishu", "all"), person("feishu", "ou_1' id='all"), person("slack", "U1")]) {
      expect(lineMarkdown([{ person: other }])).not.toContain("<");
    }
    const pushed = renderWebhook({
      summary: "s",
      blocks: [{ type: "text", lines: [[{ person: person("feishu", "ou_1a2b") }]] }],
    });
    expect(cardText(pushed)).toBe("feishu:ou_1a2b");
  });

  it("never begins a list, a rule or a code block with what was typed", () => {
    expect(lineMarkdown(["- x", { bold: "b" }])).toBe("&#45; x**b**");
    expect(lineMarkdown(["1", ". x"])).toBe("1&#46; x");
    expect(lineMarkdown(["    x"])).toBe("\u00A0\u00A0\u00A0\u00A0x");
  });

  it("turns buttons into callbacks with their line, and keeps them when text is cut", () => {
    const card = renderFeishu({
      summary: "清单",
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
    expect(cardText(rest)).toMatch(/^… 还有 \d+ 行放不下，请缩小范围再查$/);
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

  it("tells what to type where nobody receives a click", () => {
    const pushed = renderWebhook({
      summary: "周报",
      blocks: [
        {
          type: "buttons",
          buttons: [
            { label: "详情", run: "详情 LT-004" },
            { label: "出处", url: "https://example.org/" },
          ],
        },
      ],
    });
    expect(pushed.body.elements.map(({ tag }) => tag)).toEqual(["column_set", "div"]);
    expect(cardText(pushed)).toBe("出处\n详情：详情 LT-004");
  });

  it("uses three native tables and lines for the rest", () => {
    const table: Block = { type: "table", columns: [{ label: "区", align: "left" }], rows: [["光明"]] };
    expect(
      renderFeishu({ summary: "s", blocks: [table, table, table, table] }).body.elements.map(
        ({ tag }) => tag,
      ),
    ).toEqual(["table", "table", "table", "div"]);
  });

  it("shows no figure backwards", () => {
    expect(oneLine("\u202E91 EFLOPS\u2066")).toBe(" 91 EFLOPS ");
  });

  it("never cuts a title inside a figure", () => {
    expect(clip("总投资 1508.33 亿元", 9)).toBe("总投资…");
    expect(clip("short", 9)).toBe("short");
  });
});
