import type { Book } from "../core/book.ts";
import type { Fact } from "../core/commitment.ts";
import type { Day } from "../core/day.ts";
import type { Filter } from "../core/filter.ts";
import { filterText } from "../core/filter-text.ts";
import { inLang, type Lang } from "../core/lang.ts";
import type { Assessed } from "../core/standing.ts";
import { tally } from "../core/tally.ts";
import type { Block, Message } from "../message/message.ts";
import { fullName, termName } from "./card.ts";
import { dayText, say } from "./print.ts";
import { commitments, factRow, pageButtons, pageOf, row, standingsText } from "./rows.ts";

/** What a list shows: the rule, what it selects, the facts that go with it. */
export interface Listing {
  readonly filter: Filter;
  readonly items: readonly Assessed[];
  readonly facts: readonly Fact[];
  readonly page: number;
  /** The nearest verbs and names, where nothing was found. */
  readonly suggestions: readonly string[];
}

/** Most facts under a list; the rest is counted. */
const FACT_ROWS = 8;

/** Rows with counts, paged; the facts of a district or a search stand below, apart. */
export function listView(listing: Listing, book: Book, today: Day, lang: Lang): Message {
  const { filter, items, facts } = listing;
  const rule = filterText(filter, book.dataset, lang);
  const name = heading(filter, book, lang);
  if (items.length === 0 && facts.length === 0)
    return nothingView(soughtText(filter, rule, lang), listing.suggestions, lang);
  const counted = tally(items);
  const { items: rows, page, pages } = pageOf(items, listing.page);
  const count = commitments(counted.total, lang);
  const partition = counted.total === 0 ? "" : `${say(lang, "：", ": ")}${standingsText(counted, lang)}`;
  const title = name;
  const blocks: Block[] = [
    {
      type: "text",
      lines: [
        [`${count}${partition}`],
        ...(rule === "" ? [] : [[say(lang, "规则：", "Rule: "), { code: rule }]]),
      ],
    },
  ];
  if (rows.length > 0) blocks.push({ type: "list", items: rows.map((item) => row(item, book, lang)) });
  if (page === pages && facts.length > 0) blocks.push(...factBlocks(facts, lang));
  const line = `${say(lang, "清单", "list")} ${rule}`.trim();
  const asOf = say(
    lang,
    `数据集 ${book.dataset.version}，截至 ${today}`,
    `Dataset ${book.dataset.version}, as of ${dayText(today, lang)}`,
  );
  const where = pages > 1 ? say(lang, `第 ${page}/${pages} 页 · `, `Page ${page} of ${pages} · `) : "";
  blocks.push({ type: "note", lines: [[`${where}${asOf}`]] });
  const buttons = pageButtons(line, page, pages, lang);
  if (buttons.length > 0) blocks.push({ type: "buttons", buttons });
  return { summary: `${title} · ${count}${partition}`, title, blocks };
}

function factBlocks(facts: readonly Fact[], lang: Lang): readonly Block[] {
  const more = facts.length - FACT_ROWS;
  return [
    {
      type: "text",
      lines: [
        [
          {
            bold: say(
              lang,
              `既成事实 ${facts.length}（不计入承诺事项）`,
              `${facts.length} ${facts.length === 1 ? "fact" : "facts"} (already done, not counted)`,
            ),
          },
        ],
      ],
    },
    { type: "list", items: facts.slice(0, FACT_ROWS).map((fact) => factRow(fact, lang)) },
    ...(more > 0
      ? [{ type: "note" as const, lines: [[say(lang, `另有 ${more} 条`, `and ${more} more`)]] }]
      : []),
  ];
}

/** A filter by one district or one theme is that thing's page and carries its name. */
function heading(filter: Filter, book: Book, lang: Lang): string {
  const [first] = filter;
  const place = first !== undefined && !first.negated && first.values.length === 1 ? first : null;
  const words = filter.find(({ key }) => key === "text");
  const suffix = words?.key === "text" && filter.length === 2 ? ` · ${words.values.join(" / ")}` : "";
  if (place !== null && (filter.length === 1 || suffix !== "")) {
    if (place.key === "district") return `${fullName(place.values[0] ?? "", book, lang)}${suffix}`;
    if (place.key === "theme")
      return `${termName(book.dataset.themes, place.values[0] ?? "", lang)}${suffix}`;
    if (place.key === "part") return `${termName(book.dataset.parts, place.values[0] ?? "", lang)}${suffix}`;
    if (place.key === "text" && filter.length === 1)
      return say(lang, `搜索“${place.values[0] ?? ""}”`, `Search “${place.values[0] ?? ""}”`);
  }
  return filter.length === 0 ? inLang(book.dataset.title, lang) : say(lang, "清单", "List");
}

/** What was looked for: the words of a plain search, else the rule. */
function soughtText(filter: Filter, rule: string, lang: Lang): string {
  const [first] = filter;
  if (filter.length === 1 && first?.key === "text" && !first.negated)
    return say(
      lang,
      `没有找到“${first.values.join(" ")}”。`,
      `Nothing found for “${first.values.join(" ")}”.`,
    );
  return say(lang, `没有符合的承诺事项：${rule}`, `No commitment fits: ${rule}`);
}

/** An empty result is an answer: what was asked, and what comes nearest. */
export function nothingView(text: string, suggestions: readonly string[], lang: Lang): Message {
  const near =
    suggestions.length === 0
      ? []
      : [
          [
            say(lang, "最接近的：", "Nearest: "),
            ...suggestions.flatMap((each, at) =>
              at === 0 ? [{ code: each }] : [say(lang, "、", ", "), { code: each }],
            ),
          ],
        ];
  const next = [
    say(lang, "全部承诺：", "Everything: "),
    { code: say(lang, "清单", "list") },
    say(lang, "；怎么问：", "; how to ask: "),
    { code: say(lang, "帮助", "help") },
  ];
  return {
    summary: text,
    blocks: [
      { type: "text", lines: [[text], ...near] },
      { type: "note", lines: [next] },
    ],
  };
}
