import { z } from "zod";
import type { Book } from "../core/book.ts";
import type { Day } from "../core/day.ts";
import type { Filter } from "../core/filter.ts";
import type { Lang } from "../core/lang.ts";
import type { Option } from "../core/option-words.ts";
import type { Address, Person } from "../core/place.ts";
import type { Message } from "../message/message.ts";

/** What a verb reads from its words: an id and an aspect, a filter with words to search, a verb's name, or nothing. */
export type Reads = "id" | "filter" | "topic" | "nothing";

/** What the grammar or a form hands to a verb, before the verb's own schema has seen it. */
export type Values = Readonly<Record<string, string | Filter>>;

/** Everything a verb may need beyond its row; no verb imports a neighbour, a clock or a platform. */
export interface Context {
  readonly book: Book;
  readonly lang: Lang;
  readonly now: Date;
  /** The day in `zone`. */
  readonly today: Day;
  readonly zone: string;
  readonly actor: Person;
  /** Where it was asked; null on the command line. */
  readonly here: Address | null;
  readonly commands: readonly Command[];
  /** The program's version, for `about`. */
  readonly program: string;
  /** The nearest names and verbs for a word that nothing was found for. */
  readonly suggest: (words: string) => readonly string[];
}

interface Row {
  /** The English verb, as in a line. */
  readonly name: string;
  /** Other words for it; the first Chinese one is printed. */
  readonly aliases: { readonly zh: readonly string[]; readonly en: readonly string[] };
  readonly summary: { readonly zh: string; readonly en: string };
  readonly usage: { readonly zh: string; readonly en: string };
  /** Each runs as a test, on every door. */
  readonly examples: { readonly zh: readonly string[]; readonly en: readonly string[] };
  readonly reads: Reads;
  readonly options: readonly Option[];
  /** Who may: everyone in a channel is a viewer. */
  readonly role: "viewer" | "tracker" | "reviewer" | "admin";
  /** none: only reads, so it may run on a glued line and opens no transaction. */
  readonly effect: "none" | "rule" | "record";
}

/** A row of the registry as the program uses it: arguments are checked inside `run`. */
export interface Command extends Row {
  /** Throws Fault for what the user can mend. */
  run(context: Context, values: Values): Message;
}

/** A verb: its row, the schema of its arguments, and what it does with them. */
export function command<Args>(
  row: Row & { readonly args: z.ZodType<Args>; readonly answer: (context: Context, args: Args) => Message },
): Command {
  const { args, answer, ...rest } = row;
  return { ...rest, run: (context, values) => answer(context, args.parse(values)) };
}

/** The schema of a filter that the grammar has read; a form's text goes through the grammar first. */
export const filterArg = z.custom<Filter>((value) => Array.isArray(value)).default([]);
/** A page number, from 1. */
export const pageArg = z.coerce.number().int().min(1).max(999).catch(1).default(1);
