import { CLOCK_PATTERN, readClock, type TimeOfDay } from "./clock-read.ts";
import { isCronWord, readCron } from "./cron.ts";
import { readNamedDays, startsWithDays, type NamedDays } from "./schedule-days.ts";
import type { Schedule } from "./schedule.ts";

/**
 * A schedule and how many words it took; or what keeps words that are meant as one from being one: a cron expression
 * with seconds, another mistake in it, a time that is missing or that no clock shows, days that do not exist.
 */
export type SchedulePhrase =
  | { readonly schedule: Schedule; readonly used: number }
  | { readonly problem: "seconds" | "cron" | "time" | "day" };

/** More words than any phrase has. */
const LONGEST = 48;
/** More characters than any expression needs. */
const LONGEST_CRON = 100;
const WITH_TIME = new RegExp(`^(?<days>.*?)(?: at | ?[于在] ?| )?(?<time>${CLOCK_PATTERN})$`, "u");
/** A word that is or ends in a time: no filter has one. */
const CLOCK_WORD = /\d{1,2}(?:[:：]\d|[点时](?:\d|半|整|$)|[ap]\.?m\b)/u;
/** Words that begin nothing but a schedule. */
const MEANT =
  /^(?:每个?(?:周|星期|礼拜|月|天|日|工作日)|(?:every|each|weekly|monthly|daily|weekdays|workdays)(?: |$))/u;
/** Also a word to search for, unless a time comes with it. */
const BARE_NAME = /^(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)$/u;

/**
 * Reads a schedule from the front of a line's words, as many as fit: days and a time in either language (`每周一 9:07`,
 * `monthly last-workday 17:05`) or a cron expression of five fields. null when the words are not meant as one.
 */
export function readSchedulePhrase(words: readonly string[]): SchedulePhrase | null {
  const cron = readCronWords(words);
  if (cron !== null) return cron;
  const folded = words.slice(0, LONGEST).map(fold);
  for (let used = folded.length; used > 0; used -= 1) {
    const schedule = scheduleOf(folded.slice(0, used).join(" "));
    if (schedule !== null) return { schedule, used };
  }
  const problem = problemOf(folded);
  return problem === null ? null : { problem };
}

function readCronWords(words: readonly string[]): SchedulePhrase | null {
  if (!/^[\d*]/u.test(words[0] ?? "")) return null;
  const other = words.findIndex((word) => !isCronWord(word));
  const count = other < 0 ? words.length : other;
  if (count > 5) return { problem: "seconds" };
  const cron = words.slice(0, count).join(" ").toLowerCase();
  // Fewer words than five are one that lacks some only where they hold what no other line has.
  if (count < 5) return count > 1 && cron.includes("*") ? { problem: "cron" } : null;
  if (cron.length > LONGEST_CRON || readCron(cron) === null) return { problem: "cron" };
  return { schedule: { kind: "cron", cron }, used: 5 };
}

function scheduleOf(text: string): Schedule | null {
  const { days = "", time = "" } = WITH_TIME.exec(text)?.groups ?? {};
  const named = readNamedDays(days);
  const clock = readClock(time);
  return named === null || clock === null ? null : timed(named, clock);
}

function timed(days: NamedDays, { hour, minute }: TimeOfDay): Schedule {
  if (days.kind === "workday") return { kind: "monthly", day: days.day, hour, minute };
  const dates = days.kind === "dates" ? listOf(days.dates, 31) : "*";
  const weekdays = days.kind === "weekdays" ? listOf(days.days, 7) : "*";
  return { kind: "cron", cron: `${minute} ${hour} ${dates} * ${weekdays}` };
}

function listOf(values: readonly number[], all: number): string {
  if (values.length === all) return "*";
  return values.join() === "1,2,3,4,5" && all === 7 ? "1-5" : values.join();
}

function problemOf(words: readonly string[]): "time" | "day" | null {
  const text = words.join(" ");
  const isMeant = MEANT.test(text) || words.some((word) => CLOCK_WORD.test(word));
  if (startsWithDays(text) && (isMeant || !BARE_NAME.test(words[0] ?? ""))) return "time";
  return isMeant ? "day" : null;
}

/** Full-width characters to ASCII and lower case, as the grammar folds a line; "①" stays what it is. */
function fold(word: string): string {
  return word
    .replace(/[\uff01-\uff5e]/gu, (character) =>
      String.fromCodePoint((character.codePointAt(0) ?? 0) - 0xfee0),
    )
    .trim()
    .toLowerCase();
}
