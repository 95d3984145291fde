import { FIXES } from "./variables.ts";

/** One thing that is wrong in the environment, never with the value of a secret: `variable: what fix` reads as text. */
export interface ConfigFault {
  readonly variable: string;
  readonly what: string;
  readonly fix: string;
}

/** What is set, by its name; trimmed and never empty. */
export type Given = ReadonlyMap<string, string>;

/** A fault with the fix that stands for its variable, unless this one has another. */
export function fault(
  variable: string,
  what: string,
  fix = FIXES[variable] ?? "Correct it or leave it out.",
): ConfigFault {
  return { variable, what, fix };
}
