import type { Commitment } from "./commitment.ts";
import { addDays, daysBetween, type Day } from "./day.ts";
import type { Attribute, Light, Pace, Standing } from "./vocabulary.ts";

/** Why a light is what it is; views name it beside the colour. */
export type LightReason =
  | "not_checkable"
  | "not_checked_since_due"
  | "awaiting_data"
  | "no_figure_published"
  | "due_soon"
  | "no_reading"
  | "nothing_recorded";

/** A commitment with everything that is derived from the record and the day. */
export interface Assessed {
  readonly commitment: Commitment;
  readonly standing: Standing;
  readonly pace: Pace;
  readonly light: Light;
  readonly lightReason: LightReason;
  readonly attributes: readonly Attribute[];
  /** The last entry about it, else the source's date. */
  readonly refreshedOn: Day;
}

/** Days before a due date at which the light turns blue. */
export const DUE_SOON_DAYS = 14;
/** Days after a due date without a figure after which the silence itself is shown. */
const NO_FIGURE_DAYS = 120;

/** True once the due date has passed (the day itself still counts). */
export function isPastDue(commitment: Commitment, today: Day): boolean {
  return commitment.due !== null && commitment.due.date < today;
}

/** Where a commitment with nothing recorded stands. */
export function standingOf(commitment: Commitment, today: Day): Standing {
  if (commitment.check === "none") return "not_checkable";
  if (commitment.check === "figure" && isPastDue(commitment, today)) return "awaiting_data";
  return "unrated";
}

/** The pace word of a commitment without a reading. */
export function paceOf(commitment: Commitment): Pace {
  const { check, kind, due, baseline, period } = commitment;
  if (check !== "figure" || kind === null || kind === "rate" || due === null) return "not_applicable";
  if (kind === "level" && baseline === null) return "not_applicable";
  if (period !== null && "event" in period.start) return "not_applicable";
  return "no_reading";
}

/** The light of a commitment with nothing recorded: PRODUCT's list, first match. */
export function lightOf(commitment: Commitment, today: Day): readonly [Light, LightReason] {
  const { check, due } = commitment;
  if (check === "none") return ["grey", "not_checkable"];
  if (due !== null && due.date < today) {
    if (check === "event" || check === "acts") return ["grey", "not_checked_since_due"];
    const silence = daysBetween(due.date, today) > NO_FIGURE_DAYS;
    return silence ? ["yellow", "no_figure_published"] : ["grey", "awaiting_data"];
  }
  if (due !== null && due.date <= addDays(today, DUE_SOON_DAYS)) return ["blue", "due_soon"];
  return ["grey", check === "figure" ? "no_reading" : "nothing_recorded"];
}

/** Everything derived about one commitment; `sourceDate` is the date of the source it cites. */
export function assess(commitment: Commitment, sourceDate: Day, today: Day): Assessed {
  const [light, lightReason] = lightOf(commitment, today);
  const standing = standingOf(commitment, today);
  const late = isPastDue(commitment, today) && standing === "unrated";
  return {
    commitment,
    standing,
    pace: paceOf(commitment),
    light,
    lightReason,
    attributes: late ? ["late"] : [],
    refreshedOn: sourceDate,
  };
}
