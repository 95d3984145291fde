import { spanId, type Block, type Button, type Line, type Message, type Span, type Tone } from "./message.ts";
import { chartLines } from "./text-chart.ts";
import { tableLines, withColon } from "./text-table.ts";
import { cleanText, padTo, widthOf } from "./width.ts";
import { wrap, type Look, type Run } from "./wrap.ts";

/** Narrower than this nothing can be read; a narrower terminal wraps by itself. */
const NARROWEST = 20;

/**
 * A message as plain text without a line feed at its end. No line is wider than `columns` (at least 20), except for
 * an address, id or figure that is wider by itself. Without `colour` there is no escape sequence at all.
 */
export function renderText(message: Message, options: { columns: number; colour: boolean }): string {
  const columns = Math.max(NARROWEST, Math.floor(options.columns) || NARROWEST);
  const parts: Run[][][] = [];
  const title = cleanText(message.title ?? "").trim();
  if (title !== "") parts.push(wrap([{ text: title, look: "strong" }], columns));
  let previous: Block["type"] | "title" = "title";
  for (const block of message.blocks) {
    const lines = blockLines(block, columns);
    if (lines.length === 0) continue;
    if (parts.length > 0 && standsApart(previous, block.type)) parts.push([[]]);
    parts.push(lines);
    previous = block.type;
  }
  if (parts.length === 0)
    parts.push(wrap([{ text: cleanText(message.summary).trim(), look: "plain" }], columns));
  const tint = TINTS[message.tone ?? "plain"];
  return parts
    .flatMap((lines, part) =>
      lines.map((line) => paint(line, options.colour, title !== "" && part === 0 ? tint : "")),
    )
    .join("\n");
}

const APART: ReadonlySet<Block["type"] | "title"> = new Set(["table", "chart"]);

/** Tables, charts and suggestions are easier to find with an empty line around them. */
function standsApart(previous: Block["type"] | "title", next: Block["type"]): boolean {
  return APART.has(previous) || APART.has(next) || (next === "buttons" && previous !== "buttons");
}

function blockLines(block: Block, columns: number): Run[][] {
  switch (block.type) {
    case "text":
      return block.lines.flatMap((line) => wrap(runsOf(line), columns));
    case "note":
      return block.lines.flatMap((line) => wrap(runsOf(line, "quiet"), columns));
    case "list":
      return block.items.flatMap((line) => wrap(runsOf(line), columns, "- ", "  "));
    case "fields":
      return block.items.flatMap(({ label, value }) => field(cleanText(label).trim(), value, columns));
    case "quote":
      return block.text
        .split(/\r\n|[\n\r]/)
        .flatMap((text) => wrap([{ text: cleanText(text), look: "plain" }], columns, "| "));
    case "table":
      return tableLines(block, columns);
    case "chart":
      return chartLines(block, columns);
    case "divider":
      return [[{ text: "-".repeat(Math.min(columns, 40)), look: "quiet" }]];
    case "buttons":
      return suggestions(block.buttons, columns);
  }
}

function field(label: string, value: Line, columns: number): Run[][] {
  const lead = withColon(label);
  const width = widthOf(lead);
  const indent = " ".repeat(width <= columns / 4 ? width : 2);
  return wrap([{ text: lead, look: "plain" }, ...runsOf(value)], columns, "", indent);
}

function suggestions(buttons: readonly Button[], columns: number): Run[][] {
  const rows = buttons.map((button) => {
    const label = cleanText(button.label).trim();
    const target = cleanText("run" in button ? button.run : button.url).trim();
    const look: Look = "run" in button ? "code" : "link";
    return { label: label === target ? "" : label, target: "run" in button ? `› ${target}` : target, look };
  });
  const room = Math.max(0, ...rows.map(({ label }) => widthOf(label)));
  const aligned = room <= columns / 3;
  return rows.flatMap(({ label, target, look }) => {
    const lead = room === 0 ? "" : `${aligned ? padTo(label, room, "left") : label}  `;
    return wrap(
      [
        { text: lead, look: "plain" },
        { text: target, look, together: true },
      ],
      columns,
      "",
      "  ",
    );
  });
}

function runsOf(line: Line, look: Look = "plain"): Run[] {
  return line.flatMap((span) => spanRuns(span, look));
}

function spanRuns(span: Span, look: Look): Run[] {
  if (typeof span === "string") return [{ text: cleanText(span), look }];
  if ("bold" in span) return [{ text: cleanText(span.bold), look: "strong" }];
  if ("code" in span) return [{ text: `\`${cleanText(span.code)}\``, look: "code", together: true }];
  // Whoever works at the terminal works with ids.
  if ("person" in span || "place" in span) return [{ text: cleanText(spanId(span)), look, together: true }];
  const label = cleanText(span.label).trim();
  const url: Run = { text: cleanText(span.url).trim(), look: "link" };
  return label === "" || label === url.text ? [url] : [{ text: `${label} `, look }, url];
}

const ESC = String.fromCodePoint(0x1b);
const LOOKS: Readonly<Record<Look, readonly [string, string]>> = {
  plain: ["", ""],
  strong: ["1", "22"],
  code: ["36", "39"],
  quiet: ["2", "22"],
  link: ["4", "24"],
};
const TINTS: Readonly<Record<Tone, string>> = { plain: "", good: "32", warn: "33", bad: "31", info: "34" };

/** A line with its looks as escape sequences, each ended on the same line. */
function paint(line: readonly Run[], colour: boolean, tint: string): string {
  if (!colour) return line.map((run) => run.text).join("");
  const text = line.map(({ text: piece, look }) => sequence(LOOKS[look], piece)).join("");
  return tint === "" ? text : sequence([tint, "39"], text);
}

function sequence([on, off]: readonly [string, string], text: string): string {
  return on === "" || text === "" ? text : `${ESC}[${on}m${text}${ESC}[${off}m`;
}
