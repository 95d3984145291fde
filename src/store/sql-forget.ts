import { sql as raw } from "kysely";
import { directTo, formatAddress, formatPerson, type Person } from "../core/place.ts";
import { jsonOf, toJson } from "./json.ts";
import { personSchema, ruleSchema } from "./rule-schema.ts";
import { personOf } from "./sql-keys.ts";
import { laneOf } from "./sql-lanes.ts";
import { endRule } from "./sql-rules.ts";
import type { Sql } from "./sql-tables.ts";

const person = jsonOf(personSchema);
const rule = jsonOf(ruleSchema);

/** Removes what says who somebody is, and what is for them alone; whoever is forgotten or unknown stays so. */
export async function forget(sql: Sql, key: string, now: number): Promise<void> {
  const { db } = sql;
  const found = await db.selectFrom("people").select("now").where("key", "=", key).executeTakeFirst();
  if (found === undefined) return;
  const accounts = await db.deleteFrom("accounts").where("key", "=", found.now).returning("person").execute();
  await db.deleteFrom("grants").where("person_key", "=", found.now).execute();
  await db
    .updateTable("people")
    .set({ forgotten_at: now })
    .where("now", "=", found.now)
    .where("forgotten_at", "is", null)
    .execute();
  for (const account of accounts) await forgetAccount(sql, person.parse(account.person), found.now, now);
}

async function forgetAccount(sql: Sql, account: Person, key: string, now: number): Promise<void> {
  const { db } = sql;
  const place = formatAddress(directTo(account));
  const personal = await db
    .selectFrom("subscriptions")
    .select("id")
    .where("place", "=", place)
    .where("ended_at", "is", null)
    .execute();
  for (const { id } of personal) await endRule(sql, id, now);
  await keepKeyOnly(sql, account, key);
  await db.deleteFrom("settings").where("place", "=", place).execute();
  // Everything in it is theirs, what replies or edits too.
  const lane = laneOf(directTo(account));
  await db.deleteFrom("deliveries").where("lane", "=", lane).where("state", "!=", "sending").execute();
  await db.updateTable("deliveries").set({ ended: 1 }).where("lane", "=", lane).execute();
  await db
    .deleteFrom("lanes")
    .where("name", "=", lane)
    .where(raw<boolean>`not exists (select 1 from deliveries where lane = ${lane})`)
    .execute();
}

/** Their rules, ended ones too, name the key in place of the account; a copy that was read before does not fit on that. */
async function keepKeyOnly({ db }: Sql, account: Person, key: string): Promise<void> {
  const named = formatPerson(account);
  const rows = await db
    .selectFrom("subscriptions")
    .select(["seq", "rule"])
    .where((eb) => eb.or([eb("owner", "=", named), eb("place", "=", formatAddress(directTo(account)))]))
    .execute();
  for (const { seq, rule: text } of rows) {
    const read = rule.parse(text);
    const theirs = personOf(read.to);
    const to =
      theirs !== null && formatPerson(theirs) === named ? { ...read.to, to: { person: key } } : read.to;
    const owner = formatPerson(read.owner) === named ? { ...read.owner, id: key } : read.owner;
    await db
      .updateTable("subscriptions")
      .set((eb) => ({
        place: formatAddress(to),
        owner: formatPerson(owner),
        rule: toJson({ ...read, to, owner }),
        revision: eb("revision", "+", 1),
      }))
      .where("seq", "=", seq)
      .execute();
  }
}
