import type { Block } from "./message.ts";
import { cleanText, padTo, widthOf } from "./width.ts";
import { wrap, type Run } from "./wrap.ts";

type Chart = Extract<Block, { type: "chart" }>;

/** One sign per series, so that a stacked bar can be read without colour; every sign stands beside its word. */
const SIGNS = ["█", "░", "▓", "▒"] as const;

/** A chart as bars of text with their numbers. Several series of counts share one bar, others get a line each. */
export function chartLines(chart: Chart, columns: number): Run[][] {
  const title = heading(cleanText(chart.title).trim(), cleanText(chart.unit).trim());
  const lines = title === "" ? [] : wrap([{ text: title, look: "strong" }], columns);
  const labels = chart.bars.map((bar) => cleanText(bar.label).trim());
  const room = Math.min(Math.max(0, ...labels.map(widthOf)), Math.floor(columns / 3));
  const length = Math.max(4, Math.min(24, Math.floor((columns - room) / 3)));
  const together = chart.series.length > 1 && chart.bars.every((bar) => bar.values.every(isCount));
  const rows = together ? stacked(chart, length) : separate(chart, length);
  const edge = Math.max(0, ...rows.map((row) => row.bar.length));
  for (const { at, first, bar, words } of rows) {
    const label = labels[at] ?? "";
    const fits = widthOf(label) <= room;
    if (first && !fits) lines.push(...wrap([{ text: label, look: "plain" }], columns));
    const lead = padTo(first && fits ? label : "", room, "left");
    const indent = " ".repeat(room + 4);
    lines.push(
      ...wrap(words, columns, `${lead}  ${padTo(bar, edge, "left")}${edge > 0 ? "  " : ""}`, indent),
    );
  }
  return lines;
}

/** One line of the chart: which bar it belongs to, whether it is its first, what is drawn and what is said. */
interface Row {
  readonly at: number;
  readonly first: boolean;
  readonly bar: string;
  readonly words: readonly Run[];
}

function stacked(chart: Chart, length: number): Row[] {
  const top = Math.max(0, ...chart.bars.map((bar) => sum(bar.values)));
  return chart.bars.map(({ values }, at) => {
    const parts = values.map((value, series) => ({ value, series })).filter(({ value }) => value > 0);
    const bar = parts.map(({ value, series }) => signOf(series).repeat(cells(value, top, length))).join("");
    const words = parts.flatMap(({ value, series }, index): Run[] => [
      { text: index === 0 ? "" : " · ", look: "plain" },
      { text: `${signOf(series)} ${named(chart, series, String(value))}`, look: "plain", together: true },
    ]);
    return { at, first: true, bar, words: words.length === 0 ? [{ text: "0", look: "plain" }] : words };
  });
}

function separate(chart: Chart, length: number): Row[] {
  const top = Math.max(0, ...chart.bars.flatMap((bar) => bar.values.filter(Number.isFinite)));
  return chart.bars.flatMap(({ values }, at) =>
    (values.length === 0 ? [NaN] : values).map((value, series): Row => {
      const text = chart.series.length > 1 ? named(chart, series, numberText(value)) : numberText(value);
      const bar = SIGNS[0].repeat(cells(value, top, length));
      return { at, first: series === 0, bar, words: [{ text, look: "plain", together: true }] };
    }),
  );
}

/** Columns of a bar: something for everything above zero, nothing for the rest. */
function cells(value: number, top: number, length: number): number {
  return value > 0 ? Math.max(1, Math.round((Math.min(value, top) / top) * length)) : 0;
}

/** A number as it was given; what is not a number is a dash, never "NaN" and never zero. */
function numberText(value: number): string {
  return Number.isFinite(value) ? String(value) : "–";
}

function heading(title: string, unit: string): string {
  if (unit === "") return title;
  if (title === "") return unit;
  return /\p{Script=Han}/u.test(title) ? `${title}（${unit}）` : `${title} (${unit})`;
}

function signOf(at: number): string {
  return SIGNS[at % SIGNS.length] ?? SIGNS[0];
}

function named(chart: Chart, series: number, value: string): string {
  return [cleanText(chart.series[series] ?? "").trim(), value].filter((part) => part !== "").join(" ");
}

function isCount(value: number): boolean {
  return Number.isInteger(value) && value >= 0;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
