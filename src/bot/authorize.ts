import type { Book } from "../core/book.ts";
import { Fault } from "../core/errors.ts";
import { formatPerson, samePerson, type Person } from "../core/place.ts";
import { EVERYONE, isAtLeast, rightsFrom, roleIn, type Rights, type Role } from "../core/roles.ts";
import type { Command, Shelf, Values } from "../commands/command.ts";
import { StoreError, type Grant } from "../store/store.ts";

/** Somebody who sent a line: what they may do, and who could grant more. */
export interface Asker {
  readonly rights: Rights;
  /** The key that stands for the person; "" where the line needs none. */
  readonly key: string;
  /** Who can grant a role, everywhere and in a district. */
  readonly granters: readonly { readonly person: Person; readonly district: string | null }[];
}

const NOBODY: Asker = { rights: EVERYONE, key: "", granters: [] };

/**
 * What somebody may do: whoever sits at the terminal and whom the environment names is an admin, a linked account has
 * what its person has, else the grants decide. `given` replaces all of that. A question that everyone may ask is
 * answered without asking the store.
 */
export async function askerOf(
  shelf: Shelf,
  command: Command,
  asking: { readonly actor: Person; readonly role: Role | null },
  admins: readonly Person[],
): Promise<Asker> {
  const { actor, role } = asking;
  const isAdmin = admins.some((admin) => samePerson(admin, actor));
  const plain = command.role === "viewer" && command.effect === "none" && command.name !== "about";
  try {
    if (plain) return { ...NOBODY, rights: fixedRights(actor, role, isAdmin) ?? EVERYONE };
    const [key, grants] = await Promise.all([shelf.personKey(actor), shelf.grants()]);
    const known = await shelf.person(key);
    const isLinked = (known?.accounts ?? []).some((account) =>
      admins.some((each) => samePerson(each, account)),
    );
    const own = grants.filter(({ personKey }) => personKey === key);
    const rights = fixedRights(actor, role, isAdmin || isLinked) ?? rightsFrom(own);
    return { rights, key, granters: await grantersOf(shelf, grants, admins) };
  } catch (error) {
    // A question must not fail because nobody can say who asks, least of all why; what records does.
    const fixed = fixedRights(actor, role, isAdmin);
    if (
      error instanceof StoreError &&
      command.effect === "none" &&
      (command.role === "viewer" || fixed !== null)
    )
      return { ...NOBODY, rights: fixed ?? EVERYONE };
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
): Promise<Asker["granters"]> {
  const granted = await Promise.all(
    grants
      .filter(({ role }) => role === "admin")
      .map(async ({ personKey, district }) => ({
        person: (await shelf.person(personKey))?.accounts[0] ?? null,
        district,
      })),
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
    ask: askIn(asker, district).map(formatPerson),
  });
}

/**
 * The one check of who may run a verb: its row says the role, the commitment it is about says the district. A verb about
 * none needs it everywhere; one that takes a district runs where the role is held anywhere, and asks again for what it
 * touches, as do verbs that find their commitment themselves.
 */
export function authorize(command: Command, values: Values, book: Book, asker: Asker): void {
  const { id } = values;
  if (typeof id === "string") {
    need(command.role, book.commitment(id)?.district ?? book.fact(id)?.district ?? null, asker, book);
    return;
  }
  const { rights } = asker;
  const asksAgain = command.role !== "admin" || command.options.includes("district");
  if (asksAgain && rights.districts.some(({ role }) => isAtLeast(role, command.role))) return;
  need(command.role, null, asker, book);
}
