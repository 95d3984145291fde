import type { Book } from "../core/book.ts";
import type { Day } from "../core/day.ts";
import { inLang, type Lang } from "../core/lang.ts";
import type { EntryOf } from "../core/record.ts";
import type { Assessed } from "../core/standing.ts";
import type { Subscription } from "../core/subscription.ts";
import type { Tally } from "../core/tally.ts";
import { STANDING_WORDS, wordFor } from "../core/vocabulary.ts";
import type { Block, Button, Line, Message } from "../message/message.ts";
import { dueRow } from "./due.ts";
import { clipped } from "./form-words.ts";
import { actorSpan, placeSpan, type Who } from "./person.ts";
import { dayText, momentText, say } from "./print.ts";
import { proposalButtons } from "./proposal-runs.ts";
import { commitments, pacesText, standingsText } from "./rows.ts";
import { ruleText } from "./subscription.ts";

/** What one person sees on the bot's own page. */
export interface Home {
  /** The rules that they own. */
  readonly rules: readonly Subscription[];
  /** Late, then due soon, where nothing is the next one; of what they follow, or of all. */
  readonly due: readonly Assessed[];
  /** Proposals that they may approve. */
  readonly waiting: readonly {
    readonly item: Assessed;
    readonly proposal: EntryOf<"rating_proposed">;
  }[];
  /** Of what they follow, or of all. */
  readonly tally: Tally;
  readonly follows: boolean;
  readonly who: Who;
  readonly book: Book;
  readonly now: Date;
  readonly today: Day;
  readonly zone: string;
  readonly lang: Lang;
}

/** Most rows of one kind: the page is one screen. */
const ROWS = 5;
/** Longest part of a reason or a rule that is shown, in characters. */
const WORDS = 160;

/** The bot's own page: what one follows, what falls due, what waits for one's review, how all of it stands. */
export function homeView(home: Home): Message {
  const { book, now, zone, lang } = home;
  const title = say(
    lang,
    `区势 · ${inLang(book.dataset.title, lang)}`,
    `Qushi · ${inLang(book.dataset.title, lang)}`,
  );
  const asOf = say(
    lang,
    `截至 ${momentText(now, zone, lang)} · 数据集 ${book.dataset.version}`,
    `As of ${momentText(now, zone, lang)} · dataset ${book.dataset.version}`,
  );
  const blocks: readonly Block[] = [
    ...waitingBlocks(home),
    ...followedBlocks(home),
    ...dueBlocks(home),
    ...boardBlocks(home),
    { type: "note", lines: [[asOf]] },
    { type: "buttons", buttons: buttonsOf(lang) },
  ];
  return { summary: title, title, blocks };
}

function heading(text: string, count: number | null): Block {
  return { type: "text", lines: [[{ bold: text }, ...(count === null ? [] : [` ${count}`])]] };
}

function rest(count: number, lang: Lang): readonly Line[] {
  return count > 0 ? [[say(lang, `另有 ${count} 项`, `and ${count} more`)]] : [];
}

/** What somebody else waits for comes first; without any it takes no room. */
function waitingBlocks({ waiting, who, book, lang }: Home): readonly Block[] {
  if (waiting.length === 0) return [];
  const shown = waiting.slice(0, ROWS);
  const blocks = shown.flatMap(({ item: { commitment }, proposal }): readonly Block[] => {
    const { id, district } = commitment;
    const word = wordFor(STANDING_WORDS, proposal.data.rating, lang);
    const where = inLang(book.district(district)?.name ?? {}, lang);
    const line: Line = [
      { bold: id },
      ` ${where} · ${inLang(commitment.title, lang)}${say(lang, `：提议“${word}”，`, `: “${word}” proposed by `)}`,
      actorSpan(proposal.actorKey, who, lang),
      `${say(lang, "，理由：", ", reason: ")}${clipped(proposal.data.reason, WORDS)}`,
    ];
    const buttons: readonly Button[] = [
      ...proposalButtons(proposal, lang),
      { label: say(lang, "卡片", "Card"), run: say(lang, `详情 ${id}`, `show ${id}`) },
    ];
    return [
      { type: "text", lines: [line] },
      { type: "buttons", buttons },
    ];
  });
  const more = rest(waiting.length - shown.length, lang);
  return [
    heading(say(lang, "等你评定", "Waiting for your review"), waiting.length),
    ...blocks,
    ...(more.length === 0 ? [] : [{ type: "text", lines: more } as const]),
    { type: "divider" },
  ];
}

