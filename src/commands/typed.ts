import type { Book } from "../core/book.ts";
import { Fault } from "../core/errors.ts";
import { RATINGS, STANDING_WORDS } from "../core/vocabulary.ts";
import type { Command } from "./command.ts";
import { joinId } from "./line-names.ts";
import { isLinkLike } from "./link.ts";
import { isKey, optionOf, optionsOf } from "./options.ts";
import { leadingId, plainText } from "./text-line.ts";
import { tokensOf, type Token } from "./tokens.ts";
import { leadingVerb } from "./verbs.ts";

/** What somebody typed after a verb of the record, by the fields of its form, as it was typed. */
export interface Typed {
  readonly command: Command;
  readonly values: Readonly<Record<string, string>>;
}

/** Reads what there is of a line that could not be taken, so that its form need not be filled in anew; null: no form records it. */
export function typedIn(line: string, book: Book, commands: readonly Command[]): Typed | null {
  const found = leadingVerb(line, commands);
  if (found === null || found.command.effect !== "record") return null;
  const { command, rest } = found;
  if (command.reads === "text") {
    const values = textOf(rest, book);
    return { command, values: command.name === "dispute close" ? numbered(values) : values };
  }
  const tokens = readable(rest);
  return tokens === null ? null : { command, values: fieldsOf(command, joinId(tokens, book), book) };
}

/** An id in any of its forms, and everything after it. */
function textOf(rest: string, book: Book): Readonly<Record<string, string>> {
  const named = leadingId(rest);
  return named === null || book.names.id(named.id) === null
    ? filled({ text: plainText(rest) })
    : filled({ id: named.id, text: plainText(named.rest) });
}

/** The number of one of several doubts, which stands before what came of it. */
function numbered(values: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const [, digits, text = ""] = /^[#＃](\d{1,9})(?!\d)[:：,，]?\s*(.*)$/su.exec(values["text"] ?? "") ?? [];
  return digits === undefined ? values : filled({ ...values, number: `#${digits}`, text });
}

function readable(rest: string): readonly Token[] | null {
  try {
    return tokensOf(rest, isKey);
  } catch (error) {
    if (error instanceof Fault) return null;
    throw error;
  }
}

function fieldsOf(command: Command, tokens: readonly Token[], book: Book): Readonly<Record<string, string>> {
  const values: Record<string, string> = {};
  const words: string[] = [];
  let phrase: string | null = null;
  for (const token of tokens) {
    if (token.type === "word") {
      if (phrase !== null && !token.literal) values[phrase] = `${values[phrase] ?? ""} ${token.text}`;
      else words.push(token.text);
      continue;
    }
    const option = optionOf(token.key);
    if (option === null || !optionsOf(command).includes(option)) continue;
    values[option] = token.values.map(({ text }) => text).join(",");
    phrase = ["source", "reason", "note"].includes(option) ? option : null;
  }
  const [first, ...others] = words;
  const hasId = first !== undefined && book.names.id(first) !== null;
  return filled({ ...values, ...(hasId ? { id: first } : {}), ...wordsOf(command, hasId ? others : words) });
}

/** The words of a line under the fields that stand for them. */
function wordsOf({ name }: Command, words: readonly string[]): Readonly<Record<string, string>> {
  const all = words.join(" ");
  switch (name) {
    case "reading":
      return { value: all };
    case "evidence": {
      const link = words.find(isLinkLike) ?? "";
      const rest = words.filter((word) => word !== link).join(" ");
      return { link, ...(rest === "" ? {} : { note: rest }) };
    }
    case "rate": {
      const count = [2, 1].find((each) => ratingIn(words.slice(0, each).join(" ")) !== null) ?? 0;
      const reason = words.slice(count).join(" ");
      return {
        rating: ratingIn(words.slice(0, count).join(" ")) ?? "",
        ...(reason === "" ? {} : { reason }),
      };
    }
    case "return": {
      // The number that a card pins its line to goes along with the form.
      const [, number = "", reason = ""] = /^([#＃]\d{1,9})?\s*(.*)$/su.exec(all) ?? [];
      return { number, reason };
    }
    case "event":
      return all === "" ? {} : { on: all };
    case "undo":
      return { number: words.find((word) => /^#\d{1,9}$/u.test(word)) ?? "" };
    default:
      return {};
  }
}

function ratingIn(typed: string): string | null {
  const wanted = typed.normalize("NFKC").toLowerCase();
  const found = STANDING_WORDS.find(
    ({ code, zh, en, aliases }) =>
      RATINGS.some((rating) => rating === code) && [code, zh, en, ...aliases].includes(wanted),
  );
  return wanted === "" ? null : (found?.code ?? null);
}

function filled(values: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value.trim() !== ""));
}
