/**
 * Why a place takes nothing from us, in words of no platform. archived: it can come back. gone: deleted or disbanded.
 * not_found: deleted, or out of our sight. not_member: the bot is not in it. not_allowed: it is there and may not speak.
 * person_gone: their account is closed, or they take nothing from us.
 */
export const REFUSALS = [
  "archived",
  "gone",
  "not_found",
  "not_member",
  "not_allowed",
  "person_gone",
] as const;
export type Refusal = (typeof REFUSALS)[number];

/** A delivery's reason as it is stored: `target_gone: archived (is_archived)`, and `unreachable: ECONNREFUSED`. */
export function reasonText(code: string, refusal: Refusal | null, detail: string): string {
  return refusal === null ? `${code}: ${detail}` : `${code}: ${refusal} (${detail})`;
}

/** What a stored reason says of the place; null where it says nothing of it, or is from before it was kept. */
export function refusalIn(reason: string): { readonly refusal: Refusal; readonly detail: string } | null {
  const [, word, detail] = /^[a-z_]+: ([a-z_]+) \((.*)\)$/su.exec(reason) ?? [];
  const refusal = REFUSALS.find((each) => each === word);
  return refusal === undefined || detail === undefined ? null : { refusal, detail };
}
