import { chartTexts } from "./chart.ts";
import { LIMITS } from "./limits.ts";
import { points } from "./measure.ts";
import { elementText, slackPayload, type SlackBlock, type SlackChart, type SlackPayload } from "./payload.ts";

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
    case "data_visualization":
      return chartTexts(block);
    case "rich_text":
      return block.elements.flatMap((part) =>
        part.type === "rich_text_list"
          ? part.elements.flatMap((item) => item.elements.map(elementText))
          : part.elements.map(elementText),
      );
    default: {
      const none: never = block;
      return none;
    }
  }
}

function sum(texts: readonly string[]): number {
  return texts.reduce((total, text) => total + points(text), 0);
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((text, index) => text === b[index]);
}

function checkChart({ chart }: SlackChart): readonly string[] {
  const problems: string[] = [];
  const { categories } = chart.axis_config;
  const names = chart.series.map((series) => series.name);
  if (new Set(names).size < names.length) problems.push("chart: a series twice");
  if (new Set(categories).size < categories.length) problems.push("chart: a category twice");
  for (const { data } of chart.series) {
    const labels = data.map((point) => point.label);
    if (!same(labels, categories)) problems.push("chart: a series without just one point for each category");
  }
  return problems;
}

/** What the blocks of one payload may not be together, whatever they are one by one. */
export function checkBlocks(blocks: readonly SlackBlock[], most: number): readonly string[] {
  const problems: string[] = [];
  const total = sum(blocks.flatMap(blockTexts));
  if (total > most) problems.push(`blocks: ${total} code points of text`);
  const tables = blocks.filter((block) => block.type === "table");
  if (tables.length > LIMITS.tables) problems.push(`blocks: ${tables.length} tables`);
  for (const table of tables) {
    if (sum(blockTexts(table)) > LIMITS.tableText) problems.push("table: too much text");
    const widths = new Set(table.rows.map((row) => row.length));
    if (widths.size > 1) problems.push("table: rows of different lengths");
    if (table.column_settings.length > Math.max(...widths))
      problems.push("table: more settings than columns");
  }
  const charts = blocks.filter((block) => block.type === "data_visualization");
  if (charts.length > LIMITS.charts) problems.push(`blocks: ${charts.length} charts`);
  problems.push(...charts.flatMap(checkChart));
  const ids = blocks.flatMap((block) =>
    block.type === "actions" ? block.elements.map((element) => element.action_id) : [],
  );
  if (new Set(ids).size < ids.length) problems.push("actions: action_id twice");
  return problems;
}

function checkWhole(payload: SlackPayload): readonly string[] {
  const problems = checkBlocks(payload.blocks, LIMITS.messageText);
  const escaped = !/[<>]|&(?!amp;|lt;|gt;)/.test(payload.text);
  return escaped ? problems : [...problems, "text: not escaped"];
}

/** What Slack would refuse in a payload, as `path: what`; empty when it is within every limit. */
export function checkPayload(payload: unknown): readonly string[] {
  const read = slackPayload.safeParse(payload);
  if (read.success) return checkWhole(read.data);
  return read.error.issues.map((issue) => `${issue.path.join("/")}: ${issue.message}`);
}
