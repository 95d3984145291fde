import { expect, test } from "vitest";
import { createBook } from "../../src/core/book.ts";
import { LANTING_YEAR } from "../fixtures/ledgers/lanting-2026.ts";
import { lanting } from "../support/books.ts";
import { liveThrough, rulesOf, storyOf } from "../support/year.ts";

/** The year of one district of the invented city while its people record what they find. */
const FROM = new Date("2026-03-01T16:00:00Z");
const TO = new Date("2027-02-28T15:59:00Z");

const INTRO = {
  zh: "澜汀（虚构城市的一个区）的一年：有人填报、评定、提出异议。一个频道，每周一 9:07 的周报（无变化时说明一句），到期前 30、7、1 天和过期后的提醒。时间为北京时间。",
  en: "A year of Lanting, a district of an invented city, whose people record readings, ratings and disputes: the digest\neach Monday 9:07 (a line when nothing changed), and reminders 30, 7 and 1 days before a due date and once it has\npassed. Times are those of Shanghai.",
};

test.each(["zh", "en"] as const)(
  "the recorded year in %s",
  async (lang) => {
    const book = createBook(lanting);
    const filter = [{ key: "district", negated: false, values: ["LT"] }] as const;
    const rules = rulesOf(lang, book, FROM).map((rule) => ({ ...rule, filter }));
    const arrived = await liveThrough({ from: FROM, to: TO, book, rules, recorded: LANTING_YEAR });
    await expect(`${INTRO[lang]}\n\n${storyOf(arrived, lang)}\n`).toMatchFileSnapshot(
      `files/record-digests.${lang}.txt`,
    );
  },
  60_000,
);
