import { z } from "zod";
import { listView } from "../views/list.ts";
import { command, filterArg, pageArg } from "./command.ts";
import { nothingFits } from "./nothing.ts";

const args = z.object({ filter: filterArg, page: pageArg });

/** Rows with counts; bare words search, and what a search finds among the facts is listed apart. */
export const list = command({
  name: "list",
  aliases: { zh: ["清单", "列表", "搜", "搜索", "查找"], en: ["search", "find", "ls"] },
  summary: { zh: "按条件列出承诺事项；写词就是搜索", en: "commitments by filter; bare words search" },
  usage: { zh: "清单 [词…] [键:值…]", en: "list [words] [key:value …]" },
  examples: {
    zh: ["清单 区:{district}", "清单 -核验:举措", "搜 {word}"],
    en: ["list district:{district}", "list -check:acts", "list value:>=1000亿"],
  },
  reads: "filter",
  options: ["page"],
  role: "viewer",
  effect: "none",
  args,
  answer(context, { filter, page }) {
    const { book, lang, today } = context;
    const items = book.select(filter, today);
    const facts = filter.length === 0 ? [] : book.facts(filter);
    if (items.length === 0 && facts.length === 0) return nothingFits(context, filter);
    return listView({ filter, items, facts, page, suggestions: [] }, book, today, lang);
  },
});
