import type { Book } from "../core/book.ts";
import { NOTHING_DISCUSSED, type Discussed } from "../core/discussed.ts";
import type { Digest } from "../core/digest.ts";
import { STALE_DAYS } from "../core/digest.ts";
import { filterText } from "../core/filter-text.ts";
import { inLang, type Lang } from "../core/lang.ts";
import type { Delta } from "../core/snapshot.ts";
import { DUE_SOON_DAYS } from "../core/light.ts";
import type { Assessed } from "../core/standing.ts";
import type { Block, Line, Message } from "../message/message.ts";
import { discussedBlocks } from "./digest-discussed.ts";
import { changedBlocks } from "./digest-delta.ts";
import { disputedBlocks } from "./digest-disputes.ts";
import { dueRow } from "./due.ts";
import type { Who } from "./person.ts";
import { dayText, momentText, say } from "./print.ts";
import { commitments, pacesText, row, standingsText } from "./rows.ts";

/** A digest as it is posted: one screen, and at most three replies in its thread. */
export interface DigestMessages {
  readonly parent: Message;
  readonly replies: readonly Message[];
}

/** A digest for a rule: with what changed since its last one, a note such as "late", and who is who; without, nobody is named. */
export type Told = Digest & {
  readonly delta?: Delta | null;
  readonly note?: string | null;
  readonly who?: Who | null;
  readonly discussed?: Discussed;
};

/** Most rows of one kind on the first screen, and in one reply. */
const SCREEN_ROWS = 5;
const REPLY_ROWS = 20;
/** Most sources that are named. */
const SOURCES = 3;

/** The digest in a language, as of `now` on the wall clock of `zone`. */
export function digestView(digest: Told, book: Book, now: Date, zone: string, lang: Lang): DigestMessages {
  const replies = repliesOf(digest, book, lang);
  return { parent: parentOf(digest, book, { now, zone }, replies.length > 0, lang), replies };
}

function parentOf(
  digest: Told,
  book: Book,
  { now, zone }: { readonly now: Date; readonly zone: string },
  hasReplies: boolean,
  lang: Lang,
): Message {
  const { dataset } = book;
  const who = digest.who ?? null;
  const moment = momentText(now, zone, lang);
  const rule = filterText(digest.filter, dataset, lang);
  const scope = rule === "" ? inLang(dataset.title, lang) : rule;
  const title = say(lang, `周报 · ${scope}`, `Weekly digest · ${scope}`);
  const count = say(
    lang,
    `${commitments(digest.tally.total, lang)} · ${digest.districts} 个区`,
    `${commitments(digest.tally.total, lang)} · ${digest.districts} ${digest.districts === 1 ? "district" : "districts"}`,
  );
  // A rule may outlive what it selects: then there is nothing to divide, and no source.
  const isEmpty = digest.tally.total === 0;
  const headline = isEmpty ? count : `${count}${say(lang, "：", ": ")}${standingsText(digest.tally, lang)}`;
  const blocks: Block[] = [
    {
      type: "text",
      lines: [
        [headline],
        ...(isEmpty ? [] : [[`${say(lang, "序时：", "Pace: ")}${pacesText(digest.tally, lang)}`]]),
      ],
    },
    { type: "divider" },
    ...changedBlocks(digest.delta ?? null, book, zone, who, lang),
    ...dueBlocks(digest, book, lang),
    ...staleBlock(digest, book, lang),
    ...disputedBlocks(digest, who, lang),
    ...discussedBlocks(digest.discussed ?? NOTHING_DISCUSSED, book, lang),
    ...notCheckableBlock(digest, lang),
  ];
  const asOf = say(
    lang,
    `截至 ${moment} · 数据集 ${dataset.version}`,
    `As of ${moment} · dataset ${dataset.version}`,
  );
  blocks.push({
    type: "note",
    lines: [
      ...(digest.note === undefined || digest.note === null ? [] : [[digest.note]]),
      [asOf],
      ...(isEmpty ? [] : [[sourcesText(digest, book, lang)]]),
      ...(hasReplies ? [[say(lang, "明细见本条下的话题 ↓", "Details in the thread ↓")]] : []),
    ],
  });
  return {
    summary: `${title}${say(lang, "：", " — ")}${headline}`,
    title,
    tone: digest.pastDue.length > 0 ? "warn" : "info",
    blocks,
  };
}

/** Where the commitments come from; their cards name the paragraph. */
function sourcesText({ filter, today }: Digest, book: Book, lang: Lang): string {
  const ids = new Set(book.select(filter, today).map(({ commitment }) => commitment.source.id));
  const sources = book.dataset.sources
    .filter(({ id }) => ids.has(id))
    .map(({ publisher, date }) =>
      say(lang, `${inLang(publisher, lang)} ${date}`, `${inLang(publisher, lang)}, ${dayText(date, lang)}`),
    );
  const shown = sources.slice(0, SOURCES).join(say(lang, "、", "; "));
  const more = sources.length - SOURCES;
  const rest = more > 0 ? say(lang, `，另 ${more} 篇`, `; and ${more} more`) : "";
  return `${say(lang, "出处：", sources.length === 1 ? "Source: " : "Sources: ")}${shown}${rest}`;
}

