import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readButtonValue } from "../../../src/adapters/slack/buttons.ts";
import { checkPayload } from "../../../src/adapters/slack/check.ts";
import type { SlackPayload } from "../../../src/adapters/slack/payload.ts";
import { renderPlain } from "../../../src/adapters/slack/render-plain.ts";
import { renderSlack, renderWithTextCharts } from "../../../src/adapters/slack/render.ts";
import type { Block, Message } from "../../../src/message/message.ts";
import { refusePayload } from "../../support/fake-slack-rules.ts";
import { visibleText } from "../../support/fake-slack-text.ts";
import { anyMessage } from "./messages.ts";

const say = (...blocks: Block[]): Message => ({ summary: "s", blocks });
const types = (payload: SlackPayload) => payload.blocks.map((block) => block.type);

test("a table of characters that have no width is laid out, not refused", () => {
  const table = { type: "table" as const, columns: [], rows: [["\u{13430}"], ["a"]] };
  expect(checkPayload(renderSlack({ summary: "x", blocks: [table, table] }))).toEqual([]);
});

describe("any message", () => {
  test("is within every limit, by the table and by the fake's own rules", () => {
    fc.assert(
      fc.property(anyMessage, (message) => {
        const text = renderWithTextCharts(message);
        expect(types(text)).not.toContain("data_visualization");
        for (const payload of [renderSlack(message), text, renderPlain(message)]) {
          expect(refusePayload(payload)).toEqual([]);
          expect(payload.text).not.toMatch(/[<>]/);
        }
      }),
      { numRuns: 30 },
    );
  });

  test("can mention nobody: the one text that Slack interprets is escaped", () => {
    const payload = renderSlack({
      summary: "<!channel>",
      blocks: [{ type: "text", lines: [["<!channel> <@U1>"]] }],
    });
    expect(payload).toEqual({
      text: "&lt;!channel&gt;",
      blocks: [
        {
          type: "rich_text",
          elements: [{ type: "rich_text_section", elements: [{ type: "text", text: "<!channel> <@U1>" }] }],
        },
      ],
    });
  });
});

describe("what does not fit", () => {
  const rows = Array.from({ length: 900 }, (_none, index) => `LT-${index}: 1,830.5 亿元 by 2026-12-31`);

  test("is left out by whole lines, and the last block says how many", () => {
    const payload = renderSlack(say({ type: "text", lines: rows.map((row) => [row]) }));
    const shown = visibleText(payload).split("\n");
    const closing = shown.pop();
    expect(shown).toEqual(rows.slice(0, shown.length));
    const left = rows.length - shown.length;
    expect(closing).toBe(
      `… 还有 ${left} 行，缩小范围再问可见 / ${left} more lines; ask for less to see them`,
    );
    expect(shown.length).toBeGreaterThan(200);
  });

  test("takes nothing away from the buttons, which stay before the closing line", () => {
    const next: Block = { type: "buttons", buttons: [{ label: "Next", run: "list page:2" }] };
    const payload = renderSlack(say({ type: "list", items: rows.map((row) => [row]) }, next));
    expect(types(payload)).toEqual(["rich_text", "actions", "rich_text"]);
    const plain = renderPlain(say({ type: "list", items: rows.map((row) => [row]) }, next));
    expect(visibleText(plain)).toContain("\nNext: list page:2\n");
    expect(visibleText(plain)).toMatch(/\n… 还有 \d+ 行.*more lines/);
  });

  test("of a table are rows beyond Slack's hundred", () => {
    const table: Block = {
      type: "table",
      columns: [{ label: "n", align: "right" }],
      rows: Array.from({ length: 150 }, (_none, index) => [String(index)]),
    };
    const payload = renderSlack(say(table));
    expect(payload.blocks[0]).toMatchObject({ type: "table", column_settings: [{ align: "right" }] });
    expect(visibleText(payload)).toContain("\n98\n… 还有 51 行");
  });
});

