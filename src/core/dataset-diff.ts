import type { Dataset } from "./commitment.ts";
import type { Day } from "./day.ts";
import { targetText } from "./snapshot.ts";

/** What a dataset said of a commitment when it was last loaded: the target in canonical text, and when it is due. */
export interface SeenItem {
  readonly target: string | null;
  readonly due: Day | null;
}
export type SeenItems = Readonly<Record<string, SeenItem>>;

/** One thing that a dataset says differently; `new` and `retired` are whole commitments. */
export interface DatasetChange {
  readonly commitmentId: string;
  readonly what: "target" | "due" | "new" | "retired";
  readonly from: string | null;
  readonly to: string | null;
}

/** What a dataset says now, to be compared with when it is loaded again. */
export function seenItems({ commitments }: Pick<Dataset, "commitments">): SeenItems {
  return Object.fromEntries(
    commitments.map(({ id, target, due }) => [
      id,
      { target: target === null ? null : targetText(target), due: due?.date ?? null },
    ]),
  );
}

/** What differs between two loadings, in the order of the newer one, what is retired last. */
export function datasetChanges(before: SeenItems, after: SeenItems): readonly DatasetChange[] {
  const changes: DatasetChange[] = [];
  for (const [commitmentId, { target, due }] of Object.entries(after)) {
    const seen = before[commitmentId];
    if (seen === undefined) {
      changes.push({ commitmentId, what: "new", from: null, to: target });
      continue;
    }
    if (seen.target !== target) changes.push({ commitmentId, what: "target", from: seen.target, to: target });
    if (seen.due !== due) changes.push({ commitmentId, what: "due", from: seen.due, to: due });
  }
  for (const [commitmentId, { target }] of Object.entries(before)) {
    if (after[commitmentId] === undefined)
      changes.push({ commitmentId, what: "retired", from: target, to: null });
  }
  return changes;
}
