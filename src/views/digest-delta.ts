import type { Book } from "../core/book.ts";
import { dayIn } from "../core/day.ts";
import type { Digest } from "../core/digest.ts";
import { filterText } from "../core/filter-text.ts";
import { inLang, type Lang } from "../core/lang.ts";
import type { Changed, Delta, Difference } from "../core/snapshot.ts";
import { STANDING_WORDS, wordFor } from "../core/vocabulary.ts";
import type { Block, Line, Message } from "../message/message.ts";
import { dayText, say } from "./print.ts";
import { commitments } from "./rows.ts";

/** Most changes on the first screen. */
const SCREEN_ROWS = 5;

/** Changed since this place's last digest; a first digest has nothing to compare with. */
export function changedBlocks(delta: Delta | null, book: Book, lang: Lang): readonly Block[] {
  if (delta === null) return [];
  const { changed, gone, since } = delta;
  const day = dayText(dayIn(book.dataset.zone, since), lang);
  const heading = say(lang, `${day} 以来的变化`, `Changed since ${day}`);
  if (changed.length + gone.length === 0)
    return [{ type: "text", lines: [[{ bold: heading }, say(lang, "：无", ": nothing")]] }];
  const items = changed.slice(0, SCREEN_ROWS).map((each) => changedRow(each, lang));
  const more = changed.length - SCREEN_ROWS;
  if (more > 0) items.push([say(lang, `另有 ${more} 项`, `and ${more} more`)]);
  if (gone.length > 0)
    items.push([
      say(lang, `已移出数据集：${gone.join("、")}`, `No longer in the dataset: ${gone.join(", ")}`),
    ]);
  return [
    { type: "text", lines: [[{ bold: heading }, ` ${changed.length + gone.length}`]] },
    { type: "list", items },
  ];
}

function changedRow({ item, differences }: Changed, lang: Lang): Line {
  const { commitment } = item;
  const told = differences.map((difference) => differenceText(difference, lang)).join(say(lang, "，", ", "));
  return [{ bold: commitment.id }, ` ${inLang(commitment.title, lang)}${say(lang, "：", ": ")}${told}`];
}

function differenceText(difference: Difference, lang: Lang): string {
  const none = say(lang, "无", "none");
  switch (difference.type) {
    case "standing":
      return `${wordFor(STANDING_WORDS, difference.from, lang)} → ${wordFor(STANDING_WORDS, difference.to, lang)}`;
    case "target":
      return say(
        lang,
        `目标已调整：${difference.from ?? none} → ${difference.to ?? none}`,
        `target changed: ${difference.from ?? none} → ${difference.to ?? none}`,
      );
    case "due":
      return say(
        lang,
        `时限已调整：${difference.from ?? none} → ${difference.to ?? none}`,
        `due date changed: ${difference.from ?? none} → ${difference.to ?? none}`,
      );
    case "late":
      return say(lang, "已逾期", "now late");
    case "new":
      return say(lang, "新列入", "new");
  }
}

/** Said instead of a digest in which nothing changed. */
export function unchangedView(digest: Digest, book: Book, lang: Lang): Message {
  const next = digest.next;
  const count = commitments(digest.tally.total, lang);
  const due =
    next === null
      ? say(lang, "没有将到期的", "nothing falls due")
      : say(
          lang,
          `下一个到期 ${next.commitment.id}（${next.commitment.due?.date ?? ""}）`,
          `next due ${next.commitment.id} (${dayText(next.commitment.due?.date ?? "", lang)})`,
        );
  const rule = filterText(digest.filter, book.dataset, lang);
  const scope = rule === "" ? inLang(book.dataset.title, lang) : rule;
  const summary = say(
    lang,
    `${scope} 本期无变化：${count}，${due}。`,
    `${scope}: nothing changed. ${count}, ${due}.`,
  );
  return { summary, blocks: [{ type: "text", lines: [[summary]] }] };
}
