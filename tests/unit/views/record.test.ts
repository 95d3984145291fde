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
import { row } from "../../../src/views/rows.ts";
import { stateText } from "../../../src/views/state.ts";
import { CHEN, recordedUntil } from "../../fixtures/ledgers/lanting-2026.ts";
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
    expect(text).toContain("Which machines count?”, opened by feishu:ou_liu");
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
