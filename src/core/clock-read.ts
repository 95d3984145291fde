/** A time of the day. */
export interface TimeOfDay {
  readonly hour: number;
  readonly minute: number;
}

const MORNING = ["上午", "早上", "早晨", "清晨", "凌晨"];
const AFTERNOON = ["下午", "傍晚"];
const EVENING = ["晚上", "晚"];
const PERIOD = ["中午", ...MORNING, ...AFTERNOON, ...EVENING].join("|");

/** A time of the day as people write it, right or wrong, to be put into larger patterns; it has no groups. */
export const CLOCK_PATTERN = `(?:${PERIOD})? ?\\d{1,2}(?:[:：]\\d{1,3}|[点时](?:\\d{1,2}分?|半|整|一刻|三刻)?)? ?(?:[ap]m|[ap]\\.m\\.)?`;

const CLOCK = new RegExp(
  `^(?<period>${PERIOD})? ?(?<hour>\\d{1,2})(?:[:：](?<minute>\\d{2})|(?<sign>[点时])(?:(?<minutes>\\d{1,2})分?|(?<word>半|整|一刻|三刻))?)? ?(?:(?<half>[ap])(?:m|\\.m\\.))?$`,
  "u",
);
const WORDS: Readonly<Record<string, number>> = { 半: 30, 整: 0, 一刻: 15, 三刻: 45 };

/**
 * Reads `9:07`, `9点07分`, `9点半`, `下午3:05`, `9:07am`, `9pm`, in lower case; null for anything else, for times that no
 * clock shows, and for words of the day that do not go with the hour: 上午15:00, 晚上12点.
 */
export function readClock(text: string): TimeOfDay | null {
  const { period, hour, minute, sign, minutes, word, half } = CLOCK.exec(text)?.groups ?? {};
  if (hour === undefined) return null;
  if (minute === undefined && sign === undefined && half === undefined) return null;
  if (period !== undefined && half !== undefined) return null;
  const past = word === undefined ? Number(minute ?? minutes ?? 0) : (WORDS[word] ?? 0);
  const counted = half === undefined ? hourOf(Number(hour), period) : hourOfHalf(Number(hour), half);
  return counted === null || counted > 23 || past > 59 ? null : { hour: counted, minute: past };
}

function hourOf(hour: number, period: string | undefined): number | null {
  if (period === undefined) return hour;
  // Twelve at night belongs to another day than it says; whoever means it writes 0:00.
  if (period === "凌晨") return hour <= 6 ? hour : null;
  if (period === "中午") return hour >= 11 && hour <= 13 ? hour : hour <= 2 && hour >= 1 ? hour + 12 : null;
  if (MORNING.includes(period)) return hour < 12 ? hour : null;
  if (AFTERNOON.includes(period) && hour === 12) return 12;
  if (hour >= 1 && hour <= 11) return hour + 12;
  return hour > 12 ? hour : null;
}

function hourOfHalf(hour: number, half: string): number | null {
  if (hour < 1 || hour > 12) return null;
  return (hour % 12) + (half === "p" ? 12 : 0);
}
