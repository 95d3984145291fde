import { Undone } from "./sql-engine.ts";
import { forget } from "./sql-forget.ts";
import { numbers } from "./sql-keys.ts";
import type { Sql } from "./sql-tables.ts";
import type { Change, Grant, GrantKey } from "./store.ts";

/** Writes what a change says of people, in the order in which somebody would say it. Throws Undone "changed_before". */
export async function writePeople(
  sql: Sql,
  { at, links = [], revoked = [], grants = [], forget: left = [] }: Change,
): Promise<void> {
  if (links.length + revoked.length + grants.length + left.length === 0) return;
  // Holds off whoever changes people at the same time.
  await numbers(sql, 0);
  for (const { from, into } of links) await link(sql, from, into);
  for (const grant of revoked) await revoke(sql, grant);
  for (const grant of grants) await give(sql, grant);
  for (const key of left) await forget(sql, key, at.getTime());
}

/** The key that stands for somebody now; undoes the change for one who is forgotten or was never there. */
async function present({ db }: Sql, key: string): Promise<string> {
  const found = await db
    .selectFrom("people")
    .select("now")
    .where("key", "=", key)
    .where("forgotten_at", "is", null)
    .executeTakeFirst();
  if (found === undefined) throw new Undone("changed_before");
  return found.now;
}

async function link(sql: Sql, from: string, into: string): Promise<void> {
  const { db } = sql;
  const [one, other] = [await present(sql, from), await present(sql, into)];
  if (one === other) return;
  await db.updateTable("people").set({ now: other }).where("now", "=", one).execute();
  await db.updateTable("accounts").set({ key: other }).where("key", "=", one).execute();
  const theirs = await db.deleteFrom("grants").where("person_key", "=", one).returningAll().execute();
  for (const { role, district, granted_by, at } of theirs) {
    await db
      .insertInto("grants")
      .values({ person_key: other, role, district, granted_by, at })
      .onConflict((on) => on.columns(["person_key", "role", "district"]).doNothing())
      .execute();
  }
}

async function give(sql: Sql, { personKey, role, district, grantedBy, at }: Grant): Promise<void> {
  const given = { granted_by: grantedBy, at: at.getTime() };
  await sql.db
    .insertInto("grants")
    .values({ person_key: await present(sql, personKey), role, district: district ?? "", ...given })
    .onConflict((on) => on.columns(["person_key", "role", "district"]).doUpdateSet(given))
    .execute();
}

/** What is not there any more needs no taking. */
async function revoke({ db }: Sql, { personKey, role, district }: GrantKey): Promise<void> {
  await db
    .deleteFrom("grants")
    .where("person_key", "in", db.selectFrom("people").select("now").where("key", "=", personKey))
    .where("role", "=", role)
    .where("district", "=", district ?? "")
    .execute();
}
