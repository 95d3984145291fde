import { expect, test } from "vitest";
import { readingLine, readReadings } from "../../../src/dataset/readings-csv.ts";

test("a table of readings is read by its columns, in any order, in either language", () => {
  const text =
    '\ufeff级别,编号,读数,截至,来源\r\nE3,LT-004,"8.2 EFLOPS",2026-06-30,https://example.org/a\r\n';
  const { rows, faults } = readReadings(text);
  expect(faults).toEqual([]);
  expect(rows).toEqual([
    {
      line: 2,
      id: "LT-004",
      value: "8.2 EFLOPS",
      asOf: "2026-06-30",
      source: "https://example.org/a",
      level: "E3",
    },
  ]);
  expect(rows.map(readingLine)).toEqual([
    'reading LT-004 "8.2 EFLOPS" as-of:2026-06-30 source:https://example.org/a level:E3',
  ]);
});

test("each fault is told by its line, and the other lines are read", () => {
  const text =
    "id,value,as_of,source,level\nLT-004,,2026-06-30,,E3\nLT-004,8.2,2026-06-30,annual report,E1\n";
  const { rows, faults } = readReadings(text);
  expect(faults).toEqual([{ line: 2, what: "value is empty.", fix: expect.any(String) as unknown }]);
  expect(rows.map(({ line }) => line)).toEqual([3]);
});

test.each([
  ["", 1],
  ["id,value,as_of,source,level\n", 1],
  ["id,value,source,level\nLT-004,8.2,x,E3\n", 1],
  ["id,value,as_of,source,level\nLT-004,8.2\n", 2],
  ['id,value,as_of,source,level\nLT-004,"8.2,2026-06-30,x,E3\n', 2],
])("what is no such table is refused with a line and a next step: %j", (text, line) => {
  const { rows, faults } = readReadings(text);
  expect(rows).toEqual([]);
  expect(faults).toHaveLength(1);
  expect(faults[0]?.line).toBeGreaterThanOrEqual(line);
  expect(faults[0]?.fix).toMatch(/\S/);
});
