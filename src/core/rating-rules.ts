import type { EvidenceLevel } from "./act.ts";
import type { Check, Commitment } from "./commitment.ts";
import type { Day } from "./day.ts";
import { countable, pacing, showsReached } from "./pace.ts";
import type { CommitmentRecord } from "./record.ts";
import type { Rating } from "./vocabulary.ts";

/** A verdict that can be proposed. */
export type Proposable = Exclude<Rating, "unrated">;

/** What a rating still needs. */
export type Missing =
  /** Check none: there is nothing to rate it by. */
  | { readonly type: "not_ratable" }
  /** Acts alone cannot show it. */
  | { readonly type: "not_for_check"; readonly check: Check; readonly allowed: readonly Proposable[] }
  /** One more at one of these levels; `has` is the best there is, a statement (E5) included. */
  | {
      readonly type: "evidence";
      readonly levels: readonly EvidenceLevel[];
      readonly has: EvidenceLevel | null;
    }
  /** A release (E3) is there; a reading that reaches the target is not. */
  | { readonly type: "reading_reaching"; readonly has: EvidenceLevel }
  /** Press (E4) from one house; another one is needed, or a document. */
  | { readonly type: "second_source"; readonly host: string; readonly levels: readonly EvidenceLevel[] }
  | { readonly type: "not_due_yet"; readonly due: Day }
  | { readonly type: "no_due_date" }
  /** A reading at one of these levels as of the due date or later. */
  | { readonly type: "reading_at_term"; readonly due: Day; readonly levels: readonly EvidenceLevel[] }
  /** A note of a search that found nothing, dated after `after`; null: of any day. */
  | { readonly type: "dated_search"; readonly after: Day | null }
  | { readonly type: "yardstick" };

const FOR_ACTS: readonly Proposable[] = ["in_progress", "stalled", "withdrawn", "met"];

/** What keeps a rating from being given; null where nothing does. */
export function missingFor(
  rating: Proposable,
  commitment: Commitment,
  record: CommitmentRecord,
  today: Day,
): Missing | null {
  const { check } = commitment;
  if (check === "none") return { type: "not_ratable" };
  if (check === "acts" && !FOR_ACTS.includes(rating))
    return { type: "not_for_check", check, allowed: FOR_ACTS };
  switch (rating) {
    case "in_progress":
      return needs(["E1", "E2", "E3", "E4"], record);
    case "withdrawn":
      return needs(["E1", "E2", "E3"], record);
    case "stalled":
      // Our own silence is not theirs: a stated stop, or a search that found nothing.
      if (record.notes.some(({ data }) => data.nothingNew)) return null;
      return record.evidence.some(({ data }) => data.level !== "E5")
        ? null
        : { type: "dated_search", after: null };
    case "met":
      return missingForMet(commitment, record);
    case "partly_met":
    case "not_met":
      return missingAtTerm(commitment, record, today);
  }
}

/** What was shown: evidence, and readings with the level of their source. */
function levelsIn({ evidence, readings }: CommitmentRecord): readonly EvidenceLevel[] {
  return [...evidence, ...readings].map(({ data }) => data.level).toSorted();
}

function needs(levels: readonly EvidenceLevel[], record: CommitmentRecord): Missing | null {
  const shown = levelsIn(record);
  return shown.some((level) => levels.includes(level))
    ? null
    : { type: "evidence", levels, has: shown[0] ?? null };
}

function missingForMet(commitment: Commitment, record: CommitmentRecord): Missing | null {
  const { check } = commitment;
  if (check === "acts" && record.yardstick === null) return { type: "yardstick" };
  const proofs = record.evidence.map(({ data }) => data.level);
  // A figure that falls short proves nothing here, however official it is.
  const reachedBy = reachedAt(commitment, record);
  const official = [...proofs, reachedBy].some((level) => level === "E1" || level === "E2");
  if (official) return null;
  const has = levelsIn(record)[0] ?? null;
  if (check === "figure") {
    if (!proofs.includes("E3") && reachedBy !== "E3")
      return { type: "evidence", levels: ["E1", "E2", "E3"], has };
    return reachedBy === null ? { type: "reading_reaching", has: "E3" } : null;
  }
  if (check === "event") {
    const press = record.evidence.filter(({ data }) => data.level === "E4");
    const [host, other] = new Set(press.map(({ data }) => hostOf(data.url)));
    if (other !== undefined) return null;
    if (host !== undefined) return { type: "second_source", host, levels: ["E1", "E2", "E4"] };
  }
  return { type: "evidence", levels: ["E1", "E2"], has };
}

/** The level that shows the target reached at present: the best reading's, of several nodes the weakest one's; null: it is not. */
function reachedAt(commitment: Commitment, record: CommitmentRecord): EvidenceLevel | null {
  const { target, kind } = commitment;
  const { reached, due } = pacing(commitment, record);
  if (target === null || !reached) return null;
  const readings = countable(commitment, record);
  if (kind !== "milestone") {
    const levels = readings.filter((reading) => showsReached(commitment, reading, due));
    return levels.map(({ data }) => data.level).toSorted()[0] ?? null;
  }
  const best = new Map<string, EvidenceLevel>();
  for (const { data } of readings) {
    if (!("done" in data.value)) continue;
    const before = best.get(data.value.done);
    if (before === undefined || data.level < before) best.set(data.value.done, data.level);
  }
  return [...best.values()].toSorted().at(-1) ?? null;
}

function missingAtTerm(commitment: Commitment, record: CommitmentRecord, today: Day): Missing | null {
  const { due } = pacing(commitment, record);
  if (due === null) return { type: "no_due_date" };
  if (due >= today) return { type: "not_due_yet", due };
  if (commitment.check === "event") {
    const searched = record.notes.some(({ data, effectiveOn }) => data.nothingNew && effectiveOn > due);
    return searched ? null : { type: "dated_search", after: due };
  }
  const read = countable(commitment, record).some(({ data }) => data.level !== "E4" && data.asOf >= due);
  return read ? null : { type: "reading_at_term", due, levels: ["E1", "E2", "E3"] };
}

/** Two pages of one house are one source: www.example.cn and m.example.cn count once. */
function hostOf(url: string): string {
  if (!URL.canParse(url)) return url;
  const { hostname } = new URL(url);
  return hostname.replace(/^(?:www|m|wap|mobile)\./u, "");
}
