import { parseArgs } from "node:util";
import { ROLES, type Role } from "../core/roles.ts";
import type { Person } from "../core/place.ts";
import { Stop, USAGE } from "./stop.ts";

export type Values = Readonly<Record<string, string | undefined>>;
/** What a flag takes: a text, or nothing. */
export type Flags = Readonly<Record<string, { readonly type: "string" | "boolean" }>>;
/** The flags of the commands that answer. */
export const FLAGS: Flags = {
  format: { type: "string" },
  lang: { type: "string" },
  user: { type: "string" },
  now: { type: "string" },
  store: { type: "string" },
};

/** The flags and words of a command; `most` words, any number when null. A flag that takes nothing is "" where it is given. */
export function options(
  rest: readonly string[],
  flags: Flags,
  most: number | null,
): { readonly values: Readonly<Record<string, string | undefined>>; readonly words: readonly string[] } {
  // "-check:acts" is a negated filter and "-3" a figure, not flags of the command line.
  const args = rest.map((word) => (/^-[^-]/u.test(word) ? `\u0000${word}` : word));
  try {
    const { values, positionals } = parseArgs({ args, options: flags, allowPositionals: true, strict: true });
    const words = positionals.map((word) => word.replace("\u0000", ""));
    if (most !== null && words.length > most)
      throw new Stop(2, `One word too many: “${words[most] ?? ""}”\n${USAGE}`);
    const given = Object.entries(values).map(
      ([name, value]) => [name, typeof value === "string" ? value : ""] as const,
    );
    return { values: Object.fromEntries<string>(given), words };
  } catch (error) {
    if (error instanceof Stop) throw error;
    throw new Stop(
      2,
      `${error instanceof Error ? error.message.replace(/\. To specify.*$/su, ".") : String(error)}\n${USAGE}`,
    );
  }
}

export type Format = "text" | "json" | "slack" | "feishu";
const FORMATS: readonly Format[] = ["text", "json", "slack", "feishu"];

/** --format, checked. */
export function formatOf(format = "text"): Format {
  const known = FORMATS.find((each) => each === format);
  if (known === undefined) throw new Stop(2, `--format ${format}: write one of ${FORMATS.join(", ")}`);
  return known;
}

/** --now as an instant, else the real one that is passed. */
export function instant(text: string | undefined, now: Date): Date {
  if (text === undefined) return now;
  const at = new Date(text);
  const isIso = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?$/.test(text);
  if (!isIso || Number.isNaN(at.getTime()))
    throw new Stop(2, `--now ${text}: write an ISO time such as 2026-11-30T09:07:00+08:00`);
  return at;
}

/** The name in NAME:ROLE; without one, the user at the terminal. */
export function actor(user: string | undefined): Person {
  if (user !== undefined && !/^[^:]+:(viewer|tracker|reviewer|admin)$/.test(user)) {
    throw new Stop(2, `--user ${user}: write NAME:ROLE, with viewer, tracker, reviewer or admin`);
  }
  return { platform: "terminal", workspace: null, id: user?.split(":")[0] ?? "terminal" };
}

/** The role in NAME:ROLE; null where none is given. */
export function role(user: string | undefined): Role | null {
  const named = user?.split(":")[1];
  return ROLES.find((each) => each === named) ?? null;
}
