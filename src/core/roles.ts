import type { Word } from "./vocabulary.ts";

/** Cumulative, from everyone in a channel to those who may change what others set. */
export const ROLES = ["viewer", "tracker", "reviewer", "admin"] as const;
export type Role = (typeof ROLES)[number];
/** What can be given: everyone is a viewer. */
export type GrantedRole = Exclude<Role, "viewer">;

/** The names of roles; the Chinese ones say what the person does. */
export const ROLE_WORDS: readonly Word<Role>[] = [
  { code: "viewer", zh: "查看人", en: "viewer", aliases: ["查看"] },
  { code: "tracker", zh: "填报人", en: "tracker", aliases: ["填报", "记录员"] },
  { code: "reviewer", zh: "评定人", en: "reviewer", aliases: ["评定", "评审", "复核"] },
  { code: "admin", zh: "管理员", en: "admin", aliases: ["管理", "administrator"] },
];

/** A role that was given, in one district or (null) in all. */
export interface RoleGrant {
  readonly role: GrantedRole;
  readonly district: string | null;
}

/** What somebody may do, and why. */
export interface Rights {
  /** Everywhere. */
  readonly role: Role;
  /** `given`: on the command line; `everyone`: nothing was given; `external`: nor to somebody of another company. */
  readonly why: "terminal" | "given" | "environment" | "grant" | "everyone" | "external";
  /** Districts in which the role is a higher one. */
  readonly districts: readonly { readonly district: string; readonly role: Role }[];
}

export const EVERYONE: Rights = { role: "viewer", why: "everyone", districts: [] };
/** Whoever is of another company and was neither given a role nor linked by an admin: they may ask. */
export const EXTERNAL: Rights = { role: "viewer", why: "external", districts: [] };

export function isAtLeast(has: Role, needed: Role): boolean {
  return ROLES.indexOf(has) >= ROLES.indexOf(needed);
}

/** What grants come to: the highest role counts, and in a district the higher of its own and the general one. */
export function rightsFrom(grants: readonly RoleGrant[]): Rights {
  const highest = (of: readonly RoleGrant[]): Role =>
    of.reduce<Role>((best, { role }) => (isAtLeast(best, role) ? best : role), "viewer");
  const role = highest(grants.filter(({ district }) => district === null));
  const named = [...new Set(grants.map(({ district }) => district).filter((code) => code !== null))];
  const districts = named
    .map((code) => ({ district: code, role: highest(grants.filter(({ district }) => district === code)) }))
    .filter((each) => !isAtLeast(role, each.role));
  return { role, why: grants.length === 0 ? "everyone" : "grant", districts };
}

/** The role in a district; null asks for the one that holds everywhere. */
export function roleIn({ role, districts }: Rights, district: string | null): Role {
  return districts.find((each) => each.district === district)?.role ?? role;
}
