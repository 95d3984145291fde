import type { Delivery } from "./outbox.ts";
import { toJson } from "./json.ts";
import type { Insert, Row, Shape } from "./sql-insert.ts";
import { chunks, laneInserts, laneOf, refreshLanes } from "./sql-lanes.ts";
import type { Sql } from "./sql-tables.ts";

/** States in which a delivery will not arrive, so that nothing should wait for it. */
const LOST: ReadonlySet<string> = new Set(["unconfirmed", "failed", "dropped"]);
/** The reason of a delivery that failed only because of the one it waited for begins so. */
const BECAUSE = "waited for one that is ";

const DELIVERIES: Shape = {
  name: "delivery_rows",
  table: "deliveries",
  columns: {
    key: "text",
    lane: "text",
    address: "text",
    message: "text",
    edits_key: "text",
    parent_key: "text",
    subscription_id: "text",
    planned_at: "bigint",
    due_at: "bigint",
    state: "text",
    ready: "bigint",
    ended: "bigint",
    attempts: "bigint",
    plain: "bigint",
  },
  conflict: "on conflict (key) do nothing",
};

/** Puts deliveries in line, their lanes first; one whose key is there already is left as it stands. */
export function deliveryInserts(deliveries: readonly Delivery[]): readonly Insert[] {
  const lanes = deliveries.map(({ to, dueAt, ...delivery }) => ({
    to,
    readyAt: waits(delivery) ? null : dueAt.getTime(),
  }));
  return [...laneInserts(lanes), { shape: DELIVERIES, rows: deliveries.map(rowOf) }];
}

/** Frees those of deliveries just put in line that wait for what has arrived, and fails those that wait in vain. */
export async function resolveNew(sql: Sql, deliveries: readonly Delivery[], now: number): Promise<void> {
  const dependent = deliveries.filter(waits).map(({ key }) => key);
  await refreshLanes(sql, await resolve(sql, dependent, now));
}

/** Whether it goes only after another one has arrived. */
export function waits({ parentKey, act }: Pick<Delivery, "parentKey" | "act">): boolean {
  return parentKey !== null || act !== "post";
}

function rowOf(delivery: Delivery): Row {
  const { key, to, act, message, dueAt, parentKey, subscriptionId } = delivery;
  return {
    key,
    lane: laneOf(to),
    address: toJson(to),
    message: toJson(message),
    edits_key: act === "post" ? null : act.edit,
    parent_key: parentKey,
    subscription_id: subscriptionId,
    planned_at: dueAt.getTime(),
    due_at: dueAt.getTime(),
    state: "waiting",
    ready: waits(delivery) ? 0 : 1,
    ended: 0,
    attempts: 0,
    plain: 0,
  };
}

/**
 * Frees those of these deliveries whose parent (and message to edit) has arrived, and fails those for which it will
 * not, with whatever waits for them in turn. The lanes of those that it freed or failed must be refreshed after it.
 */
export async function resolve(sql: Sql, keys: readonly string[], now: number): Promise<readonly string[]> {
  const lanes: string[] = [];
  for (let next = keys; next.length > 0;) {
    const lost: string[] = [];
    for (const part of chunks(next)) {
      const rows = await waiting(sql, part);
      const states = await statesOf(sql, rows);
      const ready: string[] = [];
      for (const row of rows) {
        const needs = [row.parent_key, row.edits_key].filter((key) => key !== null);
        const held = needs.map((key) => states.get(key) ?? "failed");
        const because = held.find((state) => LOST.has(state));
        if (because !== undefined) {
          await fail(sql, row.key, `${BECAUSE}${because}`, now);
          lost.push(row.key);
        } else if (held.every((state) => state === "sent")) ready.push(row.key);
        else continue;
        lanes.push(row.lane);
      }
      if (ready.length > 0)
        await sql.db.updateTable("deliveries").set({ ready: 1 }).where("key", "in", ready).execute();
    }
    next = await dependents(sql, lost);
  }
  return lanes;
}

async function waiting({ db }: Sql, keys: readonly string[]) {
  return db
    .selectFrom("deliveries")
    .select(["key", "lane", "parent_key", "edits_key"])
    .where("key", "in", keys)
    .where("state", "=", "waiting")
    .where("ready", "=", 0)
    .orderBy("seq")
    .execute();
}

/** The states of what these wait for, held so that none can arrive unseen between this look and the commit. */
async function statesOf(
  { db, kind }: Sql,
  rows: readonly { readonly parent_key: string | null; readonly edits_key: string | null }[],
): Promise<ReadonlyMap<string, string>> {
  const keys = new Set(rows.flatMap(({ parent_key, edits_key }) => [parent_key, edits_key]));
  const wanted = [...keys].filter((key) => key !== null);
  const states = new Map<string, string>();
  for (const part of chunks(wanted.toSorted())) {
    const found = await db
      .selectFrom("deliveries")
      .select(["key", "state"])
      .where("key", "in", part)
      .orderBy("key")
      .$if(kind === "postgres", (query) => query.forShare())
      .execute();
    for (const { key, state } of found) states.set(key, state);
  }
  return states;
}

async function fail({ db }: Sql, key: string, reason: string, now: number): Promise<void> {
  await db
    .updateTable("deliveries")
    .set({ state: "failed", reason, settled_at: now })
    .where("key", "=", key)
    .execute();
}

/** What waits for one of these as a reply in its thread or as an edit of it. */
export async function dependents({ db }: Sql, keys: readonly string[]): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const part of chunks(keys)) {
    for (const column of ["parent_key", "edits_key"] as const) {
      const rows = await db.selectFrom("deliveries").select("key").where(column, "in", part).execute();
      for (const { key } of rows) found.add(key);
    }
  }
  return [...found];
}

/** Puts back in line what failed only because these did; the keys of it, to be resolved. */
export async function revive(sql: Sql, keys: readonly string[], now: number): Promise<readonly string[]> {
  const revived: string[] = [];
  for (let next = await dependents(sql, keys); next.length > 0;) {
    const rows = await sql.db
      .updateTable("deliveries")
      .set({ state: "waiting", ready: 0, reason: null, settled_at: null, due_at: now })
      .where("key", "in", next)
      .where("state", "=", "failed")
      .where("reason", "like", `${BECAUSE}%`)
      .returning("key")
      .execute();
    revived.push(...rows.map(({ key }) => key));
    next = await dependents(
      sql,
      rows.map(({ key }) => key),
    );
  }
  return revived;
}
