import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readClock } from "../../../src/core/clock-read.ts";
import { readSchedulePhrase } from "../../../src/core/schedule-read.ts";

const read = (line: string) => readSchedulePhrase(line.split(" "));
const cronOf = (line: string): string => {
  const found = read(line);
  return found !== null && "schedule" in found && found.schedule.kind === "cron"
    ? found.schedule.cron
    : "none";
};

test.each([
  ["每周一 9:07", "7 9 * * 1"],
  ["每周一9:07", "7 9 * * 1"],
  ["每周一 ９：０７", "7 9 * * 1"],
  ["周一 9:07", "7 9 * * 1"],
  ["每星期天 9:07", "7 9 * * 0"],
  ["每周日 9:07", "7 9 * * 0"],
  ["每周一、周四 9:07", "7 9 * * 1,4"],
  ["每周一、 周四 9:07", "7 9 * * 1,4"],
  ["每周一和周四 9:07", "7 9 * * 1,4"],
  ["每周一、三、五 9:07", "7 9 * * 1,3,5"],
  ["每周一三五 9:07", "7 9 * * 1,3,5"],
  ["周一至周五 8:35", "35 8 * * 1-5"],
  ["每周六到周一 8:35", "35 8 * * 0,1,6"],
  ["每天 8:35", "35 8 * * *"],
  ["每日8点35分", "35 8 * * *"],
  ["工作日 8:35", "35 8 * * 1-5"],
  ["每个工作日 8:35", "35 8 * * 1-5"],
  ["每月1日 9:07", "7 9 1 * *"],
  ["每月1日9:07", "7 9 1 * *"],
  ["每月1、15日 9:07", "7 9 1,15 * *"],
  ["每月十五号 9:07", "7 9 15 * *"],
  ["每月三十一日 9:07", "7 9 31 * *"],
  ["weekdays 8:35", "35 8 * * 1-5"],
  ["every weekday at 8:35", "35 8 * * 1-5"],
  ["daily 9:07", "7 9 * * *"],
  ["every day 9:07", "7 9 * * *"],
  ["monday 9:07", "7 9 * * 1"],
  ["Every Monday 9:07", "7 9 * * 1"],
  ["on mondays at 9:07", "7 9 * * 1"],
  ["mon,thu 9:07", "7 9 * * 1,4"],
  ["monday and thursday 9:07", "7 9 * * 1,4"],
  ["Mondays, Wednesdays, and Fridays at 9:07", "7 9 * * 1,3,5"],
  ["mon-fri 8:35", "35 8 * * 1-5"],
  ["friday to monday 8:35", "35 8 * * 0,1,5,6"],
  ["tue-thurs 8:35", "35 8 * * 2,3,4"],
  ["mon-sun 8:35", "35 8 * * *"],
  ["weekly mon 09:07", "7 9 * * 1"],
  ["monthly 1 9:07", "7 9 1 * *"],
  ["monthly on the 1st and 15th at 9:07", "7 9 1,15 * *"],
  ["on the 2nd of every month 9:07", "7 9 2 * *"],
  ["7 9 * * 1", "7 9 * * 1"],
  ["07 09 1-7 * MON", "07 09 1-7 * mon"],
  ["*/15 9 * * 1", "*/15 9 * * 1"],
])("%s is %s", (line, cron) => {
  expect(cronOf(line)).toBe(cron);
  expect(read(line)).toHaveProperty("used", line.split(" ").length);
});

test.each([
  ["每月最后一个工作日 17:05", "last-workday"],
  ["每月最后工作日17:05", "last-workday"],
  ["monthly last-workday 17:05", "last-workday"],
  ["monthly last working day 17:05", "last-workday"],
  ["on the last working day of the month at 5:05pm", "last-workday"],
  ["每月首个工作日 17:05", "first-workday"],
  ["每月第一个工作日 下午5:05", "first-workday"],
  ["monthly first-workday 17:05", "first-workday"],
])("%s is the month's %s", (line, day) => {
  const schedule = { kind: "monthly", day, hour: 17, minute: 5 };
  expect(read(line)).toEqual({ schedule, used: line.split(" ").length });
});

