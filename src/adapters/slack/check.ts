import { LIMITS } from "./limits.ts";
import { points } from "./measure.ts";
import { elementText, slackPayload, type SlackBlock, type SlackPayload } from "./payload.ts";

function blockTexts(block: SlackBlock): readonly string[] {
  switch (block.type) {
    case "header":
    case "section":
      return [block.text.text];
    case "context":
      return block.elements.map((element) => element.text);
    case "divider":
      return [];
    case "actions":
      return block.elements.map((element) => element.text.text);
    case "table":
      return block.rows.flat().map((cell) => cell.text);
    case "rich_text":
      return block.elements.flatMap((part) =>
        part.type === "rich_text_list"
          ? part.elements.flatMap((item) => item.elements.map(elementText))
          : part.elements.map(elementText),
      );
  }
}

function sum(texts: readonly string[]): number {
  return texts.reduce((total, text) => total + points(text), 0);
}

function checkWhole(payload: SlackPayload): readonly string[] {
  const problems: string[] = [];
  const total = sum(payload.blocks.flatMap(blockTexts));
  if (total > LIMITS.messageText) problems.push(`blocks: ${total} code points of text`);
  const tables = payload.blocks.filter((block) => block.type === "table");
  if (tables.length > LIMITS.tables) problems.push(`blocks: ${tables.length} tables`);
  for (const table of tables) {
    if (sum(blockTexts(table)) > LIMITS.tableText) problems.push("table: too much text");
    const widths = new Set(table.rows.map((row) => row.length));
    if (widths.size > 1) problems.push("table: rows of different lengths");
    if (table.column_settings.length > Math.max(...widths))
      problems.push("table: more settings than columns");
  }
  const ids = payload.blocks.flatMap((block) =>
    block.type === "actions" ? block.elements.map((element) => element.action_id) : [],
  );
  if (new Set(ids).size < ids.length) problems.push("actions: action_id twice");
  if (/[<>]|&(?!amp;|lt;|gt;)/.test(payload.text)) problems.push("text: not escaped");
  return problems;
}

/** What Slack would refuse in a payload, as `path: what`; empty when it is within every limit. */
export function checkPayload(payload: unknown): readonly string[] {
  const read = slackPayload.safeParse(payload);
  if (read.success) return checkWhole(read.data);
  return read.error.issues.map((issue) => `${issue.path.join("/")}: ${issue.message}`);
}
