import { formatPerson, type Address, type Person } from "../core/place.ts";
import { toJson } from "./json.ts";
import type { Sql } from "./sql-tables.ts";
import type { Change } from "./store.ts";

/** The keys of people by their accounts, as `formatPerson` writes these. */
export type Keys = ReadonlyMap<string, string>;

export function keyOf(person: Person, keys: Keys): string {
  const key = keys.get(formatPerson(person));
  if (key === undefined) throw new Error("a person without a key");
  return key;
}

/** Whose direct messages an address is. */
export function personOf({ platform, workspace, to }: Address): Person | null {
  return "person" in to ? { platform, workspace, id: to.person } : null;
}

/** An address as it is kept for good: a person in it by key. */
export function sealed(address: Address, keys: Keys): Address {
  const person = personOf(address);
  return person === null ? address : { ...address, to: { person: keyOf(person, keys) } };
}

/** Everybody whom a change names where it is kept for good. */
export function peopleIn({ ledger, audit }: Change): readonly Person[] {
  const places = [
    ...(ledger ?? []).map(({ from }) => from.address),
    ...(audit ?? []).map(({ where }) => where),
  ];
  const people = [
    ...(audit ?? []).map(({ actor }) => actor),
    ...places.map((place) => (place === null ? null : personOf(place))),
  ];
  return people.filter((person) => person !== null);
}

/** The keys of these people, made for those who have none. */
export async function keysOf(sql: Sql, people: readonly Person[]): Promise<Keys> {
  const wanted = new Map(people.map((person) => [formatPerson(person), person]));
  const keys = new Map(await known(sql, [...wanted.keys()]));
  const missing = (): readonly string[] => [...wanted.keys()].filter((account) => !keys.has(account));
  if (missing().length === 0) return keys;
  let number = await numbers(sql, missing().length);
  // Somebody else may have made some until now; from here on nobody can.
  for (const [account, key] of await known(sql, missing())) keys.set(account, key);
  for (const account of missing()) {
    const person = wanted.get(account);
    if (person === undefined) continue;
    const key = `P-${number}`;
    number += 1;
    await sql.db.insertInto("people").values({ key, now: key, forgotten_at: null }).execute();
    await sql.db
      .insertInto("accounts")
      .values({ account, key, person: toJson(person) })
      .execute();
    keys.set(account, key);
  }
  return keys;
}

/** The first of so many numbers that nobody had; whoever has them holds everybody else off people until the commit. */
export async function numbers({ db }: Sql, count: number): Promise<number> {
  const { value } = await db
    .updateTable("counters")
    .set((eb) => ({ value: eb("value", "+", count) }))
    .where("name", "=", "person")
    .returning("value")
    .executeTakeFirstOrThrow();
  return value - count + 1;
}

async function known(
  { db }: Sql,
  accounts: readonly string[],
): Promise<readonly (readonly [string, string])[]> {
  if (accounts.length === 0) return [];
  const rows = await db
    .selectFrom("accounts")
    .select(["account", "key"])
    .where("account", "in", accounts)
    .execute();
  return rows.map(({ account, key }) => [account, key]);
}