function followedBlocks({ rules, book, zone, lang }: Home): readonly Block[] {
  const title = say(lang, "我订阅的", "What I follow");
  if (rules.length === 0) {
    const line: Line = [
      say(lang, "还没有。私聊里发 ", "Nothing yet. Send by direct message "),
      { code: say(lang, "订阅 提前:30天、7天", "subscribe before:30d,7d") },
      say(lang, "，到期前提醒你。", " to be reminded of due dates."),
    ];
    return [heading(title, null), { type: "text", lines: [line] }];
  }
  const items = rules.slice(0, ROWS).map((rule): Line => {
    const when =
      rule.paused !== null
        ? say(lang, "已暂停", "paused")
        : rule.nextAt === null
          ? null
          : say(
              lang,
              `下次 ${momentText(rule.nextAt, zone, lang)}`,
              `next ${momentText(rule.nextAt, zone, lang)}`,
            );
    const where = "channel" in rule.to.to ? say(lang, "，发到 ", ", to ") : "";
    return [
      { bold: rule.id },
      ` ${clipped(ruleText(rule, book, lang), WORDS)}${where}`,
      ...(where === "" ? [] : [placeSpan(rule.to, lang)]),
      when === null ? "" : `${say(lang, "；", "; ")}${when}`,
    ];
  });
  return [
    heading(title, rules.length),
    { type: "list", items: [...items, ...rest(rules.length - ROWS, lang)] },
  ];
}

function dueBlocks({ due, follows, book, today, lang }: Home): readonly Block[] {
  const title = follows
    ? say(lang, "其中到期与逾期的", "Of these, due or late")
    : say(lang, "到期与逾期", "Due or late");
  if (due.length === 0)
    return [
      heading(title, null),
      { type: "text", lines: [[say(lang, "没有写明时限的。", "Nothing with a date.")]] },
    ];
  const items = due.slice(0, ROWS).map((item) => dueRow(item, book, today, lang));
  return [heading(title, null), { type: "list", items: [...items, ...rest(due.length - ROWS, lang)] }];
}

function boardBlocks({ tally, follows, lang, today }: Home): readonly Block[] {
  const title = say(lang, "看板", "Board");
  const scope = follows ? say(lang, "我订阅的", "what I follow") : say(lang, "全部", "all");
  return [
    {
      type: "text",
      lines: [
        [{ bold: title }, say(lang, `（${scope}，${today}）`, ` (${scope}, ${dayText(today, lang)})`)],
        [`${commitments(tally.total, lang)}${say(lang, "：", ": ")}${standingsText(tally, lang)}`],
        [`${say(lang, "序时：", "Pace: ")}${pacesText(tally, lang)}`],
      ],
    },
  ];
}

/** The words of each language in itself, so that whoever cannot read the page finds their own. */
function buttonsOf(lang: Lang): readonly Button[] {
  return [
    { label: say(lang, "看板", "Board"), run: say(lang, "看板", "board") },
    { label: say(lang, "到期", "Due"), run: say(lang, "到期", "due") },
    { label: say(lang, "怎么问", "How to ask"), run: say(lang, "帮助", "help") },
    { label: say(lang, "中文 ✓", "中文"), run: "设置 语言:中文" },
    { label: say(lang, "English", "English ✓"), run: "settings lang:en" },
  ];
}
