import type { Check } from "./commitment.ts";
import type { Day } from "./day.ts";
import type { Localized } from "./lang.ts";
import type { Person } from "./place.ts";
import type { Missing } from "./rating-rules.ts";
import type { Rating } from "./vocabulary.ts";

/** What a line lacked; `line` is it with that added, as far as it was typed. */
export type LackedPart =
  | "value"
  | "link"
  | "rating"
  | "text"
  | "node"
  | "day"
  | "level"
  | "source"
  | "reason"
  | "person"
  | "accounts"
  | "role";

/** What went wrong with what somebody wanted to record; nothing was written. */
export type RecordProblem =
  | { readonly code: "missing_part"; readonly part: LackedPart; readonly line: Localized }
  | {
      readonly code: "unreadable_figure";
      readonly text: string;
      readonly why: "unreadable" | "unclear" | "too_long" | "negative" | "reversed";
      readonly example: string;
    }
  | {
      readonly code: "wrong_unit";
      readonly typed: string;
      readonly unit: string;
      readonly expected: string;
    }
  /** This kind of commitment does not take what was to be recorded; `instead` does, where something does. */
  | {
      readonly code: "not_for_this";
      readonly id: string;
      readonly what: "reading" | "figure" | "milestone" | "rating" | "yardstick" | "event";
      readonly check: Check;
      readonly instead: Localized | null;
    }
  | { readonly code: "retired_id"; readonly id: string; readonly on: Day }
  | { readonly code: "not_a_commitment"; readonly id: string }
  | {
      readonly code: "bad_day";
      readonly key: "as-of" | "on";
      readonly text: string;
      readonly why: "unreadable" | "future" | "before_start";
      /** Today, or the first day. */
      readonly limit: Day | null;
    }
  /** The link itself is not repeated: it may carry a secret. */
  | {
      readonly code: "bad_link";
      readonly why: "scheme" | "too_long" | "password" | "unreadable";
      readonly limit: number;
    }
  | { readonly code: "unknown_node"; readonly text: string; readonly valid: readonly string[] }
  | {
      readonly code: "rating_needs";
      readonly id: string;
      readonly rating: Rating;
      readonly missing: Missing;
      /** Lines that add what is missing. */
      readonly lines: readonly Localized[];
    }
  | { readonly code: "nothing_proposed"; readonly id: string }
  /** The decision was asked for about another proposal than the one that stands; numbers of the record. */
  | { readonly code: "other_proposal"; readonly id: string; readonly asked: number; readonly open: number }
  /** Whoever proposed cannot approve; `ask` can. */
  | { readonly code: "own_proposal"; readonly id: string; readonly ask: readonly Person[] }
  | { readonly code: "no_dispute"; readonly id: string }
  | {
      readonly code: "which_dispute";
      readonly id: string;
      readonly open: readonly { readonly seq: number; readonly text: string }[];
    }
  /** `seq`: the number that was named, which no entry has that still stands. */
  | { readonly code: "nothing_to_undo"; readonly id: string | null; readonly seq: number | null }
  /** Another's act, or one's own after ten minutes: a reviewer takes it back. */
  | {
      readonly code: "undo_needs_reviewer";
      readonly id: string;
      readonly seq: number;
      readonly why: "late" | "others";
      readonly ask: readonly Person[];
    }
  /** `by` rests on it and is to be taken back first. */
  | { readonly code: "undo_blocked"; readonly id: string; readonly seq: number; readonly by: number }
  | { readonly code: "text_too_long"; readonly limit: number }
  | { readonly code: "unknown_person"; readonly text: string }
  /** Named in QUSHI_ADMINS: a line cannot take that away. */
  | { readonly code: "admin_by_environment"; readonly person: string }
  | { readonly code: "no_such_grant"; readonly person: string };
