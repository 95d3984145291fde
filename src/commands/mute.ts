import { z } from "zod";
import { addDays } from "../core/day.ts";
import { Fault } from "../core/errors.ts";
import { changedLine, mutedView, unmutedView } from "../views/rule-changes.ts";
import { command } from "./command.ts";
import { readUntil, ruleToChange, started } from "./rule-parts.ts";

const args = z.object({ words: z.array(z.string()), until: z.string().optional() });

/** Silences a rule until a day, or until data is out; without an id, every rule of the place. */
export const mute = command({
  name: "mute",
  aliases: { zh: ["静音", "免打扰"], en: ["snooze"] },
  summary: { zh: "静音到某日，或到有数据为止", en: "silence a rule until a day, or until data is out" },
  usage: { zh: "静音 [编号] [至:2026-12-31|数据]", en: "mute [ID] [until:2026-12-31|data]" },
  examples: { zh: ["静音 至:本周"], en: ["mute until:this-week"] },
  reads: "words",
  options: ["until"],
  role: "viewer",
  effect: "rule",
  args,
  async answer(context, { words, until }) {
    const [wanted, ...more] = words;
    if (more.length > 0)
      throw new Fault({ code: "unexpected_words", verb: "mute", words: more.join(" "), usage: mute.usage });
    const day = until === undefined ? addDays(context.today, 7) : readUntil(until, context);
    // "until Friday" still silences Friday; the day after speaks again.
    const muted = day === null ? { dataAfter: context.now } : { until: addDays(day, 1) };
    const rules =
      wanted === undefined
        ? await context.shelf.subscriptions({ place: context.here })
        : [await ruleToChange(wanted, context)];
    const silent = rules.map((rule) => ({ ...rule, muted }));
    const message = mutedView(silent, day, context.lang);
    if (silent.length === 0) return message;
    return {
      message,
      change: { subscriptions: silent },
      detail: silent.map(({ id }) => id).join(","),
      announce: changedLine(
        context.actor,
        { type: "muted", subscriptions: silent, until: day },
        context.book,
        context.lang,
      ),
    };
  },
});

/** Lets a rule speak again that is muted or held. */
export const unmute = command({
  name: "unmute",
  aliases: { zh: ["取消静音"], en: [] },
  summary: { zh: "取消静音，恢复暂停的规则", en: "let a muted or held rule speak again" },
  usage: { zh: "取消静音 [编号]", en: "unmute [ID]" },
  examples: { zh: ["取消静音"], en: ["unmute"] },
  reads: "words",
  options: [],
  role: "viewer",
  effect: "rule",
  args: z.object({ words: z.array(z.string()) }),
  async answer(context, { words: [wanted, ...more] }) {
    if (more.length > 0)
      throw new Fault({
        code: "unexpected_words",
        verb: "unmute",
        words: more.join(" "),
        usage: unmute.usage,
      });
    const rules =
      wanted === undefined
        ? await context.shelf.subscriptions({ place: context.here })
        : [await ruleToChange(wanted, context)];
    const loud = rules
      .filter(({ muted, paused }) => muted !== null || paused !== null)
      .map((rule) => ({
        ...(rule.paused === null ? rule : started(rule, context)),
        muted: null,
        paused: null,
      }));
    const message = unmutedView(loud, context.lang);
    if (loud.length === 0) return message;
    return {
      message,
      change: { subscriptions: loud },
      detail: loud.map(({ id }) => id).join(","),
      announce: changedLine(
        context.actor,
        { type: "unmuted", subscriptions: loud },
        context.book,
        context.lang,
      ),
    };
  },
});
