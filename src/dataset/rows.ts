import type {
  Baseline,
  Commitment,
  District,
  Fact,
  Measure,
  Period,
  Source,
  Target,
  Term,
} from "../core/commitment.ts";
import type { Localized } from "../core/lang.ts";
import type {
  CommitmentRow,
  DistrictFile,
  FactRow,
  LocalizedRow,
  MeasureRow,
  SourceRow,
  TargetRow,
  TermRow,
} from "./schema.ts";

/** The text in the languages that it has. */
export function localizedOf({
  zh,
  en,
}: {
  readonly zh?: string | undefined;
  readonly en?: string | undefined;
}): Localized {
  return { ...(zh === undefined ? {} : { zh }), ...(en === undefined ? {} : { en }) };
}

function optional(row: LocalizedRow | undefined): Localized | null {
  return row === undefined ? null : localizedOf(row);
}

export function termOf(row: TermRow): Term {
  return { code: row.code, name: localizedOf(row), aliases: row.aliases ?? [] };
}

export function measureOf(row: MeasureRow): Measure {
  const counted = row.one === undefined || row.many === undefined ? null : { one: row.one, many: row.many };
  return { code: row.code, name: localizedOf(row), unit: row.unit, counted };
}

export function sourceOf(row: SourceRow): Source {
  return { ...row, publisher: localizedOf(row.publisher), title: localizedOf(row.title) };
}

export function districtOf(row: DistrictFile): District {
  return {
    code: row.code,
    name: localizedOf(row.name),
    full: localizedOf(row.full),
    aliases: row.aliases ?? [],
  };
}

/** The schema has seen to it that there is either op and value, or min and max. */
export function targetOf({ op, value, min, max, unit, original }: TargetRow): Target {
  if (op !== undefined && value !== undefined) return { op, value, unit, original };
  return { op: "range", min: min ?? 0, max: max ?? 0, unit, original };
}

export function baselineOf(row: TargetRow & { readonly asOf: string }): Baseline {
  return { ...targetOf(row), asOf: row.asOf };
}

function periodOf(row: NonNullable<CommitmentRow["period"]>): Period {
  const start = typeof row.start === "string" ? { day: row.start } : { event: localizedOf(row.start.event) };
  if (row.years !== undefined) return { start, end: null, length: { count: row.years, of: "years" } };
  if (row.months !== undefined) return { start, end: null, length: { count: row.months, of: "months" } };
  return { start, end: row.end ?? null, length: null };
}

export function commitmentOf(row: CommitmentRow, district: string): Commitment {
  return {
    id: row.id,
    district,
    title: localizedOf(row.title),
    summary: localizedOf(row.summary),
    theme: row.theme,
    part: row.part,
    modality: row.modality,
    check: row.check,
    why: localizedOf(row.why),
    proof: optional(row.proof),
    kind: row.kind ?? null,
    measure: row.measure ?? null,
    target: row.target === undefined ? null : targetOf(row.target),
    baseline: row.baseline === undefined ? null : baselineOf(row.baseline),
    scale: row.scale ?? [],
    period: row.period === undefined ? null : periodOf(row.period),
    due: row.due ?? null,
    path: row.path ?? null,
    milestones: (row.milestones ?? []).map(({ node, date, name }) => ({
      node,
      date,
      name: localizedOf(name),
    })),
    partOf: row.partOf ?? null,
    occasion: row.occasion ?? null,
    source: row.source,
  };
}

export function factOf(row: FactRow, district: string): Fact {
  return {
    id: row.id,
    district,
    text: localizedOf(row.text),
    figure: row.figure === undefined ? null : targetOf(row.figure),
    asOf: row.asOf,
    source: row.source,
  };
}
