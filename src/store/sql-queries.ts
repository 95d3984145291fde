import { sql, type Kysely } from "kysely";
import { formatAddress, formatPerson, type Address, type Person } from "../core/place.ts";
import type { Settings, Subscription } from "../core/subscription.ts";
import type { DeliveryState, OutboxRow } from "./outbox.ts";
import { readEntries } from "./entry-rows.ts";
import { readOutboxRow, readSeenDataset, readSettings, readSnapshot, readSubscription } from "./sql-rows.ts";
import type { Tables } from "./sql-tables.ts";
import type { LedgerEntry, SeenDataset, Store } from "./store.ts";

type Db = Kysely<Tables>;
const RULE = ["id", "created_at", "next_at", "revision", "rule"] as const;

export async function subscription(db: Db, id: string): Promise<Subscription | null> {
  const row = await db
    .selectFrom("subscriptions")
    .select(RULE)
    .where("id", "=", id)
    .where("ended_at", "is", null)
    .executeTakeFirst();
  return row === undefined ? null : readSubscription(row);
}

export async function subscriptions(
  db: Db,
  of: { readonly place: Address } | { readonly owner: Person } | "all",
): Promise<readonly Subscription[]> {
  const all = db.selectFrom("subscriptions").select(RULE).where("ended_at", "is", null);
  const wanted =
    of === "all"
      ? all
      : "place" in of
        ? all.where("place", "=", formatAddress(of.place))
        : all.where("owner", "=", formatPerson(of.owner));
  const rows = await wanted.orderBy("created_at").orderBy("seq").execute();
  return rows.map(readSubscription);
}

/** The statement behind `dueSubscriptions`; its cost is shown by the engine's plan in a test. */
export function dueQuery(db: Db, now: number, limit: number) {
  return db
    .selectFrom("subscriptions")
    .select(RULE)
    .where("next_at", "is not", null)
    .where("next_at", "<=", now)
    .orderBy("next_at")
    .orderBy("seq")
    .limit(limit);
}

export async function dueSubscriptions(db: Db, now: Date, limit: number): Promise<readonly Subscription[]> {
  return (await dueQuery(db, now.getTime(), limit).execute()).map(readSubscription);
}

export async function settings(db: Db, place: Address): Promise<Settings | null> {
  const row = await db
    .selectFrom("settings")
    .select("settings")
    .where("place", "=", formatAddress(place))
    .executeTakeFirst();
  return row === undefined ? null : readSettings(row);
}

export async function snapshot(db: Db, subscriptionId: string): ReturnType<Store["snapshot"]> {
  const row = await db
    .selectFrom("snapshots")
    .select(["key", "snapshot"])
    .where("subscription_id", "=", subscriptionId)
    .where("told", "=", 1)
    .orderBy("seq", "desc")
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : readSnapshot(row);
}

/** Deliveries with where the one arrived that they are a reply to or an edit of. */
export function outboxRows(db: Db) {
  return db
    .selectFrom("deliveries as d")
    .leftJoin("deliveries as parent", "parent.key", "d.parent_key")
    .leftJoin("deliveries as edited", "edited.key", "d.edits_key")
    .selectAll("d")
    .select(["parent.ref as parent_ref", "edited.ref as edits_ref"]);
}

export async function delivery(db: Db, key: string): Promise<OutboxRow | null> {
  const row = await outboxRows(db).where("d.key", "=", key).executeTakeFirst();
  return row === undefined ? null : readOutboxRow(row);
}

export async function outbox(
  db: Db,
  of: { readonly states: readonly DeliveryState[]; readonly limit: number },
): Promise<readonly OutboxRow[]> {
  if (of.states.length === 0) return [];
  const rows = await outboxRows(db)
    .where("d.state", "in", of.states)
    .orderBy("d.seq", "desc")
    .limit(of.limit)
    .execute();
  return rows.map(readOutboxRow);
}

/** The statement behind `nextClaimAt`: for each platform's workspace its earliest lane and what holds all of it up. */
export function nextClaimQuery(db: Db) {
  return db
    .selectFrom("lanes as a")
    .where("a.all_lane", "is", null)
    .select(["a.paused_until", "a.free_at"])
    .select(
      sql<
        number | null
      >`(select min(l.next_at) from lanes l where l.all_lane = a.name and l.next_at is not null)`.as(
        "next_at",
      ),
    );
}

export async function nextClaimAt(db: Db, now: Date): Promise<Date | null> {
  const rows = await nextClaimQuery(db).execute();
  const times = rows.flatMap(({ next_at, paused_until, free_at }) =>
    next_at === null ? [] : [Math.max(next_at, paused_until, free_at)],
  );
  return times.length === 0 ? null : new Date(Math.max(Math.min(...times), now.getTime()));
}

export async function ledger(db: Db, afterSeq: number, limit: number): Promise<readonly LedgerEntry[]> {
  const rows = await db
    .selectFrom("ledger")
    .selectAll()
    .where("seq", ">", afterSeq)
    .orderBy("seq")
    .limit(limit)
    .execute();
  return readEntries(rows);
}

export async function seenDataset(db: Db): Promise<SeenDataset | null> {
  const row = await db
    .selectFrom("dataset_seen")
    .select(["id", "version", "items"])
    .orderBy("at", "desc")
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : readSeenDataset(row);
}
