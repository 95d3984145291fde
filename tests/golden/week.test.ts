import { expect, onTestFinished, test } from "vitest";
import { openSqlite } from "../../src/store/sqlite.ts";
import { WEEK } from "../support/week-script.ts";
import { transcript } from "../support/week-transcript.ts";
import { grantRoles, inProcess, openWeek, play } from "../support/week.ts";

const INTRO = {
  en: `A week of one team in an invented city: Wang and Liu on Slack, Chen and Zhao on Feishu. This is what the channel on
Slack sees, with the threads in it; "LT-004 ▸" stands before what is said in that commitment's thread.`,
  zh: `一个团队在虚构城市的一周：王敏、刘洋在 Slack，陈静、赵磊在飞书。下面是飞书群里看到的，含其中的话题；
“LT-004 ▸”表示在这一项的话题里。`,
} as const;

test("one week, played by four people on Slack and Feishu at once, as either chat sees it", async () => {
  const store = await openSqlite({ file: ":memory:" });
  await grantRoles(store);
  const week = await openWeek(inProcess(store));
  onTestFinished(week.close);
  await play(week, WEEK);
  const story = (chat: "slack" | "feishu", lang: "zh" | "en"): string =>
    `${INTRO[lang]}\n\n${transcript(week.seen, chat, lang)}`;
  await expect(story("slack", "en")).toMatchFileSnapshot("files/week-slack.en.txt");
  await expect(story("feishu", "zh")).toMatchFileSnapshot("files/week-feishu.zh.txt");
}, 60_000);
