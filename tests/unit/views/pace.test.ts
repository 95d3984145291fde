import { default as Fraction } from "fraction.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createBook } from "../../../src/core/book.ts";
import type { ReadValue } from "../../../src/core/act.ts";
import { createLedger } from "../../../src/core/record.ts";
import type { Assessed } from "../../../src/core/standing.ts";
import { paceText, percentText, ratioText } from "../../../src/views/pace.ts";
import { entriesOf, figure, read, type Line } from "../../fixtures/ledgers/lines.ts";
import { lanting } from "../../support/books.ts";

const AT = { at: "2026-07-02 10:00", by: "P-1" };

function assessed(id: string, lines: readonly Line[], today: string = "2026-07-06"): Assessed {
  const ledger = createLedger();
  ledger.apply(entriesOf(lines));
  const item = createBook(lanting, ledger)
    .on(today)
    .find(({ commitment }) => commitment.id === id);
  if (item === undefined) throw new Error(id);
  return item;
}

function told(id: string, value: ReadValue, asOf: string, lang: "zh" | "en" = "en"): string | null {
  const book = createBook(lanting);
  return paceText(assessed(id, [read({ ...AT, on: id }, value, asOf, "E3")]), book, lang);
}

describe("figures of a pace", () => {
  test("are truncated, never rounded up to the next word", () => {
    expect(percentText(new Fraction("0.9999"))).toBe("99.9%");
    expect(ratioText(new Fraction("0.8999"))).toBe("0.89");
    expect(percentText(new Fraction("-0.0567"))).toBe("-5.6%");
    expect(percentText(new Fraction(1))).toBe("100.0%");
  });

  test("never say more than there is", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000 }), fc.integer({ min: 1, max: 1_000 }), (n, d) => {
        const share = new Fraction(n, d);
        expect(new Fraction(percentText(share).slice(0, -1)).div(100).compare(share)).toBeLessThanOrEqual(0);
        expect(new Fraction(ratioText(share)).compare(share)).toBeLessThanOrEqual(0);
      }),
    );
  });
});

describe("the formula", () => {
  test("is the one of the example, in both languages", () => {
    expect(told("LT-004", figure(8.2, "EFLOPS"), "2026-06-30")).toBe(
      "behind: at most 13.6% of the way in 40.0% of the time, ratio 0.33 = (8.2−6.5)/(19−6.5) ÷ 123/307 days. The start is “above 6.5 EFLOPS”, so 13.6% is the most it can be",
    );
    expect(told("LT-004", figure(8.2, "EFLOPS"), "2026-06-30", "zh")).toBe(
      "欠序时：至多已走 13.6%，时间已过 40.0%，比值 0.33 ＝ (8.2−6.5)/(19−6.5) ÷ 123/307 天。起点为“超过 6.5 EFLOPS”，所以 13.6% 是上限",
    );
  });

  test("is in the target's unit, whatever was read in", () => {
    expect(told("LT-004", figure(8200, "PFLOPS"), "2026-06-30")).toContain("(8.2−6.5)/(19−6.5)");
  });

  test("counts a sum from nothing, and a figure that falls downwards", () => {
    expect(told("LT-001", figure(2100, "个"), "2026-06-30")).toContain("= 2100/3600 ÷ 180/364 days");
    expect(told("YB-005", figure(27.5, "微克/立方米"), "2026-06-30")).toContain("(27.5−29)/(25−29)");
  });

  test("of a range is that of its nearer end", () => {
    expect(told("YB-006", figure(2000, "个"), "2026-06-30")).toContain("(2000−1200)/(5000−1200)");
  });
});

describe("without a word it is said why", () => {
  test("less than a tenth of the time", () => {
    expect(told("LT-001", figure(100, "个"), "2026-01-20")).toContain("Less than a tenth of the time");
  });

  test("read at term, reached or not", () => {
    const [short, whole] = [figure(51, "套"), figure(60, "套")];
    expect(told("QH-007", short, "2026-07-15")).toMatch(
      /^not applicable: 85\.0% .*Read at term, and not reached$/u,
    );
    expect(told("QH-007", whole, "2026-07-15")).toContain("Read at term, and reached");
  });

  test("a growth rate has its gap in percentage points", () => {
    expect(told("YB-007", figure(5.8, "%"), "2026-06-30")).toBe(
      "0.7 percentage points below the target; a growth rate has no time factor",
    );
    expect(told("YB-007", figure(6.5, "%"), "2026-06-30")).toContain("level with the target");
  });

  test("a period that waits for its event", () => {
    expect(told("YB-008", figure(16, "家"), "2026-06-30")).toContain("is not recorded yet");
  });
});

test("nodes are counted, and the next one has its day where the source dates it", () => {
  expect(told("YB-004", { done: "north" }, "2026-05-02")).toBe(
    "on pace: 1 of 3 milestones done, next “middle section” by 30 Jun 2026",
  );
});

test("nothing is said where only statements were read", () => {
  const lines = [read({ ...AT, on: "LT-004" }, figure(18, "EFLOPS"), "2026-06-30", "E5")];
  expect(paceText(assessed("LT-004", lines), createBook(lanting), "en")).toBeNull();
});
