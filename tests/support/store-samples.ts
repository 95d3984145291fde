import type { Discussion } from "../../src/core/discussion.ts";
import type { Address, MessageRef, Person } from "../../src/core/place.ts";
import type { Snapshot, Subscription } from "../../src/core/subscription.ts";
import type { Message } from "../../src/message/message.ts";
import type { Claimed, Delivery, Outcome } from "../../src/store/outbox.ts";
import type { Change, NewEntry, Store } from "../../src/store/store.ts";

/** Monday 9 February 2026, 09:07 in Shanghai. */
export const MONDAY = new Date("2026-02-09T01:07:00Z");

/** So many ms after that Monday. */
export function after(ms: number): Date {
  return new Date(MONDAY.getTime() + ms);
}

export function channel(id: string): Address {
  return { platform: "slack", workspace: "T1", to: { channel: id }, thread: null };
}

export const OWNER: Person = { platform: "slack", workspace: "T1", id: "U1" };

export function message(summary: string): Message {
  return { summary, title: "周报", blocks: [{ type: "text", lines: [[{ bold: "¶9" }, " 算力"]] }] };
}

export function delivery(key: string, rest: Partial<Delivery> = {}): Delivery {
  return {
    key,
    to: channel("C1"),
    act: "post",
    message: message(key),
    dueAt: MONDAY,
    parentKey: null,
    subscriptionId: null,
    ...rest,
  };
}

export function subscription(id: string, rest: Partial<Subscription> = {}): Subscription {
  return {
    id,
    kind: "digest",
    to: channel("C1"),
    owner: OWNER,
    filter: [{ key: "district", negated: false, values: ["GM"] }],
    schedule: { kind: "cron", cron: "7 9 * * 1" },
    zone: "Asia/Shanghai",
    workday: "next",
    missed: "late",
    empty: "skip",
    before: [],
    events: [],
    lang: null,
    paused: null,
    muted: null,
    createdAt: MONDAY,
    nextAt: MONDAY,
    ...rest,
  };
}

export function snapshot(version: string): Snapshot {
  const item = {
    standing: "unrated",
    pace: "no_reading",
    light: "grey",
    late: false,
    due: "2026-12-31",
    target: ">19 EFLOPS",
  } as const;
  return { takenAt: MONDAY, version, items: { "GM-001": item }, ledgerSeq: 3 };
}

export function entry(id: string): Extract<NewEntry, { type: "note" }> {
  return {
    id,
    commitmentId: "GM-001",
    type: "note",
    actorKey: "p1",
    at: MONDAY,
    effectiveOn: "2026-02-09",
    data: { text: "已查无新", nothingNew: true },
    from: { address: channel("C1"), message: "1.1" },
  };
}

export function discussion(rest: Partial<Discussion> = {}): Discussion {
  return {
    commitmentId: "GM-001",
    place: channel("C1"),
    key: "t",
    parent: "t.1",
    face: "t.1",
    drawn: "t.1",
    shown: "s1",
    toldSeq: 0,
    sent: 1,
    cards: {},
    away: null,
    ...rest,
  };
}

export function ref(id: string, to: Address = channel("C1")): MessageRef {
  return { address: to, id };
}

export const NOTHING: Change = { at: MONDAY };

/** Takes what is due without budgets. */
export function take(store: Store, now: Date = MONDAY, limit = 100): Promise<readonly Claimed[]> {
  return store.claim({ now, limit, leaseMs: 60_000, budgets: new Map() });
}

export function keysOf(rows: readonly { readonly delivery: Delivery }[]): readonly string[] {
  return rows.map(({ delivery: { key } }) => key);
}

export function sent(id: string, to?: Address): Outcome {
  return { type: "sent", ref: ref(id, to) };
}

/** Settles a claimed delivery, and makes sure that it was still held. */
export async function settle(
  store: Store,
  row: Claimed | undefined,
  outcome: Outcome,
  at: Date = MONDAY,
): Promise<void> {
  if (row === undefined) throw new Error("nothing was claimed");
  if (!(await store.settle(row.delivery.key, row.lease, outcome, { at })))
    throw new Error("the lease was lost");
}
