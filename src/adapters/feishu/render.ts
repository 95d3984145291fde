import type { Message, Tone } from "../../message/message.ts";
import type { CardElement, FeishuCard } from "./card.ts";
import { clip } from "./escape.ts";
import { LIMITS } from "./limits.ts";
import type { Cost } from "./measure.ts";
import { FREE, costOf, plus } from "./measure.ts";
import { blockLines } from "./plain-lines.ts";
import type { Part } from "./parts.ts";
import { partOf, textElement } from "./parts.ts";

const TEMPLATES = {
  plain: "default",
  good: "green",
  warn: "orange",
  bad: "red",
  info: "blue",
} as const satisfies Record<Tone, string>;

/** Room kept for the closing line, and the share of a card that buttons may hold back from the text before them. */
const CLOSING: Cost = { bytes: 200, components: 2, tables: 0 };
const BUTTONS: Cost = { bytes: 8 * 1024, components: 90, tables: 0 };

/** "How much is left out", in both languages because a card does not know its reader's. */
function closing(count: number): CardElement[] {
  return textElement([`… +${count} 行 / lines`], true);
}

function frame(message: Message, withHeader: boolean): FeishuCard {
  const summary = clip(message.summary, LIMITS.summary);
  const title = clip((message.title ?? "").trim(), LIMITS.title);
  return {
    schema: "2.0",
    config: { update_multi: true, summary: { content: summary.trim() === "" ? "…" : summary } },
    ...(withHeader && title !== ""
      ? {
          header: {
            title: { tag: "plain_text", content: title },
            template: TEMPLATES[message.tone ?? "plain"],
          },
        }
      : {}),
    body: { elements: [] },
  };
}

function within(cost: Cost, most: Cost): boolean {
  return cost.bytes <= most.bytes && cost.components <= most.components && cost.tables <= most.tables;
}

const total = (elements: readonly CardElement[]): Cost => elements.map(costOf).reduce(plus, FREE);

/** The greatest number of a part's lines that fits into what is left. */
function linesThatFit(part: Part, used: Cost, most: Cost): number {
  const fits = (count: number): boolean => within(plus(used, total(part.take(count))), most);
  if (fits(part.lines)) return part.lines;
  let low = 0;
  let high = part.lines;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle;
  }
  return low;
}

interface Piece {
  readonly part: Part;
  readonly kept: boolean;
}

/** Buttons keep their place when text before them does not fit: they are how the reader goes on. */
function pieces(message: Message): Piece[] {
  let tables = 0;
  const parts = message.blocks.map((block) => {
    const part = partOf(block, tables < LIMITS.tables);
    tables += part.take(part.lines).filter((element) => element.tag === "table").length;
    return { part, buttons: block.type === "buttons" };
  });
  let held = FREE;
  return parts.map(({ part, buttons }) => {
    if (!buttons) return { part, kept: false };
    const more = plus(held, total(part.take(part.lines)));
    if (!within(more, BUTTONS)) return { part, kept: false };
    held = more;
    return { part, kept: true };
  });
}

function fill(card: FeishuCard, list: readonly Piece[]): FeishuCard {
  const most: Cost = { bytes: LIMITS.cardBytes, components: LIMITS.components, tables: LIMITS.tables };
  const held = list.filter((piece) => piece.kept).flatMap(({ part }) => part.take(part.lines));
  let used = [costOf(card), CLOSING, total(held)].reduce(plus, FREE);
  let left = 0;
  let cutAt: number | null = null;
  const elements: CardElement[] = [];
  for (const { part, kept } of list) {
    if (kept) {
      elements.push(...part.take(part.lines));
      continue;
    }
    const count = cutAt === null ? linesThatFit(part, used, most) : 0;
    const shown = cutAt === null ? part.take(count) : [];
    // A part without lines (a divider) either fits or ends the card without being counted.
    const fits = within(plus(used, total(shown)), most);
    if (fits) {
      elements.push(...shown);
      used = plus(used, total(shown));
    }
    left += part.lines - count;
    if ((count < part.lines || !fits) && cutAt === null) cutAt = elements.length;
  }
  if (left > 0) elements.splice(cutAt ?? elements.length, 0, ...closing(left));
  if (elements.length === 0) elements.push(...textElement([card.config.summary.content]));
  return { ...card, body: { elements } };
}

/**
 * A message as card JSON 2.0, inside Feishu's limits whatever the message holds. Data and typed text never become
 * markup. What does not fit is left out by blocks and lines, and one line says how many.
 */
export function renderFeishu(message: Message): FeishuCard {
  return fill(frame(message, true), pieces(message));
}

/** The same message as one plain text, sent once when Feishu refuses the card. */
export function renderPlain(message: Message): FeishuCard {
  const title = message.title ?? "";
  const lines = [
    ...(title.trim() === "" ? [] : [clip(title, LIMITS.title)]),
    ...message.blocks.flatMap(blockLines),
  ];
  const part: Part = { lines: lines.length, take: (count) => textElement(lines.slice(0, count)) };
  return fill(frame(message, false), [{ part, kept: false }]);
}
