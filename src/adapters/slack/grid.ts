import type { Block } from "../../message/message.ts";
import { widthOf } from "../../message/width.ts";
import { preformattedDraft, showable, type Draft } from "./draft.ts";
import { LIMITS } from "./limits.ts";
import { cleanLine, points } from "./measure.ts";

type Table = Extract<Block, { type: "table" }>;
type Chart = Extract<Block, { type: "chart" }>;
type Row = readonly string[];

/** Rows of one width, the header first; what a row lacks is empty. */
function tableRows(table: Table): readonly Row[] {
  const columns = table.rows.reduce((most, row) => Math.max(most, row.length), table.columns.length);
  return [table.columns.map((column) => column.label), ...table.rows].map((row) =>
    Array.from({ length: columns }, (_none, column) => showable(cleanLine(row[column] ?? ""))),
  );
}

function rowLength(row: Row): number {
  return row.reduce((total, cell) => total + points(cell), 0);
}

/** Slack's own table; null where the rows are none or too wide for it. A message may hold one only. */
export function nativeTable(table: Table): Draft | null {
  const [header, ...rows] = tableRows(table);
  if (header === undefined || header.length === 0 || rows.length === 0) return null;
  if (header.length > LIMITS.tableColumns) return null;
  const settings = header.map((_cell, column) => ({
    align: table.columns[column]?.align ?? ("left" as const),
    is_wrapped: true as const,
  }));
  return {
    fixed: rowLength(header),
    units: rows.map(rowLength),
    limit: LIMITS.tableRows - 1,
    build: (from, to) => ({
      type: "table",
      rows: [header, ...rows.slice(from, to)].map((row) => row.map((text) => ({ type: "raw_text", text }))),
      column_settings: settings,
    }),
  };
}

/** Cells wider than this push their row out instead of widening every other. */
const WIDEST = 32;

/** Columns on screen; a text much wider than any column need not be measured, which is slow. */
function width(text: string): number {
  return text.length > WIDEST * 4 ? text.length : widthOf(text);
}

function pad(cell: string, to: number, align: "left" | "right"): string {
  const gap = " ".repeat(Math.max(0, to - width(cell)));
  return align === "right" ? gap + cell : cell + gap;
}

/** A table as aligned text, Chinese counted as two columns. */
export function alignedLines(table: Table): readonly string[] {
  const rows = tableRows(table).map((row) => row.map((cell) => (cell === " " ? "" : cell)));
  const widths = (rows[0] ?? []).map((_cell, column) =>
    rows.reduce((most, row) => Math.max(most, Math.min(WIDEST, width(row[column] ?? ""))), 0),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => pad(cell, widths[column] ?? 0, table.columns[column]?.align ?? "left"))
      .join("  ")
      .trimEnd(),
  );
}

export function alignedTable(table: Table): Draft {
  return preformattedDraft(null, alignedLines(table), 1);
}

const LONGEST_BAR = 20;

/** A chart as bars of text: one line for each value, the figure written out. */
export function chartLines(chart: Chart): readonly string[] {
  const finite = chart.bars.flatMap((bar) => bar.values).filter((value) => Number.isFinite(value));
  const greatest = finite.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const rows = chart.bars.flatMap((bar) =>
    bar.values.map((value, index) => ({
      label: [bar.label, ...(chart.series.length > 1 ? [chart.series[index] ?? ""] : [])].join(" · "),
      value,
    })),
  );
  const labels = rows.map((row) => showable(cleanLine(row.label)));
  const widest = labels.reduce((most, label) => Math.max(most, Math.min(WIDEST, width(label))), 0);
  return rows.map((row, index) => {
    const share = greatest === 0 || !Number.isFinite(row.value) ? 0 : Math.abs(row.value) / greatest;
    const bar = "█".repeat(Math.round(share * LONGEST_BAR));
    const figure = Number.isFinite(row.value) ? String(row.value) : "–";
    return `${pad(labels[index] ?? "", widest, "left")}  ${bar}${bar === "" ? "" : " "}${figure}`;
  });
}

/** A chart's title with its unit in brackets. */
export function chartTitle(chart: Chart): string {
  const title = cleanLine(chart.title).trim();
  const unit = cleanLine(chart.unit).trim();
  if (title === "" || unit === "") return title + unit;
  return /\p{Script=Han}/u.test(title) ? `${title}（${unit}）` : `${title} (${unit})`;
}

export function chartDraft(chart: Chart): Draft {
  return preformattedDraft([{ bold: chartTitle(chart) }], chartLines(chart), 0);
}
