import type { EvidenceLevel, ReadValue } from "./act.ts";
import type { Day } from "./day.ts";
import { COMPARATORS, type Quantity } from "./quantity.ts";
import type { EntryOf } from "./record.ts";
import type { Assessed } from "./standing.ts";
import type { Basis, Snapshot, SnapshotItem } from "./subscription.ts";
import type { Rating, Standing } from "./vocabulary.ts";

/** What became different about a commitment between two digests. */
export type Difference =
  /** `approval`: the verdict that changed it. */
  | {
      readonly type: "standing";
      readonly from: Standing;
      readonly to: Standing;
      readonly approval?: Approval;
    }
  /** A verdict that the standing does not show; null: it was taken back. */
  | {
      readonly type: "rating";
      readonly from: Rating;
      readonly to: Rating;
      readonly approval: Approval | null;
    }
  /** As `readReading` reads them; null: there is none. */
  | {
      readonly type: "reading";
      readonly from: string | null;
      readonly to: string | null;
      readonly asOf: Day | null;
    }
  | { readonly type: "evidence"; readonly added: number; readonly levels: readonly EvidenceLevel[] }
  | { readonly type: "dispute_opened"; readonly text: string; readonly by: string }
  /** `outcome` null: it was taken back. */
  | { readonly type: "dispute_closed"; readonly outcome: string | null; readonly by: string | null }
  /** A discussion came to an end. */
  | { readonly type: "resolved"; readonly outcome: string; readonly by: string }
  /** The event that its period starts with was recorded; null: that was taken back. */
  | { readonly type: "started"; readonly on: Day | null }
  | { readonly type: "due"; readonly from: Day | null; readonly to: Day | null }
  | { readonly type: "target"; readonly from: string | null; readonly to: string | null }
  | { readonly type: "late" }
  /** Past due for so long that the silence itself is shown. */
  | { readonly type: "unpublished" }
  | { readonly type: "new" };

/** Who gave a verdict, by key, and whether they had proposed it themselves. */
export interface Approval {
  readonly by: string;
  readonly single: boolean;
}

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

/** What nothing was recorded of is left out, so that an unopened record is kept as briefly as before there was one. */
function itemOf({
  commitment,
  record,
  standing,
  pace,
  pacing,
  light,
  attributes,
  due,
}: Assessed): SnapshotItem {
  const { reading } = pacing;
  const { rating, disputes, evidence, started } = record;
  return {
    standing,
    pace,
    light,
    late: attributes.includes("late"),
    due,
    target: commitment.target === null ? null : targetText(commitment.target),
    ...(reading === null ? {} : { reading: valueText(reading.data.value) }),
    ...(rating === null ? {} : { rating: { rating: rating.rating, approval: rating.approval.id } }),
    ...(evidence.length === 0 ? {} : { evidence: evidence.length }),
    ...(disputes.length === 0 ? {} : { disputes: disputes.map(({ id }) => id) }),
    ...(started === null ? {} : { started: started.data.on }),
  };
}

/** The target in a form that only changes when the target does. */
export function targetText(target: Quantity): string {
  const figure = target.op === "range" ? `${target.min}..${target.max}` : `${target.op}${target.value}`;
  return `${figure} ${target.unit}`;
}

/** A reading in the same form; `done:NODE` for a milestone. */
function valueText(value: ReadValue): string {
  return "done" in value ? `done:${value.done}` : targetText(value);
}

/** The reading behind the text that a snapshot keeps; null for text that it does not write. */
export function readReading(text: string): ReadValue | null {
  return text.startsWith("done:") ? { done: text.slice("done:".length) } : readTarget(text);
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
      differences: differences(before.items[item.commitment.id] ?? null, item, before.takenAt),
    }))
    .filter(({ differences: found }) => found.length > 0);
  const now = new Set(items.map(({ commitment }) => commitment.id));
  return { since: before.takenAt, changed, gone: Object.keys(before.items).filter((id) => !now.has(id)) };
}

