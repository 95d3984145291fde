import type { Budget, Budgets } from "../../src/core/budget.ts";

/** Shares of all calls, from 0 to 1. Whatever is not named does not happen. */
export interface FakeFaults {
  /** The message is taken in and the connection cut before the answer. */
  readonly cut: number;
  /** The connection is cut and nothing was taken in. */
  readonly dropped: number;
  /** HTTP 500; every other time the message was taken in before it. */
  readonly broken: number;
  /** The message is taken in and the answer is a proxy's page. */
  readonly garbage: number;
  /** The message is taken in and no answer comes. */
  readonly hang: number;
  /** 429 out of turn. */
  readonly limited: number;
  /** Every form but the plain one is refused for some messages: the share of keys. */
  readonly refusedForm: number;
}

export const NO_FAULTS: FakeFaults = {
  cut: 0,
  dropped: 0,
  broken: 0,
  garbage: 0,
  hang: 0,
  limited: 0,
  refusedForm: 0,
};

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** What a server says to a call beyond its budget. */
export interface Refusal {
  readonly scope: "place" | "all";
  readonly retryAfterMs: number;
}

/** A server's own count of what it took in: `count` in any `perMs` of its own clock, for each place and for all. */
export function createGate(budgets: Budgets, clock: () => number): (place: string) => Refusal | null {
  const all: number[] = [];
  const places = new Map<string, number[]>();
  const fullUntil = (times: readonly number[], limits: readonly Budget[], now: number): number =>
    Math.max(
      0,
      ...limits.map(({ count, perMs }) => {
        const earliest = times.at(-count);
        return earliest === undefined ? 0 : earliest + perMs - now;
      }),
    );
  return (place) => {
    const now = clock();
    const here = places.get(place) ?? [];
    places.set(place, here);
    const [placeWait, allWait] = [fullUntil(here, budgets.place, now), fullUntil(all, budgets.all, now)];
    if (allWait > 0) return { scope: "all", retryAfterMs: Math.ceil(allWait) };
    if (placeWait > 0) return { scope: "place", retryAfterMs: Math.ceil(placeWait) };
    here.push(now);
    all.push(now);
    return null;
  };
}
