import type { Lang } from "../core/lang.ts";
import { momentText, say } from "./print.ts";

/** Said in a digest that comes late. */
export function lateNote(planned: Date, zone: string, lang: Lang): string {
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
    `${year} 年的节假日安排还没有数据，暂按周末计。`,
    `The public holidays of ${year} are not known here yet; only weekends count.`,
  );
}
