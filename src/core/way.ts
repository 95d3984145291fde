import { default as Fraction } from "fraction.js";
import { endsOf, startOf, type Aim } from "./aim.ts";
import type { Commitment } from "./commitment.ts";
import { daysBetween, type Day } from "./day.ts";
import type { Quantity } from "./quantity.ts";
import type { Term } from "./term.ts";
import type { Pace } from "./vocabulary.ts";

/** Why progress and time are shown without a word. */
export type Withheld = "share" | "term" | "no_span" | "few_pieces";

/** How much of the time has gone. */
export interface Time {
  readonly share: Fraction;
  readonly days: { readonly gone: number; readonly whole: number };
}

/** Less of the time says nothing yet. */
const LEAST_SHARE = new Fraction("0.1");
/** Fewer pieces than this arrive too unevenly. */
const FEWEST_PIECES = new Fraction(10);
const AHEAD = new Fraction("1.05");
const ON_PACE = new Fraction("0.9");

/** Of what a reading allows the end that promises least. */
export function readAs(value: Quantity, { falling }: Aim): Fraction {
  const { low, high } = endsOf(value);
  return falling ? high : low;
}

/** null where the target is not beyond the start, in its own direction: there is no way to go. */
export function progressOf(value: Quantity, aim: Aim, { kind, baseline }: Commitment): Fraction | null {
  const from = kind === "level" && baseline !== null ? startOf(baseline) : new Fraction(0);
  if (kind === "level" && baseline === null) return null;
  const span = aim.end.sub(from);
  if (span.compare(0) === 0 || span.compare(0) < 0 !== aim.falling) return null;
  return readAs(value, aim).sub(from).div(span);
}

/** null where the time has no beginning or no end that is known. */
export function timeOf({ start, due }: Term, asOf: Day): Time | null {
  if (start === null || due === null) return null;
  const whole = daysBetween(start, due);
  if (whole <= 0) return null;
  const gone = Math.min(whole, Math.max(0, daysBetween(start, asOf)));
  return { share: new Fraction(gone, whole), days: { gone, whole } };
}

/** Why a progress is not compared with the time; null where it is. */
export function withheldFor(
  progress: Fraction | null,
  share: Fraction | null,
  { end, pieces }: Aim,
  asOf: Day,
  { due }: Term,
): Withheld | null {
  if (progress === null) return "no_span";
  if (due !== null && asOf >= due) return "term";
  if (pieces && end.compare(FEWEST_PIECES) < 0) return "few_pieces";
  return share === null || share.compare(LEAST_SHARE) < 0 ? "share" : null;
}

/** The word of a ratio. */
export function paceOf(ratio: Fraction): Pace {
  if (ratio.compare(AHEAD) >= 0) return "ahead";
  return ratio.compare(ON_PACE) >= 0 ? "on_pace" : "behind";
}
