import type { Book } from "../core/book.ts";
import type { Fact } from "../core/commitment.ts";
import { inLang, type Lang } from "../core/lang.ts";
import { currentReading } from "../core/pace.ts";
import type { Assessed } from "../core/standing.ts";
import type { Tally } from "../core/tally.ts";
import { PACE_WORDS, STANDING_WORDS, wordFor } from "../core/vocabulary.ts";
import type { Button, Line } from "../message/message.ts";
import { milestonesText } from "./milestones.ts";
import { dayText, quantityText, say } from "./print.ts";
import { valueText } from "./reading.ts";
import { latestClaim } from "./record-fields.ts";
import { stateText } from "./state.ts";

/** Rows on one page of a list: one screen in a chat. */
export const PAGE_ROWS = 12;

/** One commitment in a list: id, district and title, figure, date, what was read, state. */
export function row(item: Assessed, book: Book, lang: Lang): Line {
  const { commitment } = item;
  const { target, scale, measure } = commitment;
  const district = book.district(commitment.district);
  const name = district === null ? commitment.district : inLang(district.name, lang);
  const figures =
    target === null
      ? scale.map((size) => quantityText(size, size.measure, book.dataset, lang))
      : [quantityText(target, measure, book.dataset, lang)];
  const details = [
    ...figures,
    ...(item.due === null ? [] : [dayText(item.due, lang)]),
    ...readParts(item, book, lang),
    stateText(item, lang),
  ];
  return [
    { bold: commitment.id },
    ` ${name} · ${inLang(commitment.title, lang)}${say(lang, "　", ": ")}${details.join(say(lang, "，", ", "))}`,
  ];
}

/** What was read, in a few words: 读数 8.2 EFLOPS（2026-06-30，E3）; a statement where there is nothing better. */
function readParts({ commitment, record, pacing }: Assessed, book: Book, lang: Lang): readonly string[] {
  const { reading } = pacing;
  const shown = reading ?? latestClaim(record);
  if (shown === null) return [];
  const { value, asOf, level } = shown.data;
  const day = dayText(asOf, lang);
  if (reading !== null && "done" in value) return [milestonesText({ commitment, pacing }, lang)];
  const figure = valueText(value, commitment, book, lang);
  const differ = (currentReading(commitment, record)?.conflicts.length ?? 0) > 0;
  return [
    reading === null
      ? say(lang, `声称 ${figure}（${day}，${level}）`, `claimed ${figure} on ${day} (${level})`)
      : say(lang, `读数 ${figure}（${day}，${level}）`, `${figure} read on ${day} (${level})`),
    ...(differ ? [say(lang, "数据不一", "sources differ")] : []),
  ];
}

/** One fact in a list. */
export function factRow(fact: Fact, lang: Lang): Line {
  return [{ bold: fact.id }, ` ${inLang(fact.text, lang)}`];
}

/** 未评定 33 · 不可核 4: every standing that occurs, a partition of the whole. */
export function standingsText({ standings }: Tally, lang: Lang): string {
  return standings.map(({ code, count }) => `${wordFor(STANDING_WORDS, code, lang)} ${count}`).join(" · ");
}

/** 无读数 3 · 不适用 34: every pace that occurs, a partition of the whole. */
export function pacesText({ paces }: Tally, lang: Lang): string {
  return paces.map(({ code, count }) => `${wordFor(PACE_WORDS, code, lang)} ${count}`).join(" · ");
}

/** "37 commitments" */
export function commitments(count: number, lang: Lang): string {
  return say(lang, `${count} 项承诺`, `${count} ${count === 1 ? "commitment" : "commitments"}`);
}

/** The page of a list that was asked for; a page beyond the last is the last. */
export function pageOf<Item>(
  items: readonly Item[],
  page: number,
): { readonly items: readonly Item[]; readonly page: number; readonly pages: number } {
  const pages = Math.max(1, Math.ceil(items.length / PAGE_ROWS));
  const at = Math.min(page, pages);
  return { items: items.slice((at - 1) * PAGE_ROWS, at * PAGE_ROWS), page: at, pages };
}

/** Buttons to the pages before and after; `line` is the command without its page. */
export function pageButtons(line: string, page: number, pages: number, lang: Lang): readonly Button[] {
  const to = (label: string, target: number): Button => ({
    label,
    run: `${line} ${say(lang, "页", "page")}:${target}`,
    replace: true,
  });
  return [
    ...(page > 1 ? [to(say(lang, "上一页", "Previous"), page - 1)] : []),
    ...(page < pages ? [to(say(lang, "下一页", "Next"), page + 1)] : []),
  ];
}
