import type { Localized } from "./lang.ts";
import type { Person } from "./place.ts";
import type { Option } from "./option-words.ts";
import type { RecordProblem } from "./record-errors.ts";
import type { GrantedRole, Role } from "./roles.ts";

/**
 * What went wrong with what somebody asked, as data: views put it in words, in their language, with the next step.
 * The code is stable and printed.
 */
export type Problem =
  /** `takes`: the keys that the verb knows, where it reads no filter. */
  | {
      readonly code: "unknown_key";
      readonly key: string;
      readonly nearest: readonly string[];
      readonly takes: readonly string[] | null;
    }
  | {
      readonly code: "unknown_value";
      readonly key: string;
      readonly value: string;
      readonly nearest: readonly string[];
      readonly valid: readonly string[];
    }
  | { readonly code: "missing_value"; readonly key: string }
  /** An option's value that cannot be read, or (`past`) a day gone by; `examples` can. */
  | {
      readonly code: "unreadable_value";
      readonly key: Option;
      readonly value: string;
      readonly examples: { readonly zh: readonly string[]; readonly en: readonly string[] };
      readonly past?: true;
    }
  | { readonly code: "unknown_id"; readonly id: string; readonly nearest: readonly string[] }
  /** A thread that names several commitments: each with the line that means it. */
  | {
      readonly code: "which_commitment";
      readonly lines: readonly { readonly id: string; readonly line: string }[];
      readonly more: number;
    }
  | {
      readonly code: "missing_id";
      readonly verb: string;
      readonly verbZh: string;
      readonly example: string;
    }
  | {
      readonly code: "unexpected_words";
      readonly verb: string;
      readonly words: string;
      readonly usage: Localized;
    }
  | {
      readonly code: "option_not_here";
      readonly verb: string;
      readonly verbZh: string;
      readonly key: string;
      readonly valid: readonly string[];
    }
  | { readonly code: "unclosed_quote"; readonly text: string }
  | { readonly code: "unclear_figure"; readonly text: string }
  /** `key`: "stale" where days were asked for, and no day. */
  | { readonly code: "unknown_time"; readonly text: string; readonly key?: "stale" }
  | { readonly code: "unknown_amount"; readonly text: string }
  | { readonly code: "line_too_long"; readonly limit: number }
  | { readonly code: "too_many_filters"; readonly limit: number }
  /** A rule's schedule cannot be read, has a field of seconds, never runs, or runs more often than every hour. */
  | {
      readonly code: "unknown_schedule";
      readonly text: string;
      readonly why: "unreadable" | "seconds" | "never" | "too_often";
    }
  | { readonly code: "unknown_zone"; readonly text: string }
  | { readonly code: "unknown_rule"; readonly text: string; readonly nearest: readonly string[] }
  | { readonly code: "no_digest_here" }
  | { readonly code: "unknown_delivery"; readonly text: string }
  /**
   * `role` is needed, `has` is there, in the district of that name or (null) everywhere; `ask` can grant it. `external`:
   * the account that asked, where it is of another company.
   */
  | {
      readonly code: "needs_role";
      readonly role: GrantedRole;
      readonly has: Role;
      readonly district: Localized | null;
      readonly ask: readonly Person[];
      readonly external: string | null;
    }
  /** What cannot be recorded, or taken back. */
  | RecordProblem
  /** What was asked cannot be written now; nothing was written. */
  | { readonly code: "store_busy"; readonly fix: string }
  | { readonly code: "internal" };

export type ProblemCode = Problem["code"];

/** The one error that asking can raise on purpose; everything else is a bug and becomes `internal`. */
export class Fault extends Error {
  override readonly name = "Fault";
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.code);
    this.problem = problem;
  }
}
