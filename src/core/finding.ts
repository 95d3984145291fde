import type { Localized } from "./lang.ts";

/** One thing that was looked at while checking a set-up. */
export interface Finding {
  /** hint: it works, with less; fault: it does not work until it is mended. */
  readonly level: "ok" | "hint" | "fault";
  readonly what: Localized;
  /** What to do about it; null where there is nothing to do. */
  readonly fix: Localized | null;
}

/** Something that a chat's administrator is asked for (a scope, an event, a menu item), and why. */
export interface Asked {
  readonly name: string;
  readonly why: Localized;
}

export function ok(zh: string, en: string): Finding {
  return { level: "ok", what: { zh, en }, fix: null };
}

/** Works, with less. */
export function hint(what: Localized, fix: Localized): Finding {
  return { level: "hint", what, fix };
}

/** Does not work until it is mended. */
export function fault(what: Localized, fix: Localized): Finding {
  return { level: "fault", what, fix };
}
