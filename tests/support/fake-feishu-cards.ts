import { z } from "zod";
import { cardFault, type Refusal } from "./fake-feishu-card-rules.ts";
import { objectsIn } from "./fake-feishu-card-shape.ts";

export type { Refusal } from "./fake-feishu-card-rules.ts";

/** What Feishu would say against this card, or null: "发送消息" gives 30 KB to a card, then cardFault's rules. */
export function cardRefusal(content: string): Refusal | null {
  if (Buffer.byteLength(content) > 30 * 1024) {
    return { code: 230025, msg: "The length of the message content reaches its limit." };
  }
  let card: unknown;
  try {
    card = JSON.parse(content);
  } catch {
    return {
      code: 230001,
      msg: "Your request contains an invalid request parameter, ext=content is not JSON.",
    };
  }
  return cardFault(card);
}

const decodeEntities = (text: string): string =>
  text.replace(/&#(\d+);/g, (_all, code: string) => String.fromCodePoint(Number(code)));

/** What a `markdown` element shows: its own markup taken away, then the entities read. */
export function shownMarkdown(content: string): string {
  return decodeEntities(
    content
      .replace(/<\/?font[^>]*>/g, "")
      .replace(/<person id = '(\w+)'[^>]*><\/person>/g, "@$1")
      .replaceAll("**", "")
      .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
      .replace(/^> /gm, ""),
  );
}

const tableShape = z.object({
  columns: z.array(z.object({ name: z.string(), display_name: z.string() })),
  rows: z.array(z.record(z.string(), z.string())),
});

/**
 * All visible text of a card, in order, by lines. A chart is a picture: what only it says is not text, so that walks
 * miss what older clients and screen readers miss.
 */
export function cardText(card: unknown): string {
  const lines: string[] = [];
  for (const { tag, content, ...rest } of objectsIn(card)) {
    if (tag === "plain_text" && typeof content === "string") lines.push(content);
    if (tag === "markdown" && typeof content === "string") lines.push(shownMarkdown(content));
    if (tag === "input" && typeof rest["default_value"] === "string") lines.push(rest["default_value"]);
    if (tag === "date_picker" && typeof rest["initial_date"] === "string") lines.push(rest["initial_date"]);
    if (tag !== "table") continue;
    const { columns, rows } = tableShape.parse(rest);
    lines.push(columns.map((column) => column.display_name).join(" | "));
    lines.push(...rows.map((row) => columns.map(({ name }) => row[name] ?? "").join(" | ")));
  }
  return lines.join("\n");
}

const buttonShape = z.object({
  tag: z.literal("button"),
  text: z.object({ content: z.string() }),
  behaviors: z.array(z.object({ type: z.string(), value: z.unknown() })),
});

const buttonsOf = (card: unknown) =>
  objectsIn(card).flatMap((object) => {
    const button = buttonShape.safeParse(object);
    return button.success ? [button.data] : [];
  });

/** The words on all buttons of a card. */
export function buttonsIn(card: unknown): readonly string[] {
  return buttonsOf(card).map(({ text }) => text.content);
}

/** The callback value of the button with this label. */
export function buttonValueOf(card: unknown, label: string): unknown {
  const callback = buttonsOf(card)
    .filter((button) => button.text.content === label)
    .flatMap((button) => button.behaviors)
    .find(({ type }) => type === "callback");
  if (callback !== undefined) return callback.value;
  throw new Error(`no button "${label}"; there are: ${buttonsIn(card).join(", ")}`);
}
