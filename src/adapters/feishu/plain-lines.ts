import { spanText, type Block, type Line, type Span } from "../../message/message.ts";
import { oneLine } from "./escape.ts";

const BAR_CELLS = 12;

function plainSpan(span: Span): string {
  if (typeof span === "string") return span;
  if ("bold" in span) return span.bold;
  if ("code" in span) return span.code;
  if ("person" in span || "place" in span) return spanText(span);
  return span.label === span.url || span.label.trim() === "" ? span.url : `${span.label} ${span.url}`;
}

/** A line without markup; a link keeps its address. */
export function plainLine(line: Line): string {
  return oneLine(line.map(plainSpan).join(""));
}

/** What stands between a label and its value, by the label's script. */
export function colonAfter(label: string): string {
  return /\p{Script=Han}/u.test(label) ? "：" : ": ";
}

/** A table as lines, for the places where no native table fits. */
export function tableLines(table: Extract<Block, { type: "table" }>): string[] {
  const heading = table.columns.map((column) => oneLine(column.label)).join(" | ");
  return [heading, ...table.rows.map((row) => row.map(oneLine).join(" | "))];
}

/** A chart's title with its unit. */
export function chartHeading(chart: Extract<Block, { type: "chart" }>): string {
  const title = oneLine(chart.title).trim();
  const unit = oneLine(chart.unit).trim();
  if (title === "" || unit === "") return `${title}${unit}`;
  return /\p{Script=Han}/u.test(title) ? `${title}（${unit}）` : `${title} (${unit})`;
}

/** A chart as text: its heading, then a line for each bar with all its figures. */
export function chartLines(chart: Extract<Block, { type: "chart" }>): string[] {
  const all = chart.bars.flatMap((bar) => bar.values).filter(Number.isFinite);
  const most = Math.max(1e-9, ...all.map(Math.abs));
  const drawn = (value: number): string =>
    value === 0 ? "" : "█".repeat(Math.max(1, Math.round((Math.abs(value) / most) * BAR_CELLS)));
  const figure = (value: number | undefined): string =>
    value === undefined || !Number.isFinite(value) ? "–" : `${drawn(value)} ${value}`.trim();
  const lines = chart.bars.map((bar) => {
    const label = oneLine(bar.label);
    if (chart.series.length <= 1) return `${label}  ${figure(bar.values[0])}`;
    const parts = chart.series.map((name, index) => `${oneLine(name)} ${figure(bar.values[index])}`);
    return `${label}  ${parts.join(" · ")}`;
  });
  return [chartHeading(chart), ...lines].filter((line) => line !== "");
}

/** A block as lines of plain text: the form of last resort, and what Feishu's own text elements are made from. */
export function blockLines(block: Block): string[] {
  switch (block.type) {
    case "text":
    case "note":
      return block.lines.map(plainLine);
    case "fields":
      return block.items.map(
        (item) => `${oneLine(item.label)}${colonAfter(item.label)}${plainLine(item.value)}`,
      );
    case "list":
      return block.items.map((item) => `• ${plainLine(item)}`);
    case "table":
      return tableLines(block);
    case "chart":
      return chartLines(block);
    case "quote":
      return block.text.split(/\r\n|\r|\n/).map((line) => `“${oneLine(line)}”`);
    case "divider":
      return ["———"];
    case "buttons":
      return block.buttons.map(
        (button) =>
          `${oneLine(button.label)}${colonAfter(button.label)}${oneLine("url" in button ? button.url : button.run)}`,
      );
  }
}
