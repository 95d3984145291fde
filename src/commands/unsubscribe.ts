import { z } from "zod";
import { Fault } from "../core/errors.ts";
import { changedLine, confirmRemovalView, removedView } from "../views/rule-changes.ts";
import { rulesView } from "../views/subscription.ts";
import { command } from "./command.ts";
import { ruleToChange } from "./rule-parts.ts";
import { withLast } from "./subscribe.ts";

const args = z.object({ words: z.array(z.string()), confirm: z.literal("yes").optional() });

/** Ends one rule, or all of a place, which asks first. */
export const unsubscribe = command({
  name: "unsubscribe",
  aliases: { zh: ["退订", "取消订阅"], en: ["unfollow"] },
  summary: { zh: "取消一条规则；“退订 全部”先问一次", en: "end a rule; “unsubscribe all” asks first" },
  usage: { zh: "退订 编号|全部 [确认:是]", en: "unsubscribe ID|all [confirm:yes]" },
  examples: { zh: ["退订"], en: ["unsubscribe"] },
  reads: "words",
  options: ["confirm"],
  role: "viewer",
  effect: "rule",
  args,
  async answer(context, { words, confirm }) {
    const { shelf, book, actor, lang } = context;
    const [wanted, ...more] = words;
    if (more.length > 0)
      throw new Fault({
        code: "unexpected_words",
        verb: "unsubscribe",
        words: more.join(" "),
        usage: unsubscribe.usage,
      });
    if (wanted === undefined) {
      const to = context.here;
      return rulesView(await withLast(await shelf.subscriptions({ place: to }), context), book, lang);
    }
    if (!["all", "全部", "所有"].includes(wanted.toLowerCase())) {
      const found = await ruleToChange(wanted, context);
      return {
        message: removedView([found], book, lang),
        change: { ended: [found.id] },
        detail: found.id,
        announce: changedLine(actor, { type: "ended", subscriptions: [found] }, book, lang),
      };
    }
    const all = await shelf.subscriptions({ place: context.here });
    if (confirm === undefined || all.length === 0) return confirmRemovalView(all, book, lang);
    return {
      message: removedView(all, book, lang),
      change: { ended: all.map(({ id }) => id) },
      detail: all.map(({ id }) => id).join(","),
      announce: changedLine(actor, { type: "ended", subscriptions: all }, book, lang),
    };
  },
});
