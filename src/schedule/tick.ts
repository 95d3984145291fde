import type { Book } from "../core/book.ts";
import { workCalendar } from "../core/calendar.ts";
import { dayIn } from "../core/day.ts";
import type { Lang } from "../core/lang.ts";
import type { RunRule } from "../core/next.ts";
import { formatAddress } from "../core/place.ts";
import { snapshotOf } from "../core/snapshot.ts";
import type { Subscription } from "../core/subscription.ts";
import type { Change, Store } from "../store/store.ts";
import { judge, type Verdict } from "./catch-up.ts";
import { isMuted } from "./mute.ts";
import { digestChange, type Kitchen } from "./run-digest.ts";
import { remindersChange, remindingOf } from "./run-reminders.ts";

/** Does what is due at `now`. Resolves with how many slots it claimed. */
export type Tick = (now: Date) => Promise<number>;

/** Subscriptions taken from the store at once. */
const BATCH = 200;

interface Due {
  readonly subscription: Subscription;
  readonly rule: RunRule;
  readonly verdict: Verdict;
}

/**
 * The only entry of the schedule. Each due rule is judged and written in one transaction: its slot (unique for good),
 * its message in the outbox, what that will have told, and its next time. Whatever stops the program in between, a
 * slot is either wholly done or still to do.
 */
export function createTick(options: {
  readonly book: Book;
  readonly store: Store;
  readonly lang: Lang;
}): Tick {
  const { book, store } = options;
  const calendar = workCalendar(book.dataset.calendar);

  return async (now) => {
    const kitchen: Kitchen = new Map();
    let claimed = 0;
    for (;;) {
      const due = await store.dueSubscriptions(now, BATCH);
      if (due.length === 0) return claimed;
      const judged = due.map((subscription): Due => {
        const rule = { ...subscription, calendar };
        return { subscription, rule, verdict: judge(subscription, rule, now) };
      });
      for (const group of grouped(judged)) claimed += await runGroup(group, now, kitchen);
    }
  };

  async function runGroup(group: readonly Due[], now: Date, kitchen: Kitchen): Promise<number> {
    const [first] = group;
    if (first === undefined) return 0;
    const { verdict } = first;
    const subscriptions = group.map(({ subscription, verdict: { type }, verdict: each }) => ({
      ...subscription,
      nextAt:
        type === "wait" && each.type === "wait" ? each.until : each.type === "wait" ? null : each.nextAt,
      ...unmutedOn(subscription, dayIn(subscription.zone, now)),
    }));
    if (verdict.type === "wait") {
      await store.commit({ at: now, subscriptions });
      return 0;
    }
    const slot = `${first.subscription.id} ${verdict.run.at.toISOString()}`;
    const told =
      verdict.type === "send" ? await contents(group, verdict, now, kitchen) : forgotten(first, verdict, now);
    const committed = await store.commit({ at: now, slot, subscriptions, ...told });
    // Another process had the slot; only its own next time may still stand in the past.
    if (!committed.done) await store.commit({ at: now, subscriptions });
    return committed.done ? 1 : 0;
  }

  async function contents(
    group: readonly Due[],
    verdict: Verdict & { type: "send" },
    now: Date,
    kitchen: Kitchen,
  ): Promise<Pick<Change, "deliveries" | "snapshots">> {
    const [first] = group;
    if (first === undefined) return {};
    const settings = await store.settings(first.subscription.to);
    const audible: Due[] = [];
    for (const each of group) if (!(await isMuted(each.subscription, store, book, now))) audible.push(each);
    const [speaking] = audible;
    if (speaking === undefined) return {};
    const { subscription, rule } = speaking;
    const common = { settings, book, now, lang: options.lang };
    if (subscription.kind === "digest") {
      const before = (await store.snapshot(subscription.id))?.snapshot ?? null;
      return digestChange({
        ...common,
        subscription,
        run: verdict.run,
        isLate: verdict.isLate,
        before,
        kitchen,
      });
    }
    const rules = audible.map((each) => ({
      subscription: each.subscription,
      reminding: remindingOf(each.subscription, rule, verdict.run, book),
    }));
    return remindersChange({ ...common, rules, at: verdict.run.at });
  }

  /** A dropped run counts as told: what changed until then is not told later either. */
  function forgotten(
    { subscription }: Due,
    verdict: Verdict & { type: "pass" },
    now: Date,
  ): Pick<Change, "snapshots"> {
    if (!verdict.forget || subscription.kind !== "digest") return {};
    const items = book.select(subscription.filter, dayIn(subscription.zone, now));
    return {
      snapshots: [
        {
          subscriptionId: subscription.id,
          key: null,
          snapshot: snapshotOf(items, now, book.dataset.version, 0),
        },
      ],
    };
  }
}

/** A mute that has run out is taken away. */
function unmutedOn({ muted }: Subscription, today: string): { readonly muted?: null } {
  return muted !== null && "until" in muted && muted.until <= today ? { muted: null } : {};
}

/** Personal reminders of one person at one time come in one message; everything else runs by itself. */
function grouped(judged: readonly Due[]): readonly (readonly Due[])[] {
  const groups = new Map<string, Due[]>();
  for (const due of judged) {
    const { subscription, verdict } = due;
    const personal =
      subscription.kind === "reminders" && "person" in subscription.to.to && verdict.type === "send";
    const key = personal
      ? `${formatAddress(subscription.to)} ${verdict.run.at.getTime()} ${subscription.zone}`
      : subscription.id;
    groups.set(key, [...(groups.get(key) ?? []), due]);
  }
  return [...groups.values()];
}
