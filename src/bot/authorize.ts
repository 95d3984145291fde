import type { Book } from "../core/book.ts";
import { Fault } from "../core/errors.ts";
import { accountOn, formatPerson, samePerson, type Person } from "../core/place.ts";
import { EVERYONE, EXTERNAL, isAtLeast, rightsFrom, roleIn, type Rights, type Role } from "../core/roles.ts";
import type { Command, Shelf, Values } from "../commands/command.ts";
import { StoreError, type Grant } from "../store/store.ts";

/** Somebody who sent a line: what they may do, and who could grant more. */
export interface Asker {
  readonly rights: Rights;
  /** The key that stands for the person; "" where the line needs none. */
  readonly key: string;
  readonly actor: Person;
  /** Who can grant a role, everywhere and in a district. */
  readonly granters: readonly { readonly person: Person; readonly district: string | null }[];
}

/**
 * What somebody may do: whoever sits at the terminal and whom the environment names is an admin, a linked account has
 * what its person has, else the grants decide. `given` replaces all of that. Somebody of another company counts like
 * everyone here only once an admin has given them a role or linked their account. A question that everyone may ask is
 * answered without asking the store.
 */
export async function askerOf(
  shelf: Shelf,
  command: Command,
  asking: { readonly actor: Person; readonly role: Role | null; readonly isExternal?: boolean },
  admins: readonly Person[],
): Promise<Asker> {
  const { actor, role, isExternal = false } = asking;
  const isAdmin = admins.some((admin) => samePerson(admin, actor));
  const plain = command.role === "viewer" && command.effect === "none" && command.name !== "about";
  const unknown = (): Asker => {
    const rights = fixedRights(actor, role, isAdmin) ?? (isExternal ? EXTERNAL : EVERYONE);
    return { rights, key: "", actor, granters: [] };
  };
  try {
    if (plain) return unknown();
    const [key, grants] = await Promise.all([shelf.personKey(actor), shelf.grants()]);
    const known = await shelf.person(key);
    const accounts = known?.accounts ?? [];
    const isLinked = accounts.some((account) => admins.some((each) => samePerson(each, account)));
    const own = grants.filter(({ personKey }) => personKey === key);
    const isStranger = isExternal && own.length === 0 && accounts.length < 2;
    const rights = fixedRights(actor, role, isAdmin || isLinked) ?? (isStranger ? EXTERNAL : rightsFrom(own));
    return { rights, key, actor, granters: await grantersOf(shelf, grants, admins, actor) };
  } catch (error) {
    // A question must not fail because nobody can say who asks, least of all why; what records does.
    const isAllowed = command.role === "viewer" || fixedRights(actor, role, isAdmin) !== null;
    if (error instanceof StoreError && command.effect === "none" && isAllowed) return unknown();
    throw error;
  }
}

function fixedRights({ platform }: Person, given: Role | null, isAdmin: boolean): Rights | null {
  if (given !== null) return { role: given, why: "given", districts: [] };
  if (platform === "terminal") return { role: "admin", why: "terminal", districts: [] };
  return isAdmin ? { role: "admin", why: "environment", districts: [] } : null;
}

async function grantersOf(
  shelf: Shelf,
  grants: readonly Grant[],
  admins: readonly Person[],
  { platform }: Person,
): Promise<Asker["granters"]> {
  const granted = await Promise.all(
    grants
      .filter(({ role }) => role === "admin")
      .map(async ({ personKey, district }) => {
        const accounts = (await shelf.person(personKey))?.accounts ?? [];
        return { person: accountOn(platform, accounts), district };
      }),
  );
  return [
    ...admins.map((person) => ({ person, district: null })),
    ...granted.flatMap(({ person, district }) => (person === null ? [] : [{ person, district }])),
  ];
}

/** Who can grant a role in a district. */
export function askIn({ granters }: Asker, district: string | null): readonly Person[] {
  const those = granters.filter((each) => each.district === null || each.district === district);
  return [...new Map(those.map(({ person }) => [formatPerson(person), person])).values()];
}

/** Throws Fault, naming who can help, where a role is less than what is needed in a district. */
export function need(needed: Role, district: string | null, asker: Asker, book: Book): void {
  const has = roleIn(asker.rights, district);
  if (needed === "viewer" || isAtLeast(has, needed)) return;
  throw new Fault({
    code: "needs_role",
    role: needed,
    has,
    district: district === null ? null : (book.district(district)?.name ?? null),
    ask: askIn(asker, district),
    external: asker.rights.why === "external" ? formatPerson(asker.actor) : null,
  });
}

/**
 * The one check of who may run a verb: its row says the role, the commitment it is about says the district. A verb about
 * none needs it everywhere; one that takes a district runs where the role is held anywhere, and asks again for what it
 * touches, as do verbs that find their commitment themselves. What everyone in a channel may set, somebody of another
 * company may not.
 */
export function authorize(command: Command, values: Values, book: Book, asker: Asker): void {
  const { id } = values;
  const { rights } = asker;
  const sets = command.role === "viewer" && !command.asks(values);
  const needed: Role = sets && rights.why === "external" ? "tracker" : command.role;
  if (typeof id === "string") {
    need(needed, book.commitment(id)?.district ?? book.fact(id)?.district ?? null, asker, book);
    return;
  }
  const asksAgain = command.role !== "admin" || command.options.includes("district");
  if (asksAgain && rights.districts.some(({ role }) => isAtLeast(role, needed))) return;
  need(needed, null, asker, book);
}
