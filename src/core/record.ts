import type { Act, ActType } from "./act.ts";
import type { Day } from "./day.ts";
import type { Address } from "./place.ts";
import type { Rating } from "./vocabulary.ts";

/** One line of the record: an act with who, when and from where. */
export type Entry = {
  /** Position in the ledger. */
  readonly seq: number;
  readonly id: string;
  readonly commitmentId: string;
  /** Who, as a key of `people`. */
  readonly actorKey: string;
  readonly at: Date;
  readonly effectiveOn: Day;
  readonly from: { readonly address: Address; readonly message: string | null };
} & Act;
export type EntryOf<Type extends ActType> = Extract<Entry, { readonly type: Type }>;

/** The keys of everybody whom an entry names: who acted, and who posted what was kept. */
export function peopleIn(entry: Entry): readonly string[] {
  const posted = entry.type === "evidence" ? entry.data.posted : undefined;
  return posted === undefined ? [entry.actorKey] : [entry.actorKey, posted.by];
}

/** What the ledger says of one commitment. */
export interface CommitmentRecord {
  readonly commitmentId: string;
  /** All, in the ledger's order: what was taken back and the undos too. */
  readonly entries: readonly Entry[];
  /** Ids of entries that are taken back; an undo that is itself undone takes nothing back. */
  readonly undone: ReadonlySet<string>;
  /** As they were recorded; `currentReading` chooses. */
  readonly readings: readonly EntryOf<"reading">[];
  readonly evidence: readonly EntryOf<"evidence">[];
  readonly notes: readonly EntryOf<"note">[];
  /** The one that stands: the latest approval that was its proposal's first decision. */
  readonly rating: StandingRating | null;
  /** Open: the latest proposal, where nothing has been decided about it. */
  readonly proposal: EntryOf<"rating_proposed"> | null;
  /** Those that are open. */
  readonly disputes: readonly EntryOf<"dispute_opened">[];
  readonly yardstick: EntryOf<"yardstick_set"> | null;
  /** What the discussion last came to. */
  readonly resolved: EntryOf<"discussion_resolved"> | null;
  /** The event that the period starts with. */
  readonly started: EntryOf<"event_recorded"> | null;
  /** The latest day (UTC) on which something was recorded that stands; an undo does not count. */
  readonly lastOn: Day | null;
}

export interface StandingRating {
  readonly rating: Rating;
  readonly proposal: EntryOf<"rating_proposed">;
  readonly approval: EntryOf<"rating_approved">;
}

/** The ledger in memory: grown by `apply`, read as what it comes to. */
export interface Ledger {
  /** The last position taken in: read on from here. */
  readonly seq: number;
  /** How many entries it holds; it differs whenever something was taken in. */
  readonly size: number;
  of(commitmentId: string): CommitmentRecord;
  /** Takes entries in, in batches of any cut and order; one that is known by position or id changes nothing. */
  apply(entries: readonly Entry[]): void;
  /** Every commitment with an entry, in the order of its first. */
  all(): readonly CommitmentRecord[];
}

export function createLedger(): Ledger {
  const byCommitment = new Map<string, Entry[]>();
  const known = new Map<string, Entry>();
  const projected = new Map<string, CommitmentRecord>();
  let seq = 0;

  const put = (entry: Entry): void => {
    const before = known.get(entry.id);
    if (before !== undefined && before.seq <= entry.seq) return;
    if (before !== undefined) drop(before);
    known.set(entry.id, entry);
    const entries = byCommitment.get(entry.commitmentId) ?? [];
    byCommitment.set(entry.commitmentId, entries);
    entries.push(entry);
    projected.delete(entry.commitmentId);
  };
  /** An id is one act: the first position that it was given counts. */
  const drop = ({ commitmentId, id }: Entry): void => {
    const rest = (byCommitment.get(commitmentId) ?? []).filter((each) => each.id !== id);
    if (rest.length === 0) byCommitment.delete(commitmentId);
    else byCommitment.set(commitmentId, rest);
    projected.delete(commitmentId);
  };
  const of = (commitmentId: string): CommitmentRecord => {
    const found = projected.get(commitmentId);
    if (found !== undefined) return found;
    const entries = (byCommitment.get(commitmentId) ?? []).toSorted((a, b) => a.seq - b.seq);
    const made = projectRecord(commitmentId, entries);
    projected.set(commitmentId, made);
    return made;
  };

  return {
    get seq() {
      return seq;
    },
    get size() {
      return known.size;
    },
    of,
    apply(entries) {
      for (const entry of entries) {
        put(entry);
        seq = Math.max(seq, entry.seq);
      }
    },
    all: () =>
      [...byCommitment.keys()]
        .map(of)
        .toSorted((a, b) => (a.entries[0]?.seq ?? 0) - (b.entries[0]?.seq ?? 0)),
  };
}

