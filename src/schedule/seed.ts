import type { Book } from "../core/book.ts";
import { workCalendar } from "../core/calendar.ts";
import { nextRun } from "../core/next.ts";
import { formatAddress, type Address, type Person } from "../core/place.ts";
import type { Subscription } from "../core/subscription.ts";
import type { Store } from "../store/store.ts";

/** What the environment asks for: one digest for each address. */
export interface Seeds {
  readonly cron: string;
  readonly to: readonly Address[];
  readonly zone: string;
  /** Who is told when something is wrong with a seeded rule. */
  readonly owner: Person;
}

/** An address whose stored rule differs from what the environment says; the stored one stands. */
export interface Differing {
  readonly to: Address;
  readonly stored: Subscription | null;
}

/**
 * Sets a digest for each address that never had one from the environment. Once set, the stored rule wins: people may
 * have changed or ended it since. Resolves with those that differ.
 */
export async function seedDigests(
  { cron, to, zone, owner }: Seeds,
  store: Store,
  book: Book,
  now: Date,
): Promise<readonly Differing[]> {
  const differing: Differing[] = [];
  for (const place of to) {
    const stored = (await store.subscriptions({ place })).find(({ kind }) => kind === "digest") ?? null;
    const slot = `seed ${formatAddress(place)}`;
    const rule: Subscription = {
      id: stored?.id ?? (await store.newSubscriptionId()),
      kind: "digest",
      to: place,
      owner: "person" in place.to ? personOf(place, place.to.person) : owner,
      filter: [],
      schedule: { kind: "cron", cron },
      zone,
      workday: "next",
      missed: "late",
      empty: "say",
      before: [],
      events: [],
      lang: null,
      paused: null,
      muted: null,
      createdAt: now,
      nextAt: null,
    };
    const nextAt = nextRun({ ...rule, calendar: workCalendar(book.dataset.calendar) }, now)?.at ?? null;
    const seeded =
      stored === null
        ? await store.commit({ at: now, slot, subscriptions: [{ ...rule, nextAt }] })
        : await store.commit({ at: now, slot });
    const isNew = stored === null && seeded.done;
    const agrees = stored?.schedule.kind === "cron" && stored.schedule.cron === cron;
    if (!isNew && !agrees) differing.push({ to: place, stored });
  }
  return differing;
}

function personOf({ platform, workspace }: Address, id: string): Person {
  return { platform, workspace, id };
}
