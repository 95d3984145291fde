import type { Person } from "./place.ts";
import { isAtLeast, type RoleGrant } from "./roles.ts";

/** Where people and what they were granted are found. */
export interface PeopleShelf {
  readonly grants: () => Promise<readonly (RoleGrant & { readonly personKey: string })[]>;
  readonly person: (
    key: string,
  ) => Promise<{ readonly key: string; readonly accounts: readonly Person[] } | null>;
  readonly personKey: (person: Person) => Promise<string>;
}

/** One who may review, as the key that stands for the person now, with the accounts to name them by. */
export interface Reviewer {
  readonly key: string;
  readonly accounts: readonly Person[];
}

/** The people who may review in a district, by the environment or by grant. Linked accounts are one. */
export async function reviewersOf(
  district: string,
  shelf: PeopleShelf,
  admins: readonly Person[],
): Promise<readonly Reviewer[]> {
  const found = new Map<string, Reviewer>();
  for (const admin of admins) {
    const key = await shelf.personKey(admin);
    if (!found.has(key)) found.set(key, { key, accounts: [admin] });
  }
  for (const grant of await shelf.grants()) {
    const isHere = grant.district === null || grant.district === district;
    if (!isHere || !isAtLeast(grant.role, "reviewer")) continue;
    const known = await shelf.person(grant.personKey);
    if (known === null || known.accounts.length === 0 || found.has(known.key)) continue;
    found.set(known.key, { key: known.key, accounts: known.accounts });
  }
  return [...found.values()];
}
