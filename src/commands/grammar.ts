import type { Book } from "../core/book.ts";
import { Fault } from "../core/errors.ts";
import { filterKeyOf } from "../core/filter-read.ts";
import { FILTER_KEY_LIST, FILTER_KEYS } from "../core/filter-text.ts";
import type { Lang } from "../core/lang.ts";
import { nearest } from "../core/nearest.ts";
import { OPTION_WORDS } from "../core/option-words.ts";
import { readTimeSpan } from "../core/time-span.ts";
import { ASPECT_OF, ASPECTS, build, type Call } from "./arguments.ts";
import type { Command } from "./command.ts";
import { joinId, namesOf } from "./line-names.ts";
import { isKey, optionsOf, readOption } from "./options.ts";
import { readTextLine } from "./text-line.ts";
import { tokensOf, type Token } from "./tokens.ts";
import { findVerb, leadingVerb, type Verb } from "./verbs.ts";

/** Addresses, people by their platform's id, and ids of commitments: in any language the same. */
const NO_LANGUAGE = /https?:\/\/\S+|<@[^<>]*>|@?\bou_\w+|@_all\b|\b\p{L}{1,4}-?F?\d{1,3}\b/giu;

/** What a line says about the language of its answer: `lang:` wins over the writing; an id or a code alone says nothing. */
export function lineLang(line: string): { readonly asked: Lang | null; readonly written: Lang | null } {
  // A line that cannot be read still has a language: its error is told in it.
  const asked = /(?:^|\s)(?:lang|language|语言)[:：]\s*([^\s,]+)/iu.exec(line)?.[1] ?? null;
  const written = line.normalize("NFKC").replace(NO_LANGUAGE, " ");
  // A code such as GM says nothing, and no English verb is as short.
  const script = /\p{Script=Han}/u.test(written) ? "zh" : /\p{Script=Latin}{3,}/u.test(written) ? "en" : null;
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
  const text = readTextLine(line, book, commands);
  if (text !== null) return text;
  const tokens = tokensOf(line, isKey);
  const verb = findVerb(tokens, commands, (rest) => resolves(rest, book, commands));
  if (verb !== null) return explicit(verb, book);
  return bare(tokens, book, commands);
}

/** Whether a line begins with a verb that records, even one that cannot be read to its end. */
export function records(line: string, commands: readonly Command[]): boolean {
  return leadingVerb(line, commands)?.command.effect === "record";
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
  const tokens = command.reads === "id" || command.reads === "entry" ? joinId(rest, book) : rest;
  return build(command, tokens, book, searches, ASPECT_OF.get(alias) ?? null);
}

/** Aliases that ask for words: in them an unknown word with a colon is text. */
const SEARCH_WORDS: ReadonlySet<string> = new Set(["search", "find", "搜", "搜索", "查找"]);
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

/** What a verb itself judges: a person with their platform, a link of any kind. */
const NAMED = /^(?:slack|feishu|terminal|[a-z][a-z\d+.-]*(?=:\/\/)|javascript|data|mailto|file):/iu;

/** Rule 3: after a verb, an unknown word with a colon is a mistake, told with the three nearest keys. */
function refuseUnknownKey(token: Token, command: Command): void {
  if (token.type !== "word" || token.literal) return;
  const [, key] = /^-?([\p{L}_-]+):./u.exec(token.text) ?? [];
  if (key === undefined || (command.effect !== "none" && NAMED.test(token.text))) return;
  const isFilter = command.reads === "filter" || command.reads === "rule";
  const keys = (isFilter ? FILTER_KEY_LIST : []).map((name) => ({
    name,
    forms: [...FILTER_KEYS[name].zh, ...FILTER_KEYS[name].en],
  }));
  const takes = optionsOf(command);
  const options = takes.map((name) => ({
    name,
    forms: [...OPTION_WORDS[name].zh, ...OPTION_WORDS[name].en],
  }));
  throw new Fault({
    code: "unknown_key",
    key,
    nearest: nearest([key], [...keys, ...options]),
    takes: isFilter ? null : takes,
  });
}