describe("blocks", () => {
  const table = (cells: string[][]): Block => ({
    type: "table",
    columns: [
      { label: "District", align: "left" },
      { label: "EFLOPS", align: "right" },
    ],
    rows: cells,
  });

  test("the first table is Slack's own, the second aligned text with Chinese two wide", () => {
    const payload = renderSlack(
      say(
        table([["Lanting", ""]]),
        table([
          ["澜汀", "8.2"],
          ["Qiuhe", "12"],
        ]),
      ),
    );
    expect(types(payload)).toEqual(["table", "rich_text"]);
    expect(visibleText(payload).split("\n").slice(2)).toEqual([
      "District  EFLOPS",
      "澜汀         8.2",
      "Qiuhe         12",
    ]);
  });

  test("fields have bold labels, links only go to the web, a title is a header", () => {
    const payload = renderSlack({
      summary: "s",
      title: "LT-004",
      blocks: [
        { type: "fields", items: [{ label: "Target", value: ["19"] }] },
        {
          type: "text",
          lines: [
            [
              { url: "javascript:x", label: "bad" },
              { url: "https://example.org/", label: "ok" },
            ],
          ],
        },
        { type: "note", lines: [["as of Monday"]] },
      ],
    });
    expect(payload.blocks).toMatchObject([
      { type: "header", text: { text: "LT-004", emoji: false } },
      { elements: [{ elements: [{ text: "Target: ", style: { bold: true } }, { text: "19" }] }] },
      {
        elements: [
          {
            elements: [
              { type: "text", text: "bad" },
              { type: "link", text: "ok" },
            ],
          },
        ],
      },
      { type: "context" },
    ]);
  });

  test("a message without blocks shows its summary", () => {
    expect(visibleText(renderSlack({ summary: "nothing <new>", blocks: [] }))).toBe("nothing <new>");
  });
});

describe("buttons", () => {
  test("carry their line there and back", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", minLength: 1 }), fc.boolean(), (run, replace) => {
        const { blocks } = renderSlack(say({ type: "buttons", buttons: [{ label: "x", run, replace }] }));
        const [actions] = blocks;
        const [button] = actions?.type === "actions" ? actions.elements : [];
        expect(button !== undefined && "value" in button ? readButtonValue(button.value) : null).toEqual({
          run,
          replace,
        });
      }),
    );
  });

  test("whose line is too long for one are shown as the line to send", () => {
    const run = `note LT-001 ${"x".repeat(2_000)}`;
    const payload = renderSlack(say({ type: "buttons", buttons: [{ label: "Note", run }] }));
    expect(types(payload)).toEqual(["rich_text"]);
    expect(visibleText(payload)).toBe(`Note: ${run}`);
  });

  test("that have no room as buttons are lines like any others", () => {
    const many = Array.from({ length: 20 }, (_none, index) => ({
      label: `b${index}`,
      run: "x".repeat(1_500),
    }));
    const block: Block = { type: "buttons", buttons: many };
    const payload = renderSlack(say(block));
    expect(types(payload)).not.toContain("actions");
    const words = visibleText(payload);
    const shown = many.filter(({ label, run }) => words.includes(`${label}: ${run}`));
    expect(shown).toEqual(many.slice(0, shown.length));
    expect(shown.length).toBeGreaterThan(0);
    expect(words).toContain(`还有 ${many.length - shown.length} 行`);
  });

  test("of more than one row have ids of their own", () => {
    const buttons = Array.from({ length: 60 }, (_none, index) => ({ label: `b${index}`, run: "x" }));
    const payload = renderSlack(say({ type: "buttons", buttons }, { type: "buttons", buttons }));
    expect(types(payload)).toEqual(Array.from({ length: 6 }, () => "actions"));
    expect(checkPayload(payload)).toEqual([]);
  });

  test.each(["", "x", "{}", '{"run":""}', '{"run":1}', '{"run":"x","more":1}', "null"])(
    "refuse %s",
    (value) => {
      expect(readButtonValue(value)).toBeNull();
    },
  );
});
