import type { Block } from "./message.ts";
import { cleanText, padTo, widthOf } from "./width.ts";
import { wrap, type Run } from "./wrap.ts";

type Table = Extract<Block, { type: "table" }>;

const GAP = "  ";

/** A table in columns of text; where that is too wide, each row as its first cell and "label: value" lines below it. */
export function tableLines(table: Table, columns: number): Run[][] {
  const labels = table.columns.map((column) => cleanText(column.label).trim());
  const rows = table.rows.map((row) => row.map((cell) => cleanText(cell).trim()));
  const count = Math.max(labels.length, ...rows.map((row) => row.length));
  const widths = Array.from({ length: count }, (_, at) =>
    Math.max(widthOf(labels[at] ?? ""), ...rows.map((row) => widthOf(row[at] ?? ""))),
  );
  const total = widths.reduce((sum, width) => sum + width, 0) + GAP.length * Math.max(0, count - 1);
  if (total > columns) return rows.flatMap((row) => record(row, labels, columns));
  const inColumns = (cells: readonly string[]): string =>
    widths
      .map((width, at) => padTo(cells[at] ?? "", width, table.columns[at]?.align ?? "left"))
      .join(GAP)
      .trimEnd();
  const body = rows.map((row): Run[] => [{ text: inColumns(row), look: "plain" }]);
  if (labels.every((label) => label === "")) return body;
  const rule = widths.map((width) => "-".repeat(width)).join(GAP);
  return [[{ text: inColumns(labels), look: "strong" }], [{ text: rule, look: "quiet" }], ...body];
}

function record(row: readonly string[], labels: readonly string[], columns: number): Run[][] {
  const [head = "", ...cells] = row;
  const lines = wrap([{ text: head, look: "strong" }], columns, "", "  ");
  for (const [at, cell] of cells.entries()) {
    if (cell === "") continue;
    lines.push(
      ...wrap([{ text: labelled(labels[at + 1] ?? "", cell), look: "plain" }], columns, "  ", "    "),
    );
  }
  return lines;
}

/** "label: value", with the colon of the label's script; the value alone where there is no label. */
export function labelled(label: string, value: string): string {
  return `${withColon(label)}${value}`;
}

/** A label with its colon: "目标：", "Target: "; a label that has one already gets none. */
export function withColon(label: string): string {
  if (label === "") return "";
  if (/[:：]$/u.test(label)) return label.endsWith(":") ? `${label} ` : label;
  return /\p{Script=Han}/u.test(label) ? `${label}：` : `${label}: `;
}
