import { default as Fraction } from "fraction.js";
import { isUnclear } from "./amount.ts";
import type { Measure } from "./commitment.ts";
import { Fault } from "./errors.ts";
import { AFTER, BEFORE, cutComparator } from "./figure-words.ts";
import type { Comparator, Quantity } from "./quantity.ts";
import { exact, unitOf } from "./unit.ts";

/** What a figure is read for: the unit it is to be in, and the English words for what is counted. */
export interface Reader {
  readonly unit: string;
  readonly counted: Measure["counted"];
  /** How a figure is written in this unit, for whoever typed one that cannot be read. */
  readonly example: string;
}

const NUMBER = String.raw`[-−+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?`;
const SINGLE = new RegExp(`^(${NUMBER})\\s*(余|多)?\\s*(\\D*)$`, "u");
const SPAN = new RegExp(
  `^(${NUMBER})\\s*(\\D*?)\\s*(?:\\.\\.|[~～–—至到-]|\\bto\\b)\\s*(${NUMBER})\\s*(\\D*)$`,
  "u",
);
/** More digits than a number holds exactly would be kept as another figure. */
const MOST_DIGITS = 15;
const MOST_CHARACTERS = 60;

/**
 * Reads a figure as people type it: 16.2 EFLOPS, 超19, 约16, 16~17, -3. Without a unit it is in the reader's. Throws
 * Fault for what is no figure, is not exact, or is in a unit of another dimension: nothing is guessed.
 */
export function readQuantity(typed: string, reader: Reader): Quantity {
  const refuse = (why: "unreadable" | "unclear" | "too_long" | "negative" | "reversed"): Fault =>
    new Fault({
      code: "unreadable_figure",
      text: typed.slice(0, MOST_CHARACTERS),
      why,
      example: reader.example,
    });
  if (isUnclear(typed)) throw refuse("unclear");
  const text = typed.normalize("NFKC").replaceAll(/\s+/gu, " ").trim();
  if (text.length > MOST_CHARACTERS) throw refuse("too_long");
  const before = cutComparator(text, BEFORE, "start");
  const after = cutComparator(before?.rest ?? text, AFTER, "end");
  if (before !== null && after !== null && before.op !== "=") throw refuse("unreadable");
  const bare = after?.rest ?? before?.rest ?? text;
  const number = (digits: string): number => {
    const plain = digits.replaceAll(",", "").replace("−", "-").replace(/^\+/u, "");
    if (plain.replaceAll(/\D/gu, "").replace(/^0+/u, "").length > MOST_DIGITS) throw refuse("too_long");
    const value = Number(plain);
    if (value < 0 && !isSigned(reader.unit)) throw refuse("negative");
    return Object.is(value, -0) ? 0 : value;
  };

  const single = SINGLE.exec(bare);
  if (single !== null) {
    const [, digits = "", more, unit = ""] = single;
    const op: Comparator = after?.op ?? (more === undefined ? (before?.op ?? "=") : ">");
    if (more !== undefined && (after !== null || (before !== null && before.op !== "=")))
      throw refuse("unreadable");
    const { factor, unit: into } = unitFor(unit, reader, typed);
    return { op, value: scaled(number(digits), factor, refuse), unit: into };
  }
  const span = SPAN.exec(bare);
  if (span === null || after !== null || (before !== null && before.op !== "=")) throw refuse("unreadable");
  const [, low = "", lowUnit = "", high = "", highUnit = ""] = span;
  const shared = unitFor(highUnit, reader, typed);
  const first = lowUnit === "" ? shared : unitFor(lowUnit, reader, typed);
  if (first.unit !== shared.unit) throw refuse("unreadable");
  const min = scaled(number(low), first.factor, refuse);
  const max = scaled(number(high), shared.factor, refuse);
  if (min > max) throw refuse("reversed");
  return min === max
    ? { op: "=", value: min, unit: shared.unit }
    : { op: "range", min, max, unit: shared.unit };
}

/** Rates can fall below nothing; what is counted, weighed or paid cannot. */
function isSigned(unit: string): boolean {
  const dimension = unitOf(unit)?.dimension;
  return dimension === "percent" || dimension === "points";
}

/** The unit a figure is kept in and how many of it one typed unit is: another unit of the same dimension stays as typed. */
function unitFor(
  typed: string,
  { unit: wanted, counted }: Reader,
  whole: string,
): { readonly unit: string; readonly factor: Fraction } {
  const one = new Fraction(1);
  const unit = typed.trim();
  const target = unitOf(wanted);
  if (unit === "" || target === null) return { unit: wanted, factor: one };
  const read = unitOf(unit);
  const refused = new Fault({
    code: "wrong_unit",
    typed: whole.slice(0, MOST_CHARACTERS),
    unit,
    expected: wanted,
  });
  if (read === null || /[<>=:"\d]/u.test(unit)) throw refused;
  if (read.dimension === target.dimension) return { unit, factor: one };
  // "1000亿" names no unit of its own: so many of the target's base unit.
  const names =
    counted === null ? [] : [counted.one, counted.many].map((name) => `count:${name.toLowerCase()}`);
  if (read.dimension !== "count:" && !names.includes(read.dimension)) throw refused;
  return { unit: wanted, factor: read.factor.div(target.factor) };
}

function scaled(value: number, factor: Fraction, refuse: (why: "too_long") => Fault): number {
  if (factor.equals(1)) return value;
  const product = exact(value).mul(factor);
  const plain = product.valueOf();
  if (!exact(plain).equals(product)) throw refuse("too_long");
  return plain;
}
