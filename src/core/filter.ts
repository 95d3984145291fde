import { meets, type Amount } from "./amount.ts";
import type { Check, Modality } from "./commitment.ts";
import { daysBetween, type Day } from "./day.ts";
import type { Assessed } from "./standing.ts";
import { spanDays, type TimeSpan } from "./time-span.ts";
import type { Attribute, Light, Pace, Standing } from "./vocabulary.ts";

/** One `key:value,value`: one of the values (OR); negated: none of them. */
export type Clause = { readonly negated: boolean } & (
  | { readonly key: "district" | "theme" | "part"; readonly values: readonly string[] }
  | { readonly key: "check"; readonly values: readonly Check[] }
  | { readonly key: "modality"; readonly values: readonly Modality[] }
  | { readonly key: "standing"; readonly values: readonly Standing[] }
  | { readonly key: "pace"; readonly values: readonly Pace[] }
  | { readonly key: "light"; readonly values: readonly Light[] }
  | { readonly key: "is"; readonly values: readonly Attribute[] }
  | { readonly key: "due"; readonly values: readonly TimeSpan[] }
  | { readonly key: "value"; readonly values: readonly Amount[] }
  | { readonly key: "stale"; readonly values: readonly number[] }
  | { readonly key: "text"; readonly values: readonly string[] }
);
export type FilterKey = Clause["key"];

/** Clauses that must all hold (AND). An empty filter holds for everything. */
export type Filter = readonly Clause[];

/** What a filter is evaluated against: the day, and which ids a text is found in. */
export interface FilterContext {
  readonly today: Day;
  /** The dataset's year: quarters, halves and 年底 mean those of this year. */
  readonly year: number;
  readonly textHits: (text: string) => ReadonlySet<string>;
}

/** Those of `all` for which every clause holds, in their order. */
export function select(
  all: readonly Assessed[],
  filter: Filter,
  context: FilterContext,
): readonly Assessed[] {
  const tests = filter.map((clause) => testOf(clause, context));
  return all.filter((item) => tests.every((test) => test(item)));
}

function testOf(clause: Clause, context: FilterContext): (item: Assessed) => boolean {
  const holds = matching(clause, context);
  return clause.negated ? (item) => !holds(item) : holds;
}

function matching(clause: Clause, context: FilterContext): (item: Assessed) => boolean {
  switch (clause.key) {
    case "district":
      return within(clause.values, ({ commitment }) => commitment.district);
    case "theme":
      return within(clause.values, ({ commitment }) => commitment.theme);
    case "part":
      return within(clause.values, ({ commitment }) => commitment.part);
    case "check":
      return within(clause.values, ({ commitment }) => commitment.check);
    case "modality":
      return within(clause.values, ({ commitment }) => commitment.modality);
    case "standing":
      return within(clause.values, ({ standing }) => standing);
    case "pace":
      return within(clause.values, ({ pace }) => pace);
    case "light":
      return within(clause.values, ({ light }) => light);
    case "is":
      return ({ attributes }) => clause.values.some((value) => attributes.includes(value));
    case "due": {
      const ranges = clause.values.map((span) => spanDays(span, context.today, context.year));
      // Of a period that starts with an event, once that is recorded.
      return ({ due }) =>
        due !== null &&
        ranges.some(({ from, to }) => (from === null || due >= from) && (to === null || due <= to));
    }
    case "value":
      return ({ commitment: { target, scale } }) =>
        clause.values.some(
          (amount) => (target !== null && meets(target, amount)) || scale.some((size) => meets(size, amount)),
        );
    case "stale":
      return ({ refreshedOn, standing }) =>
        standing !== "not_checkable" &&
        clause.values.some((days) => daysBetween(refreshedOn, context.today) >= days);
    case "text": {
      const hits = clause.values.map((text) => context.textHits(text));
      return ({ commitment: { id } }) => hits.some((ids) => ids.has(id));
    }
  }
}

function within<Value extends string>(
  values: readonly Value[],
  of: (item: Assessed) => Value,
): (item: Assessed) => boolean {
  const wanted = new Set(values);
  return (item) => wanted.has(of(item));
}
