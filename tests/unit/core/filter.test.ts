import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readLine } from "../../../src/commands/grammar.ts";
import { readAmount } from "../../../src/core/amount.ts";
import type { Clause, Filter } from "../../../src/core/filter.ts";
import { filterText } from "../../../src/core/filter-text.ts";
import { LANGS } from "../../../src/core/lang.ts";
import type { TimeSpan } from "../../../src/core/time-span.ts";
import { deskOf, shenzhen, shenzhenBook } from "../../support/books.ts";

const { commands } = await deskOf(shenzhen);
const today = "2026-11-30";
const codes = (terms: readonly { readonly code: string }[]): fc.Arbitrary<string[]> =>
  fc.uniqueArray(fc.constantFrom(...terms.map(({ code }) => code)), { minLength: 1, maxLength: 3 });

const span: fc.Arbitrary<TimeSpan> = fc.oneof(
  fc.record({ kind: fc.constant("within" as const), days: fc.integer({ min: 0, max: 9999 }) }),
  fc.record({
    kind: fc.constantFrom("today" as const, "tomorrow" as const, "year-end" as const, "this-year" as const),
  }),
  fc.record({ kind: fc.constant("quarter" as const), index: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ kind: fc.constant("half" as const), index: fc.integer({ min: 1, max: 2 }) }),
  fc.record({
    kind: fc.constantFrom("week" as const, "month-from-now" as const),
    offset: fc.integer({ min: -1, max: 1 }),
  }),
  fc.record({
    kind: fc.constant("month" as const),
    year: fc.option(fc.integer({ min: 1990, max: 2099 })),
    month: fc.integer({ min: 1, max: 12 }),
  }),
  fc.record({ kind: fc.constant("year" as const), year: fc.integer({ min: 1990, max: 2099 }) }),
  fc.constantFrom<TimeSpan>(
    { kind: "range", from: "2026-06-01", to: null },
    { kind: "range", from: null, to: "2026-06-30" },
    { kind: "range", from: "2026-06-01", to: "2026-06-30" },
    { kind: "range", from: "2026-06-01", to: "2026-06-01" },
  ),
);
const amount = fc
  .constantFrom(">=1000亿", "<50%", "19EFLOPS", "2-4家", "100亿..2000亿元", "..50%", "=100万平方米", ">1,000")
  .map((text) => readAmount(text))
  .filter((read) => read !== null);
const words = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 12 })
  .map((text) => text.replace(/["“”「」『』]|\p{C}|\s/gu, ""))
  .filter((text) => text.trim() !== "");

const clause: fc.Arbitrary<Clause> = fc.oneof(
  ...(["district", "theme", "part"] as const).map((key) =>
    fc.record({
      key: fc.constant(key),
      negated: fc.boolean(),
      values: codes({ district: shenzhen.districts, theme: shenzhen.themes, part: shenzhen.parts }[key]),
    }),
  ),
  fc.record({
    key: fc.constant("check" as const),
    negated: fc.boolean(),
    values: fc.uniqueArray(
      fc.constantFrom("figure" as const, "event" as const, "acts" as const, "none" as const),
      { minLength: 1 },
    ),
  }),
  fc.record({
    key: fc.constant("standing" as const),
    negated: fc.boolean(),
    values: fc.uniqueArray(
      fc.constantFrom("unrated" as const, "not_checkable" as const, "awaiting_data" as const),
      { minLength: 1 },
    ),
  }),
  fc.record({
    key: fc.constant("pace" as const),
    negated: fc.boolean(),
    values: fc.uniqueArray(
      fc.constantFrom("no_reading" as const, "not_applicable" as const, "on_pace" as const),
      { minLength: 1 },
    ),
  }),
  fc.record({
    key: fc.constant("light" as const),
    negated: fc.boolean(),
    values: fc.uniqueArray(fc.constantFrom("grey" as const, "blue" as const, "red" as const), {
      minLength: 1,
    }),
  }),
  fc.record({
    key: fc.constant("is" as const),
    negated: fc.boolean(),
    values: fc.constant(["late" as const]),
  }),
  fc.record({
    key: fc.constant("due" as const),
    negated: fc.boolean(),
    values: fc.array(span, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({
    key: fc.constant("value" as const),
    negated: fc.boolean(),
    values: fc.array(amount, { minLength: 1, maxLength: 2 }),
  }),
  fc.record({
    key: fc.constant("stale" as const),
    negated: fc.boolean(),
    values: fc.array(fc.integer({ min: 0, max: 9999 }), { minLength: 1, maxLength: 2 }),
  }),
  fc.record({
    key: fc.constant("text" as const),
    negated: fc.boolean(),
    values: fc.uniqueArray(words, { minLength: 1, maxLength: 3 }),
  }),
);
const filter: fc.Arbitrary<Filter> = fc.array(clause, { maxLength: 5 });
const ids = (of: Filter): readonly string[] =>
  shenzhenBook
    .select(of, today)
    .map(({ commitment }) => commitment.id)
    .toSorted();

describe("a filter", () => {
  test("printed in either language reads back to the same filter", () => {
    fc.assert(
      fc.property(filter, fc.constantFrom(...LANGS), (of, lang) => {
        const line = `${lang === "zh" ? "清单" : "list"} ${filterText(of, shenzhen, lang)}`;
        expect(readLine(line, shenzhenBook, commands).values["filter"]).toEqual(of);
      }),
    );
  });

  test("and its opposite select nothing together and everything apart", () => {
    fc.assert(
      fc.property(clause, (one) => {
        const opposite = { ...one, negated: !one.negated };
        expect(ids([one, opposite])).toEqual([]);
        expect([...ids([one]), ...ids([opposite])].toSorted()).toEqual(ids([]));
      }),
    );
  });

  test("narrows with every clause, in any order", () => {
    fc.assert(
      fc.property(filter, clause, (of, more) => {
        const both = ids([...of, more]);
        expect(ids(of)).toEqual(expect.arrayContaining([...both]));
        expect(ids([more, ...of])).toEqual(both);
        expect(both).toEqual(ids(of).filter((id) => ids([more]).includes(id)));
      }),
    );
  });

  test("with several values selects what any of them selects", () => {
    fc.assert(
      fc.property(codes(shenzhen.districts), (values) => {
        const each = values.flatMap((value) => ids([{ key: "district", negated: false, values: [value] }]));
        expect(ids([{ key: "district", negated: false, values }])).toEqual(each.toSorted());
      }),
    );
  });
});

describe("value:", () => {
  const found = (line: string): readonly string[] => {
    const read = readLine(`list ${line}`, shenzhenBook, commands).values["filter"];
    return Array.isArray(read) ? ids(read) : [];
  };
  test("compares in base units, exactly", () => {
    expect(found("value:>=1000亿")).toEqual(["BA-001", "NS-001"]);
    expect(found("value:1508.33亿元")).toEqual(["BA-001"]);
    expect(found("value:150833000000元")).toEqual(["BA-001"]);
    expect(found("value:>1830亿元")).toEqual([]);
    expect(found("value:>=1,830亿元")).toEqual(["NS-001"]);
  });
  test("with a unit looks only at figures of that kind", () => {
    expect(found("value:19EFLOPS")).toEqual(["GM-001"]);
    expect(found("value:100万平方米")).toEqual(["GM-010"]);
    expect(found("value:3家")).toEqual(["GM-007"]);
    expect(found("value:2-4家")).toEqual(["GM-007"]);
    expect(found("value:>=80%")).toEqual(["BA-001"]);
  });
});
