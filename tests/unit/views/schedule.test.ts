import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LANGS } from "../../../src/core/lang.ts";
import { readCron } from "../../../src/core/cron.ts";
import type { Schedule } from "../../../src/core/schedule.ts";
import { readSchedulePhrase } from "../../../src/core/schedule-read.ts";
import { isFullHour, schedulePhrase, scheduleText, zoneText } from "../../../src/views/schedule.ts";

const cron = (text: string): Schedule => ({ kind: "cron", cron: text });
const last: Schedule = { kind: "monthly", day: "last-workday", hour: 17, minute: 5 };

test("the rule is a sentence in either language", () => {
  expect(scheduleText(cron("7 9 * * 1"), "Asia/Shanghai", "next", "zh")).toBe(
    "每周一 09:07（北京时间，遇节假日顺延到下一个工作日）",
  );
  expect(scheduleText(cron("7 9 * * 1"), "Asia/Shanghai", "next", "en")).toBe(
    "Mondays at 09:07 (China Standard Time; on a holiday, the next working day)",
  );
  expect(scheduleText(cron("7 9 * * *"), "America/New_York", "previous", "zh")).toBe(
    "每天 09:07（北美东部时间，遇节假日提前到上一个工作日）",
  );
  expect(scheduleText(cron("7 9 * * *"), "America/New_York", "previous", "en")).toBe(
    "Every day at 09:07 (Eastern Time; on a holiday, the working day before)",
  );
  expect(scheduleText(cron("7 9 * * *"), "UTC", "ignore", "zh")).toBe("每天 09:07（协调世界时，节假日照常）");
  expect(scheduleText(cron("7 9 * * *"), "UTC", "ignore", "en")).toBe(
    "Every day at 09:07 (Coordinated Universal Time; holidays included)",
  );
});

test("a working day of the month says nothing of holidays", () => {
  expect(scheduleText(last, "Asia/Shanghai", "next", "zh")).toBe("每月最后一个工作日 17:05（北京时间）");
  expect(scheduleText(last, "Asia/Shanghai", "next", "en")).toBe(
    "On the last working day of each month at 17:05 (China Standard Time)",
  );
});

test("a zone has one name in summer and winter, and a zone without a name its distance", () => {
  expect(zoneText("Europe/London", "en")).toBe("United Kingdom Time");
  // Kyiv went by Moscow's time in 1970.
  expect(zoneText("Europe/Kyiv", "en")).toBe("Eastern European Time");
  expect(zoneText("Asia/Kathmandu", "zh")).toBe("尼泊尔时间");
  expect(zoneText("Etc/GMT+5", "en")).toBe("GMT-05:00");
});

test.each([
  ["7 9 * * 1,4", "每周一、周四 09:07", "Mondays and Thursdays at 09:07"],
  ["7 9 * * 0,1,3", "每周一、周三、周日 09:07", "Mondays, Wednesdays and Sundays at 09:07"],
  ["35 8 * * mon-fri", "周一至周五 08:35", "Weekdays at 08:35"],
  ["35 8 * * 0-7", "每天 08:35", "Every day at 08:35"],
  ["7 9 1 * *", "每月1日 09:07", "On the 1st of each month at 09:07"],
  [
    "7 9 2,3,11,22,31 * ?",
    "每月2日、3日、11日、22日、31日 09:07",
    "On the 2nd, 3rd, 11th, 22nd and 31st of each month at 09:07",
  ],
])("%s reads %s, %s", (text, zh, en) => {
  expect(schedulePhrase(cron(text), "zh")).toBe(zh);
  expect(schedulePhrase(cron(text), "en")).toBe(en);
});

test.each(["7 9 1-7 * 1", "7 9,17 * * 1", "*/15 9 * * 1", "7 9 * 6 1", "7 9 1 1 *", "unreadable"])(
  "no words say %s: it stays as it is",
  (text) => {
    for (const lang of LANGS) expect(schedulePhrase(cron(text), lang)).toBe(text);
  },
);

const some = (min: number, max: number): fc.Arbitrary<string> =>
  fc.uniqueArray(fc.integer({ min, max }), { minLength: 1, maxLength: 8 }).map((values) => values.join());
const time = fc.tuple(fc.integer({ min: 0, max: 59 }), fc.integer({ min: 0, max: 23 }));
const schedule: fc.Arbitrary<Schedule> = fc.oneof(
  fc.tuple(time, some(0, 7)).map(([[minute, hour], days]) => cron(`${minute} ${hour} * * ${days}`)),
  fc.tuple(time, some(1, 31)).map(([[minute, hour], dates]) => cron(`${minute} ${hour} ${dates} * *`)),
  fc
    .tuple(time, fc.constantFrom("*", "1-5"))
    .map(([[minute, hour], days]) => cron(`${minute} ${hour} * * ${days}`)),
  fc
    .tuple(some(0, 59), some(0, 23), some(1, 28), some(1, 12), some(0, 6))
    .map((fields) => cron(fields.join(" "))),
  fc.record({
    kind: fc.constant("monthly" as const),
    day: fc.constantFrom("first-workday" as const, "last-workday" as const),
    hour: fc.integer({ min: 0, max: 23 }),
    minute: fc.integer({ min: 0, max: 59 }),
  }),
);

test("what is printed is read back to the same schedule", () => {
  fc.assert(
    fc.property(schedule, fc.constantFrom(...LANGS), (schedule, lang) => {
      const words = schedulePhrase(schedule, lang).split(" ");
      const found = readSchedulePhrase(words);
      expect(found, words.join(" ")).toHaveProperty("used", words.length);
      if (found === null || !("schedule" in found)) return;
      expect(meaning(found.schedule)).toEqual(meaning(schedule));
      // What was read once is read the same again, letter for letter.
      expect(readSchedulePhrase(schedulePhrase(found.schedule, lang).split(" "))).toHaveProperty(
        "schedule",
        found.schedule,
      );
    }),
    { numRuns: 600 },
  );
});

function meaning(schedule: Schedule): unknown {
  return schedule.kind === "cron" ? readCron(schedule.cron) : schedule;
}

describe("full and half hours, when chats throttle", () => {
  test.each([
    [cron("0 9 * * 1"), true],
    [cron("30 9 * * 1"), true],
    [cron("*/15 9 * * 1"), true],
    [cron("7,30 9 * * 1"), true],
    [cron("7 9 * * 1"), false],
    [cron("unreadable"), false],
    [{ ...last, minute: 0 }, true],
    [last, false],
  ])("%j: %s", (schedule, is) => expect(isFullHour(schedule)).toBe(is));
});
