import { beforeAll, describe, expect, test } from "vitest";
import type { Book } from "../../src/core/book.ts";
import type { Lang } from "../../src/core/lang.ts";
import { renderText } from "../../src/message/text.ts";
import { liveThrough, qiuheBook, rulesOf, stamp, storyOf, type Arrived } from "../support/year.ts";

/**
 * A year of an invented city (tests/fixtures/year/qiuhe-2026) in one channel of each language: 9 February 2026 to
 * 28 February 2027. tests/golden/files/year.*.txt tells it in full; here are the dates that must be right.
 */
const FROM = new Date("2026-02-08T16:00:00Z");
const TO = new Date("2027-02-28T15:59:00Z");

let book: Book;
let year: readonly Arrived[];
beforeAll(async () => {
  book = await qiuheBook();
  const rules = [...rulesOf("zh", book, FROM), ...rulesOf("en", book, FROM)];
  year = await liveThrough({ from: FROM, to: TO, book, rules });
}, 120_000);

const DIGEST: Readonly<Record<Lang, string>> = { zh: "S-1", en: "S-3" };
const REMINDERS: Readonly<Record<Lang, string>> = { zh: "S-2", en: "S-4" };

function days(id: string, from: string, to: string): readonly string[] {
  return year
    .filter(({ subscriptionId }) => subscriptionId === id)
    .map(({ at }) => stamp(at, "en"))
    .filter((day) => day >= from && day.slice(0, 10) <= to);
}

function textOn(id: string, day: string): string {
  const found = year.filter(
    ({ subscriptionId, at }) => subscriptionId === id && stamp(at, "en").startsWith(day),
  );
  expect(found).toHaveLength(1);
  return found.map(({ message }) => renderText(message, { columns: 1_000, colour: false })).join();
}

describe.each(["zh", "en"] as const)("the digests in %s", (lang) => {
  const id = DIGEST[lang];

  test("come on Mondays at 9:07, and once where several Mondays meet on one working day", () => {
    expect(days(id, "2026-02-09", "2026-03-09")).toEqual([
      "2026-02-09 Mon 09:07",
      // 16 and 23 February lie in the Spring Festival, 15 to 23 February.
      "2026-02-24 Tue 09:07",
      "2026-03-02 Mon 09:07",
      "2026-03-09 Mon 09:07",
    ]);
  });

  test("move from a holiday to the next working day", () => {
    expect(days(id, "2026-04-01", "2026-04-13")).toEqual(["2026-04-07 Tue 09:07", "2026-04-13 Mon 09:07"]);
    expect(days(id, "2026-04-28", "2026-05-11")).toEqual(["2026-05-06 Wed 09:07", "2026-05-11 Mon 09:07"]);
    expect(days(id, "2026-09-29", "2026-10-12")).toEqual(["2026-10-08 Thu 09:07", "2026-10-12 Mon 09:07"]);
  });

  test("come on every other Monday of the year, and on no other day", () => {
    const moved = ["2026-02-24", "2026-04-07", "2026-05-06", "2026-10-08"];
    const all = days(id, "2026-02-09", "2027-02-28");
    expect(all.filter((day) => !day.includes(" Mon ")).map((day) => day.slice(0, 10))).toEqual(moved);
    // 55 Mondays, of which two meet.
    expect(all).toHaveLength(54);
    expect(all.every((day) => day.endsWith(" 09:07"))).toBe(true);
  });

  test("tell after the year's end that figures are awaited", () => {
    expect(days(id, "2026-12-28", "2027-01-04")).toEqual(["2026-12-28 Mon 09:07", "2027-01-04 Mon 09:07"]);
    const text = textOn(id, "2027-01-04");
    expect(text).toContain(
      lang === "zh" ? "到期待核 6 · 未评定 6 · 不可核 1" : "awaiting data 6 · not rated 6 · not checkable 1",
    );
    for (const late of ["DK-003", "BT-006", "BT-007"]) {
      expect(text).toMatch(
        lang === "zh"
          ? new RegExp(`${late}.*未评定 → 到期待核（时限 2026-12-31`, "u")
          : new RegExp(`${late}.*not rated → awaiting data \\(due 31 Dec 2026`, "u"),
      );
    }
  });

  test("say in 2027, and only then, that its holidays are not known", () => {
    const note = lang === "zh" ? "2027 年的放假安排尚未收录" : "The public holidays of 2027 are not known";
    const with2027 = year
      .filter(
        ({ subscriptionId, message }) => subscriptionId === id && JSON.stringify(message).includes(note),
      )
      .map(({ at }) => stamp(at, "en").slice(0, 10));
    expect(with2027).toEqual(days(id, "2027-01-01", "2027-02-28").map((day) => day.slice(0, 10)));
    expect(with2027[0]).toBe("2027-01-04");
    expect(with2027).toHaveLength(8);
  });

  test("compare with the last one, of this channel", () => {
    expect(textOn(id, "2026-02-24")).toContain(
      lang === "zh" ? "上期（2026-02-09）以来的变化" : "Changed since 9 Feb 2026",
    );
    expect(textOn(id, "2026-04-07")).toContain(
      lang === "zh" ? "上期（2026-03-30）以来没有变化" : "nothing has changed since 30 Mar 2026",
    );
  });
});

