import { z } from "zod";
import { Fault } from "../core/errors.ts";
import { assess } from "../core/standing.ts";
import { cardView, factView } from "../views/card.ts";
import { sourceView } from "../views/source.ts";
import { command } from "./command.ts";

const args = z.object({ id: z.string(), aspect: z.literal("source").optional() });

/** The card of a commitment or a fact, or where it comes from. */
export const show = command({
  name: "show",
  aliases: { zh: ["详情", "查看", "出处"], en: ["card", "source"] },
  summary: {
    zh: "一项承诺的卡片：说了什么、目标、现状、凭据、出处",
    en: "one commitment: what was said, the target, where it stands, the source",
  },
  usage: { zh: "详情 编号 [出处]", en: "show ID [source]" },
  examples: { zh: ["详情 {id}", "出处 {id}"], en: ["show {id}", "show {id} source"] },
  reads: "id",
  options: [],
  role: "viewer",
  effect: "none",
  args,
  answer({ book, lang, today }, { id, aspect }) {
    const commitment = book.commitment(id);
    const fact = book.fact(id);
    const item = commitment ?? fact;
    if (item === null) throw new Fault({ code: "unknown_id", id, nearest: book.names.nearestIds(id) });
    if (aspect === "source") return sourceView(item, book, lang);
    if (commitment === null) return fact === null ? sourceView(item, book, lang) : factView(fact, book, lang);
    return cardView(assess(commitment, book.source(commitment.source.id)?.date ?? today, today), book, lang);
  },
});
