import type { Book } from "../core/book.ts";
import type { Commitment } from "../core/commitment.ts";
import type { Day } from "../core/day.ts";
import type { Problem, ProblemCode } from "../core/errors.ts";
import type { Lang } from "../core/lang.ts";
import type { Field, Form } from "../message/form.ts";
import type { Line } from "../message/message.ts";
import { cardTitle, targetLine } from "../views/card.ts";
import { FORM_CANCEL, FORM_TITLES } from "../views/form-words.ts";
import { problemView } from "../views/problem.ts";
import type { Command } from "./command.ts";
import { fieldsOf } from "./form-fields.ts";

/** A verb that lacks something, and what is known already, by the fields of its form, as it was typed. */
export interface Wanted {
  readonly command: Command;
  readonly values: Readonly<Record<string, string>>;
  /** What is wrong or missing. */
  readonly problem?: Problem;
}

/** What somebody mends by filling in: a part that is missing or cannot be read, as against what may not be done. */
const MENDABLE: ReadonlySet<ProblemCode> = new Set([
  "missing_id",
  "unknown_id",
  "retired_id",
  "not_a_commitment",
  "missing_part",
  "missing_value",
  "unknown_value",
  "unreadable_figure",
  "wrong_unit",
  "bad_day",
  "bad_link",
  "unknown_node",
  "which_dispute",
  "text_too_long",
]);

/** The form of a verb of the record; null for a verb that has none, and for a problem that filling in does not mend. */
export function formOf(wanted: Wanted, book: Book, today: Day, lang: Lang): Form | null {
  const { command, problem } = wanted;
  const words = FORM_TITLES.get(command.name);
  if (words === undefined || command.effect !== "record") return null;
  if (problem !== undefined && !MENDABLE.has(problem.code)) return null;
  const values = { ...wanted.values, ...meantBy(problem) };
  const commitment = namedIn(values["id"], book);
  const fields = fieldsOf({ command, values, commitment, problem: problem ?? null }, book, today, lang);
  // What is asked about is settled then: a form without a field would only be another button.
  if (fields.length === 0) return null;
  return {
    title: words.title[lang],
    verb: command.name,
    lang,
    intro: introOf(commitment, problem ?? null, book, lang),
    fields,
    // A number that names none is asked for, or was a slip where there is only one.
    values: hiddenOf(
      problem?.code === "which_dispute" ? { ...values, number: "" } : values,
      commitment,
      fields,
      lang,
    ),
    submit: words.submit[lang],
    cancel: FORM_CANCEL[lang],
  };
}

/** An undo that lacks only its reason has found what it is about. */
function meantBy(problem: Problem | undefined): Readonly<Record<string, string>> {
  const line = problem?.code === "missing_part" ? (problem.line.en ?? "") : "";
  const [, id, number] = /^undo (\S+) (#\d+)/u.exec(line) ?? [];
  return id === undefined || number === undefined ? {} : { id, number };
}

function namedIn(id: string | undefined, book: Book): Commitment | null {
  const named = id === undefined ? null : book.names.id(id);
  return named === null ? null : book.commitment(named.id);
}

function introOf(
  commitment: Commitment | null,
  problem: Problem | null,
  book: Book,
  lang: Lang,
): readonly Line[] {
  const target = commitment === null ? null : targetLine(commitment, book, lang);
  return [
    ...(commitment === null ? [] : [[{ bold: cardTitle(commitment, book, lang) }]]),
    ...(target === null ? [] : [[target]]),
    // Without a commitment its field says what is missing.
    ...(problem === null || problem.code === "missing_id" ? [] : [wrongLine(problem, lang)]),
  ];
}

function wrongLine(problem: Problem, lang: Lang): Line {
  const [block] = problemView(problem, lang).blocks;
  return block?.type === "text" ? (block.lines[0] ?? []) : [];
}

/** What goes along unseen: what the form is about, and the language in which it was drawn. */
function hiddenOf(
  values: Readonly<Record<string, string>>,
  commitment: Commitment | null,
  fields: readonly Field[],
  lang: Lang,
): Readonly<Record<string, string>> {
  const { number } = values;
  const asksNumber = fields.some(({ name }) => name === "number");
  return {
    ...(commitment === null ? {} : { id: commitment.id }),
    ...(number === undefined || number === "" || asksNumber ? {} : { number }),
    ...(values["offer"] === undefined ? {} : { offer: values["offer"] }),
    lang,
  };
}
