import { beforeAll, describe, expect, test } from "vitest";
import type { Lang } from "../../src/core/lang.ts";
import { renderText } from "../../src/message/text.ts";
import { liveWith, type Happened } from "../support/life-year.ts";
import { YEAR } from "../support/life-year-script.ts";
import { stamp } from "../support/year.ts";

/** The key moments of the year that tests/golden/files/record-year.*.txt tells in full. */
const FROM = new Date("2026-02-08T16:00:00Z");
const TO = new Date("2027-02-28T15:59:00Z");

describe.each(["zh", "en"] as const)("a year of keeping the record, in %s", (lang) => {
  let year: readonly Happened[];
  beforeAll(async () => {
    year = await liveWith(lang, YEAR, FROM, TO);
  }, 60_000);

  const by = (texts: Readonly<Record<Lang, string>>): string => texts[lang];

  /** What was answered at a minute. */
  function told(at: string): string {
    const found = year.filter((each) => each.type === "said" && minuteOf(each.at) === at);
    expect(found, at).toHaveLength(1);
    return found.map((each) => (each.type === "said" ? each.answer : "")).join();
  }

  /** The weekly digest of a day, on one line per item. */
  function digest(day: string): string {
    const found = year.flatMap((each) =>
      each.type === "arrived" && minuteOf(each.at) === `${day} 09:07` ? [each.arrived.message] : [],
    );
    const texts = found.map((message) => renderText(message, { columns: 1_000, colour: false }));
    return texts.find((text) => text.includes(by({ zh: "周报", en: "Weekly digest" }))) ?? "";
  }

  test("nothing but what must be is refused", () => {
    const refused = year.flatMap((each) =>
      each.type === "said" && each.problem !== null ? [`${minuteOf(each.at)} ${each.problem}`] : [],
    );
    expect(refused).toEqual([
      "2026-03-10 10:10 rating_needs",
      "2026-11-02 10:05 rating_needs",
      "2027-01-18 10:01 own_proposal",
    ]);
  });

  test("a happening is rated on a permit, approved by another, and the next digest says so", () => {
    expect(told("2026-02-26 10:00")).toContain(by({ zh: "🟢 已兑现", en: "🟢 met" }));
    expect(digest("2026-03-02")).toMatch(
      lang === "zh" ? /DK-001.*未评定 → 已兑现/u : /DK-001.*not rated → met/u,
    );
  });

  test("what was not found counts only after its date", () => {
    expect(told("2026-03-10 10:10")).toMatch(by({ zh: "2026-03-16", en: "16 Mar 2026" }));
    expect(told("2026-03-18 10:00")).toContain("🟡");
    expect(told("2026-04-08 10:00")).toContain("🔴");
    expect(digest("2026-04-13")).toMatch(
      lang === "zh" ? /DK-002.*未评定 → 未兑现/u : /DK-002.*not rated → not met/u,
    );
  });

  test("a reading tells the pace with its formula, and the light follows", () => {
    const text = told("2026-07-02 10:00").replaceAll(/\s+/gu, " ");
    expect(text).toContain("38.7%");
    expect(text).toContain("49.4%");
    expect(text).toMatch(/0\.78.*310\s*\/\s*800.*180\s*\/\s*364/u);
    expect(text).toContain(by({ zh: "🟡 未评定 · 欠序时", en: "🟡 not rated · behind" }));
    expect(digest("2026-07-06")).toMatch(lang === "zh" ? /序时：.*欠序时 1/u : /Pace: .*behind 1/u);
  });

  test("a doubt is in the next digest, and its end in the one after", () => {
    expect(digest("2026-07-06")).toContain(by({ zh: "慢充桩算在内吗", en: "do slow chargers count" }));
    expect(digest("2026-07-27")).toContain(by({ zh: "只算公共桩", en: "public ones, slow and fast" }));
  });

  test("what is taken back leaves no trace in pace or digest", () => {
    expect(told("2026-10-09 10:04")).toContain(by({ zh: "🟡 未评定 · 欠序时", en: "🟡 not rated · behind" }));
    expect(told("2026-10-09 10:05")).toMatch(/77\.5%[^]*1\.03/u);
    expect(digest("2026-10-12")).toContain("620");
    expect(digest("2026-10-12")).not.toMatch(/1,?240/u);
  });

  test("a preview moves nothing; two papers do", () => {
    expect(told("2026-11-02 10:05")).toContain("E5");
    expect(digest("2026-11-16")).toMatch(
      lang === "zh" ? /BT-005.*未评定 → 已兑现/u : /BT-005.*not rated → met/u,
    );
  });

  test("at the year's end figures are awaited; in January they are rated, one after it was returned", () => {
    expect(digest("2027-01-04")).toMatch(
      lang === "zh" ? /DK-003.*未评定 → 到期待核/u : /DK-003.*not rated → awaiting data/u,
    );
    expect(digest("2027-01-25")).toMatch(
      lang === "zh" ? /DK-003.*未评定 → 已兑现/u : /DK-003.*not rated → met/u,
    );
    expect(digest("2027-02-01")).toMatch(lang === "zh" ? /BT-007.*→ 部分兑现/u : /BT-007.*→ partly met/u);
  });

  test("each digest's standings add up to all thirteen", () => {
    const heads = year.flatMap((each) => {
      if (each.type !== "arrived" || each.arrived.message.title === undefined) return [];
      const text = renderText(each.arrived.message, { columns: 1_000, colour: false });
      const head =
        lang === "zh" ? /^13 项承诺.*：(.+)$/mu.exec(text) : /^13 commitments.*: (.+)$/mu.exec(text);
      return head?.[1] === undefined ? [] : [head[1]];
    });
    expect(heads.length).toBeGreaterThan(20);
    for (const head of heads) {
      const counts = [...head.matchAll(/\d+/gu)].map(([count]) => Number(count));
      expect(
        counts.reduce((sum, count) => sum + count, 0),
        head,
      ).toBe(13);
    }
  });
});

function minuteOf(at: Date): string {
  const text = stamp(at, "en");
  return `${text.slice(0, 10)} ${text.slice(-5)}`;
}
