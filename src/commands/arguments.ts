import type { Book } from "../core/book.ts";
import { Fault } from "../core/errors.ts";
import { filterKeyOf, readClause } from "../core/filter-read.ts";
import { FILTER_KEY_LIST } from "../core/filter-text.ts";
import type { Clause } from "../core/filter.ts";
import type { Option } from "../core/option-words.ts";
import type { Schedule } from "../core/schedule.ts";
import { readSchedulePhrase } from "../core/schedule-read.ts";
import { readTimeSpan } from "../core/time-span.ts";
import type { Command, Values } from "./command.ts";
import { knownId } from "./known-id.ts";
import { joinNames, namesOf } from "./line-names.ts";
import { optionOf, optionsOf, readOption } from "./options.ts";
import type { Token } from "./tokens.ts";

/** Most filters in one line; more is a mistake or an attack, and is said. */
export const FILTER_LIMIT = 50;

/** A line, understood: which verb runs on what. */
export interface Call {
  readonly command: Command;
  readonly values: Values;
  readonly share: boolean;
}

/** Aliases of `show` that are an aspect of it. */
export const ASPECT_OF: ReadonlyMap<string, string> = new Map([
  ["source", "source"],
  ["出处", "source"],
  ["history", "history"],
  ["历程", "history"],
]);
export const ASPECTS: ReadonlySet<string> = new Set(ASPECT_OF.keys());

/** Options whose value is a phrase: without quotes it goes on over the words that follow. */
const PHRASES: ReadonlySet<Option> = new Set(["source", "reason", "note"]);

/** What a verb gets from the words, filters and options after it. */
export function build(
  command: Command,
  tokens: readonly Token[],
  book: Book,
  searches: boolean,
  aspect: string | null,
): Call {
  const words: string[] = [];
  const clauses: Clause[] = [];
  const options: Record<string, string> = {};
  const filters = command.reads === "filter" || command.reads === "rule";
  const leading = command.reads === "rule" ? leadingSchedule(tokens) : { rest: tokens };
  let phrase: Option | null = null;
  for (const token of filters ? joinNames(leading.rest, book) : leading.rest) {
    if (token.type === "word") {
      if (phrase !== null && !token.literal) {
        options[phrase] = `${options[phrase] ?? ""} ${token.text}`;
        continue;
      }
      const clause =
        filters && !token.literal ? (namesOf(token.text, book) ?? timeOf(token.text, searches)) : null;
      if (clause === null) words.push(token.text);
      else clauses.push(clause);
      continue;
    }
    const key = filterKeyOf(token.key);
    const option = optionOf(token.key);
    if (option !== null && optionsOf(command).includes(option)) {
      options[option] = readOption(option, token.values);
      phrase = PHRASES.has(option) && !token.values.some(({ literal }) => literal) ? option : null;
    } else if (key !== null && filters) {
      clauses.push(
        readClause(
          key,
          token.negated,
          token.values.map(({ text }) => text),
          book,
        ),
      );
    } else {
      const valid = [...(filters ? FILTER_KEY_LIST : []), ...optionsOf(command)];
      throw notHere(command, token.key, valid);
    }
    if (clauses.length > FILTER_LIMIT) throw new Fault({ code: "too_many_filters", limit: FILTER_LIMIT });
  }
  const { share, ...rest } = options;
  const schedule = leading.schedule === undefined ? {} : { schedule: leading.schedule };
  const values = { ...rest, ...schedule, ...positional(command, words, clauses, book, aspect) };
  return { command, values, share: share === "yes" };
}

/** Rule: `digest set` takes its schedule as a leading phrase. */
function leadingSchedule(tokens: readonly Token[]): {
  readonly schedule?: Schedule;
  readonly rest: readonly Token[];
} {
  const end = tokens.findIndex((token) => token.type !== "word" || token.literal);
  const words = tokens
    .slice(0, end < 0 ? tokens.length : end)
    .flatMap((token) => (token.type === "word" ? [token.text] : []));
  const read = readSchedulePhrase(words);
  if (read === null) return { rest: tokens };
  const isWithSeconds =
    "problem" in read &&
    (read.problem === "seconds" || words.some((word) => /^\d{1,2}:\d{2}:\d{2}$/.test(word)));
  if ("problem" in read)
    throw new Fault({
      code: "unknown_schedule",
      text: words.join(" ").slice(0, 60),
      why: isWithSeconds ? "seconds" : "unreadable",
    });
  return { schedule: read.schedule, rest: tokens.slice(read.used) };
}

function positional(
  command: Command,
  words: readonly string[],
  clauses: readonly Clause[],
  book: Book,
  aspect: string | null,
): Values {
  switch (command.reads) {
    case "words":
      return { words };
    case "rule":
    case "filter": {
      const text = words
        .join(" ")
        .replace(/["“”「」『』]/g, " ")
        .trim();
      const filter = text === "" ? clauses : [...clauses, readClause("text", false, [text], book)];
      return { filter };
    }
    case "id": {
      const [first, second, ...more] = words;
      if (first === undefined) throw missingId(command, book);
      const id = knownId(first, book);
      const tail = [second, ...more].filter((word) => word !== undefined);
      const said = aspect ?? ASPECT_OF.get(tail[0]?.toLowerCase() ?? "") ?? null;
      const extra = aspect === null && said !== null ? tail.slice(1) : tail;
      if (extra.length > 0) throw unexpected(command, extra);
      return said === null ? { id } : { id, aspect: said };
    }
    case "entry":
    case "text": {
      const [first, ...others] = words;
      if (first === undefined) throw missingId(command, book);
      return { id: knownId(first, book), words: others };
    }
    case "topic":
      return words.length === 0 ? {} : { topic: words.join(" ") };
    case "nothing":
      if (words.length > 0) throw unexpected(command, words);
      return {};
  }
}

export function missingId({ name, aliases }: Command, book: Book): Fault {
  const example = book.dataset.commitments[0]?.id ?? "";
  return new Fault({ code: "missing_id", verb: name, verbZh: aliases.zh[0] ?? name, example });
}

/** A key that the verb does not take; `valid` are those it does. */
export function notHere({ name, aliases }: Command, key: string, valid: readonly string[]): Fault {
  return new Fault({ code: "option_not_here", verb: name, verbZh: aliases.zh[0] ?? name, key, valid });
}

/** Words that a verb has no use for: one with effect never runs past them. */
export function unexpected(command: Pick<Command, "name" | "usage">, words: readonly string[]): Fault {
  return new Fault({
    code: "unexpected_words",
    verb: command.name,
    words: words.join(" ").slice(0, 60),
    usage: command.usage,
  });
}

/** A bare time is a filter after `list` and `due`; in a search a number may just be a number. */
function timeOf(word: string, searches: boolean): Clause | null {
  const span = readTimeSpan(word);
  if (span === null || (searches && span.kind === "year")) return null;
  return { key: "due", negated: false, values: [span] };
}
