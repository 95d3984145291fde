import type { Message, Tone } from "../../message/message.ts";
import type { CardElement, FeishuCard } from "./card.ts";
import { clip } from "./escape.ts";
import { APP_CARD, LIMITS, WEBHOOK_CARD, type Room } from "./limits.ts";
import type { Cost } from "./measure.ts";
import { FREE, costOf, plus, within } from "./measure.ts";
import { langOf } from "./message-lang.ts";
import { blockLines } from "./plain-lines.ts";
import type { Part } from "./parts.ts";
import { part as onePart, partOf, textElement } from "./parts.ts";

const TEMPLATES = {
  plain: "default",
  good: "green",
  warn: "orange",
  bad: "red",
  info: "blue",
} as const satisfies Record<Tone, string>;

/** Room kept for the closing line, and the share of a card that buttons may hold back from the text before them. */
const CLOSING: Cost = { ...FREE, bytes: 250, components: 2 };
const buttonsShare = (room: Room): Cost => ({
  ...FREE,
  bytes: room.bytes * 0.3,
  components: room.components / 2,
});

/** How much is left out, in the message's own language as far as its words tell. */
function closing(count: number, message: Message): CardElement[] {
  const line =
    langOf(message) === "zh"
      ? `… 还有 ${count} 行放不下，请缩小范围再查`
      : `… ${count} more ${count === 1 ? "line" : "lines"}; narrow the question to see the rest`;
  return textElement([line], true);
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
function pieces(message: Message, room: Room): Piece[] {
  let tables = 0;
  const parts = message.blocks.map((block) => {
    const part = partOf(block, { nativeTable: tables < room.tables, interactive: room.interactive });
    tables += part.take(part.lines).filter((element) => element.tag === "table").length;
    return { part, buttons: block.type === "buttons" };
  });
  let held = FREE;
  return parts.map(({ part, buttons }) => {
    if (!buttons) return { part, kept: false };
    const more = plus(held, total(part.take(part.lines)));
    if (!within(more, buttonsShare(room))) return { part, kept: false };
    held = more;
    return { part, kept: true };
  });
}

/** As much of a part as fits into what is left: its elements, and how many of its lines they are. */
function shownOf(
  part: Part,
  used: Cost,
  most: Cost,
): { elements: CardElement[]; lines: number; fits: boolean } {
  if (part.whole !== null && within(plus(used, total(part.whole)), most)) {
    return { elements: part.whole, lines: part.lines, fits: true };
  }
  const lines = linesThatFit(part, used, most);
  const elements = part.take(lines);
  // A part without lines (a divider) either fits or ends the card without being counted.
  const fits = within(plus(used, total(elements)), most);
  return { elements: fits ? elements : [], lines, fits: fits && lines === part.lines };
}

function fill(message: Message, withHeader: boolean, list: readonly Piece[], most: Room): FeishuCard {
  const card = frame(message, withHeader);
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
    if (cutAt !== null) {
      left += part.lines;
      continue;
    }
    const shown = shownOf(part, used, most);
    elements.push(...shown.elements);
    used = plus(used, total(shown.elements));
    left += part.lines - shown.lines;
    if (!shown.fits) cutAt = elements.length;
  }
  if (left > 0) elements.splice(cutAt ?? elements.length, 0, ...closing(left, message));
  if (elements.length === 0) elements.push(...textElement([card.config.summary.content]));
  return { ...card, body: { elements } };
}

/**
 * A message as card JSON 2.0, inside Feishu's limits whatever the message holds. Data and typed text never become
 * markup. What does not fit is left out by blocks and lines, and one line says how many.
 */
export function renderFeishu(message: Message): FeishuCard {
  return fill(message, true, pieces(message, APP_CARD), APP_CARD);
}

/** The same for a group's custom bot, which only posts: what a button would send stands there as a line to type. */
export function renderWebhook(message: Message): FeishuCard {
  return fill(message, true, pieces(message, WEBHOOK_CARD), WEBHOOK_CARD);
}

/** The same message as one plain text, sent once when Feishu refuses the card. */
export function renderPlain(message: Message): FeishuCard {
  const title = message.title ?? "";
  const lines = [
    ...(title.trim() === "" ? [] : [clip(title, LIMITS.title)]),
    ...message.blocks.flatMap(blockLines),
  ];
  const part = onePart(lines.length, (count) => textElement(lines.slice(0, count)));
  return fill(message, false, [{ part, kept: false }], APP_CARD);
}
