import { createBook, type Book } from "../../src/core/book.ts";
import type { Lang } from "../../src/core/lang.ts";
import { nextRun } from "../../src/core/next.ts";
import { workCalendar } from "../../src/core/calendar.ts";
import { formatAddress, type Address } from "../../src/core/place.ts";
import type { Subscription } from "../../src/core/subscription.ts";
import { clockOf } from "../../src/core/zone-time.ts";
import { loadDataset } from "../../src/dataset/load.ts";
import type { Message } from "../../src/message/message.ts";
import { renderText } from "../../src/message/text.ts";
import { createTick } from "../../src/schedule/tick.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import type { Store } from "../../src/store/store.ts";
import { fileURLToPath } from "node:url";

/** A message that arrived somewhere, with the replies in its thread. */
export interface Arrived {
  readonly at: Date;
  readonly to: string;
  readonly subscriptionId: string | null;
  readonly message: Message;
  readonly replies: readonly Message[];
}

/** A tick costs a query whether or not anything is due; the walk shows that a coarser grid changes nothing. */
const GRID_MS = 3 * 3_600_000;
const SHANGHAI = "Asia/Shanghai";

/** The invented city of the year's walk; its article is tests/fixtures/articles/qiuhe.txt. */
export async function qiuheBook(): Promise<Book> {
  const folder = fileURLToPath(new URL("../fixtures/year/qiuhe-2026", import.meta.url));
  const { dataset, faults } = await loadDataset(folder);
  if (dataset === null || faults.length > 0) throw new Error(JSON.stringify(faults));
  return createBook(dataset);
}

/** A digest each Monday 9:07, and reminders each day 9:07, of one channel. */
export function rulesOf(lang: Lang, book: Book, from: Date): readonly Subscription[] {
  const to: Address = {
    platform: "slack",
    workspace: "T1",
    to: { channel: `C${lang.toUpperCase()}` },
    thread: null,
  };
  const rule = {
    to,
    owner: { platform: "slack", workspace: "T1", id: "U1" },
    filter: [],
    events: [],
    zone: SHANGHAI,
    workday: "next",
    missed: "late",
    empty: "say",
    lang,
    paused: null,
    muted: null,
    createdAt: from,
  } as const;
  const rules = [
    {
      ...rule,
      id: lang === "zh" ? "S-1" : "S-3",
      kind: "digest",
      schedule: { kind: "cron", cron: "7 9 * * 1" },
      before: [],
    },
    {
      ...rule,
      id: lang === "zh" ? "S-2" : "S-4",
      kind: "reminders",
      schedule: { kind: "cron", cron: "7 9 * * *" },
      before: [30, 7, 1],
    },
  ] as const;
  const calendar = workCalendar(book.dataset.calendar);
  return rules.map((each) => ({ ...each, nextAt: nextRun({ ...each, calendar }, from)?.at ?? null }));
}

/** Lives from one instant to another: a tick each `stepMs` and whenever something is due; all that arrives, in order. */
export async function liveThrough(options: {
  readonly from: Date;
  readonly to: Date;
  readonly stepMs?: number;
  readonly book: Book;
  readonly rules: readonly Subscription[];
}): Promise<readonly Arrived[]> {
  const { from, to, stepMs = GRID_MS, book, rules } = options;
  const store = await openSqlite({ file: ":memory:" });
  try {
    await store.commit({ at: from, subscriptions: rules });
    const tick = createTick({ book, store, lang: "zh" });
    const arrived: Arrived[] = [];
    let grid = from.getTime();
    let due = from.getTime();
    for (let now = from; now <= to; now = new Date(Math.min(grid, due))) {
      if ((await tick(now)) > 0) arrived.push(...(await deliver(store, now)));
      while (grid <= now.getTime()) grid += stepMs;
      if (due <= now.getTime()) due = await nextDue(store);
    }
    return arrived;
  } finally {
    await store.close();
  }
}

async function nextDue(store: Store): Promise<number> {
  const rules = await store.subscriptions("all");
  return Math.min(...rules.flatMap(({ nextAt }) => nextAt?.getTime() ?? []));
}

/** Delivers what is due as a platform would that takes everything at once. */
export async function deliver(store: Store, now: Date): Promise<readonly Arrived[]> {
  const arrived = new Map<string, Arrived>();
  for (;;) {
    const rows = await store.claim({ now, limit: 100, leaseMs: 60_000, budgets: new Map() });
    if (rows.length === 0) return [...arrived.values()];
    for (const { delivery, lease } of rows) {
      const { key, to, message, parentKey, subscriptionId } = delivery;
      const ref = { address: to, id: key };
      if (!(await store.settle(key, lease, { type: "sent", ref }, { at: now })))
        throw new Error(`${key} was lost`);
      const parent = parentKey === null ? undefined : arrived.get(parentKey);
      if (parent !== undefined && parentKey !== null) {
        arrived.set(parentKey, { ...parent, replies: [...parent.replies, message] });
      } else {
        arrived.set(key, { at: now, to: formatAddress(to), subscriptionId, message, replies: [] });
      }
    }
  }
}

const WEEKDAYS = { zh: "日一二三四五六", en: ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"] } as const;

/** 2026-02-24 周二 09:07 */
export function stamp(at: Date, lang: Lang): string {
  const { day, hour, minute } = clockOf(at, SHANGHAI);
  const index = new Date(`${day}T00:00:00Z`).getUTCDay();
  const weekday = lang === "zh" ? `周${WEEKDAYS.zh[index] ?? ""}` : (WEEKDAYS.en[index] ?? "");
  return `${day} ${weekday} ${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

/** What arrived, as a newcomer can read it: when, where, the text, its replies indented. */
export function storyOf(arrived: readonly Arrived[], lang: Lang): string {
  const text = (message: Message, columns: number): string => renderText(message, { columns, colour: false });
  return arrived
    .map(({ at, to, message, replies }) =>
      [
        `=== ${stamp(at, lang)} → ${to}`,
        text(message, 96),
        ...replies.map((reply) => `\n${indented(text(reply, 92))}`),
      ].join("\n"),
    )
    .join("\n\n");
}

function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gmu, "    ");
}
