import type { Book } from "../core/book.ts";
import type { Commitment } from "../core/commitment.ts";
import type { Day } from "../core/day.ts";
import { Fault, type Problem } from "../core/errors.ts";
import type { Lang } from "../core/lang.ts";
import type { Option } from "../core/option-words.ts";
import type { Choice, Field } from "../message/form.ts";
import {
  disputeChoices,
  FIELD_LABELS,
  fieldHint,
  levelChoices,
  nodeChoices,
  ratingChoices,
  type FieldName,
} from "../views/form-words.ts";
import type { Command } from "./command.ts";
import { readDayWord } from "./day-word.ts";
import { blankFigure } from "./blank-figure.ts";
import { LINK_LIMIT } from "./link.ts";
import { readOption } from "./options.ts";
import { TEXT_LIMIT } from "./text-line.ts";

/** Longest of one line: a figure, a milestone's name. */
const SHORT = 60;

interface Facts {
  readonly command: Command;
  readonly values: Readonly<Record<string, string>>;
  /** Known already: then it is not asked for. */
  readonly commitment: Commitment | null;
  readonly problem: Problem | null;
}

/** The fields that a verb still needs, filled with what was typed. */
export function fieldsOf(facts: Facts, book: Book, today: Day, lang: Lang): readonly Field[] {
  const { command, values, commitment } = facts;
  const unit = commitment?.target?.unit ?? null;
  const blank = commitment === null || unit === null ? null : blankFigure(commitment)[lang];
  const named = (name: FieldName, required: boolean) => ({
    name,
    label: FIELD_LABELS[name][lang],
    hint: fieldHint(name, command.name, unit, lang),
    required,
  });
  const text = (name: FieldName, required: boolean, size: "short" | "link" | "long"): Field => {
    const maxLength = { short: SHORT, link: LINK_LIMIT, long: TEXT_LIMIT }[size];
    const typed = values[name] ?? null;
    const initial = typed === null || [...typed].length > maxLength ? null : typed;
    const placeholder = name === "value" ? blank : null;
    return {
      ...named(name, required),
      kind: "text",
      multiline: size === "long",
      maxLength,
      placeholder,
      initial,
    };
  };
  const choice = (
    name: FieldName,
    required: boolean,
    options: readonly Choice[],
    typed: string | null,
  ): Field => ({
    ...named(name, required),
    kind: "choice",
    options,
    initial: options.some(({ value }) => value === typed) ? typed : null,
  });
  const day = (name: "as-of" | "on", fallback: Day | null): Field => {
    const typed = values[name];
    const read = typed === undefined ? fallback : readDayWord(typed, today, book.dataset.year);
    const isRefused = facts.problem?.code === "bad_day";
    return { ...named(name, true), kind: "date", initial: isRefused ? null : read };
  };
  const node = (required: boolean): Field => {
    const nodes = commitment === null ? null : nodeChoices(commitment, lang);
    return nodes === null
      ? text("done", required, "short")
      : choice("done", required, nodes, nodeIn(commitment, values["done"]));
  };
  const level = (): Field => choice("level", true, levelChoices(lang), choiceIn("level", values["level"]));

  const about: readonly Field[] = commitment === null ? [idField()] : [];
  switch (command.name) {
    case "reading":
      return [...about, ...figureFields(), day("as-of", today), text("source", false, "link"), level()];
    case "evidence":
      return [...about, text("link", true, "link"), level(), text("note", false, "long")];
    case "rate": {
      const known = commitment === null ? null : { commitment, record: book.ledger.of(commitment.id), today };
      return [
        ...about,
        choice("rating", true, ratingChoices(known, lang), values["rating"] ?? null),
        text("reason", true, "long"),
      ];
    }
    case "return":
      return [...about, text("reason", true, "long")];
    case "dispute":
    case "note":
    case "yardstick":
    case "resolve":
      return [...about, text("text", true, "long")];
    case "dispute close":
      return [...about, ...disputeFields(), text("text", true, "long")];
    case "event":
      return [...about, day("on", null)];
    case "undo":
      return undoFields();
    default:
      return about;
  }

  function idField(): Field {
    return {
      ...named("id", command.name !== "undo"),
      kind: "commitment",
      placeholder: book.dataset.commitments[0]?.id ?? null,
      initial: null,
    };
  }

  /** A figure, or a milestone; either where nobody has said yet which commitment it is. */
  function figureFields(): readonly Field[] {
    if (commitment !== null)
      return [commitment.kind === "milestone" ? node(true) : text("value", true, "short")];
    const hasNodes = book.dataset.commitments.some(({ kind }) => kind === "milestone");
    return [text("value", !hasNodes, "short"), ...(hasNodes ? [node(false)] : [])];
  }

  function disputeFields(): readonly Field[] {
    if (commitment === null) return [];
    const { disputes } = book.ledger.of(commitment.id);
    const isKnown = disputes.some(({ seq }) => values["number"] === `#${seq}`);
    if (disputes.length < 2 || isKnown) return [];
    const open = disputeChoices(disputes);
    return [open === null ? text("number", true, "short") : choice("number", true, open, null)];
  }

  /** What is meant was said, and the reason is all that is missing; else both are asked for. */
  function undoFields(): readonly Field[] {
    const isMeant = commitment !== null && values["number"] !== undefined;
    if (isMeant) return [text("reason", true, "long")];
    return [...about, text("number", false, "short"), text("reason", false, "long")];
  }
}

function nodeIn(commitment: Commitment | null, typed: string | undefined): string | null {
  const wanted = typed?.normalize("NFKC").trim().toLowerCase();
  const found = commitment?.milestones.find(({ node, name }) =>
    [node, name.zh, name.en].some((form) => form?.toLowerCase() === wanted),
  );
  return found?.node ?? null;
}

/** The code behind what was typed for an option with a closed list. */
function choiceIn(option: Option, typed: string | undefined): string | null {
  if (typed === undefined) return null;
  try {
    return readOption(option, [{ text: typed, literal: true }]);
  } catch (error) {
    if (error instanceof Fault) return null;
    throw error;
  }
}
