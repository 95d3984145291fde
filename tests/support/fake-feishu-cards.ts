import { z } from "zod";
import { checkCard } from "../../src/adapters/feishu/check-card.ts";

/** How Feishu refuses a request: its code and words, as an HTTP 400. */
export interface Refusal {
  readonly code: number;
  readonly msg: string;
}

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Every object in a card, in reading order. */
function objectsIn(value: unknown): Json[] {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  return isObject(value) ? [value, ...Object.values(value).flatMap(objectsIn)] : [];
}

const cardError = (errCode: number, errMsg: string): Refusal => ({
  code: 230099,
  msg: `Failed to create card content, ext=ErrCode: ${errCode}; ErrMsg: ${errMsg}; `,
});

/**
 * What Feishu would say against this card, or null. First rules of the fake's own, from Feishu's pages and kept apart
 * from the adapter's ("卡片 JSON 2.0 结构": 200 components, 30 KB; tables: 3), then the adapter's checkCard.
 */
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
  if (!isObject(card) || card["schema"] !== "2.0" || !isObject(card["body"]))
    return cardError(200621, "parse card json err");
  const tagged = objectsIn(card).filter(({ tag }) => typeof tag === "string");
  if (tagged.length > 200) return cardError(11310, "element exceeds the limit");
  if (tagged.filter(({ tag }) => tag === "table").length > 3)
    return cardError(200914, "table number over limit");
  const mentions = tagged.some(
    ({ tag, content: text }) =>
      tag === "markdown" &&
      typeof text === "string" &&
      /<at\b/i.test(text.replaceAll(/<at id=ou_[A-Za-z0-9]+><\/at>/g, "")),
  );
  if (mentions) return cardError(100290, "invalid user resource");
  const [fault] = checkCard(card);
  return fault === undefined ? null : cardError(200621, fault);
}

const decodeEntities = (text: string): string =>
  text.replace(/&#(\d+);/g, (_all, code: string) => String.fromCodePoint(Number(code)));

/** What a `markdown` element shows: its own markup taken away, then the entities read. */
export function shownMarkdown(content: string): string {
  return decodeEntities(
    content
      .replace(/<\/?font[^>]*>/g, "")
      .replaceAll("**", "")
      .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
      .replace(/^> /gm, ""),
  );
}

const tableShape = z.object({
  columns: z.array(z.object({ name: z.string(), display_name: z.string() })),
  rows: z.array(z.record(z.string(), z.string())),
});

/** All visible text of a card, in order, by lines. */
export function cardText(card: unknown): string {
  const lines: string[] = [];
  for (const { tag, content, ...rest } of objectsIn(card)) {
    if (tag === "plain_text" && typeof content === "string") lines.push(content);
    if (tag === "markdown" && typeof content === "string") lines.push(shownMarkdown(content));
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

/** The callback value of the button with this label. */
export function buttonValueOf(card: unknown, label: string): unknown {
  const buttons = objectsIn(card).flatMap((object) => {
    const button = buttonShape.safeParse(object);
    return button.success ? [button.data] : [];
  });
  const callback = buttons
    .filter((button) => button.text.content === label)
    .flatMap((button) => button.behaviors)
    .find(({ type }) => type === "callback");
  if (callback !== undefined) return callback.value;
  throw new Error(
    `no button "${label}"; there are: ${buttons.map((button) => button.text.content).join(", ")}`,
  );
}
