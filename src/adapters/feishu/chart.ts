import type { Block } from "../../message/message.ts";
import type { CardChart, CardElement } from "./card.ts";
import { oneLine } from "./escape.ts";
import { LIMITS } from "./limits.ts";
import { chartHeading, chartLines } from "./plain-lines.ts";

type Chart = Extract<Block, { type: "chart" }>;

/** Pixels of a bar with its gap, and of title, axis and legend together. */
const BAR = 28;
const FRAME = 150;
/** Beyond this JavaScript no longer writes a whole number with all its digits. */
const WIDEST = Number.MAX_SAFE_INTEGER;

/** A name that can stand in a picture: short, and without anything that a tooltip might read as HTML. */
function isPlainName(name: string): boolean {
  return name !== "" && Array.from(name).length <= LIMITS.chartLabel && !/[<>&{}]/.test(name);
}

const areDistinct = (names: readonly string[]): boolean => new Set(names).size === names.length;
const isFigure = (value: number): boolean => Number.isFinite(value) && Math.abs(value) <= WIDEST;
const isCount = (value: number): boolean => Number.isInteger(value) && value >= 0;

/** Bars as a picture, or null where it could not show every figure under its own name. */
function nativeChart(chart: Chart): CardChart | null {
  const heading = chartHeading(chart);
  const series = chart.series.length === 0 ? [heading] : chart.series.map((name) => oneLine(name).trim());
  const labels = chart.bars.map(({ label }) => oneLine(label).trim());
  const isWhole = chart.bars.every(({ values }) => values.length === series.length && values.every(isFigure));
  if (!isWhole || labels.length === 0) return null;
  if (![...labels, ...series].every(isPlainName) || /[<>&{}]/.test(heading)) return null;
  if (!areDistinct(labels) || !areDistinct(series)) return null;
  const several = series.length > 1;
  // Counts are parts of a whole and share one bar; anything else stands side by side.
  const stack = several && chart.bars.every(({ values }) => values.every(isCount));
  const rows = labels.length * (several && !stack ? series.length : 1);
  if (rows > LIMITS.chartBars) return null;
  const values = chart.bars.flatMap((bar, at) =>
    bar.values.map((value, index) => ({
      label: labels[at] ?? "",
      series: series[index] ?? "",
      value,
      // In a stack the label of a part without length would stand on its neighbour.
      shown: stack && value === 0 ? "" : String(value),
    })),
  );
  return {
    tag: "chart",
    height: `${FRAME + BAR * rows}px`,
    chart_spec: {
      type: "bar",
      direction: "horizontal",
      data: [{ id: "figures", values }],
      xField: "value",
      yField: several && !stack ? ["label", "series"] : "label",
      seriesField: "series",
      stack,
      title: { visible: heading !== "", text: heading },
      legends: { visible: several, orient: "bottom" },
      label: { visible: true, position: stack ? "inside" : "outside", formatter: "{shown}" },
    },
  };
}

/**
 * A chart as a picture with the same figures as text below it, closed, for those whose client or reader shows no
 * picture; null where only the text can show it.
 */
export function chartElements(chart: Chart): CardElement[] | null {
  const picture = nativeChart(chart);
  if (picture === null) return null;
  const lines = chartLines(chart);
  const isChinese = /\p{Script=Han}/u.test(lines.join(""));
  const content = lines.join("\n");
  return [
    picture,
    {
      tag: "collapsible_panel",
      expanded: false,
      header: {
        title: { tag: "plain_text", content: isChinese ? "图中数字" : "Figures as text" },
        icon: { tag: "standard_icon", token: "down-small-ccm_outlined" },
        icon_position: "right",
        icon_expanded_angle: -180,
      },
      elements: [{ tag: "div", text: { tag: "plain_text", content } }],
    },
  ];
}
