import { Fault } from "../core/errors.ts";
import { filterKeyOf } from "../core/filter-read.ts";

/** One value after a key, or a word: what it says after folding, and whether it was quoted or a URL (kept as typed). */
export interface Piece {
  readonly text: string;
  readonly literal: boolean;
}

/** A word, or `key:value,value` where the key is known. */
export type Token =
  | ({ readonly type: "word" } & Piece)
  | {
      readonly type: "pair";
      readonly key: string;
      readonly negated: boolean;
      readonly values: readonly Piece[];
    };

/** Longest line that is read, in characters; above it the sender is told. */
export const LINE_LIMIT = 10_000;

const CLOSING: Readonly<Record<string, string>> = { '"': '"', "“": "”", "”": "”", "「": "」", "『": "』" };
const URL_START = /^https?:\/\/[^\s>]*/iu;
/** The beginning of a number in groups of three: 1 or 1,000 or >=12, but not Q1 and not 2026. */
const GROUPABLE = /(?:^|\.\.|[^\p{L}\d.,])\d{1,3}(?:,\d{3})*$/u;
const DROPPED = /[\u200b-\u200d\u2060\ufeff]/u;

/**
 * Splits a line by the grammar's rules 1 to 5. Folding (full-width forms, ideographic space, zero-width characters)
 * touches neither quoted text nor URLs. Throws Fault for an unclosed quote or a line over the limit.
 */
export function tokensOf(line: string, isKey: (word: string) => boolean): readonly Token[] {
  // Code points are counted only where the cheap length says that it may matter.
  if (line.length > LINE_LIMIT && lengthOf(line.slice(0, LINE_LIMIT * 2 + 1)) > LINE_LIMIT) {
    throw new Fault({ code: "line_too_long", limit: LINE_LIMIT });
  }
  return new Reader(line, isKey).read();
}

class Reader {
  private readonly line: string;
  private readonly isKey: (word: string) => boolean;
  private readonly tokens: Token[] = [];
  private at = 0;
  /** The word or value being read; null between them. */
  private piece: { text: string; literal: boolean } | null = null;
  private pair: { key: string; negated: boolean; values: Piece[] } | null = null;

  constructor(line: string, isKey: (word: string) => boolean) {
    this.line = line;
    this.isKey = isKey;
  }

  read(): readonly Token[] {
    while (this.at < this.line.length) this.step();
    this.endPair();
    return this.tokens;
  }

  private step(): void {
    const raw = String.fromCodePoint(this.line.codePointAt(this.at) ?? 32);
    if (this.piece === null && this.takeUrl()) return;
    const character = fold(raw);
    if (Object.hasOwn(CLOSING, raw) || character === '"') return this.takeQuote(raw);
    this.at += raw.length;
    if (character === "") return;
    if (/\s/u.test(character)) return this.space();
    if (character === ":" && this.startPair()) return;
    if ((character === "," || character === "、") && this.pair !== null && !this.groupsThousands(character)) {
      return this.endPiece();
    }
    this.piece = { text: (this.piece?.text ?? "") + character, literal: this.piece?.literal ?? false };
  }

  private takeUrl(): boolean {
    const found = URL_START.exec(this.line.slice(this.at, this.at + LINE_LIMIT));
    if (found === null) return false;
    const url = found[0].replace(/[。，）]+$/u, "");
    this.at += found[0].length;
    this.piece = { text: url, literal: true };
    return true;
  }

  private takeQuote(raw: string): void {
    const close = this.line.indexOf(CLOSING[raw] ?? raw, this.at + raw.length);
    if (close < 0) throw new Fault({ code: "unclosed_quote", text: this.line.slice(this.at, this.at + 40) });
    const text = this.line.slice(this.at + raw.length, close).replace(/\p{Cc}/gu, " ");
    this.at = close + (CLOSING[raw] ?? raw).length;
    this.piece = { text: (this.piece?.text ?? "") + text, literal: true };
  }

  /** A colon after a known key; the key may itself follow a separator and so start a new filter. */
  private startPair(): boolean {
    const word = this.piece;
    if (word === null || word.literal) return false;
    const negated = word.text.startsWith("-");
    const key = negated ? word.text.slice(1) : word.text;
    if (/^\p{N}/u.test(key) || !this.isKey(key)) return false;
    this.piece = null;
    this.endPair();
    this.pair = { key: key.toLowerCase(), negated, values: [] };
    return true;
  }

  /** "1,000" is one figure: a comma between a digit and exactly three digits. */
  private groupsThousands(character: string): boolean {
    if (character !== "," || this.piece === null || this.piece.literal || !GROUPABLE.test(this.piece.text))
      return false;
    // A time is no such figure: due:..2026-06-30,100d is two.
    if (this.pair !== null && filterKeyOf(this.pair.key) === "due") return false;
    const next = Array.from(this.line.slice(this.at, this.at + 4), fold).join("");
    return /^\d{3}(?!\d)/.test(next);
  }

  /** A space ends a word or a pair, except right after the key's colon or a separator: the value is still to come. */
  private space(): void {
    if (this.pair !== null && this.piece === null) return;
    this.endPiece();
    this.endPair();
  }

  private endPiece(): void {
    if (this.piece === null) return;
    if (this.pair === null) this.tokens.push({ type: "word", ...this.piece });
    else this.pair.values.push(this.piece);
    this.piece = null;
  }

  private endPair(): void {
    this.endPiece();
    if (this.pair !== null) this.tokens.push({ type: "pair", ...this.pair });
    this.pair = null;
  }
}

/** Rule 1: full-width ASCII to ASCII, every kind of space and control character to a space, zero-width to nothing. */
export function fold(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCodePoint(code - 0xfee0);
  if (DROPPED.test(character)) return "";
  return /[\s\p{Cc}]/u.test(character) ? " " : character;
}

/** Characters, not UTF-16 units. */
function lengthOf(text: string): number {
  return Array.from(text).length;
}