describe("a time of the day", () => {
  test.each([
    ["9:07", 9, 7],
    ["09:07", 9, 7],
    ["0:00", 0, 0],
    ["23:59", 23, 59],
    ["9点07分", 9, 7],
    ["9点7分", 9, 7],
    ["9时07", 9, 7],
    ["9点半", 9, 30],
    ["9点一刻", 9, 15],
    ["9点整", 9, 0],
    ["9点", 9, 0],
    ["上午9:07", 9, 7],
    ["早上 8:35", 8, 35],
    ["凌晨0:30", 0, 30],
    ["中午12:05", 12, 5],
    ["中午1点", 13, 0],
    ["下午3:05", 15, 5],
    ["下午15:05", 15, 5],
    ["下午12:30", 12, 30],
    ["晚上9点半", 21, 30],
    ["9:07am", 9, 7],
    ["9:07 pm", 21, 7],
    ["12:05am", 0, 5],
    ["12:05p.m.", 12, 5],
    ["9pm", 21, 0],
  ])("%s is %i:%i", (text, hour, minute) => expect(readClock(text)).toEqual({ hour, minute }));

  test.each([
    "24:00",
    "25:00",
    "9:60",
    "9:7",
    "9",
    "907",
    "9点60分",
    "上午15:00",
    "上午12:05",
    "晚上12点",
    "凌晨9点",
    "中午9点",
    "下午0:30",
    "13:05pm",
    "0:05am",
    "上午9:07pm",
    "9:07:30",
    "①:07",
  ])("%s is none", (text) => expect(readClock(text)).toBeNull());
});

describe("what follows the phrase is left to the filter", () => {
  test.each([
    ["每周一 9:07 光明 算力", 2],
    ["monday 9:07 pm guangming", 3],
    ["mon , thu 9:07 guangming", 4],
    ["7 9 * * 1 光明", 5],
    ["monthly last-workday 17:05 光明", 3],
    ["daily 9:07 9:08", 2],
  ])("%s takes %i words", (line, used) => expect(read(line)).toHaveProperty("used", used));
});

describe("what is meant as a schedule and is none says why", () => {
  test.each([
    ["0 7 9 * * 1", "seconds"],
    ["* * * * * *", "seconds"],
    ["99 9 * * 1", "cron"],
    ["7 9 30 2 *", "cron"],
    ["7 9 L * *", "cron"],
    ["7 9 * * 1#2", "cron"],
    ["7 9 * *", "cron"],
    ["每周一 25:00", "time"],
    ["每周一 9:7", "time"],
    ["每周一 晚上12点", "time"],
    ["每周一", "time"],
    ["每周一 光明", "time"],
    ["monday", "time"],
    ["mon 25:00", "time"],
    ["monthly 1 9", "time"],
    ["每周八 9:07", "day"],
    ["每月19:07", "day"],
    ["每月119:07", "day"],
    ["每月32日 9:07", "day"],
    ["每月〇日 9:07", "day"],
    ["monthly 32 9:07", "day"],
    ["mnoday 9:07", "day"],
    ["weekly 9:07", "day"],
    ["every 2 weeks 9:07", "day"],
    ["9:07", "day"],
  ])("%s: %s", (line, problem) => expect(read(line)).toEqual({ problem }));
});

test.each([
  "",
  "光明 算力",
  "guangming computing power",
  "每千人口托位数",
  "24小时 服务",
  "sun power",
  "2026 2027",
  "gm-001",
  "1",
])("“%s” is not meant as a schedule", (line) => expect(read(line)).toBeNull());

test("whatever is typed, something is said of it, and only of words that are there", () => {
  const word = fc.oneof(
    fc.constantFrom(
      "每周",
      "一",
      "、",
      "每月",
      "1",
      "日",
      "9:07",
      "9",
      "点",
      "半",
      "mon",
      "-",
      "*",
      "/",
      "L",
      "at",
      "the",
    ),
    fc.string({ maxLength: 4 }),
  );
  const words = fc.array(
    fc.array(word, { minLength: 1, maxLength: 4 }).map((parts) => parts.join("")),
    { maxLength: 9 },
  );
  fc.assert(
    fc.property(words, (words) => {
      const found = readSchedulePhrase(words);
      if (found === null || "problem" in found) return;
      expect(found.used).toBeLessThanOrEqual(words.length);
      expect(readSchedulePhrase(words.slice(0, found.used))).toEqual(found);
    }),
    { numRuns: 1000 },
  );
});
