import { describe, expect, test } from "vitest";
import type { Commitment } from "../../../src/core/commitment.ts";
import { createLedger } from "../../../src/core/record.ts";
import { deltaSince, readTarget, snapshotOf } from "../../../src/core/snapshot.ts";
import { assess, type Assessed } from "../../../src/core/standing.ts";
import { lanting } from "../../support/books.ts";

const SOURCE = "2026-01-16";

const UNOPENED = createLedger();

function on(day: string, edit: (commitment: Commitment) => Commitment = (each) => each): readonly Assessed[] {
  return lanting.commitments.map((each) => assess(edit(each), UNOPENED.of(each.id), SOURCE, day));
}

function only(
  id: string,
  change: (commitment: Commitment) => Commitment,
): (commitment: Commitment) => Commitment {
  return (each) => (each.id === id ? change(each) : each);
}

const MARCH = snapshotOf(on("2026-03-02"), new Date("2026-03-02T01:07:00Z"), "1", 0);

describe("what changed since a snapshot", () => {
  test("nothing, where nothing did", () => {
    const delta = deltaSince(MARCH, on("2026-03-09"));
    expect([delta.changed, delta.gone]).toEqual([[], []]);
    expect(delta.since).toEqual(MARCH.takenAt);
  });

  test("dates that pass: an event is late, a figure awaits its data", () => {
    const found = deltaSince(MARCH, on("2026-08-03")).changed.map(({ item, differences }) => [
      item.commitment.id,
      differences,
    ]);
    expect(found).toEqual([
      ["QH-007", [{ type: "standing", from: "unrated", to: "awaiting_data" }]],
      ["YB-001", [{ type: "late" }]],
    ]);
  });

  test("a figure that is still not published long after its date is told once", () => {
    const august = snapshotOf(on("2026-08-03"), new Date("2026-08-03T01:07:00Z"), "1", 0);
    const told = deltaSince(august, on("2026-11-16")).changed.filter(
      ({ item }) => item.commitment.id === "QH-007",
    );
    expect(told.flatMap(({ differences }) => differences)).toEqual([{ type: "unpublished" }]);
    const november = snapshotOf(on("2026-11-16"), new Date("2026-11-16T01:07:00Z"), "1", 0);
    expect(deltaSince(november, on("2026-11-23")).changed).toEqual([]);
  });

  test("a target or a date that the dataset moved, and what it lists anew or no longer", () => {
    const moved = only("QH-007", (each) => ({
      ...each,
      target: { op: ">=", value: 80, unit: "套", original: "80套" },
      due: each.due === null ? null : { ...each.due, date: "2026-08-31" },
    }));
    expect(
      deltaSince(MARCH, on("2026-03-09", moved)).changed.flatMap(({ differences }) => differences),
    ).toEqual([
      { type: "target", from: "=60 套", to: ">=80 套" },
      { type: "due", from: "2026-07-15", to: "2026-08-31" },
    ]);
    const renamed = only("QH-007", (each) => ({ ...each, id: "QH-008" }));
    const delta = deltaSince(MARCH, on("2026-03-09", renamed));
    expect(delta.gone).toEqual(["QH-007"]);
    expect(delta.changed.map(({ item, differences }) => [item.commitment.id, differences])).toEqual([
      ["QH-008", [{ type: "new" }]],
    ]);
  });
});

test("a target in a snapshot is read back as it was", () => {
  for (const target of [
    { op: ">", value: 6.5, unit: "EFLOPS" },
    { op: "<=", value: 5, unit: "天" },
    { op: "~", value: -0.3, unit: "%" },
    { op: "=", value: 150_833_000_000, unit: "元" },
    { op: "range", min: 2, max: 4, unit: "家" },
    { op: "range", min: -1.5, max: 2, unit: "percentage points" },
  ] as const) {
    const text =
      target.op === "range"
        ? `${target.min}..${target.max} ${target.unit}`
        : `${target.op}${target.value} ${target.unit}`;
    expect(readTarget(text)).toEqual(target);
  }
  expect(readTarget("many")).toBeNull();
});
