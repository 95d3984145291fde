import type { Block, Button, Line } from "../../message/message.ts";
import type { CardButton, CardElement, CardTable } from "./card.ts";
import { chartElements } from "./chart.ts";
import { clip, escapeMarkdown, guardLineStart, oneLine, safeUrl } from "./escape.ts";
import { LIMITS } from "./limits.ts";
import { isPlain, lineMarkdown } from "./markdown.ts";
import { jsonBytes } from "./measure.ts";
import { blockLines, chartLines, colonAfter, plainLine, tableLines } from "./plain-lines.ts";

/** A block that can be shown up to any of its lines: `take(n)` is its first n lines as card elements. */
export interface Part {
  readonly lines: number;
  readonly take: (count: number) => CardElement[];
  /** All of it in a better form that cannot be shown in part; null where there is none. */
  readonly whole: CardElement[] | null;
}

/** A part that has one form only. */
export function part(lines: number, take: Part["take"]): Part {
  return { lines, take, whole: null };
}

/** Plain text as one element; nothing for text that shows nothing, which Feishu would refuse. */
export function textElement(lines: readonly string[], small = false): CardElement[] {
  const content = lines.join("\n").trimEnd();
  if (content.trim() === "") return [];
  return [
    {
      tag: "div",
      text: { tag: "plain_text", content, ...(small ? { text_size: "notation", text_color: "grey" } : {}) },
    },
  ];
}

function markdownElement(lines: readonly string[], small = false): CardElement[] {
  const content = lines.join("\n").trimEnd();
  if (content.trim() === "") return [];
  return [{ tag: "markdown", content, ...(small ? { text_size: "notation" } : {}) }];
}

/** Lines as one element: plain text where nothing in them needs markup. */
export function linesElement(lines: readonly Line[], ownPeople: boolean, small = false) {
  return lines.every(isPlain)
    ? textElement(lines.map(plainLine), small)
    : markdownElement(
        lines.map((line) => lineMarkdown(line, ownPeople)),
        small,
      );
}

function textPart(lines: readonly string[]): Part {
  return part(lines.length, (count) => textElement(lines.slice(0, count)));
}

function tablePart(table: Extract<Block, { type: "table" }>): Part {
  const columns: CardTable["columns"] = table.columns.map((column, index) => ({
    name: `c${index}`,
    display_name: oneLine(column.label),
    data_type: "text",
    horizontal_align: column.align,
    width: "auto",
  }));
  return part(table.rows.length, (count) => {
    if (count === 0) return [];
    const rows = table.rows
      .slice(0, count)
      .map((row) => Object.fromEntries(columns.map(({ name }, index) => [name, oneLine(row[index] ?? "")])));
    const page = Math.min(LIMITS.tablePageSize, rows.length);
    return [
      {
        tag: "table",
        page_size: page,
        row_height: "auto",
        row_max_height: "999px",
        freeze_first_column: columns.length > LIMITS.narrowColumns,
        columns,
        rows,
      },
    ];
  });
}

function cardButton(button: Button, interactive: boolean): CardButton | null {
  const label = clip(button.label.trim(), LIMITS.buttonText);
  const type = button.primary === true ? "primary" : "default";
  const text = { tag: "plain_text" as const, content: label };
  if (label === "") return null;
  if ("url" in button) {
    const url = safeUrl(button.url, LIMITS.urlBytes);
    return url === null
      ? null
      : { tag: "button", text, type, behaviors: [{ type: "open_url", default_url: url }] };
  }
  if (!interactive) return null;
  const value = {
    v: 1 as const,
    run: button.run.toWellFormed(),
    ...(button.replace === true ? { replace: true } : {}),
  };
  if (jsonBytes(value) > LIMITS.buttonValueBytes) return null;
  return { tag: "button", text, type, behaviors: [{ type: "callback", value }] };
}

function buttonsPart(block: Extract<Block, { type: "buttons" }>, interactive: boolean): Part {
  return part(block.buttons.length, (count) => {
    const shown = block.buttons.slice(0, count).map((button) => ({
      button,
      made: cardButton(button, interactive),
    }));
    const columns = shown.flatMap(({ made }) =>
      made === null ? [] : [{ tag: "column" as const, width: "auto" as const, elements: [made] }],
    );
    // What cannot be a button can still be read and typed.
    const typed = shown
      .filter(({ made }) => made === null)
      .flatMap(({ button }) => blockLines({ type: "buttons", buttons: [button] }));
    const row: CardElement[] =
      columns.length === 0 ? [] : [{ tag: "column_set", flex_mode: "flow", columns }];
    return [...row, ...textElement(typed)];
  });
}

/**
 * A block as a part of a card. `nativeTable`: the card still has room for one more table component. `interactive`: the
 * card is the app's own, so clicks come back and its people's ids are known.
 */
export function partOf(
  block: Block,
  { nativeTable, interactive }: { nativeTable: boolean; interactive: boolean },
): Part {
  const linesPart = (lines: readonly Line[], small = false): Part =>
    part(lines.length, (count) => linesElement(lines.slice(0, count), interactive, small));
  switch (block.type) {
    case "text":
      return linesPart(block.lines);
    case "note":
      return linesPart(block.lines, true);
    case "list":
      return linesPart(block.items.map((item) => ["• ", ...item]));
    case "fields":
      return linesPart(
        block.items.map((item) => [{ bold: item.label }, colonAfter(item.label), ...item.value]),
      );
    case "table": {
      const fits = nativeTable && block.columns.length > 0 && block.columns.length <= LIMITS.tableColumns;
      return fits ? tablePart(block) : textPart(tableLines(block));
    }
    case "chart":
      return { ...textPart(chartLines(block)), whole: chartElements(block) };
    case "quote": {
      const lines = block.text.split(/\r\n|\r|\n/);
      return part(lines.length, (count) => {
        const shown = lines.slice(0, count);
        if (shown.map(oneLine).join("").trim() === "") return [];
        return markdownElement(shown.map((line) => `> ${guardLineStart(escapeMarkdown(line))}`));
      });
    }
    case "divider":
      return part(0, () => [{ tag: "hr" }]);
    case "buttons":
      return buttonsPart(block, interactive);
  }
}
