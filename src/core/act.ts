import type { Day } from "./day.ts";
import type { Localized } from "./lang.ts";
import type { Quantity } from "./quantity.ts";
import type { Rating } from "./vocabulary.ts";

/** How much a source proves: official statistics, government documents, the district's own release about a concrete act, press with its own check, statements. */
export const EVIDENCE_LEVELS = ["E1", "E2", "E3", "E4", "E5"] as const;
export type EvidenceLevel = (typeof EVIDENCE_LEVELS)[number];

/** A figure as it was read, or a node of a milestone target that is done. */
export type ReadValue = Quantity | { readonly done: string };

/** What one line of the record says, by its type. Ids are those of other entries. */
export type Act =
  | {
      readonly type: "reading";
      readonly data: {
        readonly value: ReadValue;
        /** As it was typed. */
        readonly original: string;
        readonly asOf: Day;
        /** A link, or a few words that name a document; null: none was given. */
        readonly source: string | null;
        readonly level: EvidenceLevel;
        /** Typed while the platform was away. */
        readonly late: boolean;
      };
    }
  | {
      readonly type: "evidence";
      readonly data: {
        readonly url: string;
        readonly level: EvidenceLevel;
        readonly note: string | null;
        /** Who posted it in a thread before somebody kept it, as a key, and where: a link to that message, if there is one. */
        readonly posted?: { readonly by: string; readonly where: string | null };
      };
    }
  | {
      readonly type: "rating_proposed";
      readonly data: { readonly rating: Exclude<Rating, "unrated">; readonly reason: string };
    }
  /** `single`: by the proposer, since fewer than two people may review. */
  | {
      readonly type: "rating_approved";
      readonly data: { readonly proposal: string; readonly single: boolean };
    }
  | {
      readonly type: "rating_returned";
      readonly data: { readonly proposal: string; readonly reason: string };
    }
  | { readonly type: "rating_withdrawn"; readonly data: { readonly proposal: string } }
  | { readonly type: "dispute_opened"; readonly data: { readonly text: string } }
  | { readonly type: "dispute_closed"; readonly data: { readonly dispute: string; readonly outcome: string } }
  /** What a discussion came to. */
  | { readonly type: "discussion_resolved"; readonly data: { readonly outcome: string } }
  /** `nothingNew`: a dated search that found nothing. */
  | { readonly type: "note"; readonly data: { readonly text: string; readonly nothingNew: boolean } }
  | { readonly type: "yardstick_set"; readonly data: { readonly text: string } }
  /** The event that a period starts with. */
  | { readonly type: "event_recorded"; readonly data: { readonly event: "start"; readonly on: Day } }
  /** What the dataset said before and says now, in canonical text; null: nothing. */
  | {
      readonly type: "target_revised";
      readonly data: {
        readonly what: "target" | "due" | "new" | "retired";
        readonly from: string | null;
        readonly to: string | null;
        readonly words: Localized | null;
      };
    }
  | { readonly type: "undo"; readonly data: { readonly entry: string; readonly reason: string | null } };

export type ActType = Act["type"];
export type ActOf<Type extends ActType> = Extract<Act, { readonly type: Type }>;
