import { default as Fraction } from "fraction.js";
import type { ReadValue } from "./act.ts";
import { aimOf, endsOf, meetsAim, unitsAgree } from "./aim.ts";
import { boundOf, type Bound } from "./bound.ts";
import type { Baseline, Commitment, Target } from "./commitment.ts";
import type { Day } from "./day.ts";
import type { CommitmentRecord, EntryOf } from "./record.ts";
import { termOf, type Term } from "./term.ts";
import type { Pace } from "./vocabulary.ts";
import { paceOf, progressOf, readAs, timeOf, withheldFor, type Time, type Withheld } from "./way.ts";

/** What is read at present, and the readings of the same month that say something else, in the same order of weight. */
export interface CurrentReading {
  readonly reading: EntryOf<"reading">;
  readonly conflicts: readonly EntryOf<"reading">[];
}

/** How far it has come at the day of the current reading; exact rationals, nothing rounded. */
export interface Pacing {
  readonly word: Pace;
  readonly reading: EntryOf<"reading"> | null;
  readonly progress: Fraction | null;
  /** Of the time, 0 to 1. */
  readonly share: Fraction | null;
  /** progress ÷ share; null where it is withheld. */
  readonly ratio: Fraction | null;
  /** What progress really is where the start or the reading has a comparator. */
  readonly bound: Bound | null;
  /** `bound` is "at_most". */
  readonly atMost: boolean;
  readonly startedOn: Day | null;
  /** With an event-started period counted from the day that was recorded. */
  readonly due: Day | null;
  readonly days: Time["days"] | null;
  readonly withheld: Withheld | null;
  readonly reached: boolean;
  /** Of a rate: reading less target, in percentage points. */
  readonly gap: Fraction | null;
  /** Nodes that are done, in the order in which they were recorded. */
  readonly done: readonly string[];
}

/** The readings that count: E1 to E4, of what the target is measured in. */
export function countable(
  { kind, target, milestones }: Commitment,
  { readings }: CommitmentRecord,
): readonly EntryOf<"reading">[] {
  const fits = (value: ReadValue): boolean => {
    if ("done" in value)
      return (
        kind === "milestone" &&
        (milestones.length === 0 || milestones.some(({ node }) => node === value.done))
      );
    return kind !== "milestone" && (target === null || unitsAgree(value.unit, target.unit));
  };
  return readings.filter(({ data }) => data.level !== "E5" && fits(data.value));
}

/** Among E1 to E4 the greatest as-of, then the best level, then the latest recorded; null where there is none. */
export function currentReading(commitment: Commitment, record: CommitmentRecord): CurrentReading | null {
  const readings = countable(commitment, record);
  const weighed = readings.toSorted(byWeight);
  const [reading] = weighed;
  if (reading === undefined) return null;
  const month = reading.data.asOf.slice(0, 7);
  const conflicts = weighed.filter(
    ({ data }) => data.asOf.startsWith(month) && differs(data.value, reading.data.value),
  );
  return { reading, conflicts };
}

function byWeight(a: EntryOf<"reading">, b: EntryOf<"reading">): number {
  if (a.data.asOf !== b.data.asOf) return a.data.asOf < b.data.asOf ? 1 : -1;
  if (a.data.level !== b.data.level) return a.data.level < b.data.level ? -1 : 1;
  return b.seq - a.seq;
}

/** One node that is done does not speak against another. */
function differs(a: ReadValue, b: ReadValue): boolean {
  if ("done" in a || "done" in b) return false;
  const [one, other] = [endsOf(a), endsOf(b)];
  return a.op !== b.op || !one.low.equals(other.low) || !one.high.equals(other.high);
}

/** True where every value that a reading allows satisfies the target; what is beyond it has reached it too. */
export function reaches(value: ReadValue, target: Target, baseline: Baseline | null): boolean {
  return (
    !("done" in value) && unitsAgree(value.unit, target.unit) && meetsAim(value, aimOf(target, baseline))
  );
}

