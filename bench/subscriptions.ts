import type { Dataset } from "../src/core/commitment.ts";
import type { Address, Person } from "../src/core/place.ts";
import type { Subscription } from "../src/core/subscription.ts";
import type { Store } from "../src/store/store.ts";

const OWNER: Person = { platform: "slack", workspace: "T1", id: "U1" };

export function channel(at: number): Address {
  return { platform: "slack", workspace: "T1", to: { channel: `C${at}` }, thread: null };
}

/** A digest in a channel of its own, for one district after the other. */
export function subscriptionOf(
  at: number,
  { districts, zone }: Dataset,
  rule: Pick<Subscription, "schedule" | "nextAt" | "createdAt">,
): Subscription {
  const district = districts[at % districts.length]?.code ?? "";
  return {
    id: `S-${at + 1}`,
    kind: "digest",
    to: channel(at),
    owner: OWNER,
    filter: [{ key: "district", negated: false, values: [district] }],
    zone,
    workday: "ignore",
    missed: "late",
    empty: "say",
    before: [],
    events: [],
    lang: at % 2 === 0 ? "zh" : "en",
    paused: null,
    muted: null,
    ...rule,
  };
}

/** Writes many in a few transactions. */
export async function putAll(store: Store, subscriptions: readonly Subscription[], at: Date): Promise<void> {
  for (let from = 0; from < subscriptions.length; from += 1_000) {
    await store.commit({ at, subscriptions: subscriptions.slice(from, from + 1_000) });
  }
}
