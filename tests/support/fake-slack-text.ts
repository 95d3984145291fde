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
    case "section":
    case "button":
      return lines(block["text"]);
    case "plain_text":
    case "mrkdwn":
    case "raw_text":
    case "text":
    case "link":
      return typeof block["text"] === "string" ? [block["text"]] : [];
    case "user":
      return [`<@${String(block["user_id"])}>`];
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
