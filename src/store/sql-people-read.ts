import type { Kysely } from "kysely";
import { z } from "zod";
import { formatPerson, type Address, type Person } from "../core/place.ts";
import { ROLES } from "../core/roles.ts";
import { jsonOf, time } from "./json.ts";
import { addressSchema, personSchema } from "./rule-schema.ts";
import { personOf } from "./sql-keys.ts";
import type { Tables } from "./sql-tables.ts";
import type { AuditEntry, Grant, KnownPerson } from "./store.ts";

type Db = Kysely<Tables>;

export async function knownKey(db: Db, person: Person): Promise<string | null> {
  const row = await db
    .selectFrom("accounts")
    .select("key")
    .where("account", "=", formatPerson(person))
    .executeTakeFirst();
  return row?.key ?? null;
}

export async function person(db: Db, key: string): Promise<KnownPerson | null> {
  return (await persons(db, [key])).get(key) ?? null;
}

const known = z.object({
  key: z.string(),
  now: z.string(),
  forgotten_at: z.number().nullable(),
  person: jsonOf(personSchema).nullable(),
});

/** Whom keys stand for, by one statement; those that nobody has are left out. */
async function persons(db: Db, keys: readonly string[]): Promise<ReadonlyMap<string, KnownPerson>> {
  if (keys.length === 0) return new Map();
  const rows = await db
    .selectFrom("people as p")
    .leftJoin("accounts as a", "a.key", "p.now")
    .where("p.key", "in", keys)
    .orderBy("a.seq")
    .select(["p.key", "p.now", "p.forgotten_at", "a.person"])
    .execute();
  const found = new Map<string, KnownPerson>();
  for (const row of rows) {
    const { key, now, forgotten_at: forgottenAt, person: account } = known.parse(row);
    const accounts = [...(found.get(key)?.accounts ?? []), ...(account === null ? [] : [account])];
    found.set(key, { key: now, accounts, forgotten: forgottenAt !== null });
  }
  return found;
}

const grant = z.object({
  person_key: z.string(),
  role: z.enum(ROLES).exclude(["viewer"]),
  district: z.string(),
  granted_by: z.string(),
  at: time,
});

export async function grants(db: Db): Promise<readonly Grant[]> {
  const rows = await db.selectFrom("grants").selectAll().orderBy("seq").execute();
  return rows.map((row) => {
    const { person_key, role, district, granted_by, at } = grant.parse(row);
    return {
      personKey: person_key,
      role,
      district: district === "" ? null : district,
      grantedBy: granted_by,
      at,
    };
  });
}

const auditRow = z.object({
  at: time,
  actor_key: z.string().nullable(),
  address: jsonOf(addressSchema).nullable(),
  what: z.string(),
  outcome: z.enum(["done", "refused"]),
  detail: z.string(),
});

/** Newest first, people as they are known now. */
export async function audit(db: Db, limit: number): Promise<readonly AuditEntry[]> {
  const rows = (await db.selectFrom("audit").selectAll().orderBy("seq", "desc").limit(limit).execute()).map(
    (row) => auditRow.parse(row),
  );
  const keys = rows.flatMap(({ actor_key: actor, address }) => [
    actor,
    address === null ? null : (personOf(address)?.id ?? null),
  ]);
  const people = await persons(db, [...new Set(keys.filter((key) => key !== null))]);
  return rows.map(({ actor_key: actorKey, address, ...rest }) => ({
    ...rest,
    actorKey: actorKey === null ? null : (people.get(actorKey)?.key ?? actorKey),
    actor: actorKey === null ? null : accountIn(people.get(actorKey), address),
    where: address === null ? null : unsealed(address, people),
  }));
}

/** The account that somebody used there, where it is known still; else their oldest. */
function accountIn(who: KnownPerson | undefined, place: Address | null): Person | null {
  const accounts = who?.accounts ?? [];
  const there = accounts.find(
    ({ platform, workspace }) => platform === place?.platform && workspace === place.workspace,
  );
  return there ?? accounts[0] ?? null;
}

/** The direct messages of somebody who is known; else the key stays in place of the id. */
function unsealed(address: Address, people: ReadonlyMap<string, KnownPerson>): Address {
  const key = personOf(address)?.id;
  const account = key === undefined ? null : accountIn(people.get(key), address);
  return account?.platform === address.platform && account.workspace === address.workspace
    ? { ...address, to: { person: account.id } }
    : address;
}
