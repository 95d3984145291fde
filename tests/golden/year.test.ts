import { expect, test } from "vitest";
import { liveThrough, qiuheBook, rulesOf, storyOf } from "../support/year.ts";

/** What the year of an invented city looks like in one channel of each language; tests/walks/year.test.ts proves its dates. */
const FROM = new Date("2026-02-08T16:00:00Z");
const TO = new Date("2027-02-28T15:59:00Z");

const INTRO = {
  zh: "秋禾（虚构城市）的一年：一个频道，每周一 9:07 的周报（无变化时说明一句），到期前 30、7、1 天和过期后的提醒。时间为北京时间。",
  en: "A year of Qiuhe, an invented city, in one channel: the digest each Monday 9:07 (a line when nothing changed),\nand reminders 30, 7 and 1 days before a due date and once it has passed. Times are those of Shanghai.",
};

test.each(["zh", "en"] as const)(
  "the year in %s",
  async (lang) => {
    const book = await qiuheBook();
    const arrived = await liveThrough({ from: FROM, to: TO, book, rules: rulesOf(lang, book, FROM) });
    await expect(`${INTRO[lang]}\n\n${storyOf(arrived, lang)}\n`).toMatchFileSnapshot(
      `files/year.${lang}.txt`,
    );
  },
  60_000,
);
