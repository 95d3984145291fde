import type { EvidenceLevel, ReadValue } from "../core/act.ts";
import type { Book } from "../core/book.ts";
import type { Day } from "../core/day.ts";
import type { EntryOf } from "../core/record.ts";
import type { Assessed } from "../core/standing.ts";
import type { Light, Pace, Rating, Standing } from "../core/vocabulary.ts";
import type { Cell } from "./csv.ts";
import { of, type Column } from "./export-column.ts";

/** What the record says of a commitment, for a file; people are left out: a file outlives a name. */
export interface ExportedRecord {
  readonly standing: Standing;
  readonly pace: Pace;
  readonly light: Light;
  readonly late: boolean;
  readonly reached: boolean;
  readonly refreshedOn: Day;
  readonly rating: {
    readonly rating: Rating;
    readonly reason: string;
    readonly on: Day;
    readonly singleReview: boolean;
  } | null;
  readonly reading: ExportedReading | null;
  /** Exact, as fractions: "17/125"; null where there is none, or it is withheld. */
  readonly progress: string | null;
  readonly timeShare: string | null;
  readonly ratio: string | null;
  readonly bound: "at_most" | "at_least" | "about" | null;
  readonly readings: readonly ExportedReading[];
  readonly evidence: readonly {
    readonly url: string;
    readonly level: EvidenceLevel;
    readonly note: string | null;
    readonly on: Day;
  }[];
  readonly disputes: readonly { readonly text: string; readonly on: Day }[];
}

interface ExportedReading {
  readonly value: ReadValue;
  readonly original: string;
  readonly asOf: Day;
  readonly level: EvidenceLevel;
  readonly source: string | null;
  readonly late: boolean;
}

export function recordFor({
  record,
  standing,
  pace,
  pacing,
  light,
  attributes,
  refreshedOn,
}: Assessed): ExportedRecord {
  const { rating } = record;
  return {
    standing,
    pace,
    light,
    late: attributes.includes("late"),
    reached: attributes.includes("reached"),
    refreshedOn,
    rating:
      rating === null
        ? null
        : {
            rating: rating.rating,
            reason: rating.proposal.data.reason,
            on: rating.approval.effectiveOn,
            singleReview: rating.approval.data.single,
          },
    reading: pacing.reading === null ? null : readingFor(pacing.reading),
    progress: pacing.progress?.toFraction() ?? null,
    timeShare: pacing.share?.toFraction() ?? null,
    ratio: pacing.ratio?.toFraction() ?? null,
    bound: pacing.bound,
    readings: record.readings.map(readingFor),
    // Who posted it and where is for those who were there.
    evidence: record.evidence.map(({ data: { url, level, note }, effectiveOn }) => ({
      url,
      level,
      note,
      on: effectiveOn,
    })),
    disputes: record.disputes.map(({ data, effectiveOn }) => ({ text: data.text, on: effectiveOn })),
  };
}

function readingFor({ data }: EntryOf<"reading">): ExportedReading {
  const { value, original, asOf, level, source, late } = data;
  return { value, original, asOf, level, source, late };
}

/** How the record stands on a day, one value a cell; what is counted has its count. */
export function recordColumns(book: Book, today: Day): readonly Column[] {
  const items = new Map(book.on(today).map((item) => [item.commitment.id, recordFor(item)]));
  const column = (name: string, cell: (record: ExportedRecord) => Cell): Column =>
    of(name, ({ id }) => {
      const record = items.get(id);
      return record === undefined ? null : cell(record);
    });
  const value = (name: string, cell: (value: ReadValue) => Cell): Column =>
    column(`reading_${name}`, ({ reading }) => (reading === null ? null : cell(reading.value)));
  return [
    column("standing", ({ standing }) => standing),
    column("pace", ({ pace }) => pace),
    column("light", ({ light }) => light),
    column("late", ({ late }) => (late ? "yes" : "no")),
    column("rating", ({ rating }) => rating?.rating ?? null),
    column("rating_reason", ({ rating }) => rating?.reason ?? null),
    column("rating_on", ({ rating }) => rating?.on ?? null),
    column("rating_single_review", ({ rating }) =>
      rating === null ? null : rating.singleReview ? "yes" : "no",
    ),
    value("op", (read) => ("done" in read ? "done" : read.op)),
    value("value", (read) => ("done" in read ? read.done : read.op === "range" ? null : read.value)),
    value("min", (read) => ("done" in read || read.op !== "range" ? null : read.min)),
    value("max", (read) => ("done" in read || read.op !== "range" ? null : read.max)),
    value("unit", (read) => ("done" in read ? null : read.unit)),
    column("reading_as_of", ({ reading }) => reading?.asOf ?? null),
    column("reading_level", ({ reading }) => reading?.level ?? null),
    column("reading_source", ({ reading }) => reading?.source ?? null),
    column("progress", ({ progress }) => progress),
    column("progress_bound", ({ bound }) => bound),
    column("time_share", ({ timeShare }) => timeShare),
    column("pace_ratio", ({ ratio }) => ratio),
    column("evidence", ({ evidence }) => evidence.length),
    column("disputes", ({ disputes }) => disputes.length),
    column("refreshed_on", ({ refreshedOn }) => refreshedOn),
  ];
}
