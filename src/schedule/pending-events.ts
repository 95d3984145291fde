import type { Book } from "../core/book.ts";
import { dayIn } from "../core/day.ts";
import { eventOf, stands } from "../core/events.ts";
import { samePlace, type Address, type Person } from "../core/place.ts";
import { peopleIn, type Entry } from "../core/record.ts";
import type { Assessed } from "../core/standing.ts";
import type { Subscription } from "../core/subscription.ts";
import type { Store } from "../store/store.ts";
import type { Event } from "../views/events.ts";
import type { Who } from "../views/person.ts";

/** The commitments that a rule selects now, by id. */
export function selectedBy(
  { filter, zone }: Subscription,
  book: Book,
  now: Date,
): ReadonlyMap<string, Assessed> {
  return new Map(book.select(filter, dayIn(zone, now)).map((item) => [item.commitment.id, item]));
}

/** Those of `entries` that a rule tells and has not told yet; what was taken back meanwhile is nobody's news. */
export function eventsFor(
  { events, toldSeq = 0 }: Subscription,
  entries: readonly Entry[],
  selected: ReadonlyMap<string, Assessed>,
): readonly Event[] {
  return entries.flatMap((entry) => {
    const kind = eventOf(entry);
    const item = selected.get(entry.commitmentId);
    if (kind === null || item === undefined || entry.seq <= toldSeq || !events.includes(kind)) return [];
    return stands(entry, item.record) ? [{ entry, item }] : [];
  });
}

/** All that a rule has not told yet. */
export function untold(rule: Subscription, book: Book, now: Date): readonly Event[] {
  const selected = selectedBy(rule, book, now);
  const entries = [...selected.values()].flatMap(({ record }) => record.entries);
  return eventsFor(rule, entries, selected).toSorted((a, b) => a.entry.seq - b.entry.seq);
}

/** Without what was recorded at the place itself, which was told there at once. */
export async function fromElsewhere(
  events: readonly Event[],
  to: Address,
  store: Pick<Store, "person">,
): Promise<readonly Event[]> {
  const news: Event[] = [];
  for (const event of events) {
    if (!(await isFrom(event.entry, to, store))) news.push(event);
  }
  return news;
}

async function isFrom({ from }: Entry, to: Address, store: Pick<Store, "person">): Promise<boolean> {
  const { address } = from;
  if (samePlace(address, to)) return true;
  // Of direct messages the ledger keeps the person's key in place of the account.
  if (!("person" in address.to && "person" in to.to) || address.platform !== to.platform) return false;
  const { person: id } = to.to;
  const accounts = (await store.person(address.to.person))?.accounts ?? [];
  return accounts.some(
    (each) => each.platform === to.platform && each.workspace === to.workspace && each.id === id,
  );
}

/** Who recorded, by the account that the place knows. */
export async function whoOf(
  events: readonly Event[],
  { platform }: Address,
  store: Pick<Store, "person">,
): Promise<Who> {
  const known = new Map<string, Person | null>();
  for (const key of events.flatMap(({ entry }) => peopleIn(entry))) {
    if (known.has(key)) continue;
    const accounts = (await store.person(key))?.accounts ?? [];
    known.set(key, accounts.find((each) => each.platform === platform) ?? accounts[0] ?? null);
  }
  return (key) => known.get(key) ?? null;
}
