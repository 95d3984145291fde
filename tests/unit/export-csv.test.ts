import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createBook, type Book } from "../../src/core/book.ts";
import type { Commitment, Fact } from "../../src/core/commitment.ts";
import type { Filter } from "../../src/core/filter.ts";
import { csvText, type Cell } from "../../src/views/csv.ts";
import { exportCsv } from "../../src/views/export-csv.ts";
import { ballycastle, lanting, shenzhenBook } from "../support/books.ts";

const TODAY = "2026-11-30";
const lantingBook = createBook(lanting);

/** RFC 4180 by the letter: CRLF ends a row, a quoted field may hold anything, "" is one quotation mark. */
function parse(csv: string): string[][] {
  if (!csv.startsWith("\uFEFF")) throw new Error("no byte order mark");
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 1;
  while (at < csv.length) {
    const [field, next] = csv[at] === '"' ? quotedField(csv, at + 1) : plainField(csv, at);
    row.push(field);
    if (csv[next] === ",") at = next + 1;
    else if (csv.startsWith("\r\n", next)) {
      rows.push(row);
      row = [];
      at = next + 2;
    } else throw new Error(`neither comma nor CRLF at ${next}`);
  }
  if (row.length > 0) throw new Error("the last row has no CRLF");
  return rows;
}

function quotedField(csv: string, start: number): [string, number] {
  let field = "";
  for (let at = start; at < csv.length; at += 1) {
    if (csv[at] !== '"') field += csv[at];
    else if (csv[at + 1] === '"') {
      field += '"';
      at += 1;
    } else return [field, at + 1];
  }
  throw new Error("a quoted field without an end");
}

