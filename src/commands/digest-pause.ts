import { z } from "zod";
import { Fault } from "../core/errors.ts";
import { nextRun } from "../core/next.ts";
import type { Subscription } from "../core/subscription.ts";
import { changedLine, pausedView } from "../views/rule-changes.ts";
import { BY_HAND, ruleView } from "../views/subscription.ts";
import { command, type Context } from "./command.ts";
import { forecast, runRule } from "./rule-parts.ts";
import { withLast } from "./subscribe.ts";

/** The digest rule of this place; without one, what sets it is told. */
export async function digestHere({ shelf, here }: Context): Promise<Subscription> {
  const found = (await shelf.subscriptions({ place: here })).find(({ kind }) => kind === "digest");
  if (found === undefined) throw new Fault({ code: "no_digest_here" });
  return found;
}

/** The rule of the digest here: when, for what, who set it, next times. */
export const digestShow = command({
  name: "digest show",
  aliases: { zh: ["周报 规则", "周报 查看"], en: ["digest rule"] },
  summary: {
    zh: "这里的周报规则：何时、范围、谁设的、接下来几次",
    en: "the digest's rule here: when, for what, set by whom, next times",
  },
  usage: { zh: "周报 规则", en: "digest show" },
  examples: { zh: [], en: [] },
  reads: "nothing",
  options: [],
  role: "viewer",
  effect: "none",
  args: z.object({}),
  async answer(context) {
    const rule = await digestHere(context);
    const [found] = await withLast([rule], context);
    const matching = context.book.select(rule.filter, context.today).length;
    const { next, past, gap } = forecast(rule, context);
    const facts = { next, sentLately: past.length, gap, matching, last: found?.last ?? null };
    return ruleView(rule, facts, context.book, context.lang);
  },
});

/** Holds the digest of this place until it is resumed. */
export const digestPause = command({
  name: "digest pause",
  aliases: { zh: ["周报 暂停"], en: ["digest stop"] },
  summary: { zh: "暂停这里的周报", en: "hold the digest here" },
  usage: { zh: "周报 暂停", en: "digest pause" },
  examples: { zh: [], en: [] },
  reads: "nothing",
  options: [],
  role: "viewer",
  effect: "rule",
  args: z.object({}),
  async answer(context) {
    const rule = { ...(await digestHere(context)), paused: BY_HAND, nextAt: null };
    return {
      message: pausedView(rule, null, context.lang),
      change: { subscriptions: [rule] },
      detail: rule.id,
      announce: changedLine(
        context.actor,
        { type: "paused", subscription: rule },
        context.book,
        context.lang,
      ),
    };
  },
});

/** Lets the digest of this place run again. */
export const digestResume = command({
  name: "digest resume",
  aliases: { zh: ["周报 恢复"], en: [] },
  summary: { zh: "恢复这里的周报", en: "let the digest here run again" },
  usage: { zh: "周报 恢复", en: "digest resume" },
  examples: { zh: [], en: [] },
  reads: "nothing",
  options: [],
  role: "viewer",
  effect: "rule",
  args: z.object({}),
  async answer(context) {
    const rule = await digestHere(context);
    const nextAt = nextRun(runRule(rule, context), context.now)?.at ?? null;
    const running = { ...rule, paused: null, nextAt };
    return {
      message: pausedView(running, nextAt, context.lang),
      change: { subscriptions: [running] },
      detail: rule.id,
      announce: changedLine(
        context.actor,
        { type: "resumed", subscription: running },
        context.book,
        context.lang,
      ),
    };
  },
});
