import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CardChart } from "../../../src/adapters/feishu/card.ts";
import { renderFeishu } from "../../../src/adapters/feishu/render.ts";
import type { Block } from "../../../src/message/message.ts";
import { cardText } from "../../support/fake-feishu-cards.ts";

type Chart = Extract<Block, { type: "chart" }>;
const standings: Chart = {
  type: "chart",
  title: "看板",
  unit: "项",
  series: ["未评定", "不可核"],
  bars: [
    { label: "澜汀", values: [6, 0] },
    { label: "秋河", values: [3, 1] },
  ],
};
const show = (chart: Chart) => renderFeishu({ summary: "s", blocks: [chart] });
const pictureOf = (chart: Chart): CardChart | null => {
  const [first] = show(chart).body.elements;
  return first?.tag === "chart" ? first : null;
};

describe("a chart", () => {
  it("is a picture, and the same figures as text for those who see none", () => {
    const { body } = show(standings);
    expect(body.elements.map(({ tag }) => tag)).toEqual(["chart", "collapsible_panel"]);
    expect(cardText(body.elements[1])).toBe(
      "图中数字\n看板（项）\n澜汀  未评定 ████████████ 6 · 不可核 0\n秋河  未评定 ██████ 3 · 不可核 ██ 1",
    );
  });

  it("stacks counts, with a label for every part that has a length", () => {
    const spec = pictureOf(standings)?.chart_spec;
    expect(spec).toMatchObject({ stack: true, yField: "label", title: { text: "看板（项）" } });
    expect(spec?.data[0]?.values).toEqual([
      { label: "澜汀", series: "未评定", value: 6, shown: "6" },
      { label: "澜汀", series: "不可核", value: 0, shown: "" },
      { label: "秋河", series: "未评定", value: 3, shown: "3" },
      { label: "秋河", series: "不可核", value: 1, shown: "1" },
    ]);
  });

  it("sets side by side what is no count, and names the one series after the chart", () => {
    const measured = { ...standings, bars: [{ label: "澜汀", values: [6.5, 8.2] }] };
    expect(pictureOf(measured)?.chart_spec).toMatchObject({ stack: false, yField: ["label", "series"] });
    const one = pictureOf({ ...standings, series: [], bars: [{ label: "澜汀", values: [8.2] }] });
    expect(one?.chart_spec).toMatchObject({ legends: { visible: false }, yField: "label" });
    expect(one?.chart_spec.data[0]?.values).toEqual([
      { label: "澜汀", series: "看板（项）", value: 8.2, shown: "8.2" },
    ]);
  });

  it.each<[string, Partial<Chart>]>([
    ["a figure that is none", { bars: [{ label: "澜汀", values: [NaN, 1] }] }],
    ["a figure that is missing", { bars: [{ label: "澜汀", values: [1] }] }],
    ["two bars of one name", { bars: [standings.bars[0], standings.bars[0]].flatMap((bar) => bar ?? []) }],
    ["two series of one name", { series: ["a", "a"] }],
    ["a bar without a name", { bars: [{ label: " ", values: [1, 2] }] }],
    ["no bars", { bars: [] }],
    [
      "more bars than can be told apart",
      { bars: Array.from({ length: 31 }, (_, n) => ({ label: `b${n}`, values: [1, n] })) },
    ],
    [
      "more bars side by side than can be told apart",
      { bars: Array.from({ length: 16 }, (_, n) => ({ label: `b${n}`, values: [1.5, n] })) },
    ],
    ["a name that a tooltip might read as HTML", { series: ["<img src=x onerror=alert(1)>", "b"] }],
  ])("stays text with %s", (_name, change) => {
    const chart = { ...standings, ...change };
    expect(pictureOf(chart)).toBeNull();
    expect(cardText(show(chart))).toContain("看板（项）");
  });

  it("is text from the sixth on", () => {
    const { body } = renderFeishu({ summary: "s", blocks: Array.from({ length: 6 }, () => standings) });
    expect(body.elements.map(({ tag }) => tag)).toEqual([
      ...Array.from({ length: 5 }, () => ["chart", "collapsible_panel"]).flat(),
      "div",
    ]);
  });

  it("loses and rounds no figure, in the picture and in the text", () => {
    const figures = fc.array(fc.tuple(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.nat()), {
      minLength: 1,
      maxLength: 20,
    });
    fc.assert(
      fc.property(figures, (rows) => {
        const chart = { ...standings, bars: rows.map((values, at) => ({ label: `第${at}项`, values })) };
        const text = cardText(show(chart)).split("\n").slice(-rows.length);
        rows.forEach(([first, second], at) => {
          expect(text[at]?.replaceAll(/█+ /g, "")).toBe(`第${at}项  未评定 ${first} · 不可核 ${second}`);
        });
        const drawn = pictureOf(chart)?.chart_spec.data[0]?.values.map(({ value }) => value);
        if (drawn !== undefined) expect(drawn).toEqual(rows.flat());
      }),
    );
  });
});
