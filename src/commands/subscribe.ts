import { z } from "zod";
import { addDays, dayIn } from "../core/day.ts";
import { Fault } from "../core/errors.ts";
import { EVENT_KINDS, EVENT_WORDS, eventKindOf, eventOf, stands, type EventKind } from "../core/events.ts";
import { remindersOf } from "../core/reminders.ts";
import { WORKDAY_RULES } from "../core/schedule.ts";
import { NO_SETTINGS, type Subscription } from "../core/subscription.ts";
import { changedLine } from "../views/rule-changes.ts";
import { rulesView, savedView } from "../views/subscription.ts";
import { command, filterArg, scheduleArg, type Context } from "./command.ts";
import { DAILY, forecast, readEvery, readZone, started } from "./rule-parts.ts";

const args = z.object({
  filter: filterArg,
  schedule: scheduleArg,
  every: z.string().optional(),
  zone: z.string().optional(),
  before: z.string().optional(),
  events: z.string().optional(),
  workday: z.enum(WORKDAY_RULES).optional(),
  lang: z.enum(["zh", "en"]).optional(),
});

/** Days before a due date, as `before:30d,7d,1d` says. */
function readBefore(text: string): readonly number[] {
  const days = text.split(/[,、]/u).map((each) => {
    const found = /^(\d{1,3})\s*(?:d|days?|天)?$/iu.exec(each.trim());
    if (found === null)
      throw new Fault({
        code: "unreadable_value",
        key: "before",
        value: text,
        examples: { zh: ["30天", "30天、7天、1天"], en: ["30d", "30d,7d,1d"] },
      });
    return Number(found[1]);
  });
  return [...new Set(days)].toSorted((a, b) => b - a);
}

/** Kinds of events, as `events:rating,reading` says, in the order in which they are told of. */
function readEvents(text: string): readonly EventKind[] {
  const found = new Set<EventKind>();
  for (const word of text.split(/[,、，]/u)) {
    const kind = eventKindOf(word);
    if (kind === null) {
      const printed = (lang: "zh" | "en"): readonly string[] =>
        EVENT_KINDS.map((each) => EVENT_WORDS[each][lang][0]).filter((each) => each !== undefined);
      throw new Fault({
        code: "unreadable_value",
        key: "events",
        value: word,
        examples: { zh: printed("zh"), en: printed("en") },
      });
    }
    found.add(kind);
  }
  return EVENT_KINDS.filter((kind) => found.has(kind));
}

/** What is told: `before:` reminds of due dates, and so does `due` among the events; without either it is due dates alone. */
function toldOf(
  before: string | undefined,
  events: string | undefined,
): Pick<Subscription, "before" | "events"> {
  const named = events === undefined ? [] : readEvents(events);
  const isReminded = before !== undefined || named.length === 0 || named.includes("due");
  const days = before === undefined ? [14, 1] : readBefore(before);
  return {
    before: isReminded ? days : [],
    events: EVENT_KINDS.filter(
      (kind) => named.includes(kind) || (kind === "due" && isReminded && named.length > 0),
    ),
  };
}

function isBare({ filter, ...options }: z.infer<typeof args>): boolean {
  const { before, events, schedule, every } = options;
  return filter.length === 0 && [before, events, schedule, every].every((option) => option === undefined);
}

/** Reminders of due dates and news of the record; in a direct message they are personal. Bare, it lists what is subscribed here. */
export const subscribe = command({
  name: "subscribe",
  aliases: { zh: ["订阅", "关注", "提醒"], en: ["follow", "remind"] },
  summary: {
    zh: "到期前提醒，有新记录时告知；单写“订阅”列出这里的规则",
    en: "reminders before due dates, and news of the record; bare, it lists the rules here",
  },
  usage: {
    zh: "订阅 [键:值…] [事件:评定,读数,佐证,到期,异议,目标] [提前:30天,7天]",
    en: "subscribe [key:value …] [events:rating,reading,evidence,due,dispute,target] [before:30d,7d]",
  },
  examples: {
    zh: ["订阅 区:{district} 提前:30天、7天", "订阅 区:{district} 事件:评定、读数", "订阅"],
    en: [
      "subscribe district:{district} before:30d,7d",
      "subscribe district:{district} events:rating,reading",
      "subscribe",
    ],
  },
  reads: "rule",
  options: ["before", "events", "every", "zone", "workday"],
  role: "viewer",
  effect: "rule",
  args,
  isQuestion: isBare,
  async answer(context, given) {
    const { filter, schedule, every, zone, before, events, workday, lang } = given;
    const { shelf, book, now, actor } = context;
    const to = context.here;
    if (isBare(given)) {
      return rulesView(await withLast(await shelf.subscriptions({ place: to }), context), book, context.lang);
    }
    const settings = (await shelf.settings(to)) ?? NO_SETTINGS;
    const draft: Subscription = {
      id: await shelf.newSubscriptionId(),
      kind: "reminders",
      to,
      owner: actor,
      filter,
      schedule: schedule ?? (every === undefined ? DAILY : readEvery(every)),
      zone: zone === undefined ? (settings.zone ?? context.zone) : readZone(zone),
      workday: workday ?? "next",
      missed: "late",
      empty: "skip",
      ...toldOf(before, events),
      toldSeq: book.ledger.seq,
      lang: lang ?? null,
      paused: null,
      muted: null,
      createdAt: now,
      nextAt: null,
    };
    const saved = started(draft, context);
    const { next, past, gap } = forecast(saved, context);
    const sentLately =
      past.filter((at, index) => wouldRemind(saved, at, past[index - 1], context)).length +
      eventsLately(saved, context);
    const matching = book.select(filter, context.today).length;
    return {
      message: savedView(saved, { next, sentLately, gap, matching, replaced: null }, book, context.lang),
      change: { subscriptions: [saved] },
      detail: saved.id,
      announce: changedLine(actor, { type: "set", subscription: saved, replaced: null }, book, context.lang),
    };
  },
});

/** Whether a past run would have had something to remind of. */
function wouldRemind(
  { zone, before, filter }: Subscription,
  at: Date,
  last: Date | undefined,
  { book }: Context,
): boolean {
  const today = dayIn(zone, at);
  const since = last === undefined ? addDays(today, -1) : dayIn(zone, last);
  return before.length > 0 && remindersOf(book.select(filter, today), before, since, today).length > 0;
}

/** How many messages the events of the last 30 days would have been, for a person at most one a day. */
function eventsLately({ filter, events, to, zone }: Subscription, { book, now, today }: Context): number {
  const since = addDays(today, -30);
  const times = book.select(filter, today).flatMap(({ record }) =>
    record.entries.flatMap((entry) => {
      const kind = eventOf(entry);
      const day = dayIn(zone, entry.at);
      const counts = kind !== null && events.includes(kind) && stands(entry, record);
      return counts && entry.at <= now && day > since ? [day] : [];
    }),
  );
  return "person" in to.to ? new Set(times).size : times.length;
}

/** Each rule with the time of its last delivery. */
export async function withLast(
  subscriptions: readonly Subscription[],
  { shelf }: Context,
): Promise<readonly { subscription: Subscription; last: Date | null }[]> {
  return Promise.all(
    subscriptions.map(async (subscription) => ({
      subscription,
      last: (await shelf.snapshot(subscription.id))?.snapshot.takenAt ?? null,
    })),
  );
}
