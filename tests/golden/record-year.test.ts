import { expect, test } from "vitest";
import { liveWith, tellYear } from "../support/life-year.ts";
import { YEAR } from "../support/life-year-script.ts";

/** The year of an invented city with its record kept; tests/walks/record-year.test.ts proves its key moments. */
const FROM = new Date("2026-02-08T16:00:00Z");
const TO = new Date("2027-02-28T15:59:00Z");

const INTRO = {
  zh: "秋禾（虚构城市）的一年，有人记台账：“---”是频道里说的话和回答，“===”是区势自己发的周报和提醒。时间为北京时间。",
  en: 'A year of Qiuhe, an invented city, with its record kept: "---" is what somebody said in the channel and was\nanswered, "===" a digest or reminder that Qushi sent by itself. Times are those of Shanghai.',
};

test.each(["zh", "en"] as const)(
  "the year with its record in %s",
  async (lang) => {
    const happened = await liveWith(lang, YEAR, FROM, TO);
    await expect(`${INTRO[lang]}\n\n${tellYear(happened, lang)}\n`).toMatchFileSnapshot(
      `files/record-year.${lang}.txt`,
    );
  },
  60_000,
);
