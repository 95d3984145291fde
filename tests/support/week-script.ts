import type { Person } from "../../src/core/place.ts";
import { TEAM } from "./fake-slack-state.ts";

/** Who plays the week: two people of one team on Slack, two on Feishu. */
export type Who = "wang" | "liu" | "chen" | "zhao";

export type Chat = "slack" | "feishu";

export interface Player {
  readonly person: Person;
  /** As the transcript of either chat calls them. */
  readonly name: { readonly zh: string; readonly en: string };
  readonly role: "tracker" | "reviewer" | "admin";
}

const slack = (id: string): Person => ({ platform: "slack", workspace: TEAM, id });
const feishu = (id: string): Person => ({ platform: "feishu", workspace: null, id });

export const PLAYERS: Readonly<Record<Who, Player>> = {
  wang: { person: slack("U0WANG"), name: { zh: "王敏", en: "Wang" }, role: "tracker" },
  liu: { person: slack("U0LIU"), name: { zh: "刘洋", en: "Liu" }, role: "reviewer" },
  chen: { person: feishu("ou_chen"), name: { zh: "陈静", en: "Chen" }, role: "admin" },
  zhao: { person: feishu("ou_zhao"), name: { zh: "赵磊", en: "Zhao" }, role: "tracker" },
};

/** Admin by the environment. */
export const ADMINS = [PLAYERS.chen.person];

export const chatOf = (who: Who): Chat => (PLAYERS[who].person.platform === "slack" ? "slack" : "feishu");

/** What somebody does: says a line to Qushi, talks to the others, or clicks and perhaps fills in the form that opens. */
export type Deed =
  | { readonly type: "mention" | "talk"; readonly text: string }
  | { readonly type: "slash"; readonly text: string }
  | {
      readonly type: "click";
      readonly label: string;
      readonly fill?: Readonly<Record<string, string>>;
    };

export interface Act {
  /** The clock of the city; what stands at the same minute happens at once. */
  readonly at: string;
  readonly who: Who;
  /** Whose thread: a commitment's discussion, or the digest's own; null: the channel itself. */
  readonly thread: string | null;
  readonly deed: Deed;
}

const act = (at: string, who: Who, thread: string | null, deed: Deed): Act => ({
  at: `2026-07-${at}`,
  who,
  thread,
  deed,
});
const mention = (text: string): Deed => ({ type: "mention", text });
const talk = (text: string): Deed => ({ type: "talk", text });

const JUNE = "https://data.lanting.example/2026/06";
const HALL = "https://build.lanting.example/acceptance/17";
const LT = "LT-004";
const CANTEENS = "LT-008";

/** A week in the invented city: from the first digest to the one that tells what came of it. */
export const WEEK: readonly Act[] = [
  act("03 16:00", "liu", null, mention("settings lang:en")),
  act("03 16:01", "liu", null, mention("digest set monday 9:07 district:lanting empty:say")),
  act("03 16:10", "chen", null, mention("设置 语言:zh")),
  act("03 16:11", "chen", null, mention("周报 设置 每周一 9:07 区:澜汀 无变化:说明")),
  // Monday: the digest is there, and three ask for the same thread at once.
  act("06 09:12", "wang", null, mention(`discuss ${LT}`)),
  act("06 09:12", "liu", null, { type: "slash", text: `discuss ${LT}` }),
  act("06 09:12", "chen", null, mention(`讨论 ${LT}`)),
  act("06 09:20", "liu", LT, talk("Nothing since February. Has anybody seen a newer figure?")),
  act("06 09:24", "wang", LT, talk(`The bureau has put out its half-year page: ${JUNE}`)),
  act("06 09:25", "wang", LT, { type: "click", label: "E3 official release" }),
  act("06 10:05", "zhao", LT, mention(`填报 8.2 EFLOPS 截至:2026-06-30 来源:${JUNE} 级别:E3`)),
  act("06 10:07", "chen", LT, talk("比二月只多了 1.7，照这样年底到不了。")),
  // Tuesday: a doubt on Slack, answered on Feishu.
  act("07 11:30", "liu", LT, mention("dispute does that count leased machines?")),
  act("07 14:10", "zhao", LT, talk("我打电话问过区里，租来的也算在内。")),
  act("07 14:20", "chen", LT, mention("异议 结束 “区政务和数据局答复：含租用”")),
  act("07 16:00", "liu", null, mention(`discuss ${CANTEENS}`)),
  act("07 16:02", "liu", CANTEENS, talk("Who follows the canteens?")),
  // Wednesday: too much is claimed, then too little said, and it is returned.
  act("08 09:40", "wang", LT, mention('rate met reason:"on its way to 19"')),
  act("08 09:45", "wang", LT, mention("rate in_progress reason:growing")),
  act("08 15:00", "chen", LT, { type: "click", label: "退回", fill: { reason: "写明是哪一期、多少" } }),
  // Thursday: better evidence, a better reason; the second reviewer agrees.
  act("09 10:00", "zhao", LT, talk(`二期机房的验收报告挂出来了 ${HALL}`)),
  act("09 10:01", "chen", LT, { type: "click", label: "E2 政府文件" }),
  act(
    "09 10:30",
    "wang",
    LT,
    mention('rate in_progress reason:"8.2 EFLOPS by June, halls of phase two accepted"'),
  ),
  act("09 11:00", "liu", LT, { type: "click", label: "Approve" }),
  // Friday: what it came to.
  act("10 17:00", "chen", LT, mention("结束讨论 “在建，欠序时；九月底再看一次读数”")),
  // Monday again: the digest tells it all.
  act("13 09:10", "wang", "digest", mention(`note ${CANTEENS} nobody has published anything yet`)),
];

/** What else happens at the same minutes where everything is done at once: the same acts by others, and contrary ones. */
export const RIVALS: readonly Act[] = [
  act("06 09:12", "zhao", null, mention(`讨论 ${LT}`)),
  act("06 09:12", "wang", null, { type: "slash", text: `discuss ${LT}` }),
  act("06 09:25", "liu", LT, { type: "click", label: "E4 checked by press" }),
  act("06 10:05", "wang", LT, mention(`reading 8.2 EFLOPS as-of:2026-06-30 source:${JUNE} level:E3`)),
  act("07 14:20", "liu", LT, mention('dispute close "they count"')),
  act("08 09:45", "zhao", LT, mention("评定 停滞 理由:没有新机房")),
  act("08 15:00", "liu", LT, { type: "click", label: "Approve" }),
  act("09 11:00", "chen", LT, { type: "click", label: "通过" }),
  act("09 11:00", "chen", LT, { type: "click", label: "退回", fill: { reason: "再等等" } }),
  act("10 17:00", "liu", LT, mention('resolve "look again in September"')),
];

/** Moments at which nobody does anything and something falls due. */
export const TICKS: readonly string[] = [
  "06 09:07",
  "07 09:00",
  "08 09:00",
  "09 09:00",
  "10 09:00",
  "13 09:00",
  "13 09:07",
  "13 09:15",
].map((at) => `2026-07-${at}`);
