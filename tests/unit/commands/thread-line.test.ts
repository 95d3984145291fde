import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lineInThread } from "../../../src/commands/thread-line.ts";
import { registry } from "../../../src/commands/registry.ts";
import { readLine } from "../../../src/commands/grammar.ts";
import { Fault } from "../../../src/core/errors.ts";
import { qiuheBook } from "../../support/year.ts";

const book = await qiuheBook();
const commands = registry(book);
const OTHER = book.dataset.commitments.find(({ id }) => id !== "DK-003")?.id ?? "";
const [CODE = "", NUMBER = ""] = OTHER.split("-");
const about = { commitments: ["DK-003"], isDiscussion: true };
const meant = (line: string, of = about): string => lineInThread(line, of, book, commands);

describe("in a discussion the id is implied", () => {
  test.each([
    ["填报 120 截至:2-28", "填报 DK-003 120 截至:2-28"],
    ['reading 120 as-of:2026-02-28 source:"a b"', 'reading DK-003 120 as-of:2026-02-28 source:"a b"'],
    ["佐证 https://example.org/a 级别:E2 “公告”", "佐证 DK-003 https://example.org/a 级别:E2 “公告”"],
    ['dispute "which ones count?"', 'dispute DK-003 "which ones count?"'],
    ["异议 结束 “都算”", "异议 结束 DK-003 “都算”"],
    ["评定 推进中 理由:在建", "评定 DK-003 推进中 理由:在建"],
    ["approve", "approve DK-003"],
    ["通过 #3", "通过 DK-003 #3"],
    ['resolve "agreed"', 'resolve DK-003 "agreed"'],
    ["撤销", "撤销 DK-003"],
    ["undo #4 reason:slip", "undo DK-003 #4 reason:slip"],
    ["discuss", "discuss DK-003"],
    ["出处", "出处 DK-003"],
    ["History", "History DK-003"],
    ["", "show DK-003"],
  ])("%s", (typed, line) => expect(meant(typed)).toBe(line));

  test.each([
    `填报 ${OTHER} 120`,
    `show ${CODE.toLowerCase()}${NUMBER}`,
    `reading ${CODE} ${NUMBER} 120`,
    `reading ${CODE}-999 120`,
    "清单 时限:30天",
    "周报",
    "help",
    "充电桩 进展",
  ])("%s means what it says", (typed) => expect(meant(typed)).toBe(typed));
});

test("where a thread names several, it asks which, each with its line", () => {
  const several = { commitments: [OTHER, "DK-003"], isDiscussion: false };
  let asked: unknown = null;
  try {
    meant("填报 120", several);
  } catch (error) {
    asked = error instanceof Fault ? error.problem : error;
  }
  expect(asked).toEqual({
    code: "which_commitment",
    lines: [
      { id: OTHER, line: `填报 ${OTHER} 120` },
      { id: "DK-003", line: "填报 DK-003 120" },
    ],
    more: 0,
  });
  // A bare mention under a digest asks for help, as everywhere.
  expect(meant("", several)).toBe("");
  expect(meant("board", several)).toBe("board");
  expect(meant("填报 120", { commitments: [], isDiscussion: false })).toBe("填报 120");
});

test("any line that names its own id is left as it is, and what is put in is read back as that id", () => {
  const verbs = commands.filter(({ reads }) => ["id", "entry", "text"].includes(reads));
  const names = verbs.flatMap(({ name, aliases }) => [name, ...aliases.zh, ...aliases.en]);
  fc.assert(
    fc.property(fc.constantFrom(...names), fc.string({ unit: "grapheme", maxLength: 40 }), (verb, rest) => {
      expect(meant(`${verb} ${OTHER} ${rest}`)).toBe(`${verb} ${OTHER} ${rest}`);
      try {
        const { values } = readLine(meant(`${verb} “${rest.replaceAll(/[“”"]/g, "")}”`), book, commands);
        expect(values["id"]).toBe("DK-003");
      } catch (error) {
        // A slip in the rest is told, and never under another id.
        if (!(error instanceof Fault)) throw error;
        expect(["unknown_id", "missing_id", "retired_id"]).not.toContain(error.problem.code);
      }
    }),
    { numRuns: 300 },
  );
});
