import { workCalendar, nextWorkday, type WorkCalendar } from "./calendar.ts";
import { dayIn, type Day } from "./day.ts";
import { discussionName, type Discussion, type Talk } from "./discussion.ts";
import type { Book } from "./book.ts";
import type { Address } from "./place.ts";
import type { Subscription } from "./subscription.ts";
import type { Assessed } from "./standing.ts";

/** What people talked about in a place since its last digest, as far as Qushi may see it. */
export interface Discussed {
  /** By the number of replies since then, most first. */
  readonly most: readonly { readonly item: Assessed; readonly talk: Talk }[];
  /**
   * Somebody wrote, two working days have passed, and nothing was recorded or concluded since: longest first, with the
   * day of the last reply.
   */
  readonly waiting: readonly { readonly item: Assessed; readonly since: Day }[];
}

export const NOTHING_DISCUSSED: Discussed = { most: [], waiting: [] };
/** Most of each that a digest names. */
const NAMED = 3;

/** Where discussions and what was counted in them are found. */
export interface DiscussionShelf {
  readonly discussions: (of: { readonly place: Address }) => Promise<readonly Discussion[]>;
  readonly talk: (place: Address, since: Day | null) => Promise<ReadonlyMap<string, Talk>>;
}

/** What was talked about in a rule's place since `since`, or (null) ever. */
export async function discussedAt(
  { to, zone, filter }: Pick<Subscription, "to" | "zone" | "filter">,
  since: Date | null,
  shelf: DiscussionShelf,
  book: Pick<Book, "dataset" | "select">,
  now: Date,
): Promise<Discussed> {
  const discussions = await shelf.discussions({ place: to });
  if (discussions.length === 0) return NOTHING_DISCUSSED;
  const [lately, ever] = await Promise.all([
    shelf.talk(to, since === null ? null : dayIn(zone, since)),
    shelf.talk(to, null),
  ]);
  const items = book.select(filter, dayIn(zone, now));
  return discussedIn({ discussions, lately, ever, items, calendar: book.dataset.calendar, zone, now });
}

/** `lately`: counted since the last digest; `ever`: since the discussions were opened. Both by the discussion's name. */
export function discussedIn(of: {
  readonly discussions: readonly Discussion[];
  readonly lately: ReadonlyMap<string, Talk>;
  readonly ever: ReadonlyMap<string, Talk>;
  readonly items: readonly Assessed[];
  readonly calendar: "CN" | "weekends";
  readonly zone: string;
  readonly now: Date;
}): Discussed {
  const { discussions, lately, ever, items, zone, now } = of;
  const calendar = workCalendar(of.calendar);
  const byId = new Map(items.map((item) => [item.commitment.id, item]));
  const most: Discussed["most"][number][] = [];
  const waiting: Discussed["waiting"][number][] = [];
  for (const discussion of discussions) {
    const item = byId.get(discussion.commitmentId);
    if (item === undefined) continue;
    const name = discussionName(discussion);
    const talk = lately.get(name);
    if (talk !== undefined) most.push({ item, talk });
    const last = ever.get(name)?.lastAt;
    if (last !== undefined && waits(item, last, calendar, zone, now))
      waiting.push({ item, since: dayIn(zone, last) });
  }
  return {
    most: most.toSorted((a, b) => b.talk.replies - a.talk.replies).slice(0, NAMED),
    waiting: waiting.toSorted((a, b) => (a.since < b.since ? -1 : a.since > b.since ? 1 : 0)).slice(0, NAMED),
  };
}

function waits({ record }: Assessed, last: Date, calendar: WorkCalendar, zone: string, now: Date): boolean {
  const answered = record.entries.some(({ at }) => at >= last);
  const patience = nextWorkday(nextWorkday(dayIn(zone, last), calendar), calendar);
  return !answered && dayIn(zone, now) >= patience;
}
