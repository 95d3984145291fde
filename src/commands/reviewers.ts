import { formatPerson } from "../core/place.ts";
import { isAtLeast, roleIn } from "../core/roles.ts";
import type { Context } from "./command.ts";

/** One who may review, as the key that stands for the person, and what to call them. */
export interface Reviewer {
  readonly key: string;
  readonly name: string;
}

/** The people who may review in a district: by grant, by the environment, and whoever asks. Linked accounts are one. */
export async function reviewersIn(
  district: string,
  context: Pick<Context, "shelf" | "admins" | "rights" | "actor" | "actorKey">,
): Promise<readonly Reviewer[]> {
  const { shelf, admins, rights, actor, actorKey } = context;
  const found = new Map<string, string>();
  if (isAtLeast(roleIn(rights, district), "reviewer")) found.set(actorKey, formatPerson(actor));
  for (const admin of admins) {
    const key = await shelf.personKey(admin);
    if (!found.has(key)) found.set(key, formatPerson(admin));
  }
  for (const grant of await shelf.grants()) {
    const isHere = grant.district === null || grant.district === district;
    if (!isHere || !isAtLeast(grant.role, "reviewer")) continue;
    const known = await shelf.person(grant.personKey);
    const [account] = known?.accounts ?? [];
    if (known === null || account === undefined || found.has(known.key)) continue;
    found.set(known.key, formatPerson(account));
  }
  return [...found].map(([key, name]) => ({ key, name }));
}
