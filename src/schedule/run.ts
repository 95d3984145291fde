import type { Book } from "../core/book.ts";
import { workCalendar } from "../core/calendar.ts";
import { discussedAt } from "../core/discussed.ts";
import { dayIn } from "../core/day.ts";
import type { Lang } from "../core/lang.ts";
import type { RunRule } from "../core/next.ts";
import { formatAddress, type Address } from "../core/place.ts";
import { snapshotOf } from "../core/snapshot.ts";
import { NO_SETTINGS, type Settings, type Subscription } from "../core/subscription.ts";
import type { Change, Store } from "../store/store.ts";
import { judge, type Verdict } from "./catch-up.ts";
import { isMuted } from "./mute.ts";
import { fromElsewhere, untold, whoOf } from "./pending-events.ts";
import { isPersonal, membersOf, personalSlot } from "./personal.ts";
import { openingAfter, type Hours } from "./quiet.ts";
import { digestChange, type Kitchen } from "./run-digest.ts";
import { remindersChange, remindingOf, toldAt, type Reminded, type Saying } from "./run-reminders.ts";

/** `claimed`: its slot was free, and what it has to say stands in the outbox. */
export type Outcome = "claimed" | "nothing";
export type RunRuleNow = (subscription: Subscription) => Promise<Outcome>;

type Sending = Reminded & Pick<Verdict & { type: "send" }, "nextAt">;

/** What all rules of one tick share. */
interface Round {
  readonly now: Date;
  readonly kitchen: Kitchen;
  readonly settingsOf: (place: Address) => Promise<Settings>;
}

/** Makes what runs one due rule, for each tick anew. */
export function createRunner(options: {
  readonly book: Book;
  readonly store: Store;
  readonly lang: Lang;
}): (now: Date) => RunRuleNow {
  const { book, store } = options;
  const calendar = workCalendar(book.dataset.calendar);

  return (now) => {
    const round: Round = { now, kitchen: new Map(), settingsOf: settingsOnce(store) };
    return async (subscription) => {
      const settings = await round.settingsOf(subscription.to);
      const hours: Hours = { zone: settings.zone ?? subscription.zone, quiet: settings.quiet };
      const rule: RunRule = { ...subscription, calendar };
      const verdict = judge(subscription, rule, now, hours);
      if (verdict.type === "wait") return move([{ ...subscription, nextAt: verdict.until }], now);
      if (verdict.type === "pass") {
        const subscriptions = [{ ...subscription, nextAt: verdict.nextAt }];
        const told = verdict.forget ? forget(subscription, now) : {};
        await store.commit({ at: now, subscriptions, ...told });
        return "nothing";
      }
      if (isPersonal(subscription)) return remindPerson(subscription, hours, settings, now);
      return sendOne({ ...verdict, subscription, rule }, settings, round);
    };
  };

  async function sendOne(sending: Sending, settings: Settings, round: Round): Promise<Outcome> {
    const { subscription, run, nextAt } = sending;
    const { now } = round;
    const silent = isMuted(subscription, book, now);
    const next = { ...subscription, nextAt, muted: silent ? subscription.muted : null };
    const change = silent ? null : await contents(sending, settings, round);
    if (change === null) return move([next], now);
    const slot = `${subscription.id} ${run.at.toISOString()}`;
    const committed = await store.commit({ at: now, slot, subscriptions: [next], ...change });
    if (committed.done) return "claimed";
    // Told before, as by a clock that has gone back since; a rule that was changed meanwhile is looked at anew.
    return committed.because === "claimed_before" ? move([next], now) : "nothing";
  }

  async function contents(
    sending: Sending,
    settings: Settings,
    { now, kitchen }: Round,
  ): Promise<Pick<Change, "deliveries" | "snapshots"> | null> {
    const { subscription } = sending;
    const common = { settings, book, now, lang: options.lang };
    if (subscription.kind === "digest") {
      const before = (await store.snapshot(subscription.id))?.snapshot ?? null;
      const discussed = await discussedAt(subscription, before?.takenAt ?? null, store, book, now);
      return digestChange({ ...common, ...sending, before, kitchen, discussed });
    }
    const reminding = await remindingOf(sending, store, book, now);
    return remindersChange({ ...common, rules: [{ ...sending, reminding, events: [] }], who: () => null });
  }

  /** All reminders of a person that fall on this day, and the events since the last one, in one message. */
  async function remindPerson(
    due: Subscription,
    hours: Hours,
    settings: Settings,
    now: Date,
  ): Promise<Outcome> {
    const rules: Saying[] = [];
    const moved: Subscription[] = [];
    const members = await membersOf(due, store, book, now, hours);
    for (const member of members) {
      const { subscription, nextAt } = member;
      const silent = isMuted(subscription, book, now);
      const told = subscription.events.length === 0 ? {} : { toldSeq: book.ledger.seq };
      moved.push({ ...subscription, ...told, nextAt, muted: silent ? subscription.muted : null });
      if (silent) continue;
      const events = await fromElsewhere(untold(subscription, book, now), due.to, store);
      rules.push({ ...member, reminding: await remindingOf(member, store, book, now), events });
    }
    const who = await whoOf(
      rules.flatMap(({ events }) => events),
      due.to,
      store,
    );
    const change = remindersChange({ rules, who, settings, book, now, lang: options.lang });
    // Without anything to say the day stays free for the rules that run later.
    if (change === null)
      return move(
        moved.filter((_, at) => members[at]?.isDue === true),
        now,
      );
    const slot = personalSlot(due, hours, now);
    const committed = await store.commit({ at: now, slot, subscriptions: moved, ...change });
    if (committed.done) return "claimed";
    // This day's message is out already; what it did not tell comes with the next day's.
    return committed.because === "claimed_before"
      ? move([{ ...due, nextAt: openingAfter(now, hours) }], now)
      : "nothing";
  }

  async function move(subscriptions: readonly Subscription[], now: Date): Promise<Outcome> {
    await store.commit({ at: now, subscriptions });
    return "nothing";
  }

  /** A dropped run counts as told: what changed until then is not told later either. */
  function forget({ id, kind, filter, zone }: Subscription, now: Date): Pick<Change, "snapshots"> {
    const snapshot =
      kind === "digest"
        ? snapshotOf(book.select(filter, dayIn(zone, now)), now, book.dataset.version, book.ledger.seq)
        : toldAt(book, now);
    return { snapshots: [{ subscriptionId: id, key: null, snapshot }] };
  }
}

/** Reads what a place has set once, however many rules it has. */
function settingsOnce(store: Store): (place: Address) => Promise<Settings> {
  const known = new Map<string, Promise<Settings | null>>();
  return async (place) => {
    const name = formatAddress(place);
    const read = known.get(name) ?? store.settings(place);
    known.set(name, read);
    return (await read) ?? NO_SETTINGS;
  };
}