/** What the entries of one commitment come to, given in the ledger's order. */
function projectRecord(commitmentId: string, entries: readonly Entry[]): CommitmentRecord {
  const undone = undoneIn(entries);
  const standing = entries.filter(({ id }) => !undone.has(id));
  const those = <Type extends ActType>(type: Type): readonly EntryOf<Type>[] =>
    standing.filter((entry): entry is EntryOf<Type> => entry.type === type);
  const proposals = those("rating_proposed");
  const decided = decisionsIn(standing);
  const latest = proposals.at(-1) ?? null;
  const closed = new Set(those("dispute_closed").map(({ data }) => data.dispute));
  const days = standing
    .filter(({ type }) => type !== "undo")
    .map(({ at }) => at.toISOString().slice(0, 10))
    .toSorted();
  return {
    commitmentId,
    entries,
    undone,
    readings: those("reading"),
    evidence: those("evidence"),
    notes: those("note"),
    rating: ratingIn(proposals, decided),
    proposal: latest === null || decided.has(latest.id) ? null : latest,
    disputes: those("dispute_opened").filter(({ id }) => !closed.has(id)),
    yardstick: those("yardstick_set").at(-1) ?? null,
    resolved: those("discussion_resolved").at(-1) ?? null,
    started: those("event_recorded").at(-1) ?? null,
    lastOn: days.at(-1) ?? null,
  };
}

/** From the last one back, so that an undo is known to stand or not before it is carried out. */
function undoneIn(entries: readonly Entry[]): ReadonlySet<string> {
  const earlier = new Map(entries.map(({ id, seq }) => [id, seq]));
  const undone = new Set<string>();
  for (const entry of entries.toReversed()) {
    if (entry.type !== "undo" || undone.has(entry.id)) continue;
    const { entry: target } = entry.data;
    if ((earlier.get(target) ?? entry.seq) < entry.seq) undone.add(target);
  }
  return undone;
}

type Decision = EntryOf<"rating_approved"> | EntryOf<"rating_returned"> | EntryOf<"rating_withdrawn">;

/** The first decision about each proposal, by its id: of two people who decide at once the first one counts. */
function decisionsIn(standing: readonly Entry[]): ReadonlyMap<string, Decision> {
  const found = new Map<string, Decision>();
  const proposed = new Set<string>();
  for (const entry of standing) {
    if (entry.type === "rating_proposed") proposed.add(entry.id);
    if (!isDecision(entry)) continue;
    const { proposal } = entry.data;
    if (proposed.has(proposal) && !found.has(proposal)) found.set(proposal, entry);
  }
  return found;
}

function isDecision(entry: Entry): entry is Decision {
  return (
    entry.type === "rating_approved" || entry.type === "rating_returned" || entry.type === "rating_withdrawn"
  );
}

function ratingIn(
  proposals: readonly EntryOf<"rating_proposed">[],
  decided: ReadonlyMap<string, Decision>,
): StandingRating | null {
  let found: StandingRating | null = null;
  for (const proposal of proposals) {
    const approval = decided.get(proposal.id);
    if (approval?.type !== "rating_approved") continue;
    if (found === null || approval.seq > found.approval.seq)
      found = { rating: proposal.data.rating, proposal, approval };
  }
  return found;
}
