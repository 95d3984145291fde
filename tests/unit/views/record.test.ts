import { describe, expect, test } from "vitest";
import { createBook, type Book } from "../../../src/core/book.ts";
import type { Person } from "../../../src/core/place.ts";
import { createLedger } from "../../../src/core/record.ts";
import { snapshotOf } from "../../../src/core/snapshot.ts";
import { lineText, type Block, type Message } from "../../../src/message/message.ts";
import { auditView } from "../../../src/views/audit.ts";
import { composeFor } from "../../../src/views/compose.ts";
import { exportCsv } from "../../../src/views/export-csv.ts";
import { exportJson } from "../../../src/views/export.ts";
import { recordFor } from "../../../src/views/export-record.ts";
import { readingFields } from "../../../src/views/record-fields.ts";
import { row } from "../../../src/views/rows.ts";
import { stateText } from "../../../src/views/state.ts";
import { CHEN, recordedUntil } from "../../fixtures/ledgers/lanting-2026.ts";
import { entriesOf, figure, read } from "../../fixtures/ledgers/lines.ts";
import { lanting } from "../../support/books.ts";

const LIU: Person = { platform: "feishu", workspace: null, id: "ou_liu" };

function bookAt(day: string): Book {
  const ledger = createLedger();
  ledger.apply(recordedUntil(day));
  return createBook(lanting, ledger);
}

function at(id: string, day: string): ReturnType<Book["on"]>[number] {
  const item = bookAt(day)
    .on(day)
    .find(({ commitment }) => commitment.id === id);
  if (item === undefined) throw new Error(id);
  return item;
}

function textOf({ blocks }: Message): string {
  const linesOf = (block: Block): readonly string[] =>
    block.type === "list"
      ? block.items.map(lineText)
      : block.type === "text" || block.type === "note"
        ? block.lines.map(lineText)
        : [];
  return blocks.flatMap(linesOf).join("\n");
}

describe("a digest", () => {
  const told = (who: ((key: string) => Person | null) | null): string => {
    const [before, now] = [bookAt("2026-06-29"), new Date("2026-07-06T01:07:00Z")];
    const since = new Date("2026-06-29T01:07:00Z");
    const basis = snapshotOf(before.on("2026-06-29"), since, lanting.version, before.ledger.seq);
    const rule = { filter: [], zone: "Asia/Shanghai" };
    const [parent] = composeFor(rule, basis, bookAt("2026-07-06"), now, "en", null, who).messages;
    return parent === undefined ? "" : textOf(parent);
  };

  test("names who approved and who disputes", () => {
    const text = told((key) => (key === CHEN ? null : LIU));
    expect(text).toContain("not rated → met, approved by a former colleague");
    expect(text).toContain("Which machines count?”, opened by Feishu user …_liu");
  });

  test("names nobody where nobody is known", () => {
    const text = told(null);
    expect(text).toContain("not rated → met, approved\n");
    expect(text).not.toMatch(/colleague|opened by/u);
  });

  test("says what the figure was before", () => {
    expect(told(null)).toContain("reading 8.2 EFLOPS (was 7.1 EFLOPS), behind");
  });
});

