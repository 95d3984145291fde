import { sql as raw } from "kysely";
import type { Sql } from "./sql-tables.ts";

const DAY_MS = 86_400_000;
/** Receipts of what was sent or dropped, and the slots of rules, are kept this long after their end. */
const RECEIPT_DAYS = 90;
/** Inbound ids; platforms deliver again for up to seven hours, and a clock may be wrong for days. */
const ACCEPTED_DAYS = 14;
/** Rows in one transaction, so that nothing else waits long for it. */
const BATCH = 500;

/** One batch of what nobody will ask for any more; 0 when nothing is left to forget. */
export async function pruneBatch(sql: Sql, now: number): Promise<number> {
  const receipts = await pruneDeliveries(sql, now - RECEIPT_DAYS * DAY_MS);
  const slots = await pruneRows(sql, "slots", now - RECEIPT_DAYS * DAY_MS);
  const accepted = await pruneRows(sql, "inbox", now - ACCEPTED_DAYS * DAY_MS);
  const offers = await pruneRows(sql, "offers", now - RECEIPT_DAYS * DAY_MS);
  return receipts + slots + accepted + offers;
}

/**
 * Deliveries that ended long ago and that nothing refers to: no reply or edit is still kept, and no rule's last digest
 * went in it. Replies and edits go first, and what they hung on in a later batch.
 */
async function pruneDeliveries({ db, kind }: Sql, before: number): Promise<number> {
  // Held before a second look, so that what is put in line meanwhile is either seen by it or finds the row gone.
  const found = await oldDeliveries(before)
    .orderBy("d.settled_at")
    .limit(BATCH)
    .$if(kind === "postgres", (query) => query.forUpdate("d").skipLocked())
    .execute();
  if (found.length === 0) return 0;
  const keys = found.map(({ key }) => key);
  const gone = await db
    .deleteFrom("deliveries")
    .where("key", "in", oldDeliveries(before).where("d.key", "in", keys))
    .returning("key")
    .execute();
  if (gone.length === 0) return 0;
  // What a dropped delivery would have told was never told.
  await db
    .deleteFrom("snapshots")
    .where(
      "key",
      "in",
      gone.map(({ key }) => key),
    )
    .where("told", "=", 0)
    .execute();
  return gone.length;

  function oldDeliveries(settledBefore: number) {
    return db
      .selectFrom("deliveries as d")
      .select("d.key")
      .where("d.settled_at", "<", settledBefore)
      .where("d.state", "in", ["sent", "dropped"])
      .where(raw<boolean>`not exists (select 1 from deliveries reply where reply.parent_key = d.key)`)
      .where(raw<boolean>`not exists (select 1 from deliveries edit where edit.edits_key = d.key)`)
      .where(raw<boolean>`not exists (select 1 from snapshots s where s.key = d.key and s.told = 1)`)
      .where(
        raw<boolean>`not exists (select 1 from discussions where parent_key = d.key or face_key = d.key)`,
      );
  }
}

/** Slots of rules are named after them, "S-3 …"; a slot of another name is claimed for good. */
async function pruneRows({ db }: Sql, table: "slots" | "inbox" | "offers", before: number): Promise<number> {
  const key = table === "slots" ? ("key" as const) : ("id" as const);
  const found = await raw<{ id: string }>`select ${raw.ref(key)} as id from ${raw.table(table)}
    where at < ${before} ${table === "slots" ? raw`and key like 'S-%'` : raw``} order by at limit ${BATCH}`.execute(
    db,
  );
  if (found.rows.length === 0) return 0;
  const ids = found.rows.map(({ id }) => id);
  await raw`delete from ${raw.table(table)} where ${raw.ref(key)} in (${raw.join(ids)})`.execute(db);
  return ids.length;
}
