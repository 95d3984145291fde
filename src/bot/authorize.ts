import type { Command } from "../commands/command.ts";
import { Fault } from "../core/errors.ts";
import { formatPerson, samePerson, type Person } from "../core/place.ts";

/** Cumulative, from everyone in a channel to those who may change what others set. */
export const ROLES = ["viewer", "tracker", "reviewer", "admin"] as const;
export type Role = (typeof ROLES)[number];

/** The role of a person: admins are named by the environment, and whoever sits at the terminal is one. */
export function roleOf(person: Person, admins: readonly Person[]): Role {
  const isAdmin = person.platform === "terminal" || admins.some((admin) => samePerson(admin, person));
  return isAdmin ? "admin" : "viewer";
}

/** Throws Fault, naming who can help, where a verb needs more than a role gives. */
export function authorize({ role: needed }: Command, has: Role, admins: readonly Person[]): void {
  if (ROLES.indexOf(has) >= ROLES.indexOf(needed) || needed === "viewer") return;
  throw new Fault({ code: "needs_role", role: needed, ask: admins.map(formatPerson) });
}
