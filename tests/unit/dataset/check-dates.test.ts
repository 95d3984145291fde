import { test } from "vitest";
import { broken, expectTold } from "./breaks.ts";

test.each([
  broken(
    "an end before the start",
    "harbour.yaml",
    "period: { start: 2025-01-20, end: 2026-06-30 }",
    "period: { start: 2025-01-20, end: 2024-06-30 }",
    /ends on 2024-06-30, before it starts/,
  ),
  broken(
    "a period without an end",
    "harbour.yaml",
    "period: { start: 2025-01-20, end: 2026-06-30 }",
    "period: { start: 2025-01-20 }",
    /exactly one of end, years and months/,
  ),
  broken(
    "due before the period",
    "harbour.yaml",
    "period: { start: 2025-01-20, end: 2026-06-30 }",
    "period: { start: 2026-07-20, end: 2026-08-30 }",
    /before the period starts/,
    { below: 1 },
  ),
  broken(
    "due after the period",
    "harbour.yaml",
    "period: { start: 2025-01-20, end: 2026-06-30 }",
    "period: { start: 2025-01-20, months: 12 }",
    /after the period ends on 2026-01-19/,
    { below: 1 },
  ),
  broken(
    "a baseline after the due date",
    "harbour.yaml",
    "date: 2025-09-30",
    "date: 2024-09-30",
    /not before the due date/,
    { below: -1 },
  ),
  broken(
    "a baseline after its source",
    "harbour.yaml",
    "asOf: 2025-01-20",
    "asOf: 2025-01-21",
    /after its source/,
  ),
  broken(
    "a due date in another year than its words",
    "harbour.yaml",
    "text: by 30 June 2026",
    "text: by 30 June 2027",
    /words say 2027, the date 2026-06-30/,
  ),
])("$name is told with its line", async (each) => {
  await expectTold("ballycastle-2025", each);
});
