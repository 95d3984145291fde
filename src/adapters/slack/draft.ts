import type { Address, Person } from "../../core/place.ts";
import { lineText, type Block, type Line } from "../../message/message.ts";
import { withColon } from "../../message/text-table.ts";
import { LIMITS } from "./limits.ts";
import { chunkText, cleanLine, cleanText, cutText, points } from "./measure.ts";
import {
  elementText,
  type RichElement,
  type RichPart,
  type SlackBlock,
  type TextElement,
} from "./payload.ts";

/** A part of a message of which any run of lines can be shown. */
export interface Draft {
  /** Code points that stand wherever anything of it is shown: a heading, a table's first row. */
  readonly fixed: number;
  /** Code points of each line, row or item. */
  readonly units: readonly number[];
  /** How many of them one block holds, where Slack says so. */
  readonly limit?: number;
  /** Slack's own table or chart, of which a message holds few. */
  readonly native?: true;
  /** Those from `from` up to, not including, `to`; at least one. */
  readonly build: (from: number, to: number) => SlackBlock;
}

/** A line longer than this is cut: it would crowd out everything else of the message. */
export const LONGEST_LINE = 6_000;

/** A typed or stored text made safe to show: clean, of bearable length, never empty. */
export function showable(text: string): string {
  const shown = cutText(cleanText(text), LONGEST_LINE);
  return shown === "" ? " " : shown;
}

type Style = NonNullable<TextElement["style"]>;

/** A text as elements that Slack never interprets; longer than one element may be, it goes into several. */
export function textElements(text: string, style?: Style): readonly TextElement[] {
  return chunkText(text, LIMITS.textObject).map((piece) =>
    style === undefined ? { type: "text", text: piece } : { type: "text", text: piece, style },
  );
}

/** The address when it is a web link that Slack takes, else null. */
export function webLink(url: string): string | null {
  if (!URL.canParse(url) || !/^https?:\/\/[^\s<>]+$/i.test(url) || points(url) > LIMITS.url) return null;
  return url.replace(/^https?/i, (scheme) => scheme.toLowerCase()).toWellFormed();
}

/** A person of Slack as Slack shows them; null for anybody else. */
function userElement({ platform, id }: Person): RichElement | null {
  return platform === "slack" && /^[UW][A-Z0-9]+$/.test(id) ? { type: "user", user_id: id } : null;
}

/** A channel of Slack as Slack shows it; null for any other place. */
function channelElement({ platform, to }: Address): RichElement | null {
  return platform === "slack" && "channel" in to && /^[CG][A-Z0-9]+$/.test(to.channel)
    ? { type: "channel", channel_id: to.channel }
    : null;
}

/** One line as rich text; data and typed text sit in `text` elements, links only where we made them. */
export function lineElements(line: Line): readonly RichElement[] {
  let left = LONGEST_LINE;
  const elements = line.flatMap((span): readonly RichElement[] => {
    const text = cutText(cleanText(lineText([span])), Math.max(left, 1));
    if (left <= 0 || text === "") return [];
    left -= points(text);
    if (typeof span === "string") return textElements(text);
    if ("bold" in span) return textElements(text, { bold: true });
    if ("code" in span) return textElements(text, { code: true });
    if ("person" in span || "place" in span) {
      const named = "person" in span ? userElement(span.person) : channelElement(span.place);
      return named === null ? textElements(text) : [named];
    }
    const url = webLink(span.url);
    return url === null || points(text) > LIMITS.textObject
      ? textElements(text)
      : [{ type: "link", url, text }];
  });
  return elements.length === 0 ? [{ type: "text", text: " " }] : elements;
}

export function elementsLength(elements: readonly RichElement[]): number {
  return elements.reduce((total, element) => total + points(elementText(element)), 0);
}

function richText(...elements: RichPart[]): SlackBlock {
  return { type: "rich_text", elements };
}

/** Lines under each other within one part: separate sections would run together in some clients. */
function joinLines(lines: readonly (readonly RichElement[])[]): RichElement[] {
  return lines.flatMap((line, index): readonly RichElement[] =>
    index === 0 ? line : [{ type: "text", text: "\n" }, ...line],
  );
}

export function linesDraft(lines: readonly Line[]): Draft {
  const drawn = lines.map(lineElements);
  return {
    fixed: 0,
    units: drawn.map((line) => elementsLength(line) + 1),
    build: (from, to) => richText({ type: "rich_text_section", elements: joinLines(drawn.slice(from, to)) }),
  };
}

export function listDraft(items: readonly Line[]): Draft {
  const drawn = items.map(lineElements);
  return {
    fixed: 0,
    units: drawn.map((item) => elementsLength(item) + 1),
    build: (from, to) =>
      richText({
        type: "rich_text_list",
        style: "bullet",
        elements: drawn.slice(from, to).map((item) => ({ type: "rich_text_section", elements: [...item] })),
      }),
  };
}

export function quoteDraft(text: string): Draft {
  const drawn = cleanText(text)
    .split("\n")
    .map((line) => lineElements([line]));
  return {
    fixed: 0,
    units: drawn.map((line) => elementsLength(line) + 1),
    build: (from, to) => richText({ type: "rich_text_quote", elements: joinLines(drawn.slice(from, to)) }),
  };
}

/** Small grey text, as plain text; lines with a link or a command stay rich text, so that these can be used. */
export function noteDraft(lines: readonly Line[]): Draft {
  const plain = lines.every((line) => line.every((span) => typeof span === "string"));
  const drawn = lines.map((line) => showable(lineText(line)));
  if (!plain || drawn.some((line) => points(line) >= LIMITS.textObject)) return linesDraft(lines);
  return {
    fixed: 0,
    units: drawn.map((line) => points(line) + 1),
    build: (from, to) => ({ type: "context", elements: contextTexts(drawn.slice(from, to)) }),
  };
}

function contextTexts(lines: readonly string[]) {
  const texts = chunkText(lines.join("\n"), LIMITS.textObject).map((text) => (text === "" ? " " : text));
  return texts
    .slice(0, LIMITS.contextElements)
    .map((text) => ({ type: "plain_text" as const, text, emoji: false as const }));
}

export function preformattedDraft(title: Line | null, lines: readonly string[], fixedLines: number): Draft {
  const head = title === null ? [] : lineElements(title);
  const fixed = lines.slice(0, fixedLines).reduce((total, line) => total + points(line) + 1, 0);
  return {
    fixed: elementsLength(head) + fixed,
    units: lines.slice(fixedLines).map((line) => points(line) + 1),
    build: (from, to) => {
      const body = textElements(
        [...lines.slice(0, fixedLines), ...lines.slice(fixedLines + from, fixedLines + to)].join("\n") || " ",
      );
      const drawn: RichPart = { type: "rich_text_preformatted", elements: [...body] };
      return head.length === 0
        ? richText(drawn)
        : richText({ type: "rich_text_section", elements: [...head] }, drawn);
    },
  };
}

export const DIVIDER: Draft = { fixed: 0, units: [0], build: () => ({ type: "divider" }) };

export function fieldLines(block: Extract<Block, { type: "fields" }>): readonly Line[] {
  return block.items.map((item) => [{ bold: withColon(cleanLine(item.label).trim()) }, ...item.value]);
}
