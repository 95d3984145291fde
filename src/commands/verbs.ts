import type { Command } from "./command.ts";
import { isKey } from "./options.ts";
import { fold, tokensOf, type Token } from "./tokens.ts";

/** The verb of a line, the word it was called by, and what follows it. */
export interface Verb {
  readonly command: Command;
  readonly alias: string;
  readonly rest: readonly Token[];
}

interface Form {
  readonly words: readonly string[];
  readonly alias: string;
  readonly command: Command;
}

/**
 * Rule 6: the longest verb that the line begins with, ended by a space or the end. Failing that, a Chinese verb glued
 * to what follows, where the verb has no effect and `resolves` says that everything after it names something.
 */
export function findVerb(
  tokens: readonly Token[],
  commands: readonly Command[],
  resolves: (rest: readonly Token[]) => boolean,
): Verb | null {
  const leading = leadingWords(tokens);
  const whole = formsFrom(leading[0], commands).find(({ words }) =>
    words.every((word, at) => leading[at] === word),
  );
  if (whole !== undefined)
    return { command: whole.command, alias: whole.alias, rest: tokens.slice(whole.words.length) };
  return glued(tokens, formsOf(commands).all, resolves);
}

/** The verb that a line as it was typed begins with, and what follows; null where it begins with none. */
export function leadingVerb(
  line: string,
  commands: readonly Command[],
): { readonly command: Command; readonly rest: string } | null {
  const words = [...line.matchAll(/\S+/gu)].slice(0, MOST_WORDS).map(([typed], at, all) => ({
    text: plainWord(typed, at === 0),
    end: (all[at]?.index ?? 0) + typed.length,
  }));
  const found = formsFrom(words[0]?.text, commands).find((form) =>
    form.words.every((word, at) => words[at]?.text === word),
  );
  if (found === undefined) return null;
  return { command: found.command, rest: line.slice(words[found.words.length - 1]?.end ?? 0) };
}

/** The longest verb has three words. */
const MOST_WORDS = 4;

function plainWord(typed: string, isFirst: boolean): string {
  // Printable ASCII is folded already.
  const folded = /^[!-~]*$/.test(typed) ? typed : Array.from(typed, fold).join("").normalize("NFKC");
  const text = folded.toLowerCase();
  return isFirst ? text.replace(/^\//u, "") : text;
}

/** All verbs with all their names, longest first, and the same by the name's first word. */
interface Forms {
  readonly all: readonly Form[];
  readonly byFirst: ReadonlyMap<string, readonly Form[]>;
}

const FORMS = new WeakMap<readonly Command[], Forms>();

/** The registry is one list for as long as the program runs. */
function formsOf(commands: readonly Command[]): Forms {
  const known = FORMS.get(commands);
  if (known !== undefined) return known;
  const all = sortedForms(commands);
  const forms = { all, byFirst: Map.groupBy(all, ({ words }) => words[0] ?? "") };
  FORMS.set(commands, forms);
  return forms;
}

function formsFrom(first: string | undefined, commands: readonly Command[]): readonly Form[] {
  return first === undefined ? [] : (formsOf(commands).byFirst.get(first) ?? []);
}

function sortedForms(commands: readonly Command[]): readonly Form[] {
  return commands
    .flatMap((command) =>
      [command.name, ...command.aliases.zh, ...command.aliases.en].map((alias) => ({
        alias,
        words: alias.split(" "),
        command,
      })),
    )
    .sort((a, b) => b.alias.length - a.alias.length);
}

/** The unquoted words that the line begins with; a slash before the first is a habit from other bots and is dropped. */
function leadingWords(tokens: readonly Token[]): readonly string[] {
  const leading: string[] = [];
  for (const token of tokens) {
    if (token.type !== "word" || token.literal) break;
    leading.push(token.text.normalize("NFKC").toLowerCase());
  }
  const [first, ...others] = leading;
  return first === undefined ? [] : [first.replace(/^\//, ""), ...others];
}

function glued(
  tokens: readonly Token[],
  forms: readonly Form[],
  resolves: (rest: readonly Token[]) => boolean,
): Verb | null {
  const [first, ...others] = tokens;
  if (first?.type !== "word" || first.literal) return null;
  for (const { alias, command } of forms) {
    if (!/^\p{Script=Han}+$/u.test(alias) || command.effect !== "none") continue;
    if (!first.text.startsWith(alias) || first.text === alias) continue;
    const rest = [...tokensOf(first.text.slice(alias.length), isKey), ...others];
    if (resolves(rest)) return { command, alias, rest };
  }
  return null;
}
