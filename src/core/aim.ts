import type { default as Fraction } from "fraction.js";
import type { Baseline, Target } from "./commitment.ts";
import type { Quantity } from "./quantity.ts";
import { inBase, unitOf } from "./unit.ts";

/** What a target asks for, in base units. */
export interface Aim {
  /** It is reached from above. */
  readonly falling: boolean;
  /** The value at which it is reached; of a range the end that is met first. */
  readonly end: Fraction;
  /** The value itself does not reach it. */
  readonly strict: boolean;
  /** Counted in pieces (家, 项, homes). */
  readonly pieces: boolean;
}

/** True for units that convert into one another. */
export function unitsAgree(a: string, b: string): boolean {
  const one = unitOf(a);
  const other = unitOf(b);
  return one !== null && other !== null && one.dimension === other.dimension;
}

/** The lower and the upper end of a figure in base units; equal but for a range. */
export function endsOf(quantity: Quantity): { readonly low: Fraction; readonly high: Fraction } {
  const low = inBase(quantity.op === "range" ? quantity.min : quantity.value, quantity.unit);
  return { low, high: quantity.op === "range" ? inBase(quantity.max, quantity.unit) : low };
}

export function aimOf(target: Target, baseline: Baseline | null): Aim {
  const { low, high } = endsOf(target);
  const falling = isFalling(target, baseline);
  return {
    falling,
    end: falling ? high : low,
    strict: target.op === ">" || target.op === "<",
    pieces: unitOf(target.unit)?.dimension.startsWith("count:") ?? true,
  };
}

/** The comparator says so, else where it starts from. */
function isFalling(target: Target, baseline: Baseline | null): boolean {
  if (target.op === "<" || target.op === "<=") return true;
  if (target.op === ">" || target.op === ">=") return false;
  return baseline !== null && startOf(baseline).compare(endsOf(target).high) > 0;
}

/** Where a level starts from, in base units; the lower end of a range. */
export function startOf(baseline: Baseline): Fraction {
  return endsOf(baseline).low;
}

/** True where every value that a reading allows reaches the aim; one that is about right never does. */
export function meetsAim(read: Quantity, { falling, end, strict }: Aim): boolean {
  if (read.op === "~") return false;
  // Open towards the far side: some value it allows is as far away as one likes.
  if (falling ? read.op === ">" || read.op === ">=" : read.op === "<" || read.op === "<=") return false;
  const { low, high } = endsOf(read);
  const order = falling ? end.compare(high) : low.compare(end);
  // 超19 leaves out 19 itself.
  const leftOut = read.op === ">" || read.op === "<";
  return order > 0 || (order === 0 && (!strict || leftOut));
}