describe("where many sources differ", () => {
  const AT = { at: "2026-07-02 10:00", by: "P-1", on: "LT-004" };
  const levels = ["E4", "E3", "E2", "E4", "E3"] as const;

  /** A current reading, and so many others of its month: the later in the month the higher. */
  function field(others: number, lang: "zh" | "en"): string {
    const ledger = createLedger();
    ledger.apply(
      entriesOf([
        read({ ...AT, id: "now" }, figure(9, "EFLOPS"), "2026-06-30", "E2"),
        ...levels
          .slice(0, others)
          .map((level, at) =>
            read({ ...AT, id: `o${at}` }, figure(8 + at / 10, "EFLOPS"), `2026-06-1${at}`, level),
          ),
      ]),
    );
    const book = createBook(lanting, ledger);
    const item = book.on("2026-07-06").find(({ commitment }) => commitment.id === "LT-004");
    if (item === undefined) throw new Error("LT-004");
    const fields = readingFields(item, { book, lang, zone: "Asia/Shanghai", who: () => null });
    const found = fields.find(({ label }) => label === "数据不一" || label === "Sources differ");
    return found === undefined ? "" : lineText(found.value);
  }

  test("three are named, the newest first, and the rest counted with the line that shows them", () => {
    expect(field(5, "en")).toBe(
      "in the same month also 8.4 EFLOPS (as of 14 Jun 2026, E3); 8.3 EFLOPS (as of 13 Jun 2026, E4); 8.2 EFLOPS (as of 12 Jun 2026, E2); and 2 more: history LT-004",
    );
    expect(field(5, "zh")).toBe(
      "同月另有 8.4 EFLOPS（截至 2026-06-14，E3）、8.3 EFLOPS（截至 2026-06-13，E4）、8.2 EFLOPS（截至 2026-06-12，E2），还有 2 条：历程 LT-004",
    );
  });

  test("three or fewer are all there is to say", () => {
    expect(field(3, "zh")).toMatch(/^同月另有 8\.2 .*、8\.1 .*、8 EFLOPS（截至 2026-06-10，E4）$/u);
    expect(field(0, "en")).toBe("");
  });
});

describe("in a list", () => {
  test("a statement is called one where there is nothing better", () => {
    const ledger = createLedger();
    const claim = recordedUntil("2026-07-02").find(
      (entry) => entry.type === "reading" && entry.data.level === "E5",
    );
    if (claim === undefined) throw new Error("no statement in the ledger");
    ledger.apply([claim]);
    const book = createBook(lanting, ledger);
    const item = book.on("2026-07-06").find(({ commitment }) => commitment.id === claim.commitmentId);
    if (item === undefined) throw new Error(claim.commitmentId);
    expect(lineText(row(item, book, "en"))).toContain("claimed 12 EFLOPS on 20 May 2026 (E5), ⚪ not rated");
    expect(lineText(row(item, book, "zh"))).toContain("声称 12 EFLOPS（2026-05-20，E5），⚪ 未评定 · 无读数");
  });

  test("no word is said twice", () => {
    for (const day of ["2026-07-06", "2026-10-20", "2027-02-01"]) {
      for (const item of bookAt(day).on(day)) {
        const words = stateText(item, "zh").split(" ").slice(1).join(" ").split(" · ");
        expect(new Set(words).size).toBe(words.length);
      }
    }
  });
});

describe("an export", () => {
  const day = "2027-02-01";

  test("has exact shares, the verdict and its review, and no person", () => {
    const record = recordFor(at("LT-004", "2026-07-20"));
    expect(record).toMatchObject({
      progress: "17/125",
      timeShare: "123/307",
      bound: "at_most",
      pace: "behind",
    });
    expect(recordFor(at("QH-007", day)).rating).toMatchObject({ rating: "partly_met", singleReview: true });
    const book = bookAt(day);
    const both = exportJson(lanting.commitments, [], [], book, day, "en");
    expect(`${both}${exportCsv(lanting.commitments, [], [], book, day, "en")}`).not.toMatch(/\bP-\d/u);
  });

  test("does not hold what was taken back", () => {
    const values = recordFor(at("LT-004", day)).readings.map(({ value }) => value);
    expect(values).not.toContainEqual({ op: "=", value: 1.24, unit: "EFLOPS" });
    expect(values).toContainEqual({ op: "=", value: 12.4, unit: "EFLOPS" });
  });
});

test("the audit tells the program from somebody who was forgotten, and its file has keys only", () => {
  const common = { at: new Date("2026-07-02T02:00:00Z"), where: null, outcome: "done", detail: "" } as const;
  const rows = [
    { ...common, actor: LIU, actorKey: "P-3", what: "rate" },
    { ...common, actor: null, actorKey: "P-4", what: "approve" },
    { ...common, actor: null, actorKey: null, what: "dataset" },
  ];
  const view = auditView(rows, "Asia/Shanghai", "en", true);
  expect(textOf(view).split("\n").slice(1, 4)).toEqual([
    "2 Jul 2026 10:00 feishu:ou_liu · rate",
    "2 Jul 2026 10:00 a former colleague · approve",
    "2 Jul 2026 10:00 Qushi · dataset",
  ]);
  expect(view.files?.[0]?.content).not.toContain("ou_liu");
});
