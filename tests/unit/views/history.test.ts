import { describe, expect, test } from "vitest";
import { createBook } from "../../../src/core/book.ts";
import type { Person } from "../../../src/core/place.ts";
import { createLedger } from "../../../src/core/record.ts";
import { lineText, type Message } from "../../../src/message/message.ts";
import { historyView } from "../../../src/views/history.ts";
import { entriesOf, figure, noted, read, type Line } from "../../fixtures/ledgers/lines.ts";
import { lanting } from "../../support/books.ts";

const WANG: Person = { platform: "slack", workspace: "T1", id: "U0WANG" };
const who = (key: string): Person | null => (key === "P-1" ? WANG : null);
const AT = { at: "2026-07-02 10:00", by: "P-1", on: "LT-004" };

function history(lines: readonly Line[], page = 1, zone = "Asia/Shanghai"): Message {
  const ledger = createLedger();
  ledger.apply(entriesOf(lines));
  const book = createBook(lanting, ledger);
  const item = book.on("2026-07-06").find(({ commitment }) => commitment.id === "LT-004");
  if (item === undefined) throw new Error("LT-004");
  return historyView(item, page, { book, lang: "en", zone, who });
}

function rows({ blocks }: Message): readonly string[] {
  return blocks.flatMap((block) => (block.type === "list" ? block.items.map(lineText) : []));
}

const reading = read({ ...AT, id: "r" }, figure(8.2, "EFLOPS"), "2026-06-30", "E3");
const undo = (entry: string, id: string): Line => ({
  ...AT,
  id,
  act: { type: "undo", data: { entry, reason: "slip" } },
});

describe("what was taken back", () => {
  test("stays, and names the entry that took it back", () => {
    expect(rows(history([reading, undo("r", "u")]))).toEqual([
      "#2 2 Jul 2026, 10:00 Slack user …WANG: took back the reading (#1): slip",
      "#1 2 Jul 2026, 10:00 Slack user …WANG: recorded 8.2 EFLOPS (as of 30 Jun 2026, E3) (taken back by #2)",
    ]);
  });

  test("stands again once the undo is itself taken back", () => {
    const [last, undone, first] = rows(history([reading, undo("r", "u"), undo("u", "v")]));
    expect(last).toContain("took back the undo (#2)");
    expect(undone).toContain("taken back by #3");
    expect(first).not.toContain("taken back");
  });
});

test("somebody who was forgotten keeps the act without the name", () => {
  expect(rows(history([{ ...reading, by: "P-9" }]))[0]).toContain("a former colleague: recorded 8.2 EFLOPS");
});

test("what the dataset changed is nobody's act", () => {
  const data = { what: "target", from: ">16 EFLOPS", to: ">19 EFLOPS", words: null } as const;
  const lines: readonly Line[] = [{ ...AT, act: { type: "target_revised", data } }];
  expect(rows(history(lines))[0]).toContain(
    "The dataset: target changed from above 16 EFLOPS to above 19 EFLOPS",
  );
});

test("days and hours are those of the zone it is told in", () => {
  expect(rows(history([reading], 1, "America/New_York"))[0]).toContain("1 Jul 2026, 22:00");
});

test("long texts are cut, and markup in them stays text", () => {
  const [row] = rows(history([noted(AT, `<!channel> *x* ${"很".repeat(400)}`)]));
  expect(row).toContain("<!channel> *x* 很");
  expect([...(row ?? "")].length).toBeLessThan(300);
});

test("pages go from the newest to the oldest, each entry on one of them", () => {
  const lines = Array.from({ length: 32 }, (_, at) => noted(AT, `note ${at + 1}`));
  const all = [1, 2, 3].flatMap((page) => rows(history(lines, page)));
  expect(all).toHaveLength(32);
  expect(all[0]).toContain("note 32");
  expect(all.at(-1)).toContain("note 1");
  expect(rows(history(lines, 9))).toEqual(rows(history(lines, 3)));
});
