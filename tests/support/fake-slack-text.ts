import { z } from "zod";

const node = z.record(z.string(), z.unknown());

function lines(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(lines);
  const read = node.safeParse(value);
  return read.success ? blockLines(read.data) : [];
}

function inline(value: unknown): string {
  return lines(value).join("");
}

/** The lines a person sees of one block or element. */
function blockLines(block: Record<string, unknown>): string[] {
  switch (block["type"]) {
    case "header":
    case "alert":
    case "button":
      return lines(block["text"]);
    case "section":
      return lines([block["text"], block["fields"], block["accessory"]]);
    case "input":
      return lines([block["label"], block["hint"], block["element"]]);
    case "plain_text_input":
      return [...lines(block["placeholder"]), ...word(block["initial_value"])];
    case "datepicker":
      return [...lines(block["placeholder"]), ...word(block["initial_date"])];
    case "static_select":
    case "external_select":
    case "radio_buttons":
      return lines(
        [block["placeholder"], optionTexts(block["options"]), optionTexts([block["initial_option"]])].flat(),
      );
    case "data_visualization":
      return [...word(block["title"]), ...chartLines(block["chart"])];
    case "plain_text":
    case "mrkdwn":
    case "raw_text":
    case "text":
    case "link":
      return typeof block["text"] === "string" ? [block["text"]] : [];
    case "user":
      return [`<@${String(block["user_id"])}>`];
    case "channel":
      return [`<#${String(block["channel_id"])}>`];
    case "rich_text_section":
    case "rich_text_quote":
    case "rich_text_preformatted":
      return inline(block["elements"]).split("\n");
    case "table":
      return Array.isArray(block["rows"]) ? block["rows"].map((row: unknown) => lines(row).join("\t")) : [];
    default:
      return lines(block["elements"]);
  }
}

function word(value: unknown): string[] {
  return typeof value === "string" && value !== "" ? [value] : [];
}

const option = z.looseObject({ text: z.unknown() });

function optionTexts(options: unknown): unknown[] {
  const read = z.array(option).safeParse(options);
  return read.success ? read.data.map(({ text }) => text) : [];
}

const point = z.object({ label: z.string(), value: z.number() });
const chart = z.object({
  segments: z.array(point).default([]),
  series: z.array(z.object({ name: z.string(), data: z.array(point) })).default([]),
});

/** A chart's labels and values, series by series. */
function chartLines(value: unknown): string[] {
  const read = chart.safeParse(value);
  if (!read.success) return [];
  const line = (points: readonly z.infer<typeof point>[]): string =>
    points.map(({ label, value: figure }) => `${label} ${figure}`).join("\t");
  const { segments, series } = read.data;
  return [
    ...(segments.length === 0 ? [] : [line(segments)]),
    ...series.map(({ name, data }) => `${name}\t${line(data)}`),
  ];
}

const shownView = z.looseObject({
  title: z.unknown().optional(),
  blocks: z.array(z.unknown()),
  submit: z.unknown().optional(),
  close: z.unknown().optional(),
});

/** All visible words of a modal or of the home tab. */
export function viewText(view: unknown): string {
  const { title, blocks, submit, close } = shownView.parse(view);
  return lines([title, ...blocks, submit, close]).join("\n");
}

const shown = z.object({ text: z.string().optional(), blocks: z.array(z.unknown()).optional() });

/** All visible text of a payload: its blocks when it has any, else its text with Slack's escapes undone. */
export function visibleText(payload: unknown): string {
  const { text, blocks } = shown.parse(payload);
  if (blocks !== undefined && blocks.length > 0) return lines(blocks).join("\n");
  return (text ?? "").replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

/** What Slack makes of text that a person types: three entities, and web addresses turned into links. */
export function asTyped(text: string): string {
  const escaped = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return escaped.replaceAll(/https?:\/\/[^\s，。）、|]+/g, (url) => `<${url}>`);
}
