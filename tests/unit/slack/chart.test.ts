import { describe, expect, test } from "vitest";
import { checkPayload } from "../../../src/adapters/slack/check.ts";
import { renderPlain } from "../../../src/adapters/slack/render-plain.ts";
import { renderSlack, renderWithTextCharts } from "../../../src/adapters/slack/render.ts";
import type { Block, Message } from "../../../src/message/message.ts";
import { visibleText } from "../../support/fake-slack-text.ts";

type Chart = Extract<Block, { type: "chart" }>;

const CAPACITY: Chart = {
  type: "chart",
  title: "Capacity",
  unit: "EFLOPS",
  series: ["read"],
  bars: [
    { label: "2025", values: [6.5] },
    { label: "2026", values: [13] },
  ],
};
const STANDINGS: Chart = {
  type: "chart",
  title: "各区承诺事项",
  unit: "项",
  series: ["未评定", "不可核"],
  bars: [
    { label: "澜汀", values: [3, 2] },
    { label: "云泊", values: [6, 0] },
  ],
};
const say = (...blocks: Block[]): Message => ({ summary: "s", blocks });
const types = (...blocks: Block[]) => renderSlack(say(...blocks)).blocks.map((block) => block.type);
const barsOf = (count: number, label = "d") =>
  Array.from({ length: count }, (_none, index) => ({ label: `${label}${index}`, values: [index] }));

test("a chart is Slack's own, with every figure in words below", () => {
  const payload = renderSlack(say(CAPACITY));
  expect(payload.blocks).toEqual([
    {
      type: "data_visualization",
      title: "Capacity (EFLOPS)",
      chart: {
        type: "bar",
        series: [
          {
            name: "read",
            data: [
              { label: "2025", value: 6.5 },
              { label: "2026", value: 13 },
            ],
          },
        ],
        axis_config: { categories: ["2025", "2026"] },
      },
    },
    { type: "context", elements: [{ type: "plain_text", text: "2025: 6.5\n2026: 13", emoji: false }] },
  ]);
  expect(checkPayload(payload)).toEqual([]);
});

test("the words are left out where a table of the same message says every figure", () => {
  const table = (cell: string): Block => ({
    type: "table",
    columns: [
      { label: "区", align: "left" },
      { label: "项数", align: "right" },
      { label: "未评定", align: "right" },
      { label: "不可核", align: "right" },
    ],
    rows: [
      ["澜汀", "5", "3", "2"],
      ["云泊", "6", "6", cell],
    ],
  });
  expect(types(table("0"), STANDINGS)).toEqual(["table", "data_visualization"]);
  expect(types(table("1"), STANDINGS)).toEqual(["table", "data_visualization", "context"]);
});

describe("a chart is bars of text with every figure", () => {
  const bars = `Capacity (EFLOPS)\n2025  ${"█".repeat(10)} 6.5\n2026  ${"█".repeat(20)} 13`;

  test("in the plain form, and where a refusal would not come back", () => {
    expect(visibleText(renderPlain(say(CAPACITY)))).toBe(bars);
    expect(visibleText(renderWithTextCharts(say(CAPACITY)))).toBe(bars);
  });

  test.each<[string, Partial<Chart>]>([
    ["a name of more than 20 characters", { bars: barsOf(2, "a district with a long name ") }],
    ["21 bars", { bars: barsOf(21) }],
    ["no bars", { bars: [] }],
    ["two bars of one name", { bars: [...barsOf(1), ...barsOf(1)] }],
    ["a bar without a name", { bars: [{ label: " ", values: [1] }] }],
    ["a missing figure", { bars: [{ label: "a", values: [] }] }],
    ["a figure that is none", { bars: [{ label: "a", values: [Number.NaN] }] }],
    ["seven series", { series: ["a", "b", "c", "d", "e", "f", "g"], bars: [] }],
    ["a title of more than 50 characters", { title: "t".repeat(51) }],
  ])("with %s", (_what, change) => {
    expect(types({ ...CAPACITY, ...change })).not.toContain("data_visualization");
  });

  test("from the third of a message on", () => {
    expect(types(CAPACITY, CAPACITY, CAPACITY).filter((type) => type === "data_visualization")).toHaveLength(
      2,
    );
  });
});

test("a unit that does not fit beside the title stands along the axis", () => {
  const [chart] = renderSlack(say({ ...CAPACITY, title: "t".repeat(50) })).blocks;
  expect(chart).toMatchObject({ title: "t".repeat(50), chart: { axis_config: { y_label: "EFLOPS" } } });
});
