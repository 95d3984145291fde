import type { Book } from "../core/book.ts";
import { addDays, daysBetween, type Day } from "../core/day.ts";
import type { Filter } from "../core/filter.ts";
import { filterText } from "../core/filter-text.ts";
import type { Lang } from "../core/lang.ts";
import { DUE_SOON_DAYS } from "../core/light.ts";
import { isSettled, type Assessed } from "../core/standing.ts";
import type { Block, Line, Message } from "../message/message.ts";
import { dayText, say } from "./print.ts";
import { commitments, pageButtons, pageOf, row } from "./rows.ts";

/** What falls due: dated commitments by date, those past due first, and how many have no date at all. */
export interface DueList {
  readonly filter: Filter;
  readonly dated: readonly Assessed[];
  readonly undated: number;
  readonly page: number;
}

export function dueView(
  { filter, dated, undated, page: wanted }: DueList,
  book: Book,
  today: Day,
  lang: Lang,
): Message {
  const rule = filterText(filter, book.dataset, lang);
  const open = dated.filter(({ standing }) => !isSettled(standing));
  const settled = dated.length - open.length;
  const passed = open.filter((item) => dueDate(item) < today);
  const soon = open.filter(
    (item) => dueDate(item) >= today && dueDate(item) <= addDays(today, DUE_SOON_DAYS),
  );
  const later = open.length - passed.length - soon.length;
  const title = say(lang, `到期 · ${dated.length} 项`, `Due · ${commitments(dated.length, lang)}`);
  const counts = say(
    lang,
    `已过期 ${passed.length} · ${DUE_SOON_DAYS} 天内 ${soon.length} · 更晚 ${later}${settled === 0 ? "" : ` · 已有结论 ${settled}`}`,
    `past due ${passed.length} · within ${DUE_SOON_DAYS} days ${soon.length} · later ${later}${settled === 0 ? "" : ` · settled ${settled}`}`,
  );
  const { items, page, pages } = pageOf(dated, wanted);
  const blocks: Block[] = [
    {
      type: "text",
      lines: [[counts], ...(rule === "" ? [] : [[say(lang, "规则：", "Rule: "), { code: rule }]])],
    },
  ];
  if (items.length > 0)
    blocks.push({ type: "list", items: items.map((item) => dueRow(item, book, today, lang)) });
  const notes: Line[] = [];
  if (undated > 0) {
    notes.push([
      say(
        lang,
        `另有 ${undated} 项出处没有给出时限，不推算。`,
        `${undated} more ${undated === 1 ? "has" : "have"} no date: the source gives none, and none is made up.`,
      ),
    ]);
  }
  notes.push([
    say(
      lang,
      `截至 ${today}，数据集 ${book.dataset.version}`,
      `As of ${dayText(today, lang)}, dataset ${book.dataset.version}`,
    ),
  ]);
  blocks.push({ type: "note", lines: notes });
  const buttons = pageButtons(`${say(lang, "到期", "due")} ${rule}`.trim(), page, pages, lang);
  if (buttons.length > 0) blocks.push({ type: "buttons", buttons });
  return { summary: `${title}${say(lang, "：", ": ")}${counts}`, title, blocks };
}

function dueDate({ due }: Assessed): Day {
  return due ?? "9999-12-31";
}

/** A row that ends with how far away the date is; nobody waits for what has its verdict. */
export function dueRow(item: Assessed, book: Book, today: Day, lang: Lang): Line {
  if (isSettled(item.standing)) return row(item, book, lang);
  const days = daysBetween(today, dueDate(item));
  const distance =
    days < 0
      ? say(lang, `已过 ${-days} 天`, `${-days} ${days === -1 ? "day" : "days"} past`)
      : days === 0
        ? say(lang, "今天到期", "due today")
        : say(lang, `还有 ${days} 天`, `in ${days} ${days === 1 ? "day" : "days"}`);
  return [...row(item, book, lang), say(lang, `（${distance}）`, ` (${distance})`)];
}
