import type { Commitment, Dataset, District, Fact, Measure, Source, Term } from "../core/commitment.ts";
import type { Place } from "./fault.ts";
import type { Path } from "./read-yaml.ts";

/** A thing of the dataset with the place it was read from; paths are those of the file, from the thing itself. */
export interface Placed<T> {
  readonly item: T;
  readonly at: (path: Path, near?: string) => Place;
}

/** What `dataset.yaml` says beside the terms; a key that is missing here was missing or wrong there. */
export type Header = Partial<
  Pick<
    Dataset,
    "title" | "city" | "year" | "zone" | "languages" | "calendar" | "version" | "coverage" | "invented"
  >
> & {
  readonly districts?: readonly string[];
  readonly retired?: readonly string[];
};

/** The codes and ids that things can refer to, those of rows with other faults included; null where a file is unreadable. */
export interface Known {
  readonly districts: ReadonlySet<string> | null;
  readonly themes: ReadonlySet<string> | null;
  readonly parts: ReadonlySet<string> | null;
  readonly occasions: ReadonlySet<string> | null;
  readonly measures: ReadonlySet<string> | null;
  readonly sources: ReadonlySet<string> | null;
  readonly commitments: ReadonlySet<string> | null;
}

/** What is right of a row that has something wrong, so that its other faults are told as well. */
export type Fragment = Partial<Commitment & Fact>;

/** A dataset as far as it could be read, with the place of everything in it. */
export interface Draft {
  readonly id: string;
  readonly folder: string;
  readonly header: Placed<Header>;
  readonly districts: readonly Placed<District>[];
  readonly themes: readonly Placed<Term>[];
  readonly parts: readonly Placed<Term>[];
  readonly occasions: readonly Placed<Term>[];
  readonly measures: readonly Placed<Measure>[];
  readonly sources: readonly Placed<Source>[];
  readonly commitments: readonly Placed<Commitment>[];
  readonly facts: readonly Placed<Fact>[];
  readonly fragments: readonly Placed<Fragment>[];
  readonly known: Known;
  /** False where a file or a row could not be read, so that nothing may be called unused. */
  readonly whole: boolean;
}

/** The dataset behind a draft, in the source's order; null while something of it is missing. */
export function datasetOf(draft: Draft): Dataset | null {
  const { title, city, year, zone, languages, calendar, version, coverage, districts } = draft.header.item;
  if (title === undefined || city === undefined || year === undefined || zone === undefined) return null;
  if (languages === undefined || calendar === undefined || version === undefined || coverage === undefined)
    return null;
  if (districts === undefined || !draft.whole) return null;
  const order = new Map(districts.map((code, at) => [code, at]));
  const inOrder = <T>(placed: readonly Placed<T>[], district: (item: T) => string): T[] =>
    placed
      .map(({ item }) => item)
      .sort(
        (a, b) => (order.get(district(a)) ?? districts.length) - (order.get(district(b)) ?? districts.length),
      );
  const items = <T>(placed: readonly Placed<T>[]): T[] => placed.map(({ item }) => item);
  return {
    id: draft.id,
    title,
    city,
    year,
    zone,
    languages,
    calendar,
    version,
    coverage,
    invented: draft.header.item.invented ?? false,
    districts: inOrder(draft.districts, ({ code }) => code),
    themes: items(draft.themes),
    parts: items(draft.parts),
    occasions: items(draft.occasions),
    measures: items(draft.measures),
    sources: items(draft.sources),
    commitments: inOrder(draft.commitments, ({ district }) => district),
    facts: inOrder(draft.facts, ({ district }) => district),
  };
}

/** Commitments and facts as what they share: an id, texts that people read, and a citation. */
export interface Cited {
  readonly id: string;
  readonly source: Commitment["source"];
  /** Each text with its path in the file, the short one first. */
  readonly texts: readonly { readonly path: string; readonly text: Commitment["title"] }[];
  readonly commitment: Commitment | null;
  readonly fact: Fact | null;
  readonly at: (path: Path, near?: string) => Place;
}

export function citedIn(draft: Draft): Cited[] {
  return [
    ...draft.commitments.map(({ item, at }): Cited => {
      const texts = [
        { path: "title", text: item.title },
        { path: "summary", text: item.summary },
      ];
      return { id: item.id, source: item.source, texts, commitment: item, fact: null, at };
    }),
    ...draft.facts.map(({ item, at }): Cited => {
      const texts = [{ path: "text", text: item.text }];
      return { id: item.id, source: item.source, texts, commitment: null, fact: item, at };
    }),
  ];
}
