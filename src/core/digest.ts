import type { Book } from "./book.ts";
import { addDays, daysBetween, type Day } from "./day.ts";
import type { Filter } from "./filter.ts";
import { DUE_SOON_DAYS } from "./light.ts";
import { isPastDue, isSettled, type Assessed } from "./standing.ts";
import { tally, type Tally } from "./tally.ts";

/** Days without an entry after which a commitment is called not refreshed. */
export const STALE_DAYS = 90;

/** What a digest tells about the commitments of its filter on a day, before any wording. */
export interface Digest {
  readonly filter: Filter;
  readonly today: Day;
  readonly tally: Tally;
  readonly districts: number;
  /** Due within 14 days and open, soonest first. */
  readonly dueSoon: readonly Assessed[];
  /** Past due: late, or a figure still to come; longest first. */
  readonly pastDue: readonly Assessed[];
  /** Not refreshed for 90 days, oldest first; what cannot be checked or has its verdict is left out. */
  readonly stale: readonly Assessed[];
  /** With a dispute that is open. */
  readonly disputed: readonly Assessed[];
  readonly notCheckable: readonly Assessed[];
  /** The next one to fall due after the 14 days. */
  readonly next: Assessed | null;
}

/** Composes the digest of a filter as the record tells it on a day. */
export function composeDigest(book: Book, filter: Filter, today: Day): Digest {
  const items = book.select(filter, today);
  const dated = items.filter(({ due, standing }) => due !== null && !isSettled(standing)).sort(byDue);
  const ahead = dated.filter((item) => !isPastDue(item, today));
  const soon = addDays(today, DUE_SOON_DAYS);
  const open = (item: Assessed): boolean => item.standing !== "not_checkable";
  return {
    filter,
    today,
    tally: tally(items),
    districts: new Set(items.map(({ commitment }) => commitment.district)).size,
    dueSoon: ahead.filter(({ due }) => dueOf(due) <= soon),
    pastDue: dated.filter((item) => isPastDue(item, today)),
    stale: items
      .filter(
        (item) =>
          open(item) && !isSettled(item.standing) && daysBetween(item.refreshedOn, today) >= STALE_DAYS,
      )
      .sort((a, b) => (a.refreshedOn < b.refreshedOn ? -1 : a.refreshedOn > b.refreshedOn ? 1 : 0)),
    disputed: items.filter(({ attributes }) => attributes.includes("disputed")),
    notCheckable: items.filter((item) => !open(item)),
    next: ahead.find(({ due }) => dueOf(due) > soon) ?? null,
  };
}

/** What has no date comes last. */
function dueOf(due: Day | null): Day {
  return due ?? "9999-12-31";
}

function byDue(a: Assessed, b: Assessed): number {
  return dueOf(a.due) < dueOf(b.due) ? -1 : dueOf(a.due) > dueOf(b.due) ? 1 : 0;
}