function differences(before: SnapshotItem | null, item: Assessed, takenAt: Date): readonly Difference[] {
  if (before === null) return [{ type: "new" }];
  const now = itemOf(item);
  const { verdict, shown } = verdictOf(before, now, item);
  const found: Difference[] = [];
  if (before.standing !== now.standing)
    found.push({
      type: "standing",
      from: before.standing,
      to: now.standing,
      ...(shown === null ? {} : { approval: shown }),
    });
  if (verdict !== null) found.push(verdict);
  found.push(...recorded(before, now, item), ...concluded(before, item, takenAt));
  if (before.target !== now.target) found.push({ type: "target", from: before.target, to: now.target });
  if (before.due !== now.due) found.push({ type: "due", from: before.due, to: now.due });
  if (!before.late && now.late) found.push({ type: "late" });
  if (before.light !== now.light && item.lightReason === "no_figure_published")
    found.push({ type: "unpublished" });
  return found;
}

/** A new verdict, told with the standing where that shows it, else by itself. */
function verdictOf(
  before: SnapshotItem,
  now: SnapshotItem,
  { record: { rating } }: Assessed,
): { readonly verdict: Difference | null; readonly shown: Approval | null } {
  if (before.rating?.approval === now.rating?.approval) return { verdict: null, shown: null };
  const approval =
    rating === null ? null : { by: rating.approval.actorKey, single: rating.approval.data.single };
  const to = now.rating?.rating ?? "unrated";
  if (before.standing !== now.standing && now.standing === to) return { verdict: null, shown: approval };
  const from = before.rating?.rating ?? "unrated";
  return { verdict: from === to ? null : { type: "rating", from, to, approval }, shown: null };
}

/** Readings, evidence, disputes and the start of a period, in the order in which a reader asks for them. */
function recorded(
  before: SnapshotItem,
  now: SnapshotItem,
  { record, pacing }: Assessed,
): readonly Difference[] {
  const found: Difference[] = [];
  if (before.started !== now.started) found.push({ type: "started", on: now.started ?? null });
  if (before.reading !== now.reading)
    found.push({
      type: "reading",
      from: before.reading ?? null,
      to: now.reading ?? null,
      asOf: pacing.reading?.data.asOf ?? null,
    });
  const added = (now.evidence ?? 0) - (before.evidence ?? 0);
  if (added > 0) {
    const levels = record.evidence.slice(-added).map(({ data }) => data.level);
    found.push({ type: "evidence", added, levels: [...new Set(levels)].toSorted() });
  }
  for (const { id, data, actorKey } of record.disputes)
    if (!(before.disputes ?? []).includes(id))
      found.push({ type: "dispute_opened", text: data.text, by: actorKey });
  for (const id of before.disputes ?? []) {
    if (record.disputes.some((each) => each.id === id)) continue;
    const closing = record.entries.find(
      (each): each is EntryOf<"dispute_closed"> =>
        each.type === "dispute_closed" && each.data.dispute === id && !record.undone.has(each.id),
    );
    found.push({
      type: "dispute_closed",
      outcome: closing?.data.outcome ?? null,
      by: closing?.actorKey ?? null,
    });
  }
  return found;
}

/** What both began and ended since: a doubt that was answered, and what a discussion came to. */
function concluded(
  { disputes = [] }: SnapshotItem,
  { record: { entries, undone, resolved } }: Assessed,
  takenAt: Date,
): readonly Difference[] {
  const found: Difference[] = [];
  for (const entry of entries) {
    if (entry.type !== "dispute_closed" || undone.has(entry.id) || entry.at <= takenAt) continue;
    const { dispute, outcome } = entry.data;
    if (!disputes.includes(dispute) && !undone.has(dispute))
      found.push({ type: "dispute_closed", outcome, by: entry.actorKey });
  }
  if (resolved !== null && resolved.at > takenAt)
    found.push({ type: "resolved", outcome: resolved.data.outcome, by: resolved.actorKey });
  return found;
}
