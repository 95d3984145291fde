import { sql as raw } from "kysely";
import { formatAddress, formatPerson } from "../core/place.ts";
import type { Subscription } from "../core/subscription.ts";
import { toJson } from "./json.ts";
import { Undone } from "./sql-engine.ts";
import { chunks } from "./sql-lanes.ts";
import { enqueue, resolve, dependents } from "./sql-outbox.ts";
import { addSnapshots, dropSnapshots } from "./sql-snapshots.ts";
import type { Sql } from "./sql-tables.ts";
import type { AuditRow, Change, NewEntry } from "./store.ts";

/** Writes everything of a change, in the transaction of whoever calls; throws `Undone` where it was taken before. */
export async function write(sql: Sql, change: Change): Promise<void> {
  const now = change.at.getTime();
  if (change.accept !== undefined) await accept(sql, change.accept, now);
  if (change.slot !== undefined) await claimSlot(sql, change.slot, now);
  for (const subscription of change.subscriptions ?? []) await putSubscription(sql, subscription);
  for (const id of change.ended ?? []) await end(sql, id, now);
  for (const { place, settings } of change.settings ?? []) {
    const text = toJson(settings);
    await sql.db
      .insertInto("settings")
      .values({ place: formatAddress(place), settings: text })
      .onConflict((on) => on.column("place").doUpdateSet({ settings: text }))
      .execute();
  }
  await enqueue(sql, change.deliveries ?? [], now);
  await addSnapshots(sql, change.snapshots ?? []);
  await append(sql, change.ledger ?? []);
  for (const part of chunks((change.audit ?? []).map(auditRow)))
    await sql.db.insertInto("audit").values(part).execute();
}

async function accept({ db }: Sql, id: string, now: number): Promise<void> {
  const added = await db
    .insertInto("inbox")
    .values({ id, at: now })
    .onConflict((on) => on.column("id").doNothing())
    .executeTakeFirst();
  if (added.numInsertedOrUpdatedRows === 0n) throw new Undone("accepted_before");
}

async function claimSlot({ db }: Sql, key: string, now: number): Promise<void> {
  const added = await db
    .insertInto("slots")
    .values({ key, at: now })
    .onConflict((on) => on.column("key").doNothing())
    .executeTakeFirst();
  if (added.numInsertedOrUpdatedRows === 0n) throw new Undone("claimed_before");
}

async function putSubscription({ db }: Sql, subscription: Subscription): Promise<void> {
  const { id, createdAt, nextAt, revision, ...rule } = subscription;
  const columns = {
    place: formatAddress(rule.to),
    owner: formatPerson(rule.owner),
    created_at: createdAt.getTime(),
    next_at: nextAt?.getTime() ?? null,
    rule: toJson(rule),
  };
  if (revision === undefined) {
    await db
      .insertInto("subscriptions")
      .values({ id, revision: 1, ...columns })
      .onConflict((on) =>
        on
          .column("id")
          .doUpdateSet((eb) => ({ ...columns, revision: eb("subscriptions.revision", "+", 1) }))
          .where("subscriptions.ended_at", "is", null),
      )
      .execute();
    return;
  }
  const written = await db
    .updateTable("subscriptions")
    .set({ ...columns, revision: revision + 1 })
    .where("id", "=", id)
    .where("revision", "=", revision)
    .where("ended_at", "is", null)
    .executeTakeFirst();
  if (written.numUpdatedRows === 0n) throw new Undone("changed_before");
}

async function end(sql: Sql, id: string, now: number): Promise<void> {
  await sql.db
    .updateTable("subscriptions")
    .set({ ended_at: now, next_at: null })
    .where("id", "=", id)
    .where("ended_at", "is", null)
    .execute();
  await dropSnapshots(sql, id);
  const dropped = await sql.db
    .updateTable("deliveries")
    .set({ state: "dropped", reason: "its subscription ended", settled_at: now })
    .where("subscription_id", "=", id)
    .where("state", "=", raw.lit("waiting"))
    .returning("key")
    .execute();
  await sql.db
    .updateTable("deliveries")
    .set({ ended: 1 })
    .where("subscription_id", "=", id)
    .where("state", "=", raw.lit("sending"))
    .execute();
  const keys = dropped.map(({ key }) => key);
  await resolve(sql, await dependents(sql, keys), now);
}

/** Appends under one counter that is held until the commit, so that whoever reads on from a position misses nothing. */
async function append({ db }: Sql, entries: readonly NewEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const { value } = await db
    .updateTable("counters")
    .set((eb) => ({ value: eb("value", "+", 0) }))
    .where("name", "=", "ledger")
    .returning("value")
    .executeTakeFirstOrThrow();
  let last = value;
  for (const entry of entries) {
    const added = await db
      .insertInto("ledger")
      .values({
        seq: last + 1,
        id: entry.id,
        commitment_id: entry.commitmentId,
        type: entry.type,
        actor_key: entry.actorKey,
        at: entry.at.getTime(),
        effective_on: entry.effectiveOn,
        data: JSON.stringify(entry.data),
        address: toJson(entry.from.address),
        message: entry.from.message,
      })
      .onConflict((on) => on.column("id").doNothing())
      .executeTakeFirst();
    if (added.numInsertedOrUpdatedRows === 1n) last += 1;
  }
  await db.updateTable("counters").set({ value: last }).where("name", "=", "ledger").execute();
}

function auditRow({ at, actor, where, what, outcome, detail }: AuditRow) {
  return {
    at: at.getTime(),
    actor: actor === null ? null : toJson(actor),
    address: where === null ? null : toJson(where),
    what,
    outcome,
    detail,
  };
}
