import { toJson } from "./json.ts";
import type { Sql } from "./sql-tables.ts";
import type { Change } from "./store.ts";

/** Keeps what digests tell; it counts at once without a delivery, or with one that has arrived already. */
export async function addSnapshots(sql: Sql, snapshots: NonNullable<Change["snapshots"]>): Promise<void> {
  for (const { subscriptionId, key, snapshot } of snapshots) {
    await sql.db
      .insertInto("snapshots")
      .values({ subscription_id: subscriptionId, key, told: 0, snapshot: toJson(snapshot) })
      .execute();
    if (key === null) await tell(sql, { subscriptionId });
    else if (await arrived(sql, key)) await tell(sql, { key });
  }
}

async function arrived({ db }: Sql, key: string): Promise<boolean> {
  const found = await db.selectFrom("deliveries").select("state").where("key", "=", key).executeTakeFirst();
  return found?.state === "sent";
}

/** What was told counts from now on; what was told or should have been told before it is forgotten. */
export async function tell(
  { db }: Sql,
  what: { readonly key: string } | { readonly subscriptionId: string },
): Promise<void> {
  const told = await db
    .updateTable("snapshots")
    .set({ told: 1 })
    .$if("key" in what, (query) => query.where("key", "=", "key" in what ? what.key : null))
    .$if("subscriptionId" in what, (query) =>
      query
        .where("subscription_id", "=", "subscriptionId" in what ? what.subscriptionId : "")
        .where("key", "is", null),
    )
    .where("told", "=", 0)
    .returning(["seq", "subscription_id"])
    .execute();
  for (const { seq, subscription_id } of told) {
    await db
      .deleteFrom("snapshots")
      .where("subscription_id", "=", subscription_id)
      .where("seq", "<", seq)
      .execute();
  }
}

export async function dropSnapshots({ db }: Sql, subscriptionId: string): Promise<void> {
  await db.deleteFrom("snapshots").where("subscription_id", "=", subscriptionId).execute();
}
