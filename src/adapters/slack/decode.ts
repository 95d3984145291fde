/** Text as Slack's `text` fields want it: only these three characters are escaped (docs.slack.dev/messaging/formatting-message-text). */
export function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

const ENTITIES: Readonly<Record<string, string>> = { "&amp;": "&", "&lt;": "<", "&gt;": ">" };

function unescapeText(text: string): string {
  return text.replaceAll(/&(?:amp|lt|gt);/g, (entity) => ENTITIES[entity] ?? entity);
}

/** What stands for `<inside>`; null when it is no markup of Slack's. */
function readMarkup(inside: string): string | null {
  const bar = inside.indexOf("|");
  const target = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? "" : unescapeText(inside.slice(bar + 1));
  if (/^@[UW][A-Z0-9]*$/.test(target)) return `<${target}>`;
  if (/^#[CGD][A-Z0-9]*$/.test(target)) return label === "" ? `<${target}>` : `#${label}`;
  if (target.startsWith("!date^")) return label === "" ? null : label;
  if (target.startsWith("!subteam^")) return label === "" ? `<${target}>` : label;
  if (/^!(?:here|channel|everyone)$/.test(target)) return `@${target.slice(1)}`;
  if (/^(?:mailto|tel):/i.test(target)) return unescapeText(target.slice(target.indexOf(":") + 1));
  return /^[a-z][a-z0-9+.-]*:\S/i.test(target) ? unescapeText(target) : null;
}

/**
 * A message's or command's text as the person typed it: entities, links, channels and dates undone, non-breaking
 * spaces made spaces, mentions of `botUserId` taken out. Other people's mentions stay `<@U…>`.
 */
export function decodeText(text: string, botUserId: string | null): string {
  if (!/[<&\u00a0]/.test(text)) return text;
  const own = botUserId === null ? null : new RegExp(`<@${botUserId}(?:\\|[^<>]*)?>[ \\u00a0]?`, "g");
  const mine = own === null ? text : text.replaceAll(own, "");
  return mine
    .replaceAll(/<([^<>]*)>|[^<]+|</g, (piece, inside: string | undefined) =>
      inside === undefined ? unescapeText(piece) : (readMarkup(inside) ?? unescapeText(piece)),
    )
    .replaceAll("\u00a0", " ");
}

/** Words set in code or bold, as Slack writes down what was copied from an answer of ours and pasted. */
const MARKED = /(?<!\S)(```|`|\*)(?=[^\s`*])([^`*\n]*[^\s`*])\1(?!\S)/g;

/**
 * The command line in a text: decoded, without marks of code and bold, and without what people put between a mention
 * and the line ("@Qushi: …").
 */
export function decodeLine(text: string, botUserId: string | null): string {
  return decodeText(text, botUserId)
    .replace(/^[\s,，:：]+/, "")
    .trimEnd()
    .replaceAll(MARKED, "$2");
}
