import { sql as raw } from "kysely";
import { formatAddress, formatPerson } from "../core/place.ts";
import type { Subscription } from "../core/subscription.ts";
import { toJson } from "./json.ts";
import { Undone } from "./sql-engine.ts";
import { insertAll, type Insert, type Shape } from "./sql-insert.ts";
import { ledgerInsert } from "./sql-ledger.ts";
import { deliveryInserts, dependents, resolve, resolveNew, waits } from "./sql-outbox.ts";
import { addSnapshots, dropSnapshots } from "./sql-snapshots.ts";
import type { Sql } from "./sql-tables.ts";
import type { AuditRow, Change } from "./store.ts";

/** Writes everything of a change, in the transaction of whoever calls; throws `Undone` where it was taken before. */
export async function write(sql: Sql, change: Change): Promise<void> {
  const now = change.at.getTime();
  const taken = takes(change);
  const rest = additions(change);
  const check = ([accepted, claimed]: readonly number[]): void => {
    if (change.accept !== undefined && accepted === 0) throw new Undone("accepted_before");
    if (change.slot !== undefined && claimed === 0) throw new Undone("claimed_before");
  };
  const rules = change.subscriptions ?? [];
  const ended = change.ended ?? [];
  if (rules.length + ended.length === 0) check(await insertAll(sql, [...taken, ...rest]));
  else {
    // Who claimed the slot first is told so, whatever became of the rule since.
    check(await insertAll(sql, taken));
    for (const rule of rules) await putSubscription(sql, rule);
    for (const id of ended) await end(sql, id, now);
    await insertAll(sql, rest);
  }
  await resolveNew(sql, change.deliveries ?? [], now);
  await addSnapshots(sql, change.snapshots ?? []);
}

/** What a change adds where nothing needs to be looked at for it; null for any other change. */
export function plainOf(change: Change): readonly Insert[] | null {
  const { accept, slot, subscriptions, ended, snapshots, deliveries } = change;
  if (accept !== undefined || slot !== undefined || deliveries?.some(waits) === true) return null;
  const looks = (subscriptions?.length ?? 0) + (ended?.length ?? 0) + (snapshots?.length ?? 0);
  return looks === 0 ? additions(change) : null;
}

const INBOX: Shape = {
  name: "inbox_rows",
  table: "inbox",
  columns: { id: "text", at: "bigint" },
  conflict: "on conflict (id) do nothing",
};
const SLOTS: Shape = {
  name: "slot_rows",
  table: "slots",
  columns: { key: "text", at: "bigint" },
  conflict: "on conflict (key) do nothing",
};
const SETTINGS: Shape = {
  name: "settings_rows",
  table: "settings",
  columns: { place: "text", settings: "text" },
  conflict: "on conflict (place) do update set settings = excluded.settings",
};
const AUDIT: Shape = {
  name: "audit_rows",
  table: "audit",
  columns: { at: "bigint", actor: "text", address: "text", what: "text", outcome: "text", detail: "text" },
  conflict: "",
};

/** What may have been taken before: the inbound message and the slot. */
function takes({ at, accept, slot }: Change): readonly [Insert, Insert] {
  const now = at.getTime();
  return [
    { shape: INBOX, rows: accept === undefined ? [] : [{ id: accept, at: now }] },
    { shape: SLOTS, rows: slot === undefined ? [] : [{ key: slot, at: now }] },
  ];
}

function additions({ settings, deliveries, ledger, audit }: Change): readonly Insert[] {
  const places = new Map((settings ?? []).map((each) => [formatAddress(each.place), each.settings]));
  return [
    { shape: SETTINGS, rows: [...places].map(([place, each]) => ({ place, settings: toJson(each) })) },
    ...deliveryInserts(deliveries ?? []),
    ledgerInsert(ledger ?? []),
    { shape: AUDIT, rows: (audit ?? []).map(auditRow) },
  ];
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
