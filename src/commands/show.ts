import { z } from "zod";
import { discussionName, holdsThreads } from "../core/discussion.ts";
import { Fault } from "../core/errors.ts";
import { cardView, factView } from "../views/card.ts";
import { historyView } from "../views/history.ts";
import { sourceView } from "../views/source.ts";
import type { ThreadHere } from "../views/thread-here.ts";
import { command, pageArg, type Context } from "./command.ts";
import { whoIn } from "./entry.ts";

const args = z.object({ id: z.string(), aspect: z.enum(["source", "history"]).optional(), page: pageArg });

/** The card of a commitment or a fact, where it comes from, or all that was recorded about it. */
export const show = command({
  name: "show",
  aliases: { zh: ["详情", "查看", "出处", "历程"], en: ["card", "source", "history"] },
  summary: {
    zh: "一项承诺的卡片：说了什么、目标、现状、凭据、出处、历程",
    en: "one commitment: what was said, the target, where it stands, the source, the history",
  },
  usage: { zh: "详情 编号 [出处|历程]", en: "show ID [source|history]" },
  examples: {
    zh: ["详情 {id}", "出处 {id}", "历程 {id}"],
    en: ["show {id}", "show {id} source", "history {id}"],
  },
  reads: "id",
  options: ["page"],
  role: "viewer",
  effect: "none",
  args,
  async answer(context, { id, aspect, page }) {
    const { book, lang, today, zone } = context;
    const item = book.standing(id, today);
    if (item === null) {
      const fact = book.fact(id);
      if (fact === null) throw new Fault({ code: "unknown_id", id, nearest: book.names.nearestIds(id) });
      // Nothing is recorded about a fact, so nobody is named.
      const telling = { book, lang, zone, who: () => null };
      return aspect === "source" ? sourceView(fact, null, telling) : factView(fact, book, lang);
    }
    const telling = { book, lang, zone, who: await whoIn(item.record, context) };
    if (aspect === "source") return sourceView(item.commitment, item.record, telling);
    if (aspect === "history") return historyView(item, page, telling);
    return cardView(item, telling, holdsThreads(context.here), await threadHere(id, context));
  },
});

/** The discussion of a commitment in the place where it is asked for. */
async function threadHere(id: string, { here, shelf, linkTo }: Context): Promise<ThreadHere | null> {
  if (!holdsThreads(here)) return null;
  const found = (await shelf.discussions({ place: here })).find(
    ({ commitmentId, away }) => commitmentId === id && away === null,
  );
  if (found === undefined) return null;
  const [row, counted] = await Promise.all([shelf.delivery(found.parent), shelf.talk(here, null)]);
  const ref = row?.ref ?? null;
  return { link: ref === null ? null : linkTo(ref), talk: counted.get(discussionName(found)) ?? null };
}
