import { z } from "zod";
import { Fault } from "../core/errors.ts";
import { dueView } from "../views/due.ts";
import { command, filterArg, pageArg } from "./command.ts";
import { nothingFits, wordsOf } from "./nothing.ts";

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
  answer(context, { filter, page }) {
    const { book, lang, today } = context;
    const items = book.select(filter, today);
    const words = wordsOf(filter);
    if (items.length === 0 && words !== null) {
      // "nothing is due" would be no answer to a day that there is not.
      if (/\d/u.test(words)) throw new Fault({ code: "unknown_time", text: words });
      return nothingFits(context, filter);
    }
    const dated = items
      .filter((item) => item.due !== null)
      .sort((a, b) => ((a.due ?? "") < (b.due ?? "") ? -1 : 1));
    return dueView({ filter, dated, undated: items.length - dated.length, page }, book, today, lang);
  },
});
