import type { Book } from "../core/book.ts";
import { dayIn, type Day } from "../core/day.ts";
import type { Digest } from "../core/digest.ts";
import { filterText } from "../core/filter-text.ts";
import { inLang, type Lang } from "../core/lang.ts";
import type { Changed, Delta } from "../core/snapshot.ts";
import type { Assessed } from "../core/standing.ts";
import type { Block, Line, Message } from "../message/message.ts";
import { differenceLine } from "./digest-difference.ts";
import type { Who } from "./person.ts";
import { dayText, say } from "./print.ts";
import { commitments } from "./rows.ts";

/** Most changes on the first screen. */
const SCREEN_ROWS = 5;

/** Changed since this place's last digest; a first digest has nothing to compare with. */
export function changedBlocks(
  delta: Delta | null,
  book: Book,
  zone: string,
  who: Who | null,
  lang: Lang,
): readonly Block[] {
  if (delta === null) return [];
  const { changed, gone, since } = delta;
  const day = dayText(dayIn(zone, since), lang);
  const heading = say(lang, `上期（${day}）以来的变化`, `Changed since ${day}`);
  if (changed.length + gone.length === 0)
    return [{ type: "text", lines: [[{ bold: heading }, say(lang, "：无", ": nothing")]] }];
  const items = changed.slice(0, SCREEN_ROWS).map((each) => changedRow(each, book, who, lang));
  const more = changed.length - SCREEN_ROWS;
  if (more > 0) items.push([say(lang, `另有 ${more} 项`, `and ${more} more`)]);
  if (gone.length > 0)
    items.push([
      say(lang, `已移出数据集：${gone.join("、")}`, `No longer in the dataset: ${gone.join(", ")}`),
    ]);
  return [
    { type: "text", lines: [[{ bold: heading }, `${say(lang, "：", ": ")}${changed.length + gone.length}`]] },
    { type: "list", items },
  ];
}

function changedRow({ item, differences }: Changed, book: Book, who: Who | null, lang: Lang): Line {
  const { id, district, title } = item.commitment;
  const where = book.district(district);
  const name = where === null ? district : inLang(where.name, lang);
  const told = differences.flatMap((each, at): Line => [
    ...(at === 0 ? [] : [say(lang, "，", ", ")]),
    ...differenceLine(each, item, book, who, lang),
  ]);
  return [{ bold: id }, ` ${name} · ${inLang(title, lang)}${say(lang, "：", ": ")}`, ...told];
}

/** Said instead of a digest in which nothing changed. */
export function unchangedView(
  digest: Digest,
  since: Day,
  book: Book,
  note: string | null,
  lang: Lang,
): Message {
  const { next, pastDue } = digest;
  const rule = filterText(digest.filter, book.dataset, lang);
  const scope = rule === "" ? inLang(book.dataset.title, lang) : rule;
  const facts = [
    commitments(digest.tally.total, lang),
    ...(pastDue.length === 0
      ? []
      : [say(lang, `已过时限 ${pastDue.length} 项`, `${pastDue.length} past due`)]),
    next === null ? say(lang, "此后没有到期事项", "nothing else falls due") : nextText(next, lang),
  ].join(say(lang, "，", ", "));
  const summary = say(
    lang,
    `周报 · ${scope}：上期（${dayText(since, lang)}）以来没有变化。${facts}。`,
    `Weekly digest · ${scope}: nothing has changed since ${dayText(since, lang)}. ${facts}.`,
  );
  const blocks: Block[] = [{ type: "text", lines: [[summary]] }];
  if (note !== null) blocks.push({ type: "note", lines: [[note]] });
  return { summary, blocks };
}

function nextText({ commitment: { id, title }, due }: Assessed, lang: Lang): string {
  const day = dayText(due ?? "", lang);
  return say(
    lang,
    `下一个到期：${id} ${inLang(title, lang)}（${day}）`,
    `next due ${id} ${inLang(title, lang)} on ${day}`,
  );
}
