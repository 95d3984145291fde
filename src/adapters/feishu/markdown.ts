import type { Person } from "../../core/place.ts";
import { spanText, type Line, type Span } from "../../message/message.ts";
import { escapeMarkdown, guardLineStart, safeUrl } from "./escape.ts";
import { LIMITS } from "./limits.ts";

const ENDS_OPEN = /(^|[\s\p{P}\p{S}])$/u;
const STARTS_OPEN = /^([\s\p{P}\p{S}]|$)/u;
const PUNCTUATED_START = /^[\p{P}\p{S}]/u;
const PUNCTUATED_END = /[\p{P}\p{S}]$/u;

function spanMarkdown(span: Span, ownPeople: boolean): string {
  if (typeof span === "string") return escapeMarkdown(span);
  // Backticks do not protect in Feishu and entities may stay visible between them, so a colour marks a command line.
  if ("code" in span) return span.code === "" ? "" : `<font color='blue'>${escapeMarkdown(span.code)}</font>`;
  if ("bold" in span) return span.bold.trim() === "" ? " " : `**${escapeMarkdown(span.bold.trim())}**`;
  if ("person" in span) return personMarkdown(span, ownPeople);
  if ("place" in span) return escapeMarkdown(spanText(span));
  const url = safeUrl(span.url, LIMITS.urlBytes);
  const label = escapeMarkdown(span.label.trim() === "" ? span.url : span.label);
  return url === null ? label : `[${label}](${url})`;
}

/**
 * A person of Feishu by the name that Feishu knows, without telling them as a mention would; an account that is gone is
 * shown as unknown ("富文本（Markdown）", open.feishu.cn). Anybody else, or any bot but the app itself, in words.
 */
function personMarkdown(span: Extract<Span, { person: Person }>, ownPeople: boolean): string {
  const { person } = span;
  const isOurs = ownPeople && person.platform === "feishu" && /^ou_[A-Za-z0-9]+$/.test(person.id);
  return isOurs
    ? `<person id = '${person.id}' show_name = true show_avatar = false style = 'normal'></person>`
    : escapeMarkdown(spanText(span));
}

/**
 * A line as the content of a `markdown` element. Where CommonMark's flanking rule would leave the asterisks of a bold
 * piece visible (it begins or ends with punctuation beside a letter), a space is put there, as Feishu's page advises.
 */
export function lineMarkdown(line: Line, ownPeople = true): string {
  let out = "";
  let closedBold: string | null = null;
  for (const span of line) {
    const next = spanMarkdown(span, ownPeople);
    if (next === "") continue;
    const opensBold = next.startsWith("**");
    const gapBefore = opensBold
      ? out.endsWith("*") || (PUNCTUATED_START.test(next.slice(2)) && !ENDS_OPEN.test(out))
      : closedBold !== null && PUNCTUATED_END.test(closedBold) && !STARTS_OPEN.test(next);
    out += gapBefore ? ` ${next}` : next;
    closedBold = opensBold ? next.slice(2, -2) : null;
  }
  return guardLineStart(out);
}

/** Whether nothing in the line needs markup, so that it can travel as plain text. */
export function isPlain(line: Line): boolean {
  return line.every((span) => typeof span === "string");
}
