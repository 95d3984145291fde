import type { Book } from "../core/book.ts";
import type { Clause } from "../core/filter.ts";
import type { Token } from "./tokens.ts";

/** "GM 001" is one id written in two words, where there is such a one. */
export function joinId(tokens: readonly Token[], book: Book): readonly Token[] {
  const [first, second, ...others] = tokens;
  if (first?.type !== "word" || second?.type !== "word" || first.literal || second.literal) return tokens;
  const text = `${first.text}${second.text}`;
  if (book.names.id(first.text) !== null || book.names.id(text)?.exists !== true) return tokens;
  return [{ type: "word", text, literal: false }, ...others];
}

/** Most words in one name: "new energy vehicles". */
const NAME_WORDS = 4;

/** Words that together name one thing (St Brigid's) become one word; the longest name wins. */
export function joinNames(tokens: readonly Token[], book: Book): readonly Token[] {
  const joined: Token[] = [];
  for (let at = 0; at < tokens.length;) {
    const most = Math.min(NAME_WORDS, runOfWords(tokens, at));
    const count =
      [4, 3, 2].find((words) => words <= most && book.names.any(textOf(tokens, at, words)) !== null) ?? 1;
    const [token] = tokens.slice(at);
    if (count > 1) joined.push({ type: "word", text: textOf(tokens, at, count), literal: false });
    else if (token !== undefined) joined.push(token);
    at += count;
  }
  return joined;
}

function runOfWords(tokens: readonly Token[], from: number): number {
  const end = tokens.findIndex((token, at) => at >= from && (token.type !== "word" || token.literal));
  return (end < 0 ? tokens.length : end) - from;
}

function textOf(tokens: readonly Token[], from: number, count: number): string {
  return tokens
    .slice(from, from + count)
    .map((token) => (token.type === "word" ? token.text : ""))
    .join(" ");
}

/** A word, or words joined by 、 and commas, that all name things of one kind: the filter for it. */
export function namesOf(word: string, book: Book): Clause | null {
  const found = word.split(/[,、]/).map((part) => book.names.any(part));
  const [first] = found;
  if (first === undefined || first === null) return null;
  const values = found
    .map((each) => (each?.kind === first.kind ? each.code : null))
    .filter((code) => code !== null);
  return values.length === found.length ? { key: first.kind, negated: false, values } : null;
}
