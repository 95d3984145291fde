import type { Assessed } from "./standing.ts";
import { PACE_WORDS, STANDING_WORDS, type Light, type Pace, type Standing } from "./vocabulary.ts";

/** Counts of a set of commitments; standings and paces are each a partition of `total`. */
export interface Tally {
  readonly total: number;
  readonly standings: readonly { readonly code: Standing; readonly count: number }[];
  readonly paces: readonly { readonly code: Pace; readonly count: number }[];
  readonly lights: readonly { readonly code: Light; readonly count: number }[];
}

const LIGHTS: readonly Light[] = ["green", "yellow", "red", "blue", "grey"];

/** Counts what is there; a code that nothing has is left out. */
export function tally(items: readonly Assessed[]): Tally {
  return {
    total: items.length,
    standings: counted(
      STANDING_WORDS.map(({ code }) => code),
      items.map(({ standing }) => standing),
    ),
    paces: counted(
      PACE_WORDS.map(({ code }) => code),
      items.map(({ pace }) => pace),
    ),
    lights: counted(
      LIGHTS,
      items.map(({ light }) => light),
    ),
  };
}

function counted<Code extends string>(
  order: readonly Code[],
  codes: readonly Code[],
): readonly { code: Code; count: number }[] {
  const counts = new Map<Code, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  return order.map((code) => ({ code, count: counts.get(code) ?? 0 })).filter(({ count }) => count > 0);
}