/** The pace of a commitment at its current reading, by whose day it is computed. */
export function pacing(commitment: Commitment, record: CommitmentRecord): Pacing {
  const reading = currentReading(commitment, record)?.reading ?? null;
  const term = termOf(commitment, record);
  const done = doneIn(commitment, record);
  const time = reading === null ? null : timeOf(term, reading.data.asOf);
  const base = {
    reading,
    progress: null,
    share: time?.share ?? null,
    ratio: null,
    bound: null,
    atMost: false,
    startedOn: term.start,
    due: term.due,
    days: time?.days ?? null,
    withheld: null,
    reached: isReached(commitment, reading, done, term),
    gap: null,
    done,
  };
  const applies = isApplicable(commitment, term);
  const word: Pace = applies ? "no_reading" : "not_applicable";
  const { target, baseline, kind, check } = commitment;
  if (reading === null || check !== "figure" || target === null) return { ...base, word };
  const { value, asOf } = reading.data;
  if ("done" in value) {
    const progress = nodesProgress(commitment, done);
    return { ...base, progress, word: applies ? milestoneWord(commitment, done, asOf) : word };
  }
  if (kind === "rate")
    return { ...base, word, gap: readAs(value, aimOf(target, null)).sub(aimOf(target, null).end) };
  const aim = aimOf(target, kind === "level" ? baseline : null);
  const progress = progressOf(value, aim, commitment);
  const bound = progress === null ? null : boundOf(value, kind === "level" ? baseline : null, aim);
  const told = { ...base, progress, bound, atMost: bound === "at_most" };
  if (!applies) return { ...told, word };
  const withheld = withheldFor(progress, time?.share ?? null, aim, asOf, term);
  if (withheld !== null || progress === null || time === null || time.share === null)
    return { ...told, withheld: withheld ?? "share", word: "not_applicable" };
  const ratio = progress.div(time.share);
  return { ...told, ratio, word: paceOf(ratio) };
}

/** PRODUCT's first line of the word: what can have no pace whatever is read. */
function isApplicable({ check, kind, baseline }: Commitment, { due, waiting }: Term): boolean {
  if (check !== "figure" || kind === null || kind === "rate" || due === null || waiting) return false;
  return kind !== "level" || baseline !== null;
}

function doneIn(commitment: Commitment, record: CommitmentRecord): readonly string[] {
  const nodes = countable(commitment, record).flatMap(({ data: { value } }) =>
    "done" in value ? [value.done] : [],
  );
  return [...new Set(nodes)];
}

/** Whether one reading shows the target reached; what is still counted is under its ceiling only once the time is up. */
export function showsReached(
  { kind, target, baseline }: Commitment,
  { data: { value, asOf } }: EntryOf<"reading">,
  due: Day | null,
): boolean {
  if (target === null) return false;
  if (kind === "cumulative" && aimOf(target, null).falling && (due === null || asOf < due)) return false;
  return reaches(value, target, kind === "level" ? baseline : null);
}

function isReached(
  commitment: Commitment,
  reading: EntryOf<"reading"> | null,
  done: readonly string[],
  { due }: Term,
): boolean {
  const { check, kind, target, milestones } = commitment;
  if (check !== "figure" || target === null || reading === null) return false;
  if (kind !== "milestone") return showsReached(commitment, reading, due);
  if (milestones.length > 0) return milestones.every(({ node }) => done.includes(node));
  return reaches({ op: "=", value: done.length, unit: target.unit }, target, null);
}

function nodesProgress({ target, milestones }: Commitment, done: readonly string[]): Fraction | null {
  const whole =
    milestones.length > 0 || target === null ? new Fraction(milestones.length) : endsOf(target).low;
  return whole.compare(0) > 0 ? new Fraction(done.length).div(whole) : null;
}

/** Behind where a node dated by the as-of is not done, ahead where a later one is, else on pace; undated ones tell nothing. */
function milestoneWord({ milestones }: Commitment, done: readonly string[], asOf: Day): Pace {
  const isDone = ({ node }: { readonly node: string }): boolean => done.includes(node);
  if (milestones.length === 0) return "not_applicable";
  if (milestones.some((each) => each.date <= asOf && !isDone(each))) return "behind";
  return milestones.some((each) => each.date > asOf && isDone(each)) ? "ahead" : "on_pace";
}
