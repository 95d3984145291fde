import type { Book } from "../core/book.ts";
import { workCalendar, nextWorkday } from "../core/calendar.ts";
import { dayIn } from "../core/day.ts";
import type { Discussion } from "../core/discussion.ts";
import { eventOf, stands } from "../core/events.ts";
import { accountOn, samePlace, type Person } from "../core/place.ts";
import type { Entry, EntryOf } from "../core/record.ts";
import { reviewersOf } from "../core/reviewers.ts";
import type { Assessed } from "../core/standing.ts";
import type { Settings, Subscription } from "../core/subscription.ts";
import type { Store } from "../store/store.ts";
import { discussionCard, discussionEvents, proposalCard, settledCard } from "../views/discussion.ts";
import { eventLine, withoutPeople, type Event } from "../views/events.ts";
import { lineText, type Message } from "../message/message.ts";
import type { Telling } from "../views/telling.ts";
import { selectedBy } from "./pending-events.ts";
import type { Sayings } from "./discussion-plan.ts";

/** What one discussion has to say; nothing is looked up here that the place does not see anyway. */
export async function sayingsOf(of: {
  readonly discussion: Discussion;
  readonly item: Assessed;
  /** The id of the thread in its channel; null until its card has arrived. */
  readonly thread: string | null;
  readonly settings: Settings;
  readonly rules: readonly Subscription[];
  readonly reviewers: Reviewers;
  readonly telling: Telling;
  readonly now: Date;
}): Promise<Sayings> {
  const { discussion, item, thread, telling, settings, now } = of;
  const { record } = item;
  const fresh = record.entries.filter(({ seq }) => seq > discussion.toldSeq);
  const standing = fresh.filter((entry) => stands(entry, record));
  const told = standing.filter((entry) => !isFromThread(entry, discussion, thread));
  const events = told.filter(({ type }) => type !== "rating_proposed").map((entry) => ({ entry, item }));
  const { proposal } = record;
  const card =
    proposal === null || discussion.cards[proposal.id] !== undefined ? [] : [await cardOf(proposal, of)];
  return {
    card: discussionCard(item, telling),
    replies: [
      ...(events.length === 0 ? [] : [{ message: discussionEvents(events, telling), proposal: null }]),
      ...card,
    ],
    settled: Object.keys(discussion.cards).flatMap((id) => {
      if (proposal?.id === id) return [];
      const decided = record.entries.find((entry) => entry.id === id);
      return decided?.type === "rating_proposed"
        ? [{ proposal: id, message: settledCard(decided, item, telling) }]
        : [];
    }),
    echoes: standing
      .filter((entry) => isEchoed(entry, discussion, thread, of.rules, settings, telling.book, now))
      .map((entry) => echo({ entry, item }, telling)),
    seq: record.entries.at(-1)?.seq ?? 0,
  };
}

async function cardOf(
  proposal: EntryOf<"rating_proposed">,
  { item, reviewers, telling }: Pick<Parameters<typeof sayingsOf>[0], "item" | "reviewers" | "telling">,
): Promise<Sayings["replies"][number]> {
  const others = await reviewers(item.commitment.district, proposal.actorKey);
  return { message: proposalCard(proposal, item, others, telling), proposal: proposal.id };
}

/** Typed in the discussion's own thread, where its author was answered. */
function isFromThread({ from }: Entry, { place }: Pick<Discussion, "place">, thread: string | null): boolean {
  return thread !== null && from.address.thread === thread && samePlace(from.address, place);
}

/** By what the place has set; what was recorded in the channel itself, or is told there by a rule, is known already. */
function isEchoed(
  entry: Entry,
  discussion: Discussion,
  thread: string | null,
  rules: readonly Subscription[],
  { echo }: Settings,
  book: Book,
  now: Date,
): boolean {
  switch (echo ?? "final") {
    case "none":
      return false;
    case "final":
      if (entry.type !== "rating_approved" && entry.type !== "discussion_resolved") return false;
      break;
    case "all":
      break;
  }
  if (isFromThread(entry, discussion, thread)) return true;
  if (samePlace(entry.from.address, discussion.place)) return false;
  const kind = eventOf(entry);
  return !rules.some(
    (rule) =>
      kind !== null &&
      rule.paused === null &&
      rule.events.includes(kind) &&
      selectedBy(rule, book, now).has(entry.commitmentId),
  );
}

function echo(event: Event, telling: Telling): Message {
  const line = eventLine(event, telling);
  return {
    summary: lineText(withoutPeople(line)),
    blocks: [{ type: "text", lines: [line] }],
  };
}

/** Who may review in a district, but for one person. */
export type Reviewers = (district: string, but: string) => Promise<readonly Person[]>;

/** Each by one account: on a platform, where they have one there. */
export function reviewersOn(
  { platform }: Pick<Person, "platform">,
  store: Pick<Store, "grants" | "person" | "personKey">,
  admins: readonly Person[],
): Reviewers {
  return async (district, but) => {
    const own = (await store.person(but))?.key ?? but;
    const all = await reviewersOf(district, store, admins);
    return all.flatMap(({ key, accounts }) => {
      const account = accountOn(platform, accounts);
      return key === own || account === null ? [] : [account];
    });
  };
}

/** The day on which a proposal has waited for two working days. */
export function reminderDay(proposal: EntryOf<"rating_proposed">, book: Book, zone: string): string {
  const calendar = workCalendar(book.dataset.calendar);
  return nextWorkday(nextWorkday(dayIn(zone, proposal.at), calendar), calendar);
}
