/** Everything a Feishu `markdown` element could read as markup ("富文本（Markdown）", open.feishu.cn, its list of entities). */
const MARKUP = /[&<>*_~[\]()#:`|\\!{}$@^=]/g;

/**
 * C0 and C1 controls and every kind of line break; none of them has a place inside a line. Nor have overrides of the
 * direction: they could show a figure backwards.
 */
const CONTROL = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]+/gu;

const entity = (character: string): string => `&#${character.codePointAt(0) ?? 0};`;

/** One line of well-formed text: controls and line breaks become spaces, lone surrogates the replacement character. */
export function oneLine(text: string): string {
  return text.toWellFormed().replace(CONTROL, " ");
}

/** Text for the inside of a `markdown` line: nothing in it can mention, link, format, or name an emoji. */
export function escapeMarkdown(text: string): string {
  return oneLine(text)
    .replace(MARKUP, entity)
    .replace(/(www)\./gi, "$1&#46;");
}

/** An assembled line whose beginning cannot start a list, a rule or an indented code block. */
export function guardLineStart(line: string): string {
  return line
    .replace(/^ +/, (spaces) => "\u00A0".repeat(spaces.length))
    .replace(/^(\u00A0*)([-+])/, (_all, lead: string, sign: string) => `${lead}${entity(sign)}`)
    .replace(/^(\u00A0*\d+)\./, "$1&#46;")
    .trimEnd();
}

/** The address as it may stand inside a link, or null when it is no plain http(s) address of at most `maxBytes`. */
export function safeUrl(url: string, maxBytes: number): string | null {
  if (!URL.canParse(url)) return null;
  const parsed = new URL(url);
  if (parsed.protocol !== "https:" && parsed.protocol !== "http:") return null;
  const href = parsed.href.replace(
    /[()<>[\]"'`\\|;*~{}^\s]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`,
  );
  return Buffer.byteLength(href) <= maxBytes ? href : null;
}

const FIGURE = /[\p{N}.,:%\-+]/u;

/** The text within `max` characters, shortened with "…" but never inside a figure. */
export function clip(text: string, max: number): string {
  const characters = Array.from(oneLine(text));
  if (characters.length <= max) return characters.join("");
  let end = max - 1;
  while (end > 0 && FIGURE.test(characters[end - 1] ?? "") && FIGURE.test(characters[end] ?? "")) end -= 1;
  return `${characters.slice(0, end).join("").trimEnd()}…`;
}
