import { default as Fraction } from "fraction.js";
import type { Commitment } from "./commitment.ts";
import { daysBetween, type Day } from "./day.ts";
import type { Pacing } from "./pace.ts";
import type { CommitmentRecord } from "./record.ts";
import type { Light, Rating } from "./vocabulary.ts";

/** Why a light is what it is; views name it beside the colour. */
export type LightReason =
  | "not_checkable"
  | "met"
  | "partly_met"
  | "not_met"
  | "stalled"
  | "withdrawn"
  /** The current reading satisfies the target; nobody has rated it. */
  | "reached"
  | "not_checked_since_due"
  /** A dated search after the due date found nothing. */
  | "nothing_found"
  /** Past due, with something on record since that nobody has rated. */
  | "recorded_since_due"
  | "awaiting_data"
  | "no_figure_published"
  /** Read as of the due date, and not reached. */
  | "missed"
  | "due_soon"
  /** The reading is older than 120 days. */
  | "last_known"
  | "ahead"
  | "on_pace"
  | "behind"
  | "no_reading"
  /** There is a reading, and no word for it. */
  | "no_word"
  | "nothing_recorded"
  | "recorded";

/** Days before a due date at which the light turns blue. */
export const DUE_SOON_DAYS = 14;
/** Days after a due date without a figure after which the silence itself is shown. */
const NO_FIGURE_DAYS = 120;
/** Days after which a reading is only the last one known. */
const OLD_READING_DAYS = 120;
/** Days past due up to which a search that found nothing is no more than a warning. */
const SHORT_DELAY_DAYS = 15;
const WARNING = new Fraction("0.75");

type Lit = { readonly light: Light; readonly reason: LightReason };

/** The light of a commitment: PRODUCT's list, first match. */
export function lightOf(commitment: Commitment, record: CommitmentRecord, pacing: Pacing, today: Day): Lit {
  const { check } = commitment;
  const { due } = pacing;
  if (check === "none") return { light: "grey", reason: "not_checkable" };
  const verdict = verdictLight(record.rating?.rating ?? "unrated");
  if (verdict !== null) return verdict;
  if (pacing.reached) return { light: "green", reason: "reached" };
  if (due !== null && due < today) return pastDueLight(commitment, record, pacing, due, today);
  if (due !== null && daysBetween(today, due) <= DUE_SOON_DAYS) return { light: "blue", reason: "due_soon" };
  return paceLight(commitment, record, pacing, today);
}

function verdictLight(rating: Rating): Lit | null {
  switch (rating) {
    case "met":
      return { light: "green", reason: rating };
    case "partly_met":
      return { light: "yellow", reason: rating };
    case "not_met":
    case "stalled":
    case "withdrawn":
      return { light: "red", reason: rating };
    case "unrated":
    case "in_progress":
      return null;
  }
}

function pastDueLight(
  { check }: Commitment,
  record: CommitmentRecord,
  { reading }: Pacing,
  due: Day,
  today: Day,
): Lit {
  if (check === "figure") {
    if (reading !== null && reading.data.asOf >= due) return { light: "red", reason: "missed" };
    const silence = daysBetween(due, today) > NO_FIGURE_DAYS;
    return silence
      ? { light: "yellow", reason: "no_figure_published" }
      : { light: "grey", reason: "awaiting_data" };
  }
  const since = sinceDue(record, due);
  if (check !== "event" || since !== "nothing_found") return { light: "grey", reason: since };
  return { light: daysBetween(due, today) <= SHORT_DELAY_DAYS ? "yellow" : "red", reason: since };
}

/** What was recorded for days after the due date; a statement (E5) is nothing, and what was found outweighs an earlier search. */
function sinceDue(
  { notes, evidence, readings }: CommitmentRecord,
  due: Day,
): "not_checked_since_due" | "nothing_found" | "recorded_since_due" {
  const searches = notes.filter(({ data, effectiveOn }) => data.nothingNew && effectiveOn > due);
  const finds = [...evidence, ...readings].filter(
    ({ data, effectiveOn }) => data.level !== "E5" && effectiveOn > due,
  );
  const lastSearch = Math.max(0, ...searches.map(({ seq }) => seq));
  const lastFind = Math.max(0, ...finds.map(({ seq }) => seq));
  if (lastSearch === 0 && lastFind === 0) return "not_checked_since_due";
  return lastSearch > lastFind ? "nothing_found" : "recorded_since_due";
}

/** What is not due yet, by its pace. */
function paceLight(
  { check, path }: Commitment,
  { entries, undone }: CommitmentRecord,
  { reading, word, ratio }: Pacing,
  today: Day,
): Lit {
  if (reading !== null && daysBetween(reading.data.asOf, today) > OLD_READING_DAYS)
    return { light: "grey", reason: "last_known" };
  if (word === "ahead" || word === "on_pace") return { light: "green", reason: word };
  if (word === "behind") {
    const isWarning = path === "steps" || (ratio !== null && ratio.compare(WARNING) >= 0);
    return { light: isWarning ? "yellow" : "red", reason: word };
  }
  if (check === "figure") return { light: "grey", reason: reading === null ? "no_reading" : "no_word" };
  const isEmpty = entries.every(({ type, id }) => type === "undo" || undone.has(id));
  return { light: "grey", reason: isEmpty ? "nothing_recorded" : "recorded" };
}
