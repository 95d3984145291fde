import type { Problem } from "../core/errors.ts";
import type { LackedPart } from "../core/record-errors.ts";

/** The field of a verb's form that a problem is about; null where it is about none in particular. */
export function fieldOf(problem: Problem, verb: string): string | null {
  const field = aboutOf(problem, verb);
  return field !== null && (FIELDS[verb] ?? []).includes(field) ? field : null;
}

/** What the forms of each verb can ask for; one that knows its commitment does not ask for it again. */
export const FIELDS: Readonly<Record<string, readonly string[]>> = {
  reading: ["id", "value", "done", "as-of", "source", "level"],
  evidence: ["id", "link", "level", "note"],
  rate: ["id", "rating", "reason"],
  "rate withdraw": ["id"],
  approve: ["id"],
  return: ["id", "reason"],
  resolve: ["id", "text"],
  dispute: ["id", "text"],
  "dispute close": ["id", "number", "text"],
  note: ["id", "text"],
  yardstick: ["id", "text"],
  event: ["id", "on"],
  undo: ["id", "number", "reason"],
};

function aboutOf(problem: Problem, verb: string): string | null {
  switch (problem.code) {
    case "unknown_id":
    case "missing_id":
    case "retired_id":
    case "not_a_commitment":
    case "nothing_proposed":
    case "no_dispute":
    case "own_proposal":
    case "other_proposal":
    case "which_commitment":
      return "id";
    case "not_for_this":
      return NOT_FOR[problem.what];
    case "missing_part":
      return PARTS[problem.part];
    case "unreadable_figure":
    case "wrong_unit":
    case "unclear_figure":
      return "value";
    case "unknown_node":
      return "done";
    case "bad_day":
    case "unknown_value":
    case "missing_value":
    case "unreadable_value":
      return problem.key;
    case "bad_link":
      return verb === "reading" ? "source" : "link";
    case "rating_needs":
      return "rating";
    case "which_dispute":
    case "nothing_to_undo":
    case "undo_blocked":
    case "undo_needs_reviewer":
      return "number";
    case "text_too_long":
      return LONG[verb] ?? "text";
    case "unknown_key":
    case "unexpected_words":
    case "option_not_here":
    case "unclosed_quote":
    case "unknown_time":
    case "unknown_amount":
    case "line_too_long":
    case "too_many_filters":
    case "unknown_schedule":
    case "unknown_zone":
    case "unknown_rule":
    case "no_digest_here":
    case "unknown_delivery":
    case "needs_role":
    case "unknown_person":
    case "admin_by_environment":
    case "no_such_grant":
    case "store_busy":
    case "internal":
      return null;
  }
}

/** The field of a long text where it is not called one. */
const LONG: Readonly<Record<string, string>> = {
  reading: "source",
  evidence: "note",
  rate: "reason",
  return: "reason",
  undo: "reason",
};

const PARTS: Readonly<Record<LackedPart, string | null>> = {
  value: "value",
  link: "link",
  rating: "rating",
  text: "text",
  node: "done",
  day: "on",
  level: "level",
  source: "source",
  reason: "reason",
  person: null,
  accounts: null,
  role: null,
};

const NOT_FOR = {
  reading: "id",
  figure: "value",
  milestone: "done",
  rating: "id",
  yardstick: "id",
  event: "id",
} as const;
