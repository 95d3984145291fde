import type { DatasetChange } from "../core/dataset-diff.ts";

/** The dataset's folder as it is now, against what answers; or why it cannot be read. */
export type Look =
  | {
      /** The version that was compared with; null where none was seen before. */
      readonly from: string | null;
      readonly changes: readonly DatasetChange[];
    }
  | { readonly faults: readonly string[] };

/** Where the dataset comes from. */
export interface Library {
  /** When what answers was read from its folder; null where that is not kept. */
  readonly readAt: Date | null;
  look(): Promise<Look>;
  /** Answers from the folder as it is, and records what changed; with faults it is refused, and the old one goes on. */
  reload(at: Date): Promise<Look>;
}
