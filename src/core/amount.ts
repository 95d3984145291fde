import { default as Fraction } from "fraction.js";
import type { Quantity } from "./quantity.ts";
import { inBase, unitOf } from "./unit.ts";

/**
 * What `value:` asks for: bounds in base units. Without a unit it applies to every figure; with one, only to figures
 * of the same dimension. `text` is what was typed, normalised, and reads back to the same amount.
 */
export interface Amount {
  readonly text: string;
  readonly dimension: string | null;
  readonly min: Bound | null;
  readonly max: Bound | null;
}
interface Bound {
  /** An exact rational as text, so that a rule can be stored: "183000000000", "1/3". */
  readonly value: string;
  readonly strict: boolean;
}

/** Digits that look like numbers but are decoration (², ①, ½): refused, never guessed. */
const UNCLEAR =
  /[\u00b2\u00b3\u00b9\u00bc-\u00be\u2070-\u209c\u2150-\u215f\u2189\u2460-\u24ff\u2776-\u2793]/u;

/** True where a figure holds a character that cannot be read as a digit without guessing. */
export function isUnclear(text: string): boolean {
  return UNCLEAR.test(text);
}

const NUMBER = String.raw`-?\d+(?:,\d{3})*(?:\.\d+)?`;
const SINGLE = new RegExp(`^(>=|<=|=>|=<|>|<|=|≥|≤)?\\s*(${NUMBER})\\s*(\\D*)$`);
const SPAN = new RegExp(`^(${NUMBER})?\\s*(\\D*?)\\s*(?:\\.\\.|~|-|–)\\s*(${NUMBER})?\\s*(\\D*)$`);

/** Reads `>=1000亿`, `19EFLOPS`, `2-4家`, `100亿..2000亿`, `..50%`; null when it is no figure. */
export function readAmount(typed: string): Amount | null {
  const text = typed
    .trim()
    .replaceAll("≥", ">=")
    .replaceAll("≤", "<=")
    .replaceAll("=>", ">=")
    .replaceAll("=<", "<=");
  if (text.length > 60) return null;
  const single = SINGLE.exec(text);
  if (single !== null) {
    const [, op = "=", digits = "", unit = ""] = single;
    const value = baseValue(digits, unit);
    if (value === null) return null;
    const bound = { value, strict: op === ">" || op === "<" };
    const min = op === "<" || op === "<=" ? null : bound;
    const max = op === ">" || op === ">=" ? null : bound;
    return { text, dimension: dimensionOf(unit), min, max };
  }
  const span = SPAN.exec(text);
  if (span === null) return null;
  const [, low, lowUnit = "", high, highUnit = ""] = span;
  if (low === undefined && high === undefined) return null;
  const unit = highUnit === "" ? lowUnit : highUnit;
  const min = low === undefined ? null : baseValue(low, lowUnit === "" ? unit : lowUnit);
  const max = high === undefined ? null : baseValue(high, unit);
  if (
    dimensionOf(lowUnit) !== null &&
    dimensionOf(highUnit) !== null &&
    dimensionOf(lowUnit) !== dimensionOf(highUnit)
  )
    return null;
  if (min !== null && max !== null && new Fraction(min).compare(max) > 0) return null;
  if ((low !== undefined && min === null) || (high !== undefined && max === null)) return null;
  return {
    text,
    dimension: dimensionOf(unit),
    min: min === null ? null : { value: min, strict: false },
    max: max === null ? null : { value: max, strict: false },
  };
}

function baseValue(digits: string, unit: string): string | null {
  if (/[<>=:"]/.test(unit)) return null;
  return new Fraction(digits.replaceAll(",", "")).mul(unitOf(unit)?.factor ?? 1).toFraction();
}

/** The dimension a typed unit asks for; a bare multiplier (亿) asks for none. */
function dimensionOf(unit: string): string | null {
  const dimension = unitOf(unit)?.dimension ?? "count:";
  return dimension === "count:" ? null : dimension;
}

/** True when a stated figure lies within the amount; comparators of the figure do not widen it, a range counts by any part. */
export function meets(quantity: Quantity, amount: Amount): boolean {
  const dimension = unitOf(quantity.unit)?.dimension ?? "count:";
  if (amount.dimension !== null && amount.dimension !== dimension) return false;
  const low = inBase(quantity.op === "range" ? quantity.min : quantity.value, quantity.unit);
  const high = inBase(quantity.op === "range" ? quantity.max : quantity.value, quantity.unit);
  if (amount.min !== null && beyond(high.compare(amount.min.value), amount.min.strict)) return false;
  if (amount.max !== null && beyond(-low.compare(amount.max.value), amount.max.strict)) return false;
  return true;
}

/** `order` < 0: short of the bound; 0: on it, which a strict bound does not accept. */
function beyond(order: number, strict: boolean): boolean {
  return order < 0 || (strict && order === 0);
}
