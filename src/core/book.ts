import type { Commitment, Dataset, District, Fact, Source } from "./commitment.ts";
import type { Day } from "./day.ts";
import { select, type Filter } from "./filter.ts";
import type { FilterNames } from "./filter-read.ts";
import { lasting } from "./kept.ts";
import { inLang } from "./lang.ts";
import { createNames } from "./names.ts";
import { createLedger, type CommitmentRecord, type Ledger } from "./record.ts";
import { createSearch, type Search } from "./search.ts";
import { assess, type Assessed } from "./standing.ts";

/** A dataset and its record with what makes them answer: names, search, and every commitment assessed as of a day. */
export interface Book extends FilterNames {
  readonly dataset: Dataset;
  /** What was recorded about it; whatever it takes in shows at once. */
  readonly ledger: Ledger;
  /** Built at the first use. */
  readonly search: Search;
  commitment(id: string): Commitment | null;
  fact(id: string): Fact | null;
  district(code: string): District | null;
  source(id: string): Source | null;
  /** All commitments as they stand on a day, in the source's order. */
  on(today: Day): readonly Assessed[];
  /** One of them; the same object for as long as nothing is recorded about it and the day lasts. */
  standing(id: string, today: Day): Assessed | null;
  /** Those that a filter selects; a text filter alone ranks them by how well they fit. */
  select(filter: Filter, today: Day): readonly Assessed[];
  /** Facts of the districts and texts that the filter names, all for an empty one; a filter by anything else has none. */
  facts(filter: Filter): readonly Fact[];
}

export function createBook(dataset: Dataset, ledger: Ledger = createLedger()): Book {
  // Its index takes longest to build, and a line that names an id or a filter does without it.
  let built: Search | null = null;
  const searching = (): Search => (built ??= createSearch(dataset));
  const commitments = new Map(dataset.commitments.map((each) => [each.id, each]));
  const facts = new Map(dataset.facts.map((each) => [each.id, each]));
  const districts = new Map(dataset.districts.map((each) => [each.code, each]));
  const sources = new Map(dataset.sources.map((each) => [each.id, each]));
  let kept: {
    readonly day: Day;
    readonly size: number;
    readonly items: ReadonlyMap<string, Assessed>;
  } | null = null;

  const source = (id: string): Source | null => sources.get(id) ?? null;
  const onDay = (today: Day): ReadonlyMap<string, Assessed> => {
    if (kept === null || kept.day !== today || kept.size !== ledger.size) {
      const before = kept?.day === today ? kept.items : null;
      const items = dataset.commitments.map((each): [string, Assessed] => {
        const record = ledger.of(each.id);
        const known = before?.get(each.id);
        // A record is made anew only when something was recorded.
        if (known?.record === record) return [each.id, known];
        return [each.id, lasting(assessedWith(each, record, { source }, today))];
      });
      kept = { day: today, size: ledger.size, items: new Map(items) };
    }
    return kept.items;
  };
  const on = (today: Day): readonly Assessed[] => [...onDay(today).values()];

  return {
    dataset,
    ledger,
    get search() {
      return searching();
    },
    names: createNames(dataset),
    valid: (kind, lang) => {
      const terms = { district: dataset.districts, theme: dataset.themes, part: dataset.parts }[kind];
      return [...terms].sort((a, b) => (a.code < b.code ? -1 : 1)).map(({ name }) => inLang(name, lang));
    },
    commitment: (id) => commitments.get(id) ?? null,
    fact: (id) => facts.get(id) ?? null,
    district: (code) => districts.get(code) ?? null,
    source,
    on,
    standing: (id, today) => onDay(today).get(id) ?? null,
    select(filter, today) {
      const textHits = (text: string): ReadonlySet<string> => new Set(searching().find(text).commitments);
      const found = select(on(today), filter, { today, year: dataset.year, textHits });
      const text = filter.find(({ key, negated }) => key === "text" && !negated);
      if (text?.key !== "text" || text.values.length !== 1) return found;
      const rank = new Map(
        searching()
          .find(text.values[0] ?? "")
          .commitments.map((id, at) => [id, at]),
      );
      return [...found].sort((a, b) => (rank.get(a.commitment.id) ?? 0) - (rank.get(b.commitment.id) ?? 0));
    },
    facts(filter) {
      if (!filter.every(({ key }) => key === "district" || key === "text")) return [];
      const tests = filter.map((clause): ((fact: Fact) => boolean) => {
        if (clause.key === "district")
          return ({ district }) => clause.values.includes(district) !== clause.negated;
        if (clause.key !== "text") return () => false;
        const hits = new Set(clause.values.flatMap((text) => searching().find(text).facts));
        return ({ id }) => hits.has(id) !== clause.negated;
      });
      return dataset.facts.filter((fact) => tests.every((test) => test(fact)));
    },
  };
}

/** A commitment as a record leaves it on a day. */
export function assessedWith(
  commitment: Commitment,
  record: CommitmentRecord,
  book: Pick<Book, "source">,
  today: Day,
): Assessed {
  return assess(commitment, record, book.source(commitment.source.id)?.date ?? today, today);
}
