import type { Target } from "./commitment.ts";
import type { Day } from "./day.ts";
import { COMPARATORS, type Quantity } from "./quantity.ts";
import type { Assessed } from "./standing.ts";
import type { Basis, Snapshot, SnapshotItem } from "./subscription.ts";
import type { Standing } from "./vocabulary.ts";

/** What became different about a commitment between two digests. */
export type Difference =
  | { readonly type: "standing"; readonly from: Standing; readonly to: Standing }
  | { readonly type: "due"; readonly from: Day | null; readonly to: Day | null }
  | { readonly type: "target"; readonly from: string | null; readonly to: string | null }
  | { readonly type: "late" }
  /** Past due for so long that the silence itself is shown. */
  | { readonly type: "unpublished" }
  | { readonly type: "new" };

export interface Changed {
  readonly item: Assessed;
  readonly differences: readonly Difference[];
}

/** What changed since a snapshot, and the ids that are no longer there. */
export interface Delta {
  /** When the snapshot was taken. */
  readonly since: Date;
  readonly changed: readonly Changed[];
  readonly gone: readonly string[];
}

/** How the commitments stand now, to be compared by the next digest. */
export function snapshotOf(
  items: readonly Assessed[],
  takenAt: Date,
  version: string,
  ledgerSeq: number,
): Snapshot {
  return {
    takenAt,
    version,
    ledgerSeq,
    items: Object.fromEntries(items.map((item) => [item.commitment.id, itemOf(item)])),
  };
}

function itemOf({ commitment, standing, pace, light, attributes }: Assessed): SnapshotItem {
  const target = commitment.target === null ? null : targetText(commitment.target);
  return {
    standing,
    pace,
    light,
    late: attributes.includes("late"),
    due: commitment.due?.date ?? null,
    target,
  };
}

/** The target in a form that only changes when the target does. */
export function targetText(target: Target): string {
  const figure = target.op === "range" ? `${target.min}..${target.max}` : `${target.op}${target.value}`;
  return `${figure} ${target.unit}`;
}

/** The target behind the text that a snapshot keeps; null for text that it does not write. */
export function readTarget(text: string): Quantity | null {
  const [, op = "", value = "", unit = ""] = /^([<>]=?|=|~)(-?[\d.e+-]+) (.+)$/u.exec(text) ?? [];
  const comparator = COMPARATORS.find((each) => each === op);
  if (comparator !== undefined) return { op: comparator, value: Number(value), unit };
  const range = /^(-?[\d.e+-]+?)\.\.(-?[\d.e+-]+) (.+)$/u.exec(text);
  return range === null
    ? null
    : { op: "range", min: Number(range[1]), max: Number(range[2]), unit: range[3] ?? "" };
}

/** What a place has not been told yet. */
export function deltaSince(before: Basis, items: readonly Assessed[]): Delta {
  const changed = items
    .map((item) => ({
      item,
      differences: differences(before.items[item.commitment.id] ?? null, item),
    }))
    .filter(({ differences: found }) => found.length > 0);
  const now = new Set(items.map(({ commitment }) => commitment.id));
  return { since: before.takenAt, changed, gone: Object.keys(before.items).filter((id) => !now.has(id)) };
}

function differences(before: SnapshotItem | null, item: Assessed): readonly Difference[] {
  if (before === null) return [{ type: "new" }];
  const now = itemOf(item);
  const found: Difference[] = [];
  if (before.standing !== now.standing)
    found.push({ type: "standing", from: before.standing, to: now.standing });
  if (before.target !== now.target) found.push({ type: "target", from: before.target, to: now.target });
  if (before.due !== now.due) found.push({ type: "due", from: before.due, to: now.due });
  if (!before.late && now.late) found.push({ type: "late" });
  if (before.light !== now.light && item.lightReason === "no_figure_published")
    found.push({ type: "unpublished" });
  return found;
}
