import type { Block, Line } from "../../message/message.ts";
import { withColon } from "../../message/text-table.ts";
import { noteDraft, type Draft } from "./draft.ts";
import { chartTitle, chartDraft } from "./grid.ts";
import { LIMITS } from "./limits.ts";
import { cleanLine, points } from "./measure.ts";
import type { SlackChart } from "./payload.ts";

type Chart = Extract<Block, { type: "chart" }>;

/** A text as Slack takes it in a chart, null where it is none or would have to be cut. */
function named(text: string, max: number): string | null {
  const name = cleanLine(text).trim();
  return name === "" || points(name) > max ? null : name;
}

/** All of them, each once; null where one does not fit. */
function namedAll(texts: readonly string[], most: number): readonly string[] | null {
  if (texts.length === 0 || texts.length > most) return null;
  const names = texts.flatMap((text) => named(text, LIMITS.chartLabel) ?? []);
  return names.length === texts.length && new Set(names).size === names.length ? names : null;
}

/** Title and unit: together where they fit, else the unit along the axis. */
function heading(chart: Chart): { readonly title: string; readonly unit: string | null } | null {
  const together = named(chartTitle(chart), LIMITS.chartTitle);
  if (together !== null) return { title: together, unit: null };
  const title = named(chart.title, LIMITS.chartTitle);
  const unit = named(chart.unit, LIMITS.chartAxis);
  return title === null || unit === null ? null : { title, unit };
}

/** Slack's own chart; null where a name would be cut, a figure is missing or there is more than it holds. */
export function nativeChart(chart: Chart): SlackChart | null {
  const head = heading(chart);
  const names = namedAll(chart.series, LIMITS.chartSeries);
  const categories = namedAll(
    chart.bars.map((bar) => bar.label),
    LIMITS.chartPoints,
  );
  if (head === null || names === null || categories === null) return null;
  const whole = chart.bars.every(
    (bar) => bar.values.length === names.length && bar.values.every((value) => Number.isFinite(value)),
  );
  if (!whole) return null;
  return {
    type: "data_visualization",
    title: head.title,
    chart: {
      type: "bar",
      series: names.map((name, at) => ({
        name,
        data: categories.map((label, bar) => ({ label, value: chart.bars[bar]?.values[at] ?? 0 })),
      })),
      axis_config: {
        categories: [...categories],
        ...(head.unit === null ? {} : { y_label: head.unit }),
      },
    },
  };
}

/** Every text that a chart shows. */
export function chartTexts({ title, chart }: SlackChart): readonly string[] {
  const { categories, y_label } = chart.axis_config;
  return [title, y_label ?? "", ...categories, ...chart.series.map((series) => series.name)];
}

/** True where a table of the same message says every figure of the chart under the same names. */
function saidBy(chart: Chart, blocks: readonly Block[]): boolean {
  return blocks.some((block) => {
    if (block.type !== "table") return false;
    const columns = chart.series.map((name) => block.columns.findIndex(({ label }) => label === name));
    return chart.bars.every((bar) => {
      const row = block.rows.find(([label]) => label === bar.label);
      return bar.values.every((value, at) => row?.[columns[at] ?? -1] === String(value));
    });
  });
}

/** The chart's figures in words: Slack's own chart shows them as lengths only. */
function figureLines(chart: Chart): readonly Line[] {
  return chart.bars.map((bar) => {
    const figures = bar.values.map((value, at) =>
      chart.series.length > 1 ? `${cleanLine(chart.series[at] ?? "")} ${value}` : String(value),
    );
    return [`${withColon(cleanLine(bar.label).trim())}${figures.join(" · ")}`];
  });
}

/**
 * A chart beside the other blocks of its message: Slack's own where it is allowed and loses nothing, with its figures
 * below in words unless a table says them; else bars of text.
 */
export function chartDrafts(chart: Chart, native: boolean, blocks: readonly Block[]): readonly Draft[] {
  const block = native ? nativeChart(chart) : null;
  if (block === null) return [chartDraft(chart)];
  const length = chartTexts(block).reduce((total, text) => total + points(text), 0);
  const drawn: Draft = { fixed: 0, units: [length], native: true, build: () => block };
  return saidBy(chart, blocks) ? [drawn] : [drawn, noteDraft(figureLines(chart))];
}
