import { dayIn } from "../core/day.ts";
import type { Lang } from "../core/lang.ts";
import type { Run } from "../core/next.ts";
import { momentText, say } from "./print.ts";

/** Said in a digest that comes late. */
function lateNote(planned: Date, zone: string, lang: Lang): string {
  return say(
    lang,
    `本应 ${momentText(planned, zone, lang)} 发出，当时区势没有在运行。`,
    `This was due on ${momentText(planned, zone, lang)}; Qushi was not running then.`,
  );
}

/** Said where the work calendar of a year is not known. */
export function unknownCalendarNote(year: string, lang: Lang): string {
  return say(
    lang,
    `${year} 年的放假安排尚未收录，暂时只把周末当休息日。`,
    `The public holidays of ${year} are not known here yet; only weekends count as days off.`,
  );
}

/** What has to be said about a run besides what it tells; null where there is nothing. */
export function notesOf(run: Run, isLate: boolean, zone: string, lang: Lang): string | null {
  const notes = [
    ...(isLate ? [lateNote(run.at, zone, lang)] : []),
    ...(run.calendarKnown ? [] : [unknownCalendarNote(unknownYear(run, zone), lang)]),
  ];
  return notes.length === 0 ? null : notes.join(say(lang, "", " "));
}

/** Holidays are announced a year at a time, so of two years the later one is unknown. */
function unknownYear({ at, nominalDay }: Run, zone: string): string {
  const day = dayIn(zone, at);
  return (day > nominalDay ? day : nominalDay).slice(0, 4);
}
