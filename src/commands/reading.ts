import { z } from "zod";
import { EVIDENCE_LEVELS, type ReadValue } from "../core/act.ts";
import { evidenceLine } from "./record-lines.ts";
import type { Commitment } from "../core/commitment.ts";
import { Fault } from "../core/errors.ts";
import type { Localized } from "../core/lang.ts";
import { nearest } from "../core/nearest.ts";
import { readQuantity } from "../core/read-value.ts";
import { confirmJumpView } from "../views/confirm.ts";
import { blankFigure } from "./blank-figure.ts";
import { command, type Context, type Result } from "./command.ts";
import { effectiveDay, firstDay } from "./effective-day.ts";
import { commitmentOf, recording } from "./entry.ts";
import { jumpOf } from "./jump.ts";
import { lineOf, type LineWord } from "./line-words.ts";
import { isLinkLike, readLink } from "./link.ts";
import { plainText } from "./text-line.ts";

const args = z.object({
  id: z.string(),
  words: z.array(z.string()).default([]),
  done: z.string().optional(),
  "as-of": z.string().optional(),
  source: z.string().optional(),
  level: z.enum(EVIDENCE_LEVELS).optional(),
  confirm: z.literal("yes").optional(),
});
type Args = z.output<typeof args>;

const VERB = { zh: "填报", en: "reading" };
/** Longest name of a document that stands in for a link, in characters. */
const SOURCE_LIMIT = 300;

/** A figure as of a day, or a node that is done, with where it comes from. */
export const reading = command({
  name: "reading",
  aliases: { zh: ["填报"], en: [] },
  summary: {
    zh: "填报一个读数：数值、截至日、来源、级别",
    en: "record a figure: value, as-of date, source, level",
  },
  usage: {
    zh: "填报 编号 数值|完成:节点 [截至:2026-06-30] 来源:https://… 级别:E1–E5 [确认:是]",
    en: "reading ID VALUE|done:NODE [as-of:2026-06-30] source:https://… level:E1–E5 [confirm:yes]",
  },
  examples: { zh: [], en: [] },
  reads: "entry",
  options: ["as-of", "source", "level", "done", "confirm"],
  role: "tracker",
  effect: "record",
  args,
  async answer(context, given) {
    const { book } = context;
    const commitment = commitmentOf(given.id, book);
    const typed = given.words.join(" ").trim();
    const value = valueOf(commitment, typed, given, context);
    const record = book.ledger.of(commitment.id);
    const asOf = effectiveDay(
      "as-of",
      given["as-of"] ?? context.today,
      firstDay(commitment, record),
      context,
    );
    const source = given.source === undefined ? null : readSource(given.source);
    const level = given.level;
    if (level === undefined) throw lacking("level", { ...given, level: "E3" }, typed);
    // No figure without a source: only what somebody claimed may stand without one, and it moves nothing.
    if (source === null && level !== "E5") throw lacking("source", { ...given, source: "https://…" }, typed);
    const jump = "done" in value || given.confirm === "yes" ? null : jumpOf(commitment, value, record);
    if (jump !== null && !("done" in value))
      return confirmed({ ...given, confirm: "yes" }, typed, (line) =>
        confirmJumpView({ commitment, value, asOf, against: jump, line, book, lang: context.lang }),
      )(context);
    const original = given.done ?? typed;
    const data = { value, original, asOf, source, level, late: context.isLate };
    return recording(context, commitment, { type: "reading", data }, { effectiveOn: asOf });
  },
});

function confirmed(given: Args, typed: string, view: (line: string) => Result["message"]) {
  return ({ lang }: Context): Result => ({ message: view(again(given, typed)[lang]) });
}

/** The line as it was typed, with what was added to it. */
function again(given: Args, typed: string): Required<Localized> {
  return lineOf(VERB, [given.id, typed, ...optionsOf(given)]);
}

function optionsOf(given: Args): readonly (LineWord | null)[] {
  return (["done", "as-of", "source", "level", "confirm"] as const).map((option) => {
    const value = given[option];
    return value === undefined ? null : { option, value };
  });
}

/** The whole line with words where the figure and what else is missing belong. */
function blankLine(commitment: Commitment, given: Args): Required<Localized> {
  const dated = given["as-of"] !== undefined;
  return lineOf(VERB, [
    given.id,
    blankFigure(commitment),
    dated ? null : { option: "as-of", value: { zh: "日期", en: "DATE" } },
    ...optionsOf({
      ...given,
      done: undefined,
      source: given.source ?? "https://…",
      level: given.level ?? "E3",
    }),
  ]);
}

function lacking(part: "level" | "source" | "node", given: Args, typed: string): Fault {
  return new Fault({ code: "missing_part", part, line: again(given, typed) });
}

function valueOf(commitment: Commitment, typed: string, given: Args, { book, lang }: Context): ReadValue {
  const { id, check, kind, target, milestones } = commitment;
  if (check !== "figure") {
    const instead = check === "none" ? null : evidenceLine(id, "E2");
    throw new Fault({ code: "not_for_this", id, what: "reading", check, instead });
  }
  if (kind === "milestone") {
    const names = milestones.map(({ node, name }) => ({
      name: node,
      forms: [node, name.zh ?? node, name.en ?? node],
    }));
    const example = { ...given, words: [], done: milestones[0]?.node ?? "1" };
    if (given.done === undefined && typed !== "")
      throw new Fault({ code: "not_for_this", id, what: "figure", check, instead: again(example, "") });
    if (given.done === undefined) throw lacking("node", example, "");
    const wanted = given.done.normalize("NFKC").trim().toLowerCase();
    const found = names.find(({ forms }) => forms.some((form) => form.toLowerCase() === wanted));
    if (found !== undefined && typed === "") return { done: found.name };
    const near = nearest([wanted], names);
    const valid = near.length > 0 ? near : names.map(({ name }) => name);
    throw new Fault({ code: "unknown_node", text: `${given.done} ${typed}`.trim().slice(0, 60), valid });
  }
  if (given.done !== undefined)
    throw new Fault({
      code: "not_for_this",
      id,
      what: "milestone",
      check,
      instead: blankLine(commitment, given),
    });
  if (typed === "")
    throw new Fault({ code: "missing_part", part: "value", line: blankLine(commitment, given) });
  const measure = book.dataset.measures.find(({ code }) => code === commitment.measure);
  const counted = measure?.counted ?? null;
  return readQuantity(typed, { unit: target?.unit ?? "", counted, example: blankFigure(commitment)[lang] });
}

function readSource(typed: string): string {
  if (isLinkLike(typed)) return readLink(typed);
  const text = plainText(typed);
  if ([...text].length > SOURCE_LIMIT) throw new Fault({ code: "text_too_long", limit: SOURCE_LIMIT });
  return text;
}
