import { sql as raw } from "kysely";
import { z } from "zod";
import { formatAddress, formatPerson } from "../core/place.ts";
import type { Subscription } from "../core/subscription.ts";
import { toJson } from "./json.ts";
import { Undone } from "./sql-engine.ts";
import { dependents, resolve } from "./sql-outbox.ts";
import { dropSnapshots } from "./sql-snapshots.ts";
import type { Sql } from "./sql-tables.ts";

/**
 * Writes a rule; one that was read from the store fits only on what was read, and a new digest only where its place has
 * none. Throws Undone "changed_before".
 */
export async function putRule({ db }: Sql, subscription: Subscription): Promise<void> {
  const { id, createdAt, nextAt, revision, ...rule } = subscription;
  const columns = {
    place: formatAddress(rule.to),
    owner: formatPerson(rule.owner),
    created_at: createdAt.getTime(),
    next_at: nextAt?.getTime() ?? null,
    rule: toJson(rule),
  };
  if (revision === undefined) {
    if (rule.kind === "digest") await refuseSecond(db, id, columns.place);
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

/** Of two people who set the first digest of a place at once the later one finds the other's. */
async function refuseSecond(db: Sql["db"], id: string, place: string): Promise<void> {
  // Changes nothing: until this transaction ends the next one waits here, and then sees what this one has written.
  await db
    .updateTable("counters")
    .set((eb) => ({ value: eb.ref("value") }))
    .where("name", "=", "subscription")
    .execute();
  const others = await db
    .selectFrom("subscriptions")
    .select("rule")
    .where("place", "=", place)
    .where("id", "!=", id)
    .where("ended_at", "is", null)
    .execute();
  if (others.some(({ rule }) => kindOf.parse(JSON.parse(rule)).kind === "digest"))
    throw new Undone("changed_before");
}

const kindOf = z.object({ kind: z.string() });

/** Ends a rule; what waits of it is dropped, and what is being sent is not tried again. */
export async function endRule(sql: Sql, id: string, now: number): Promise<void> {
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