describe.each(["zh", "en"] as const)("the reminders in %s", (lang) => {
  const id = REMINDERS[lang];

  test("run on make-up Saturdays and rest on holidays", () => {
    expect(days(id, "2026-02-09", "2026-03-09").map((day) => day.slice(0, 14))).toEqual([
      "2026-02-13 Fri",
      "2026-02-14 Sat",
      "2026-02-24 Tue",
      "2026-02-28 Sat",
      "2026-03-06 Fri",
      "2026-03-09 Mon",
    ]);
    expect(textOn(id, "2026-02-14")).toMatch(lang === "zh" ? /DK-002.*还有 30 天/u : /DK-002.*in 30 days/u);
    expect(textOn(id, "2026-02-28")).toMatch(lang === "zh" ? /BT-001.*还有 7 天/u : /BT-001.*in 7 days/u);
  });

  test("tell after a holiday what passed in it", () => {
    expect(textOn(id, "2026-02-24")).toMatch(lang === "zh" ? /DK-001.*已过 4 天/u : /DK-001.*4 days past/u);
    expect(textOn(id, "2026-05-06")).toMatch(lang === "zh" ? /BT-002.*已过 6 天/u : /BT-002.*6 days past/u);
    expect(textOn(id, "2026-10-08")).toMatch(lang === "zh" ? /BT-004.*已过 8 天/u : /BT-004.*8 days past/u);
  });

  test("count down to the year's end 30, 7 and 1 days before, and tell once when it has passed", () => {
    expect(days(id, "2026-11-03", "2027-02-28").map((day) => day.slice(0, 14))).toEqual([
      "2026-12-01 Tue",
      "2026-12-24 Thu",
      "2026-12-30 Wed",
      "2027-01-01 Fri",
    ]);
    expect(textOn(id, "2027-01-01")).toContain(
      lang === "zh" ? "2027 年的放假安排尚未收录" : "holidays of 2027",
    );
  });
});

test("both channels hear the same, each in its language", () => {
  const told = (lang: Lang): readonly string[] =>
    year
      .filter(({ subscriptionId }) => subscriptionId === DIGEST[lang] || subscriptionId === REMINDERS[lang])
      .map(({ at, message, replies }) => {
        const ids = JSON.stringify([message, replies]).match(/[A-Z]{2}-\d{3}/gu) ?? [];
        return `${stamp(at, "en")} ${[...new Set(ids)].join()}`;
      });
  expect(told("zh")).toEqual(told("en"));
  expect(year.every(({ replies }) => replies.length <= 3)).toBe(true);
});

test("a week by the minute tells the same as by the hour", async () => {
  const from = new Date("2026-02-23T16:00:00Z");
  const to = new Date("2026-03-02T15:59:00Z");
  const week = async (stepMs: number): Promise<string> =>
    storyOf(await liveThrough({ from, to, stepMs, book, rules: rulesOf("en", book, from) }), "en");
  const byMinute = await week(60_000);
  expect(byMinute.match(/^===/gmu)).toHaveLength(3);
  expect(await week(3_600_000)).toBe(byMinute);
}, 120_000);
