import { sql as raw } from "kysely";
import { toJson } from "./json.ts";
import type { DeliveryState, Outcome } from "./outbox.ts";
import { write } from "./sql-commit.ts";
import { arrivedAs } from "./sql-discussions.ts";
import { Undone } from "./sql-engine.ts";
import { pauseLane, refreshLanes } from "./sql-lanes.ts";
import { dependents, resolve, revive } from "./sql-outbox.ts";
import { tell } from "./sql-snapshots.ts";
import type { Sql } from "./sql-tables.ts";
import type { Change } from "./store.ts";

/** Writes an outcome and the change with it; throws Undone where the lease is another's by now. */
export async function settle(
  sql: Sql,
  key: string,
  lease: string,
  outcome: Outcome,
  change: Change,
): Promise<true> {
  const now = change.at.getTime();
  const held = await holdLaneOf(sql, key);
  const row = await sql.db
    .selectFrom("deliveries")
    .select(["ended", "attempts"])
    .where("key", "=", key)
    .where("lease", "=", lease)
    .where("state", "=", raw.lit("sending"))
    .$if(sql.kind === "postgres", (query) => query.forUpdate())
    .executeTakeFirst();
  if (row === undefined || held === null) throw new Undone("not_held");
  const after = row.ended === 1 && isAgain(outcome) ? ENDED : stateAfter(outcome, now);
  await sql.db
    .updateTable("deliveries")
    .set({ ...after, lease: null, lease_until: null })
    .where("key", "=", key)
    .execute();
  if (outcome.type === "later") {
    if (outcome.counts === false) await uncount(sql, key, row.attempts);
    if (outcome.pauseLane !== null)
      await pauseLane(sql, outcome.pauseLane === "all" ? held.all : held.lane, outcome.dueAt.getTime());
  }
  if (outcome.type === "sent") await tell(sql, { key });
  const freed = after.state === "waiting" ? [] : await resolve(sql, await dependents(sql, [key]), now);
  await write(sql, change);
  await refreshLanes(sql, [held.lane, ...freed]);
  return true;
}

type After = { readonly state: DeliveryState; readonly reason: string | null } & Partial<{
  readonly due_at: number;
  readonly plain: number;
  readonly ref: string;
  readonly arrived: string;
  readonly settled_at: number;
}>;

const ENDED: After = { state: "dropped", reason: "its subscription ended" };

function isAgain(outcome: Outcome): boolean {
  return outcome.type === "later" || outcome.type === "plain";
}

function stateAfter(outcome: Outcome, now: number): After {
  switch (outcome.type) {
    case "sent":
      return {
        state: "sent",
        reason: null,
        ref: toJson(outcome.ref),
        arrived: arrivedAs(outcome.ref),
        settled_at: now,
      };
    case "later":
      // Where its lane waits with it, it keeps its turn: an older edit must not stand over a newer one.
      return outcome.pauseLane === null
        ? { state: "waiting", reason: outcome.reason, due_at: outcome.dueAt.getTime() }
        : { state: "waiting", reason: outcome.reason };
    case "plain":
      return { state: "waiting", reason: outcome.reason, plain: 1 };
    case "unconfirmed":
    case "failed":
      return { state: outcome.type, reason: outcome.reason, settled_at: now };
  }
}

/** Nothing was sent: the attempt is as if it had not been made. */
async function uncount({ db }: Sql, key: string, attempts: number): Promise<void> {
  await db
    .updateTable("deliveries")
    .set(attempts <= 1 ? { attempts: 0, first_tried_at: null } : { attempts: attempts - 1 })
    .where("key", "=", key)
    .execute();
}

/** Lanes are held before deliveries, here as in a claim and when something is put in line. */
async function holdLaneOf({ db, kind }: Sql, key: string): Promise<{ lane: string; all: string } | null> {
  const row = await db.selectFrom("deliveries").select("lane").where("key", "=", key).executeTakeFirst();
  if (row === undefined) return null;
  const lane = await db
    .selectFrom("lanes")
    .select(["name", "all_lane"])
    .where("name", "=", row.lane)
    .$if(kind === "postgres", (query) => query.forUpdate())
    .executeTakeFirst();
  return lane === undefined ? null : { lane: lane.name, all: lane.all_lane ?? lane.name };
}

/**
 * Puts an unconfirmed or failed delivery back in line with a clean record, and what failed only because of it; or
 * drops one that has not arrived. Throws Undone where it is in no such state, or its parent is lost.
 */
export async function decide(
  sql: Sql,
  key: string,
  decision: "retry" | "drop",
  change: Change,
): Promise<true> {
  const now = change.at.getTime();
  const held = await holdLaneOf(sql, key);
  const lanes = held === null ? [] : [held.lane];
  if (decision === "retry") lanes.push(...(await retry(sql, key, now)));
  else lanes.push(...(await drop(sql, key, now)));
  await write(sql, change);
  await refreshLanes(sql, lanes);
  return true;
}

async function retry(sql: Sql, key: string, now: number): Promise<readonly string[]> {
  const row = await sql.db
    .updateTable("deliveries")
    .set({
      state: "waiting",
      ended: 0,
      due_at: now,
      attempts: 0,
      first_tried_at: null,
      reason: null,
      settled_at: null,
    })
    .set((eb) => ({
      ready: eb
        .case()
        .when(eb.and([eb("parent_key", "is", null), eb("edits_key", "is", null)]))
        .then(1)
        .else(0)
        .end(),
    }))
    .where("key", "=", key)
    .where("state", "in", ["unconfirmed", "failed"])
    .returning("key")
    .executeTakeFirst();
  if (row === undefined) throw new Undone("not_held");
  const lanes = await resolve(sql, [key, ...(await revive(sql, [key], now))], now);
  const after = await sql.db
    .selectFrom("deliveries")
    .select("state")
    .where("key", "=", key)
    .executeTakeFirst();
  if (after?.state !== "waiting") throw new Undone("not_held");
  return lanes;
}

async function drop(sql: Sql, key: string, now: number): Promise<readonly string[]> {
  const row = await sql.db
    .updateTable("deliveries")
    .set({ state: "dropped", reason: null, settled_at: now })
    .where("key", "=", key)
    .where("state", "in", ["waiting", "unconfirmed", "failed"])
    .returning("key")
    .executeTakeFirst();
  if (row === undefined) throw new Undone("not_held");
  return resolve(sql, await dependents(sql, [key]), now);
}
