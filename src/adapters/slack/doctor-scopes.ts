import { fault, hint, ok, type Finding } from "../../core/finding.ts";
import { FIXES } from "./doctor-words.ts";
import { NEEDED, OPTIONAL } from "./manifest.ts";

/** Granted scopes against those that are needed and those that may be left out. */
export function checkScopes(granted: ReadonlySet<string>): readonly Finding[] {
  const isComplete = NEEDED.every(({ name }) => granted.has(name));
  const all = ok(
    `权限：必需的 ${NEEDED.length} 项都已授予`,
    `scopes: all ${NEEDED.length} that are needed are granted`,
  );
  return [...(isComplete ? [all] : []), ...lackingScopes(granted)];
}

/** The scopes that were not granted, those first without which nothing works. */
export function lackingScopes(granted: ReadonlySet<string>): readonly Finding[] {
  return [
    ...NEEDED.filter(({ name }) => !granted.has(name)).map(({ name, why }) =>
      fault(
        {
          zh: `权限：没有 ${name}，需要它：${why.zh ?? ""}`,
          en: `scopes: ${name} is not granted, and it is needed: ${why.en ?? ""}`,
        },
        FIXES.scopes,
      ),
    ),
    ...OPTIONAL.filter(({ name }) => !granted.has(name)).map(({ name, without }) =>
      hint(
        {
          zh: `权限：没有 ${name}：${without?.zh ?? ""}`,
          en: `scopes: ${name} is not granted: ${without?.en ?? ""}`,
        },
        FIXES.scopes,
      ),
    ),
  ];
}
