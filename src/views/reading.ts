import type { EvidenceLevel, ReadValue } from "../core/act.ts";
import type { Book } from "../core/book.ts";
import type { Commitment } from "../core/commitment.ts";
import type { Lang } from "../core/lang.ts";
import { inLang } from "../core/lang.ts";
import type { EntryOf } from "../core/record.ts";
import type { Line, Span } from "../message/message.ts";
import { dayText, quantityText, say } from "./print.ts";

/** What was read: 8.2 EFLOPS, 约 16 家, milestone 2 done. */
export function valueText(value: ReadValue, commitment: Commitment, book: Book, lang: Lang): string {
  if (!("done" in value)) return quantityText(value, commitment.measure, book.dataset, lang);
  const node = nodeName(value.done, commitment, lang);
  return say(lang, `节点“${node}”已完成`, `milestone “${node}” done`);
}

/** A milestone's name; its code where it has none. */
export function nodeName(code: string, { milestones }: Commitment, lang: Lang): string {
  const found = milestones.find(({ node }) => node === code);
  return found === undefined ? code : inLang(found.name, lang);
}

/** A reading with its day and level: 8.2 EFLOPS（截至 2026-06-30，E3）. A statement is called one: 声称 9 EFLOPS. */
export function readingText(
  reading: EntryOf<"reading">,
  commitment: Commitment,
  book: Book,
  lang: Lang,
): string {
  const claimed = reading.data.level === "E5" ? say(lang, "声称 ", "claimed ") : "";
  return `${claimed}${figureText(reading, commitment, book, lang)}`;
}

/** The same where it is said already that it is only claimed. */
export function figureText(
  { data: { value, asOf, level } }: EntryOf<"reading">,
  commitment: Commitment,
  book: Book,
  lang: Lang,
): string {
  const what = valueText(value, commitment, book, lang);
  const day = dayText(asOf, lang);
  return say(lang, `${what}（截至 ${day}，${level}）`, `${what} (as of ${day}, ${level})`);
}

/** Where a reading or a piece of evidence is from: a link by its site, a document by its words. */
export function originSpan(source: string): Span {
  if (!/^https?:\/\//iu.test(source)) return source;
  return { url: source, label: URL.canParse(source) ? new URL(source).hostname : source };
}

/** A reading with where it is from, where that was said. */
export function readingLine(
  reading: EntryOf<"reading">,
  commitment: Commitment,
  book: Book,
  lang: Lang,
): Line {
  const { source, late } = reading.data;
  return [
    readingText(reading, commitment, book, lang),
    ...(source === null ? [] : [say(lang, "，来源：", ", source: "), originSpan(source)]),
    ...(late ? [say(lang, "，迟到补录", ", recorded late")] : []),
  ];
}

/** Most other readings of a month that are named; the rest are counted. */
const CONFLICTS = 3;

/** What other sources say of the same month: 同月另有 8600 PFLOPS（…）、… */
export function conflictLine(
  conflicts: readonly EntryOf<"reading">[],
  commitment: Commitment,
  book: Book,
  lang: Lang,
): Line {
  const { id } = commitment;
  const shown = conflicts.slice(0, CONFLICTS).map((each) => readingText(each, commitment, book, lang));
  const also = say(lang, `同月另有 ${shown.join("、")}`, `in the same month also ${shown.join("; ")}`);
  const more = conflicts.length - shown.length;
  if (more === 0) return [also];
  return [
    say(lang, `${also}，还有 ${more} 条：`, `${also}; and ${more} more: `),
    { code: say(lang, `历程 ${id}`, `history ${id}`) },
  ];
}

/** Levels with how often each occurs, best first: E2 1 · E4 2; one alone needs no count. */
export function levelsText(items: readonly { readonly data: { readonly level: EvidenceLevel } }[]): string {
  const counts = new Map<EvidenceLevel, number>();
  for (const { data } of items) counts.set(data.level, (counts.get(data.level) ?? 0) + 1);
  const [only, ...others] = counts.keys();
  if (only !== undefined && others.length === 0) return only;
  return [...counts]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([level, count]) => `${level} ${count}`)
    .join(" · ");
}

const LEVEL_MEANINGS: Readonly<Record<EvidenceLevel, { readonly zh: string; readonly en: string }>> = {
  E1: { zh: "官方统计", en: "official statistics" },
  E2: {
    zh: "政府文件与验收（许可、中标、竣工备案）",
    en: "government documents and acceptance (permits, tender results, completion records)",
  },
  E3: { zh: "区里就具体举措的发布", en: "the district's own release about a concrete act" },
  E4: { zh: "媒体核实报道", en: "press with its own check" },
  E5: { zh: "表态、签约、预告", en: "statements, signings, previews" },
};

/** A level and what it means: E2 政府文件与验收. */
export function levelText(level: EvidenceLevel, lang: Lang): string {
  return `${level} ${LEVEL_MEANINGS[level][lang]}`;
}
