import { readCron, type ParsedCron } from "../core/cron.ts";
import type { Lang } from "../core/lang.ts";
import type { Schedule, WorkdayRule } from "../core/schedule.ts";
import { clockOf } from "../core/zone-time.ts";
import { dayText, say, usualName } from "./print.ts";

const ZH_WEEKDAYS = ["周日", "周一", "周二", "周三", "周四", "周五", "周六"];
const EN_WEEKDAYS = ["Sundays", "Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays"];

/** Zones have changed their names; this is an instant of today's, at which nothing else is read off. */
const TODAYS_NAMES = Date.UTC(2026, 0, 1);

/** The rule as a sentence: Mondays at 09:07 (China Standard Time; on a holiday, the next working day). */
export function scheduleText(schedule: Schedule, zone: string, workday: WorkdayRule, lang: Lang): string {
  const holidays = schedule.kind === "monthly" ? "" : holidayText(workday, lang);
  return say(
    lang,
    `${schedulePhrase(schedule, lang)}（${zoneText(zone, lang)}${holidays}）`,
    `${schedulePhrase(schedule, lang)} (${zoneText(zone, lang)}${holidays})`,
  );
}

/** When it runs, in words that the grammar reads back to the same runs; an expression where no words say it. */
export function schedulePhrase(schedule: Schedule, lang: Lang): string {
  if (schedule.kind === "monthly") {
    const isFirst = schedule.day === "first-workday";
    return say(
      lang,
      `每月${isFirst ? "首个" : "最后一个"}工作日 ${clockText(schedule.hour, schedule.minute)}`,
      `On the ${isFirst ? "first" : "last"} working day of each month at ${clockText(schedule.hour, schedule.minute)}`,
    );
  }
  const fields = readCron(schedule.cron);
  const [hour, moreHours] = fields?.hour ?? [];
  const [minute, moreMinutes] = fields?.minute ?? [];
  const days = fields === null ? null : daysText(fields, lang);
  if (hour === undefined || minute === undefined || days === null) return schedule.cron;
  if (moreHours !== undefined || moreMinutes !== undefined) return schedule.cron;
  return say(lang, `${days} ${clockText(hour, minute)}`, `${days} at ${clockText(hour, minute)}`);
}

/** Said where the clock skips a rule's time, as when summer time begins. */
export function gapText(at: Date, zone: string, lang: Lang): string {
  const { day, hour, minute } = clockOf(at, zone);
  const clock = clockText(hour, minute);
  return say(
    lang,
    `${day} 当地时钟拨快，跳过了这个时刻：那天 ${clock} 发。`,
    `On ${dayText(day, "en")} the clocks skip this time; that day it runs at ${clock}.`,
  );
}

/** True for a schedule that runs at full or half hours, when chats are busiest. */
export function isFullHour(schedule: Schedule): boolean {
  const minutes = schedule.kind === "monthly" ? [schedule.minute] : (readCron(schedule.cron)?.minute ?? []);
  return minutes.some((minute) => minute % 30 === 0);
}

/** A zone by the name that its people use the year round: 北京时间, Eastern Time. */
export function zoneText(zone: string, lang: Lang): string {
  const name = (style: "longGeneric" | "long"): string =>
    new Intl.DateTimeFormat(lang === "zh" ? "zh-CN" : "en-GB", { timeZone: zone, timeZoneName: style })
      .formatToParts(TODAYS_NAMES)
      .find(({ type }) => type === "timeZoneName")?.value ?? zone;
  const generic = name("longGeneric");
  // UTC has no generic name, only a figure.
  return usualName(generic.startsWith("GMT") ? name("long") : generic);
}

/** Named days where dates, months and weekdays come to days of the week, or to dates of every month; else null. */
function daysText({ dayOfMonth, month, dayOfWeek }: ParsedCron, lang: Lang): string | null {
  if (month.length < 12) return null;
  const everyDate = dayOfMonth.length === 31;
  const everyWeekday = dayOfWeek.length === 7;
  if (everyDate && everyWeekday) return say(lang, "每天", "Every day");
  if (everyDate) return weekdaysText(dayOfWeek, lang);
  return everyWeekday ? datesText(dayOfMonth, lang) : null;
}

function weekdaysText(days: readonly number[], lang: Lang): string {
  if (days.join() === "1,2,3,4,5") return say(lang, "周一至周五", "Weekdays");
  // Weeks begin on Monday.
  const sorted = days.toSorted((a, b) => (a || 7) - (b || 7));
  const names = sorted.map((day) => (lang === "zh" ? ZH_WEEKDAYS : EN_WEEKDAYS)[day] ?? "");
  return say(lang, `每${names.join("、")}`, enumerated(names));
}

function datesText(dates: readonly number[], lang: Lang): string {
  return say(
    lang,
    `每月${dates.map((date) => `${date}日`).join("、")}`,
    `On the ${enumerated(dates.map(ordinal))} of each month`,
  );
}

function enumerated(names: readonly string[]): string {
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(", ")} and ${names.at(-1) ?? ""}`;
}

function ordinal(date: number): string {
  const isTeen = date >= 11 && date <= 13;
  return `${date}${isTeen ? "th" : (["th", "st", "nd", "rd"][date % 10] ?? "th")}`;
}

function clockText(hour: number, minute: number): string {
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

function holidayText(workday: WorkdayRule, lang: Lang): string {
  switch (workday) {
    case "next":
      return say(lang, "，遇节假日顺延到下一个工作日", "; on a holiday, the next working day");
    case "previous":
      return say(lang, "，遇节假日提前到上一个工作日", "; on a holiday, the working day before");
    case "ignore":
      return say(lang, "，节假日照常", "; holidays included");
  }
}
