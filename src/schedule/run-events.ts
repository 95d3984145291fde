import { createHash } from "node:crypto";
import type { Book } from "../core/book.ts";
import { eventOf } from "../core/events.ts";
import type { Lang } from "../core/lang.ts";
import { formatAddress } from "../core/place.ts";
import type { Entry } from "../core/record.ts";
import { NO_SETTINGS, type Settings, type Subscription } from "../core/subscription.ts";
import { threadOf, type Delivery } from "../store/outbox.ts";
import { StoreError, type Change, type Store } from "../store/store.ts";
import { eventsView, type Event } from "../views/events.ts";
import { LATE_MS } from "./catch-up.ts";
import { isMuted } from "./mute.ts";
import { eventsFor, fromElsewhere, selectedBy, whoOf } from "./pending-events.ts";
import { isPersonal } from "./personal.ts";
import { afterQuiet } from "./quiet.ts";
import { toldAt } from "./run-reminders.ts";

/** Ledger entries read at once. */
const PAGE = 1_000;
/** How often a place is looked at anew in one tick because somebody changed its rules meanwhile. */
const TRIES = 3;

/**
 * Brings the ledger up to date and tells channels what was recorded since. Resolves with how many messages it put in
 * the outbox, and why some places could not be told.
 */
export type TellEvents = (
  now: Date,
) => Promise<{ readonly count: number; readonly failures: readonly unknown[] }>;

/** What became of a place: how many messages it gets, or when to come back (quiet hours, rules that were just changed). */
type Told = { readonly count: number } | { readonly later: Date };

/**
 * Events of channels go out as they are recorded. Each rule keeps how far it has told, written in one transaction with
 * the message and only on the rule as it was read, so a restart or a second process tells nothing twice.
 */
export function createEvents(options: {
  readonly book: Book;
  readonly store: Store;
  readonly lang: Lang;
}): TellEvents {
  const { book, store } = options;
  /** Position up to which entries were taken on; null before the first tick. */
  let seen: number | null = null;
  let waiting: readonly Entry[] = [];
  let wakeAt: Date | null = null;

  /** What was recorded since the last tick; at the first one, within the time that a late message is still sent for. */
  async function newEntries(now: Date): Promise<readonly Entry[]> {
    const fresh: Entry[] = [];
    let from = seen ?? book.ledger.seq;
    for (;;) {
      const entries = await store.ledger(from, PAGE);
      book.ledger.apply(entries);
      fresh.push(...entries);
      from = entries.at(-1)?.seq ?? from;
      if (entries.length < PAGE) break;
    }
    const since = new Date(now.getTime() - LATE_MS);
    const isFirst = seen === null;
    const all = isFirst ? book.ledger.all().flatMap(({ entries }) => entries) : fresh;
    // Later on, others may have brought the ledger further than these entries.
    seen = isFirst ? book.ledger.seq : from;
    return all
      .filter((entry) => eventOf(entry) !== null && (!isFirst || entry.at >= since))
      .toSorted((a, b) => a.seq - b.seq);
  }

  async function tellPlace(known: readonly Subscription[], now: Date): Promise<Told> {
    let rules = known;
    for (let tries = 0; tries < TRIES; tries += 1) {
      const wanted = rules.flatMap((rule) => {
        const events = eventsFor(rule, waiting, selectedBy(rule, book, now));
        if (events.length === 0) return [];
        const silent = rule.paused !== null || isMuted(rule, book, now);
        // A person hears once a day; what is passed over in silence is passed over for them too.
        return isPersonal(rule) && !silent ? [] : [{ rule, events, silent }];
      });
      const [first] = wanted;
      if (first === undefined) return { count: 0 };
      const { to, zone } = first.rule;
      const settings = (await store.settings(to)) ?? NO_SETTINGS;
      const loudAt = afterQuiet(now, { zone: settings.zone ?? zone, quiet: settings.quiet });
      if (loudAt > now) return { later: loudAt };
      const loud = wanted.filter(({ silent }) => !silent);
      const deliveries = await deliveriesOf(loud, settings, now);
      const subscriptions = wanted.map(({ rule, events, silent }) => ({
        ...rule,
        muted: silent ? rule.muted : null,
        toldSeq: events.at(-1)?.entry.seq ?? 0,
      }));
      const snapshots = deliveries.length === 0 ? [] : lastTold(loud, book, now);
      const committed = await store.commit({ at: now, subscriptions, deliveries, snapshots });
      if (committed.done) return { count: deliveries.length };
      rules = (await store.subscriptions({ place: to })).filter(({ events }) => events.length > 0);
    }
    return { later: now };
  }

  async function deliveriesOf(
    rules: readonly { readonly rule: Subscription; readonly events: readonly Event[] }[],
    settings: Settings,
    now: Date,
  ): Promise<readonly Delivery[]> {
    const [first] = rules;
    if (first === undefined) return [];
    const { to, zone, lang } = first.rule;
    const byId = new Map(rules.flatMap(({ events }) => events).map((event) => [event.entry.id, event]));
    const all = [...byId.values()].toSorted((a, b) => a.entry.seq - b.entry.seq);
    const events = await fromElsewhere(all, to, store);
    const [oldest] = events;
    if (oldest === undefined) return [];
    const telling = {
      book,
      lang: lang ?? settings.lang ?? options.lang,
      zone,
      who: await whoOf(events, to, store),
    };
    const told = new Set(events.map(({ entry }) => entry.id));
    const ids = rules.flatMap(({ rule, events: own }) =>
      own.some(({ entry }) => told.has(entry.id)) ? [rule.id] : [],
    );
    return threadOf({
      key: eventKey(first.rule, oldest.entry),
      to,
      messages: [eventsView(events, ids, telling)],
      dueAt: now,
      subscriptionId: first.rule.id,
      edits: null,
    });
  }

  /** The rules that tell events, by place. */
  async function placesWithEvents(): Promise<readonly (readonly Subscription[])[]> {
    const rules = (await store.subscriptions("all")).filter(({ events }) => events.length > 0);
    return [...Map.groupBy(rules, ({ to }) => formatAddress(to)).values()];
  }

  return async (now) => {
    const fresh = await newEntries(now);
    waiting = [...waiting, ...fresh];
    if (fresh.length > 0) wakeAt = now;
    const failures: unknown[] = [];
    if (wakeAt === null || now < wakeAt) return { count: 0, failures };
    let count = 0;
    let later: Date | null = null;
    for (const rules of await placesWithEvents()) {
      try {
        const told = await tellPlace(rules, now);
        if ("count" in told) count += told.count;
        else if (later === null || told.later < later) later = told.later;
      } catch (error) {
        if (error instanceof StoreError) throw error;
        failures.push(error);
        // What could not be told stays to be told.
        later = now;
      }
    }
    if (later === null) waiting = [];
    else waiting = waiting.filter(({ at }) => now.getTime() - at.getTime() < LATE_MS);
    wakeAt = later;
    return { count, failures };
  };
}

/** When rules told last; where due dates are reminded of it says until when those are told. */
function lastTold(
  rules: readonly { readonly rule: Subscription }[],
  book: Book,
  now: Date,
): NonNullable<Change["snapshots"]> {
  return rules
    .filter(({ rule }) => rule.before.length === 0)
    .map(({ rule: { id } }) => ({ subscriptionId: id, key: null, snapshot: toldAt(book, now) }));
}

/** Of a rule and the first entry it tells. */
function eventKey({ id }: Subscription, entry: Entry): string {
  const name = `${id}\u0000${entry.id}`;
  return `e:${createHash("sha256").update(name).digest("hex").slice(0, 40)}`;
}
