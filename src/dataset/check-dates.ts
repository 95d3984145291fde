import type { Commitment, Period } from "../core/commitment.ts";
import type { Day } from "../core/day.ts";
import { lastDay } from "../core/term.ts";
import type { Draft, Placed } from "./draft.ts";
import { faultAt, type DatasetFault } from "./fault.ts";
import { yearOf } from "./figure-same.ts";
import { figuresIn } from "./figures.ts";

/** Days against one another; that each exists is the schema's. */
export function checkDates({ commitments, facts, sources }: Draft): DatasetFault[] {
  const dates = new Map(sources.map(({ item }) => [item.id, item.date]));
  const later = (
    { item, at }: Placed<{ source: { id: string } }>,
    asOf: Day,
    path: readonly string[],
  ): DatasetFault[] => {
    const date = dates.get(item.source.id);
    if (date === undefined || asOf <= date) return [];
    return [
      faultAt(
        at(path),
        `The day ${asOf} is after its source, which is of ${date}`,
        "Correct the day or the source.",
      ),
    ];
  };
  return [
    ...commitments.flatMap((placed) => [
      ...checkCommitment(placed),
      ...(placed.item.baseline === null
        ? []
        : later(placed, placed.item.baseline.asOf, ["baseline", "asOf"])),
    ]),
    ...facts.flatMap((placed) => later(placed, placed.item.asOf, ["asOf"])),
  ];
}

function checkCommitment({ item, at }: Placed<Commitment>): DatasetFault[] {
  const { period, due, baseline } = item;
  const faults: DatasetFault[] = [];
  const start = period !== null && "day" in period.start ? period.start.day : null;
  const end = period === null ? null : endOf(period);
  if (start !== null && end !== null && end < start) {
    faults.push(
      faultAt(
        at(["period", "end"]),
        `The period ends on ${end}, before it starts on ${start}`,
        "Correct one of the two.",
      ),
    );
  }
  if (due !== null) {
    const place = at(["due", "date"]);
    if (start !== null && due.date < start) {
      faults.push(
        faultAt(
          place,
          `It is due on ${due.date}, before the period starts on ${start}`,
          "Correct one of the two.",
        ),
      );
    }
    if (end !== null && due.date > end) {
      faults.push(
        faultAt(
          place,
          `It is due on ${due.date}, after the period ends on ${end}`,
          "Correct one of the two.",
        ),
      );
    }
    if (baseline !== null && baseline.asOf >= due.date) {
      faults.push(
        faultAt(
          at(["baseline", "asOf"]),
          `The baseline is as of ${baseline.asOf}, not before the due date ${due.date}`,
          "Correct one of the two.",
        ),
      );
    }
    faults.push(...checkWords(due.text, due.date, at(["due", "text"])));
  }
  return faults;
}

/** A year in the source's own words must be the year of the date. */
function checkWords(text: string, date: Day, place: { file: string; line: number }): DatasetFault[] {
  const year = Number(date.slice(0, 4));
  const other = figuresIn(text).find((figure) => ![null, year].includes(yearOf(figure)));
  return other === undefined
    ? []
    : [faultAt(place, `The words say ${other.text}, the date ${date}`, "Correct one of the two.")];
}

/** The last day of a period; null where it starts with an event. */
function endOf({ start, end, length }: Period): Day | null {
  return end === null && "day" in start ? lastDay(start.day, length) : end;
}
