import type { Commitment } from "./commitment.ts";
import { daysBetween, type Day } from "./day.ts";
import { lightOf, type LightReason } from "./light.ts";
import { countable, pacing, showsReached, type Pacing } from "./pace.ts";
import type { CommitmentRecord } from "./record.ts";
import type { Attribute, Light, Pace, Standing } from "./vocabulary.ts";

/** A commitment with everything that is derived from the record and the day. */
export interface Assessed {
  readonly commitment: Commitment;
  readonly record: CommitmentRecord;
  readonly standing: Standing;
  readonly pace: Pace;
  readonly pacing: Pacing;
  readonly light: Light;
  readonly lightReason: LightReason;
  readonly attributes: readonly Attribute[];
  /** When it falls due; of a period that starts with an event, once that is recorded. */
  readonly due: Day | null;
  /** Rated met by a figure: the first day whose reading shows it; null where no reading does. */
  readonly metOn: Day | null;
  /** Days past due at which it was met, or until today while it is late; 0 where it is not. */
  readonly daysLate: number;
  /** The last entry about it, else the source's date. */
  readonly refreshedOn: Day;
}

/** True once the due date has passed (the day itself still counts). */
export function isPastDue({ due }: { readonly due: Day | null }, today: Day): boolean {
  return due !== null && due < today;
}

/** True where somebody has given a verdict that ends the waiting. */
export function isSettled(standing: Standing): boolean {
  return (
    standing === "met" || standing === "partly_met" || standing === "not_met" || standing === "withdrawn"
  );
}

/** Where a commitment stands: a partition of all of them. */
export function standingOf(commitment: Commitment, record: CommitmentRecord, today: Day): Standing {
  return standingAt(commitment, record, pacing(commitment, record), today);
}

function standingAt(
  { check }: Commitment,
  { rating }: CommitmentRecord,
  { due, reached, reading }: Pacing,
  today: Day,
): Standing {
  if (check === "none") return "not_checkable";
  const rated = rating?.rating ?? "unrated";
  if (isSettled(rated) || rated === "stalled") return rated;
  const read = due !== null && reading !== null && reading.data.asOf >= due;
  if (check === "figure" && isPastDue({ due }, today) && !reached && !read) return "awaiting_data";
  return rated;
}

/** Everything derived about one commitment; `sourceDate` is the date of the source it cites. */
export function assess(
  commitment: Commitment,
  record: CommitmentRecord,
  sourceDate: Day,
  today: Day,
): Assessed {
  const paced = pacing(commitment, record);
  const standing = standingAt(commitment, record, paced, today);
  const { light, reason } = lightOf(commitment, record, paced, today);
  const { due } = paced;
  const isLate =
    isPastDue({ due }, today) &&
    (standing === "unrated" || standing === "in_progress" || standing === "stalled");
  const metOn = standing === "met" ? metOnOf(commitment, record, due) : null;
  const until = isLate ? today : metOn;
  const attributes: readonly (readonly [Attribute, boolean])[] = [
    ["late", isLate],
    ["disputed", record.disputes.length > 0],
    ["reached", paced.reached],
  ];
  return {
    commitment,
    record,
    standing,
    pace: paced.word,
    pacing: paced,
    light,
    lightReason: reason,
    attributes: attributes.filter(([, holds]) => holds).map(([attribute]) => attribute),
    due,
    metOn,
    daysLate: due === null || until === null ? 0 : Math.max(0, daysBetween(due, until)),
    refreshedOn: record.lastOn !== null && record.lastOn > sourceDate ? record.lastOn : sourceDate,
  };
}

/**
 * The first day on which a reading shows the target reached; of milestones, the day by which each node was read as done.
 * What is no figure has no such day: links and verdicts carry the day on which we recorded them, and our own delay is not
 * theirs.
 */
function metOnOf(commitment: Commitment, record: CommitmentRecord, due: Day | null): Day | null {
  const readings = countable(commitment, record);
  if (commitment.kind !== "milestone") {
    const reached = readings.filter((reading) => showsReached(commitment, reading, due));
    return reached.map(({ data }) => data.asOf).toSorted()[0] ?? null;
  }
  const first = new Map<string, Day>();
  for (const { data } of readings) {
    if (!("done" in data.value)) continue;
    const before = first.get(data.value.done);
    if (before === undefined || data.asOf < before) first.set(data.value.done, data.asOf);
  }
  return [...first.values()].toSorted().at(-1) ?? null;
}
