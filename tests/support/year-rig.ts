import { onTestFinished } from "vitest";
import type { Act } from "../../src/core/act.ts";
import type { Book } from "../../src/core/book.ts";
import { workCalendar, type WorkCalendar } from "../../src/core/calendar.ts";
import { nextRun } from "../../src/core/next.ts";
import type { Address } from "../../src/core/place.ts";
import { NO_SETTINGS, type Settings, type Subscription } from "../../src/core/subscription.ts";
import { renderText } from "../../src/message/text.ts";
import { createTick, type Tick } from "../../src/schedule/tick.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import type { NewEntry, Store } from "../../src/store/store.ts";
import { deliver, qiuheBook, stamp, type Arrived } from "./year.ts";

/** An instant on the clock of Shanghai: "2026-03-02 09:07". */
export function cst(text: string): Date {
  return new Date(`${text.replace(" ", "T")}:00+08:00`);
}

export function channel(id: string): Address {
  return { platform: "slack", workspace: "T1", to: { channel: id }, thread: null };
}

export function person(id: string): Address {
  return { platform: "slack", workspace: "T1", to: { person: id }, thread: null };
}

/** The schedule on a store in memory, with a clock that the test moves. */
export interface Rig {
  readonly store: Store;
  readonly book: Book;
  /** Sets a rule as it would be at an instant: a digest each Monday 9:07, said even where nothing changed. */
  readonly set: (id: string, at: Date, rest?: Partial<Subscription>) => Promise<Subscription>;
  readonly settings: (place: Address, settings: Partial<Settings>) => Promise<void>;
  /** Ticks, delivers what is due then, and resolves with it. */
  readonly at: (text: string) => Promise<readonly Arrived[]>;
  readonly tick: Tick;
  /** Another process on the same store. */
  readonly replica: () => Tick;
  /** A reading is recorded. */
  readonly read: (commitmentId: string, at: Date) => Promise<void>;
}

export async function rig(of?: Book): Promise<Rig> {
  const book = of ?? (await qiuheBook());
  const store = await openSqlite({ file: ":memory:" });
  onTestFinished(() => store.close());
  const replica = (): Tick => createTick({ book, store, lang: "en" });
  const tick = replica();
  return {
    store,
    book,
    tick,
    replica,
    async set(id, at, rest = {}) {
      const planned = ruleOf(id, at, workCalendar(book.dataset.calendar), rest);
      await store.commit({ at, subscriptions: [planned] });
      return planned;
    },
    async settings(place, settings) {
      await store.commit({
        at: new Date(0),
        settings: [{ place, settings: { ...NO_SETTINGS, ...settings } }],
      });
    },
    async at(text) {
      const now = cst(text);
      await tick(now);
      return deliver(store, now);
    },
    async read(commitmentId, at) {
      await store.commit({ at, ledger: [readingOf(commitmentId, at)] });
    },
  };
}

const RULE: Omit<Subscription, "id" | "createdAt"> = {
  kind: "digest",
  to: channel("C1"),
  owner: { platform: "slack", workspace: "T1", id: "U1" },
  filter: [],
  schedule: { kind: "cron", cron: "7 9 * * 1" },
  zone: "Asia/Shanghai",
  workday: "next",
  missed: "late",
  empty: "say",
  before: [],
  events: [],
  lang: null,
  paused: null,
  muted: null,
  nextAt: null,
};

/** A rule as it is set at an instant. */
export function ruleOf(
  id: string,
  at: Date,
  calendar: WorkCalendar,
  rest: Partial<Subscription>,
): Subscription {
  const rule: Subscription = { ...RULE, id, createdAt: at, ...rest };
  return { ...rule, nextAt: nextRun({ ...rule, calendar }, at)?.at ?? null };
}

/** Reminders each day at 9:07. */
export const REMINDERS: Partial<Subscription> = {
  kind: "reminders",
  schedule: { kind: "cron", cron: "7 9 * * *" },
  before: [30, 7, 1],
  empty: "skip",
};

function readingOf(commitmentId: string, at: Date): NewEntry {
  return {
    id: `reading ${commitmentId} ${at.getTime()}`,
    commitmentId,
    type: "reading",
    actorKey: "p1",
    at,
    effectiveOn: at.toISOString().slice(0, 10),
    data: {
      value: { op: "=", value: 1, unit: "%" },
      original: "1 %",
      asOf: at.toISOString().slice(0, 10),
      source: null,
      level: "E3",
      late: false,
    },
    from: { address: channel("C1"), message: null },
  };
}

/** What arrived as lines: when, where, the first line of the text and the ids in it. */
export function lines(arrived: readonly Arrived[]): readonly string[] {
  return arrived.map(({ at, to, message }) => {
    const text = renderText(message, { columns: 1_000, colour: false });
    const ids = [...new Set(text.match(/(?<= |^)[A-Z]{2}-\d{3}/gmu) ?? [])];
    return `${stamp(at, "en")} ${to} ${text.split("\n")[0] ?? ""} ${ids.join()}`.trim();
  });
}

export function textOf({ message }: Pick<Arrived, "message">): string {
  return renderText(message, { columns: 1_000, colour: false });
}

/** A reading of DK-003, charging points. */
export const chargers = (value: number): Act => ({
  type: "reading",
  data: {
    value: { op: "=", value, unit: "个" },
    original: String(value),
    asOf: "2026-02-28",
    source: "https://example.org/chargers",
    level: "E3",
    late: false,
  },
});
