import { z } from "zod";
import { Fault } from "../core/errors.ts";
import { nearest } from "../core/nearest.ts";
import { formatPerson, samePerson, type Person } from "../core/place.ts";
import { ROLE_WORDS, type GrantedRole } from "../core/roles.ts";
import type { Grant } from "../store/store.ts";
import { roleChangedLine, roleChangedView, rolesView, type RoleRow } from "../views/roles.ts";
import { command, type Context } from "./command.ts";
import { lineOf } from "./line-words.ts";
import { readPerson } from "./person-word.ts";

const args = z.object({ words: z.array(z.string()).default([]), district: z.string().optional() });

/** Gives somebody a role, everywhere or in a district. */
export const adminGrant = command({
  name: "admin grant",
  aliases: { zh: ["管理 授权"], en: [] },
  summary: { zh: "授予角色，可只限一个区", en: "give a role, everywhere or in one district" },
  usage: {
    zh: "管理 授权 @某人 填报人|评定人|管理员 [区:光明]",
    en: "admin grant @person tracker|reviewer|admin [district:guangming]",
  },
  examples: { zh: [], en: [] },
  reads: "words",
  options: ["district"],
  role: "admin",
  effect: "rule",
  args,
  async answer(context, given) {
    const { person, role, district } = asked(given, context);
    context.need("admin", district);
    if (role === null) throw lacking("role", formatPerson(person));
    const { shelf, actor, actorKey, now, book, lang } = context;
    const grant = { personKey: await shelf.personKey(person), role, district, grantedBy: actorKey, at: now };
    const change = { type: "granted", person, role, district } as const;
    return {
      message: roleChangedView(change, book, lang),
      change: { grants: [grant] },
      detail: detailOf(grant),
      announce: roleChangedLine(actor, change, book, lang),
    };
  },
});

/** Takes a role away; it need not be named where the person has one alone. */
export const adminRevoke = command({
  name: "admin revoke",
  aliases: { zh: ["管理 撤权"], en: [] },
  summary: { zh: "收回角色", en: "take a role away" },
  usage: {
    zh: "管理 撤权 @某人 [填报人|评定人|管理员] [区:光明]",
    en: "admin revoke @person [tracker|reviewer|admin] [district:guangming]",
  },
  examples: { zh: [], en: [] },
  reads: "words",
  options: ["district"],
  role: "admin",
  effect: "rule",
  args,
  async answer(context, given) {
    const { shelf, admins, actor, book, lang } = context;
    const { person, role, district } = asked(given, context);
    context.need("admin", district);
    const key = await shelf.personKey(person);
    const found = (await shelf.grants()).filter(
      (grant) =>
        grant.personKey === key &&
        (role === null || grant.role === role) &&
        (district === null ? role === null || grant.district === null : grant.district === district),
    );
    const [first] = found;
    if (first === undefined) {
      const fixed = admins.some((admin) => samePerson(admin, person));
      throw new Fault({
        code: fixed ? "admin_by_environment" : "no_such_grant",
        person: formatPerson(person),
      });
    }
    // One at a time, so that the line that reverses it gives back just what was taken.
    if (found.length > 1) throw lacking("role", formatPerson(person));
    const change = { type: "revoked", person, role: first.role, district: first.district } as const;
    return {
      message: roleChangedView(change, book, lang),
      change: { revoked: found },
      detail: found.map(detailOf).join("; "),
      announce: roleChangedLine(actor, change, book, lang),
    };
  },
});

/** Who has which role, and who gave it. */
export const adminRoles = command({
  name: "admin roles",
  aliases: { zh: ["管理 角色"], en: ["admin role"] },
  summary: { zh: "谁有什么角色，谁授予的", en: "who has which role, and who gave it" },
  usage: { zh: "管理 角色", en: "admin roles" },
  examples: { zh: [], en: [] },
  reads: "nothing",
  options: [],
  role: "admin",
  effect: "none",
  args: z.object({}),
  async answer({ shelf, admins, book, zone, lang }) {
    const account = async (key: string): Promise<Person | null> =>
      (await shelf.person(key))?.accounts[0] ?? null;
    const granted = await Promise.all(
      (await shelf.grants()).map(async ({ personKey, role, district, grantedBy, at }): Promise<RoleRow> => ({
        person: await account(personKey),
        role,
        district,
        from: "grant",
        grantedBy: await account(grantedBy),
        at,
      })),
    );
    const fixed = admins.map((person): RoleRow => ({
      person,
      role: "admin",
      district: null,
      from: "environment",
      grantedBy: null,
      at: null,
    }));
    return rolesView([...fixed, ...granted], book, zone, lang);
  },
});

function detailOf({ personKey, role, district }: Pick<Grant, "personKey" | "role" | "district">): string {
  return `${personKey} ${role}${district === null ? "" : ` ${district}`}`;
}

function asked(
  { words, district: typed }: z.output<typeof args>,
  { actor, book, lang }: Context,
): { readonly person: Person; readonly role: GrantedRole | null; readonly district: string | null } {
  const [who, ...others] = words;
  if (who === undefined) throw lacking("person", "@…");
  const person = readPerson(who, actor);
  const [named, ...more] = others.filter((word) => book.names.find("district", word) === null);
  const place = typed ?? others.find((word) => book.names.find("district", word) !== null);
  const role = named === undefined ? null : readRole(named, lang);
  const district = place === undefined ? null : book.names.find("district", place);
  if (more.length > 0) throw unknown("role", more.join(" "), lang);
  if (place !== undefined && district === null)
    throw new Fault({
      code: "unknown_value",
      key: "district",
      value: place.slice(0, 60),
      nearest: book.names.nearest("district", place, lang),
      valid: book.valid("district", lang),
    });
  return { person, role, district };
}

function readRole(typed: string, lang: Context["lang"]): GrantedRole {
  const wanted = typed.normalize("NFKC").toLowerCase();
  const found = ROLE_WORDS.find(({ code, zh, en, aliases }) => [code, zh, en, ...aliases].includes(wanted));
  if (found === undefined || found.code === "viewer") throw unknown("role", typed, lang);
  return found.code;
}

function unknown(key: string, value: string, lang: Context["lang"]): Fault {
  const words = ROLE_WORDS.filter(({ code }) => code !== "viewer");
  const name = (word: (typeof words)[number]): string => (lang === "zh" ? word.zh : word.en);
  const near = nearest(
    [value],
    words.map((word) => ({ name: name(word), forms: [word.code, word.zh, word.en, ...word.aliases] })),
  );
  return new Fault({
    code: "unknown_value",
    key,
    value: value.slice(0, 60),
    nearest: near,
    valid: words.map(name),
  });
}

function lacking(part: "person" | "role", person: string): Fault {
  const line = lineOf({ zh: "管理 授权", en: "admin grant" }, [person, { zh: "评定人", en: "reviewer" }]);
  return new Fault({ code: "missing_part", part, line });
}
