import { z } from "zod";
import { EMPTY_RULES, MISSED_RULES, WORKDAY_RULES } from "../core/schedule.ts";
import { NO_SETTINGS, type Subscription } from "../core/subscription.ts";
import { changedLine } from "../views/rule-changes.ts";
import { savedView } from "../views/subscription.ts";
import { command, filterArg, scheduleArg } from "./command.ts";
import { forecast, readEvery, readZone, started, WEEKLY } from "./rule-parts.ts";

const args = z.object({
  filter: filterArg,
  schedule: scheduleArg,
  every: z.string().optional(),
  zone: z.string().optional(),
  empty: z.enum(EMPTY_RULES).optional(),
  missed: z.enum(MISSED_RULES).optional(),
  workday: z.enum(WORKDAY_RULES).optional(),
  lang: z.enum(["zh", "en"]).optional(),
});

/** Sets the digest of this place; a place has one, and a new one says what it replaces. */
export const digestSet = command({
  name: "digest set",
  aliases: { zh: ["周报 设置", "设置周报"], en: [] },
  summary: { zh: "在这里定期发周报", en: "post the digest here by a schedule" },
  usage: {
    zh: "周报 设置 [每周一 9:07] [键:值…] [无变化:跳过|说明] [补发:迟发|合并|放弃] [工作日:顺延|提前|照常]",
    en: "digest set [monday 9:07] [key:value …] [empty:skip|say] [missed:late|merge|drop] [workday:next|previous|ignore]",
  },
  examples: {
    zh: ["周报 设置 每周一 9:07 区:{district} 无变化:说明", "周报 设置 每月最后一个工作日 17:05"],
    en: ["digest set monday 9:07 district:{district} empty:say", "digest set weekdays 8:35"],
  },
  reads: "rule",
  options: ["every", "zone", "empty", "missed", "workday"],
  role: "viewer",
  effect: "rule",
  args,
  async answer(context, { filter, schedule, every, zone, empty, missed, workday, lang }) {
    const { shelf, book, now, actor } = context;
    const to = context.here;
    const settings = (await shelf.settings(to)) ?? NO_SETTINGS;
    const before = (await shelf.subscriptions({ place: to })).find(({ kind }) => kind === "digest") ?? null;
    const draft: Subscription = {
      ...(before?.revision === undefined ? {} : { revision: before.revision }),
      id: before?.id ?? (await shelf.newSubscriptionId()),
      kind: "digest",
      to,
      owner: actor,
      filter,
      schedule: schedule ?? (every === undefined ? WEEKLY : readEvery(every)),
      zone: zone === undefined ? (settings.zone ?? context.zone) : readZone(zone),
      workday: workday ?? "next",
      missed: missed ?? settings.missed ?? "late",
      empty: empty ?? settings.empty ?? "skip",
      before: [],
      events: [],
      lang: lang ?? null,
      paused: null,
      muted: null,
      createdAt: before?.createdAt ?? now,
      nextAt: null,
    };
    const saved = started(draft, context);
    const { next, past, gap } = forecast(saved, context);
    const matching = book.select(filter, context.today).length;
    const facts = { next, sentLately: past.length, gap, matching, replaced: before };
    return {
      message: savedView(saved, facts, book, context.lang),
      change: { subscriptions: [saved] },
      detail: saved.id,
      announce: changedLine(
        actor,
        { type: "set", subscription: saved, replaced: before },
        book,
        context.lang,
      ),
    };
  },
});