function plainField(csv: string, start: number): [string, number] {
  const [field = ""] = /^[^",\r\n]*/u.exec(csv.slice(start)) ?? [];
  return [field, start + field.length];
}

/** What was written before the apostrophe was put in front. */
function original(cell: string): string {
  return /^''*(?:[\t\r\n]|\s*[=+\-@＝＋－＠].)/su.test(cell) ? cell.slice(1) : cell;
}

/** Rows by the names of their columns. */
function records(csv: string): Record<string, string>[] {
  const [names = [], ...rows] = parse(csv);
  return rows.map((row) => Object.fromEntries(names.map((name, at) => [name, original(row[at] ?? "")])));
}

function everything(book: Book, filter: Filter = []): Record<string, string>[] {
  const { commitments, facts } = book.dataset;
  return records(exportCsv(commitments, facts, filter, book, TODAY, "en"));
}

describe("the file", () => {
  test("begins with a byte order mark and the names of its columns, and every row has all of them", () => {
    const csv = exportCsv(lanting.commitments, lanting.facts, [], lantingBook, TODAY, "zh");
    expect(csv.startsWith("\uFEFFid,type,district,")).toBe(true);
    const rows = parse(csv);
    expect(new Set(rows.map((row) => row.length)).size).toBe(1);
    expect(new Set(rows[0]).size).toBe(rows[0]?.length);
    expect(rows).toHaveLength(1 + lanting.commitments.length + lanting.facts.length);
  });

  test("says dataset, version, day and rule in every row", () => {
    const filter: Filter = [{ key: "check", negated: true, values: ["acts"] }];
    const csv = exportCsv(lanting.commitments, lanting.facts, filter, lantingBook, TODAY, "zh");
    for (const row of records(csv))
      expect(row).toMatchObject({
        dataset: "lanting-2026",
        version: lanting.version,
        as_of: TODAY,
        rule: "-核验:举措",
      });
    expect(parse(csv)[1]?.at(-1)).toBe("'-核验:举措");
  });

  test("has a row for each commitment and then each fact, in their order", () => {
    expect(everything(lantingBook).map(({ id, type }) => [type, id])).toEqual([
      ...lanting.commitments.map(({ id }) => ["commitment", id]),
      ...lanting.facts.map(({ id }) => ["fact", id]),
    ]);
  });

  test("of nothing still names its columns", () => {
    const rows = parse(exportCsv([], [], [], lantingBook, TODAY, "en"));
    expect(rows).toHaveLength(1);
    expect(rows[0]?.slice(-4)).toEqual(["dataset", "version", "as_of", "rule"]);
  });

  test("has text columns only for the languages of the dataset", () => {
    const [row = {}] = everything(createBook(ballycastle));
    expect(Object.keys(row).filter((name) => name.endsWith("_zh"))).toEqual([]);
    expect(row).toMatchObject({
      id: "HB-001",
      district_en: "Harbour",
      title_en: "New homes",
      value: "240",
      unit: "homes",
    });
  });
});

describe("figures", () => {
  const rows = new Map(everything(lantingBook).map((row) => [row["id"], row]));

  test("stand as numbers in the printed unit, comparator and source's wording beside them", () => {
    expect(rows.get("LT-004")).toMatchObject({
      kind: "level",
      measure: "computing-power",
      op: ">",
      value: "19",
      min: "",
      max: "",
      unit: "EFLOPS",
      original: "超过19EFLOPS",
      baseline_op: ">",
      baseline_value: "6.5",
      baseline_as_of: "2026-02-27",
      period_start: "2026-02-27",
      due: "2026-12-31",
      due_text: "年底",
      due_basis: "inferred",
      source: "lanting-daily-2026-02-27",
      source_date: "2026-02-27",
      paragraph: "2",
    });
  });

  test("an exact one keeps its comparator bare", () => {
    const csv = exportCsv(lanting.commitments, [], [], lantingBook, TODAY, "en");
    const [names = [], ...all] = parse(csv);
    const row = all.find(([id]) => id === "LT-009") ?? [];
    expect(row[names.indexOf("op")]).toBe("=");
  });

  test("a range has its two ends and no value", () => {
    const range = shenzhenBook.dataset.commitments.find(({ target }) => target?.op === "range");
    const row = everything(shenzhenBook).find(({ id }) => id === range?.id);
    expect(row).toMatchObject({ op: "range", value: "", min: "2", max: "4", unit: "家" });
  });

  test("the size of a plan is never in the columns of the target", () => {
    const [scale] = lanting.commitments.find(({ id }) => id === "LT-002")?.scale ?? [];
    expect(rows.get("LT-002")).toMatchObject({
      op: "",
      value: "",
      unit: "",
      scale_1_measure: "lifts",
      scale_1_op: scale?.op,
      scale_1_value: "120",
      scale_1_unit: "台",
    });
  });

  test("those of facts stand in the same columns as targets", () => {
    const fact = lanting.facts.find(({ figure }) => figure !== null && figure.op !== "range");
    const { figure } = fact ?? {};
    if (!figure || figure.op === "range") throw new Error("the fixture has no such fact");
    const row = rows.get(fact?.id);
    expect(row).toMatchObject({
      type: "fact",
      value: String(figure.value),
      unit: figure.unit,
      fact_as_of: fact?.asOf,
    });
  });
});

describe("formulas", () => {
  const written = (cell: Cell): string => csvText([[cell]]).slice(1, -2);

  test.each(["=1+1", "+A1", "-2+3", "@SUM(A1)", "\tx", "\n=1", "  =1+1", "＝1+1", "＋1a", "-核验:举措"])(
    "%j is made text",
    (text) => {
      expect(parse(csvText([[text]]))).toEqual([[`'${text}`]]);
    },
  );

  test.each(["-3.5", "-12", "=", "-", "+", ">=", "2026-12-31", "a=b", "“All in AI”", ""])(
    "%j is left",
    (text) => {
      expect(written(text)).toBe(text);
    },
  );

  test("a number is a number, whatever its sign", () => {
    expect(written(-0.0000001)).toBe("-1e-7");
  });

  const hostile = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string({
      unit: fc.constantFrom("=", "-", "+", "@", "'", '"', ",", "\r", "\n", "\t", " ", "1", "a", "＝", "量"),
    }),
  );

  test("no cell of text begins one, and whatever is written reads back", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(hostile, hostile), { minLength: 1 }), (rows) => {
        const read = parse(csvText(rows));
        for (const cell of read.flat()) {
          expect(/^[\t\r\n]/u.test(cell)).toBe(false);
          if (!/^-?\d+(\.\d+)?$/u.test(cell)) expect(/^\s*[=+\-@＝＋－＠]./su.test(cell)).toBe(false);
        }
        expect(read.map((row) => row.map(original))).toEqual(rows);
      }),
    );
  });

  test("any words and figures of a commitment or fact read back from their columns", () => {
    const [commitment, fact] = [lanting.commitments[0], lanting.facts[0]];
    if (commitment === undefined || fact === undefined) throw new Error("the fixture is empty");
    const figure = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(hostile, hostile, figure, figure, (zh, en, value, max) => {
        const target = { op: "range", min: value, max, unit: zh, original: en } as const;
        const one: Commitment = { ...commitment, title: { zh, en }, summary: { zh: en, en: zh }, target };
        const other: Fact = { ...fact, text: { zh, en }, figure: { op: "~", value, unit: en, original: zh } };
        const [first, second] = records(exportCsv([one], [other], [], lantingBook, TODAY, "zh"));
        expect(first).toMatchObject({
          title_zh: zh,
          title_en: en,
          summary_zh: en,
          summary_en: zh,
          unit: zh,
          original: en,
        });
        expect([Number(first?.["min"]), Number(first?.["max"])]).toEqual([value + 0, max + 0]);
        expect(second).toMatchObject({ summary_zh: zh, summary_en: en, op: "~", unit: en, original: zh });
        expect(Number(second?.["value"])).toBe(value + 0);
      }),
    );
  });
});