function dueBlocks(digest: Digest, book: Book, lang: Lang): readonly Block[] {
  const { today, dueSoon, pastDue, next } = digest;
  const blocks: Block[] = [];
  if (pastDue.length > 0) {
    blocks.push(
      ...section(say(lang, "已过时限", "Past due"), pastDue, (item) => dueRow(item, book, today, lang), lang),
    );
  }
  const within = say(lang, `${DUE_SOON_DAYS} 天内到期`, `Due within ${DUE_SOON_DAYS} days`);
  if (dueSoon.length > 0)
    return [...blocks, ...section(within, dueSoon, (item) => dueRow(item, book, today, lang), lang)];
  const none = say(lang, "无", "none");
  blocks.push({ type: "text", lines: [[{ bold: within }, `${say(lang, "：", ": ")}${none}`]] });
  if (next !== null)
    blocks.push({
      type: "list",
      items: [[say(lang, "下一个：", "Next: "), ...dueRow(next, book, today, lang)]],
    });
  return blocks;
}

function staleBlock({ stale }: Digest, book: Book, lang: Lang): readonly Block[] {
  if (stale.length === 0) return [];
  const heading = say(lang, `超过 ${STALE_DAYS} 天未更新`, `Not refreshed for ${STALE_DAYS} days`);
  return section(heading, stale, (item) => staleRow(item, book, lang), lang);
}

function notCheckableBlock({ notCheckable }: Digest, lang: Lang): readonly Block[] {
  if (notCheckable.length === 0) return [];
  const heading = say(lang, "不可核", "Not checkable");
  const what = say(
    lang,
    "口号，或没有指明排行的位次；单列，不计入比率",
    "slogans, or ranks without a named ranking; listed apart and in no rate",
  );
  return [
    { type: "text", lines: [[{ bold: heading }, ` ${notCheckable.length}${say(lang, "：", ": ")}${what}`]] },
  ];
}

function section(
  heading: string,
  items: readonly Assessed[],
  line: (item: Assessed) => Line,
  lang: Lang,
): readonly Block[] {
  const more = items.length - SCREEN_ROWS;
  const rest: readonly Line[] = more > 0 ? [[say(lang, `另有 ${more} 项`, `and ${more} more`)]] : [];
  return [
    { type: "text", lines: [[{ bold: heading }, ` ${items.length}`]] },
    { type: "list", items: [...items.slice(0, SCREEN_ROWS).map(line), ...rest] },
  ];
}

function staleRow(item: Assessed, book: Book, lang: Lang): Line {
  const since = say(lang, `（自 ${item.refreshedOn}）`, ` (since ${dayText(item.refreshedOn, lang)})`);
  return [...row(item, book, lang), since];
}

/** Up to three replies, each only where it says more than the first screen. */
function repliesOf(digest: Digest, book: Book, lang: Lang): readonly Message[] {
  const { today } = digest;
  const dated = [...digest.pastDue, ...digest.dueSoon];
  const replies: Message[] = [];
  if (dated.length > SCREEN_ROWS) {
    replies.push(
      reply(
        say(lang, "到期与过期", "Due and past due"),
        dated,
        (item) => dueRow(item, book, today, lang),
        say(lang, "到期", "due"),
        lang,
      ),
    );
  }
  if (digest.stale.length > SCREEN_ROWS) {
    const title = say(lang, `超过 ${STALE_DAYS} 天未更新`, `Not refreshed for ${STALE_DAYS} days`);
    replies.push(
      reply(
        title,
        digest.stale,
        (item) => row(item, book, lang),
        say(lang, `清单 未更新:${STALE_DAYS}d`, `list stale:${STALE_DAYS}d`),
        lang,
      ),
    );
  }
  if (digest.notCheckable.length > 0) {
    const title = say(lang, "不可核", "Not checkable");
    replies.push(
      reply(
        title,
        digest.notCheckable,
        (item) => row(item, book, lang),
        say(lang, "清单 核验:无", "list check:none"),
        lang,
      ),
    );
  }
  return replies;
}

function reply(
  title: string,
  items: readonly Assessed[],
  line: (item: Assessed) => Line,
  all: string,
  lang: Lang,
): Message {
  const more = items.length - REPLY_ROWS;
  const rest: readonly Line[] =
    more > 0 ? [[say(lang, `另有 ${more} 项：`, `and ${more} more: `), { code: all }]] : [];
  return {
    summary: `${title} ${items.length}`,
    title: `${title} · ${items.length}`,
    blocks: [{ type: "list", items: [...items.slice(0, REPLY_ROWS).map(line), ...rest] }],
  };
}
