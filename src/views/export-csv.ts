import type { Book } from "../core/book.ts";
import type { Commitment, Dataset, Fact, Scale, Target } from "../core/commitment.ts";
import type { Day } from "../core/day.ts";
import type { Filter } from "../core/filter.ts";
import { filterText } from "../core/filter-text.ts";
import type { Lang, Localized } from "../core/lang.ts";
import { csvText, type Cell } from "./csv.ts";
import { of, type Column } from "./export-column.ts";
import { recordColumns } from "./export-record.ts";

/**
 * The dataset, or what a filter selects of it, as CSV for spreadsheets: one row per commitment and fact, figures as
 * numbers in the printed unit. Names of columns and codes are the same in every language, so that files can be joined;
 * `lang` is that of the rule.
 *
 * Dataset, version, day and rule stand in every row: a line above the names of the columns would be read as their names,
 * and a row keeps its origin when it is sorted, filtered or copied out.
 */
export function exportCsv(
  items: readonly Commitment[],
  facts: readonly Fact[],
  filter: Filter,
  book: Book,
  today: Day,
  lang: Lang,
): string {
  const { dataset } = book;
  const columns = [
    ...whatColumns(book),
    ...figureColumns(dataset),
    ...timeColumns(dataset),
    ...recordColumns(book, today),
    ...whereColumns(book),
    ...both("dataset", dataset.id),
    ...both("version", dataset.version),
    ...both("as_of", today),
    ...both("rule", filterText(filter, dataset, lang)),
  ];
  return csvText([
    columns.map(({ name }) => name),
    ...items.map((item) => columns.map(({ commitment }) => commitment(item))),
    ...facts.map((item) => columns.map(({ fact }) => fact(item))),
  ]);
}

function whatColumns(book: Book): readonly Column[] {
  const { dataset } = book;
  const termName = (terms: Dataset["themes"], code: string): Localized =>
    terms.find((term) => term.code === code)?.name ?? {};
  const district = (code: string): Localized => book.district(code)?.name ?? {};
  return [
    { name: "id", commitment: ({ id }) => id, fact: ({ id }) => id },
    { name: "type", commitment: () => "commitment", fact: () => "fact" },
    { name: "district", commitment: (item) => item.district, fact: (item) => item.district },
    ...localized(
      dataset,
      "district",
      (item) => district(item.district),
      (item) => district(item.district),
    ),
    ...localized(dataset, "title", ({ title }) => title),
    ...localized(
      dataset,
      "summary",
      ({ summary }) => summary,
      ({ text }) => text,
    ),
    of("theme", ({ theme }) => theme),
    ...localized(dataset, "theme", ({ theme }) => termName(dataset.themes, theme)),
    of("part", ({ part }) => part),
    ...localized(dataset, "part", ({ part }) => termName(dataset.parts, part)),
    of("modality", ({ modality }) => modality),
    of("check", ({ check }) => check),
    ...localized(dataset, "why", ({ why }) => why),
    ...localized(dataset, "proof", ({ proof }) => proof),
  ];
}

/** The target of a commitment or the figure of a fact, the baseline, and the scale apart from both: it is never a target. */
function figureColumns(dataset: Dataset): readonly Column[] {
  const most = Math.max(0, ...dataset.commitments.map(({ scale }) => scale.length));
  const scales = Array.from({ length: most }, (_, at) =>
    scaleColumns(`scale_${at + 1}`, (item) => item.scale[at]),
  );
  return [
    of("kind", ({ kind }) => kind),
    of("measure", ({ measure }) => measure),
    ...targetColumns(
      "",
      ({ target }) => target,
      ({ figure }) => figure,
    ),
    ...targetColumns(
      "baseline_",
      ({ baseline }) => baseline,
      () => null,
    ),
    of("baseline_as_of", ({ baseline }) => baseline?.asOf ?? null),
    ...scales.flat(),
  ];
}

function targetColumns(
  prefix: string,
  commitment: (item: Commitment) => Target | null,
  fact: (item: Fact) => Target | null,
): readonly Column[] {
  const part = (name: string, cell: (target: Target) => Cell): Column => {
    const from = (target: Target | null): Cell => (target === null ? null : cell(target));
    return {
      name: `${prefix}${name}`,
      commitment: (item) => from(commitment(item)),
      fact: (item) => from(fact(item)),
    };
  };
  return [
    part("op", ({ op }) => op),
    part("value", (target) => (target.op === "range" ? null : target.value)),
    part("min", (target) => (target.op === "range" ? target.min : null)),
    part("max", (target) => (target.op === "range" ? target.max : null)),
    part("unit", ({ unit }) => unit),
    part("original", ({ original }) => original),
  ];
}

function scaleColumns(prefix: string, scale: (item: Commitment) => Scale | undefined): readonly Column[] {
  return (["measure", "op", "value", "unit", "original"] as const).map((name) =>
    of(`${prefix}_${name}`, (item) => scale(item)?.[name] ?? null),
  );
}

function timeColumns(dataset: Dataset): readonly Column[] {
  const start = ({ period }: Commitment): Localized | null =>
    period !== null && "event" in period.start ? period.start.event : null;
  return [
    of("period_start", ({ period }) => (period !== null && "day" in period.start ? period.start.day : null)),
    ...localized(dataset, "period_start_event", start),
    of("period_end", ({ period }) => period?.end ?? null),
    of("period_length", ({ period }) => period?.length?.count ?? null),
    of("period_length_of", ({ period }) => period?.length?.of ?? null),
    of("due", ({ due }) => due?.date ?? null),
    of("due_text", ({ due }) => due?.text ?? null),
    of("due_basis", ({ due }) => due?.basis ?? null),
    { name: "fact_as_of", commitment: () => null, fact: ({ asOf }) => asOf },
  ];
}

function whereColumns(book: Book): readonly Column[] {
  const date = (id: string): Cell => book.source(id)?.date ?? null;
  return [
    of("path", ({ path }) => path),
    of("part_of", ({ partOf }) => partOf),
    of("occasion", ({ occasion }) => occasion),
    { name: "source", commitment: ({ source }) => source.id, fact: ({ source }) => source.id },
    {
      name: "source_date",
      commitment: ({ source }) => date(source.id),
      fact: ({ source }) => date(source.id),
    },
    {
      name: "paragraph",
      commitment: ({ source }) => source.paragraph,
      fact: ({ source }) => source.paragraph,
    },
  ];
}

/** The same in every row. */
function both(name: string, value: string): readonly Column[] {
  return [{ name, commitment: () => value, fact: () => value }];
}

/** A column for each language of the dataset: title_zh, title_en. */
function localized(
  dataset: Dataset,
  name: string,
  commitment: (item: Commitment) => Localized | null,
  fact: (item: Fact) => Localized | null = () => null,
): readonly Column[] {
  return dataset.languages.map((lang) => ({
    name: `${name}_${lang}`,
    commitment: (item) => commitment(item)?.[lang] ?? null,
    fact: (item) => fact(item)?.[lang] ?? null,
  }));
}
