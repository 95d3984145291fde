import { z } from "zod";
import { dueView } from "../views/due.ts";
import { command, filterArg, pageArg } from "./command.ts";

const args = z.object({ filter: filterArg, page: pageArg });

/** What falls due, soonest first, and what is past due. */
export const due = command({
  name: "due",
  aliases: { zh: ["到期", "期限"], en: ["deadlines"] },
  summary: { zh: "什么快到期，什么已过期", en: "what falls due, and what is past due" },
  usage: { zh: "到期 [时间] [键:值…]", en: "due [time] [key:value …]" },
  examples: { zh: ["到期 年底", "到期 30天", "到期"], en: ["due year-end", "due Q4", "due"] },
  reads: "filter",
  options: ["page"],
  role: "viewer",
  effect: "none",
  args,
  answer({ book, lang, today }, { filter, page }) {
    const items = book.select(filter, today);
    const dated = items
      .filter((item) => item.due !== null)
      .sort((a, b) => ((a.due ?? "") < (b.due ?? "") ? -1 : 1));
    return dueView({ filter, dated, undated: items.length - dated.length, page }, book, today, lang);
  },
});
