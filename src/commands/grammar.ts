import { Fault } from "../core/errors.ts";
import { filterKeyOf, readClause } from "../core/filter-read.ts";
import { FILTER_KEY_LIST, FILTER_KEYS } from "../core/filter-text.ts";
import type { Book } from "../core/book.ts";
import type { Clause } from "../core/filter.ts";
import type { Lang } from "../core/lang.ts";
import { nearest } from "../core/nearest.ts";
import type { Schedule } from "../core/schedule.ts";
import { readSchedulePhrase } from "../core/schedule-read.ts";
import { readTimeSpan } from "../core/time-span.ts";
import type { Command, Values } from "./command.ts";
import { joinId, joinNames, namesOf } from "./line-names.ts";
import { isKey, optionOf, optionsOf, readOption } from "./options.ts";
import { tokensOf, type Token } from "./tokens.ts";
import { findVerb, type Verb } from "./verbs.ts";

/** Most filters in one line; more is a mistake or an attack, and is said. */
export const FILTER_LIMIT = 50;

/** A line, understood: which verb runs on what, and the language it was written in. */
export interface Call {
  readonly command: Command;
  readonly values: Values;
  readonly share: boolean;
}

/** What a line says about the language of its answer: `lang:` wins over the writing; an id alone says nothing. */
export function lineLang(line: string): { readonly asked: Lang | null; readonly written: Lang | null } {
  // A line that cannot be read still has a language: its error is told in it.
  const asked = /(?:^|\s)(?:lang|language|语言)[:：]\s*([^\s,]+)/iu.exec(line)?.[1] ?? null;
  const written = line.replace(/https?:\/\/\S+/giu, " ").replace(/\b\p{L}{1,4}-?F?\d{1,3}\b/gu, " ");
  const script = /\p{Script=Han}/u.test(written)
    ? "zh"
    : /\p{Script=Latin}{2,}/u.test(written.normalize("NFKC"))
      ? "en"
      : null;
  return { asked: asked === null ? null : langOf(asked), written: script };
}

function langOf(value: string): Lang | null {
  try {
    const code = readOption("lang", [{ text: value, literal: false }]);
    return code === "zh" || code === "en" ? code : null;
  } catch {
    return null;
  }
}

/** Reads a line by PRODUCT's grammar. Throws Fault, and nothing else, for what cannot be read. */
export function readLine(line: string, book: Book, commands: readonly Command[]): Call {
  const tokens = tokensOf(line, isKey);
  const verb = findVerb(tokens, commands, (rest) => resolves(rest, book, commands));
  if (verb !== null) return explicit(verb, book);
  return bare(tokens, book, commands);
}

/** Rule 6: a glued verb runs only where every word after it names something. */
function resolves(rest: readonly Token[], book: Book, commands: readonly Command[]): boolean {
  return rest.every(
    (token) =>
      token.type === "pair" ||
      book.names.id(token.text)?.exists === true ||
      namesOf(token.text, book) !== null ||
      readTimeSpan(token.text) !== null ||
      commands.some(({ name, aliases }) =>
        [name, ...aliases.zh, ...aliases.en].includes(token.text.toLowerCase()),
      ),
  );
}

function explicit({ command, alias, rest }: Verb, book: Book): Call {
  const searches = command.reads === "filter" && SEARCH_WORDS.has(alias);
  if (!searches) for (const token of rest) refuseUnknownKey(token, command);
  const tokens = command.reads === "id" ? joinId(rest, book) : rest;
  return build(command, tokens, book, searches, ASPECT_OF.get(alias) ?? null);
}

/** Aliases that ask for words: in them an unknown word with a colon is text. */
const SEARCH_WORDS: ReadonlySet<string> = new Set(["search", "find", "搜", "搜索", "查找"]);
/** Aliases of `show` that are an aspect of it. */
const ASPECT_OF: ReadonlyMap<string, string> = new Map([
  ["source", "source"],
  ["出处", "source"],
]);
const ASPECTS: ReadonlySet<string> = new Set(ASPECT_OF.keys());

/** Rule 7: what a line without a verb means. */
function bare(typed: readonly Token[], book: Book, commands: readonly Command[]): Call {
  const tokens = joinId(typed, book);
  const words = tokens.filter((token) => token.type === "word");
  const [first, ...others] = words;
  const id = first === undefined || first.literal ? null : book.names.id(first.text);
  const filters = tokens.some((token) => token.type === "pair" && filterKeyOf(token.key) !== null);
  if (id !== null && !filters && others.every(({ text }) => ASPECTS.has(text.toLowerCase()))) {
    return build(named(commands, "show"), tokens, book, false, null);
  }
  if (words.length === 0 && !filters) return build(named(commands, "help"), tokens, book, false, null);
  return build(named(commands, "list"), tokens, book, true, null);
}

function named(commands: readonly Command[], name: string): Command {
  const found = commands.find((command) => command.name === name);
  if (found === undefined) throw new TypeError(`the registry has no ${name}`);
  return found;
}

function build(
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
  for (const token of filters ? joinNames(leading.rest, book) : leading.rest) {
    if (token.type === "word") {
      const clause =
        filters && !token.literal ? (namesOf(token.text, book) ?? timeOf(token.text, searches)) : null;
      if (clause === null) words.push(token.text);
      else clauses.push(clause);
      continue;
    }
    const key = filterKeyOf(token.key);
    const option = optionOf(token.key);
    if (option !== null && optionsOf(command).includes(option))
      options[option] = readOption(option, token.values);
    else if (key !== null && filters) {
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
      throw new Fault({ code: "option_not_here", verb: command.name, key: token.key, valid });
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
      if (first === undefined) {
        const example = book.dataset.commitments[0]?.id ?? "";
        throw new Fault({ code: "missing_id", verb: command.name, example });
      }
      const found = book.names.id(first);
      if (found?.exists !== true) {
        throw new Fault({
          code: "unknown_id",
          id: found?.id ?? first,
          nearest: book.names.nearestIds(found?.id ?? first),
        });
      }
      const tail = [second, ...more].filter((word) => word !== undefined);
      const said = aspect ?? ASPECT_OF.get(tail[0]?.toLowerCase() ?? "") ?? null;
      const extra = aspect === null && said !== null ? tail.slice(1) : tail;
      if (extra.length > 0) throw unexpected(command, extra);
      return said === null ? { id: found.id } : { id: found.id, aspect: said };
    }
    case "topic":
      return words.length === 0 ? {} : { topic: words.join(" ") };
    case "nothing":
      if (words.length > 0) throw unexpected(command, words);
      return {};
  }
}

function unexpected(command: Command, words: readonly string[]): Fault {
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

/** Rule 3: after a verb, an unknown word with a colon is a mistake, told with the three nearest keys. */
function refuseUnknownKey(token: Token, command: Command): void {
  if (token.type !== "word" || token.literal) return;
  const [, key] = /^-?([\p{L}_-]+):./u.exec(token.text) ?? [];
  if (key === undefined) return;
  const keys = FILTER_KEY_LIST.map((name) => ({
    name,
    forms: [...FILTER_KEYS[name].zh, ...FILTER_KEYS[name].en],
  }));
  const options = optionsOf(command).map((name) => ({ name, forms: [name] }));
  throw new Fault({ code: "unknown_key", key, nearest: nearest([key], [...keys, ...options]) });
}
