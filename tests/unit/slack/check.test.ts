import { expect, test } from "vitest";
import { checkPayload } from "../../../src/adapters/slack/check.ts";

const section = (text: string) => ({ type: "section", text: { type: "plain_text", text, emoji: false } });
const button = (action_id: string, more: object) => ({
  type: "button",
  action_id,
  text: { type: "plain_text", text: "b", emoji: false },
  ...more,
});
const actions = (...elements: object[]) => ({ type: "actions", elements });
const rich = (...elements: object[]) => ({
  type: "rich_text",
  elements: [{ type: "rich_text_section", elements }],
});
const table = (rows: number, columns: number, text = "x") => ({
  type: "table",
  rows: Array.from({ length: rows }, () =>
    Array.from({ length: columns }, () => ({ type: "raw_text", text })),
  ),
  column_settings: [],
});

const chart = (labels: readonly string[], series: readonly string[], change: object = {}) => ({
  type: "data_visualization",
  title: "t",
  chart: {
    type: "bar",
    series: series.map((name) => ({ name, data: labels.map((label) => ({ label, value: 1 })) })),
    axis_config: { categories: labels },
    ...change,
  },
});
const names = (count: number) => Array.from({ length: count }, (_none, n) => `n${n}`);

test("a payload at the limits passes", () => {
  const blocks = [
    ...Array.from({ length: 3 }, () => section("数".repeat(2_900))),
    ...Array.from({ length: 47 }, () => ({ type: "divider" })),
  ];
  expect(checkPayload({ text: "x".repeat(4_000), blocks })).toEqual([]);
  const charts = [chart(names(20), names(6)), chart(["数".repeat(20)], ["x".repeat(20)])];
  expect(checkPayload({ text: "x", blocks: [...charts, table(100, 20)] })).toEqual([]);
});

test.each<[string, unknown]>([
  ["51 blocks", Array.from({ length: 51 }, () => ({ type: "divider" }))],
  ["no blocks", []],
  ["a section of 3,001", [section("数".repeat(3_001))]],
  ["an empty section", [section("")]],
  ["more than 9,000 in all", Array.from({ length: 4 }, () => section("x".repeat(2_500)))],
  ["two tables", [table(1, 1), table(1, 1)]],
  ["101 rows", [table(101, 1)]],
  ["21 columns", [table(1, 21)]],
  ["an empty cell", [table(1, 1, "")]],
  ["rows of different lengths", [{ ...table(1, 1), rows: [...table(1, 1).rows, ...table(1, 2).rows] }]],
  ["three charts", [chart(["a"], ["x"]), chart(["a"], ["x"]), chart(["a"], ["x"])]],
  ["a chart of 21 points", [chart(names(21), ["x"])]],
  ["a chart of seven series", [chart(["a"], names(7))]],
  ["a chart without points", [chart([], ["x"])]],
  ["a chart's name of 21", [chart(["数".repeat(21)], ["x"])]],
  ["a chart's title of 51", [{ ...chart(["a"], ["x"]), title: "t".repeat(51) }]],
  ["a chart's name twice", [chart(["a", "a"], ["x"])]],
  ["a chart's series twice", [chart(["a"], ["x", "x"])]],
  ["a chart whose series lack a point", [chart(["a"], ["x"], { axis_config: { categories: ["a", "b"] } })]],
  ["26 buttons", [actions(...Array.from({ length: 26 }, (_none, n) => button(`run:${n}`, { value: "x" })))]],
  ["an action_id twice", [actions(button("a", { value: "x" }), button("a", { value: "y" }))]],
  ["a value of 2,001", [actions(button("a", { value: "x".repeat(2_001) }))]],
  ["a link that is no web link", [rich({ type: "link", url: "javascript:x", text: "x" })]],
  ["a mention of everybody", [rich({ type: "broadcast", range: "channel" })]],
  ["a person that is none", [rich({ type: "user", user_id: "everyone" })]],
  ["a channel that is none", [rich({ type: "channel", channel_id: "everyone" })]],
  ["markup", [{ type: "section", text: { type: "mrkdwn", text: "*x*" } }]],
  ["a block of another kind", [{ type: "image", image_url: "https://example.org/x.png", alt_text: "x" }]],
])("%s is refused", (_what, blocks) => {
  expect(checkPayload({ text: "x", blocks })).not.toEqual([]);
});

test.each(["", "x".repeat(4_001), "<!channel>", "a & b", "a > b"])("the text %j is refused", (text) => {
  expect(checkPayload({ text, blocks: [{ type: "divider" }] })).not.toEqual([]);
});
