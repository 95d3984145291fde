import type { Book } from "../core/book.ts";
import { missingId, notHere, type Call } from "./arguments.ts";
import type { Command } from "./command.ts";
import { knownId } from "./known-id.ts";
import { optionOf, optionsOf, readOption } from "./options.ts";
import { keptText } from "./text-line.ts";

/** What a form sends: a verb of the record and what was filled in, as typed. */
export interface Submitted {
  readonly verb: string;
  readonly values: Readonly<Record<string, string>>;
}

/** Fields that stand where a line has its words: the figure, the link, the rating. */
const WORDS: ReadonlySet<string> = new Set(["value", "link", "rating"]);

/** Reads a submission as a line is read, by the same words and limits. Throws Fault; a field left empty is not there. */
export function readForm({ verb, values }: Submitted, book: Book, commands: readonly Command[]): Call {
  const command = commands.find(({ name, effect }) => name === verb && effect === "record");
  if (command === undefined) throw new TypeError(`no form records ${verb}`);
  const filled = Object.entries(values).filter(([, value]) => value.trim() !== "");
  const words: string[] = [];
  const read: Record<string, string> = {};
  let [number, text] = ["", ""];
  for (const [field, value] of filled) {
    const option = optionOf(field);
    if (command.reads === "words" && field === "number") words.push(numberOf(value));
    else if (command.reads === "words" && field === "id") words.push(value.trim());
    else if (field === "id") read["id"] = knownId(value, book);
    else if (field === "text" && command.reads === "text") text = keptText(value);
    else if (field === "number" && command.name === "dispute close") number = `${numberOf(value)} `;
    else if (field === "number" && PINNED.has(command.name)) number = numberOf(value);
    else if (WORDS.has(field) && command.reads === "entry") words.push(value.trim());
    else if (option !== null && optionsOf(command).includes(option))
      read[option] = readOption(option, [{ text: value, literal: true }]);
    else throw notHere(command, field, optionsOf(command));
  }
  // As in the line: the number of one of several doubts stands before what came of it.
  const pins = PINNED.has(command.name);
  if (!pins && (text !== "" || number !== "")) read["text"] = `${number}${text}`;
  if (read["id"] === undefined && command.reads !== "words") throw missingId(command, book);
  return { command, values: { ...read, words: pins ? pinned(number, words) : words }, share: false };
}

/** What decides about a proposal takes its number first, where it is about a certain one. */
const PINNED: ReadonlySet<string> = new Set(["approve", "return"]);
function pinned(number: string, words: readonly string[]): readonly string[] {
  return number === "" ? words : [number, ...words];
}

/** #12, also where the sign was left out. */
function numberOf(typed: string): string {
  const [, digits] = /^[#＃]?(\d{1,9})$/u.exec(typed.normalize("NFKC").trim()) ?? [];
  return digits === undefined ? typed.trim() : `#${digits}`;
}
