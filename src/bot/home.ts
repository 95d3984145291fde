import { personOf, whoIn } from "../commands/entry.ts";
import { reviewersIn } from "../commands/reviewers.ts";
import { addDays, dayIn, type Day } from "../core/day.ts";
import { DUE_SOON_DAYS } from "../core/light.ts";
import type { Person } from "../core/place.ts";
import { isAtLeast, roleIn } from "../core/roles.ts";
import { isSettled, type Assessed } from "../core/standing.ts";
import type { Subscription } from "../core/subscription.ts";
import { tally } from "../core/tally.ts";
import type { Message } from "../message/message.ts";
import type { HomeInbound } from "../platform/platform.ts";
import { StoreError } from "../store/store.ts";
import { homeView, type Home } from "../views/home.ts";
import { problemView } from "../views/problem.ts";
import { askerOf } from "./authorize.ts";
import type { Desk } from "./desk.ts";
import type { Room } from "./room.ts";
import { spokenTo } from "./speaking.ts";

/** Shows somebody the bot's own page as everything stands now. */
export async function showHome(room: Room, { actor, place, show }: HomeInbound): Promise<void> {
  const { desk, clock, log, platform } = room;
  const now = clock();
  const spoken = await spokenTo(desk, actor, place);
  const page = await pageOf(desk, actor, now, spoken);
  try {
    await show(page);
  } catch (error) {
    log.error("a home could not be shown", { platform: platform.name, reason: String(error) });
  }
}

async function pageOf(
  desk: Desk,
  actor: Person,
  now: Date,
  { lang, zone }: Pick<Home, "lang" | "zone">,
): Promise<Message> {
  const { book, shelf, catchUp } = desk;
  try {
    await catchUp.lately(now);
    const rules = await shelf.subscriptions({ owner: actor });
    const today = dayIn(zone, now);
    const followed = followedBy(rules, desk, today);
    const shown = followed ?? book.on(today);
    const waiting = await waitingFor(desk, actor, today);
    const entries = waiting.map(({ proposal }) => proposal);
    const who = await whoIn({ entries }, { shelf, actor, actorKey: await shelf.personKey(actor) });
    return homeView({
      rules,
      due: dueAmong(shown, today),
      waiting,
      tally: tally(shown),
      follows: followed !== null,
      who,
      book,
      now,
      today,
      zone,
      lang,
    });
  } catch (error) {
    if (error instanceof StoreError) return problemView({ code: "store_busy", fix: error.fix }, lang);
    throw error;
  }
}

/** What somebody's rules select together; null where they have none, or select nothing by name. */
function followedBy(rules: readonly Subscription[], { book }: Desk, today: Day): readonly Assessed[] | null {
  if (rules.length === 0) return null;
  const ids = new Set(
    rules.flatMap(({ filter }) => book.select(filter, today).map(({ commitment }) => commitment.id)),
  );
  return book.on(today).filter(({ commitment }) => ids.has(commitment.id));
}

/** Late and due within 14 days; where nothing is, the next one. */
function dueAmong(shown: readonly Assessed[], today: Day): readonly Assessed[] {
  const dated = shown
    .filter(({ due, standing }) => due !== null && !isSettled(standing))
    .toSorted((a, b) => ((a.due ?? "") < (b.due ?? "") ? -1 : 1));
  const soon = dated.filter(({ due }) => due !== null && due <= addDays(today, DUE_SOON_DAYS));
  return soon.length > 0 ? soon : dated.slice(0, 1);
}

/** The open proposals that somebody may approve: never their own, unless nobody else may review. */
async function waitingFor(desk: Desk, actor: Person, today: Day): Promise<Home["waiting"]> {
  const { book, shelf, admins, commands } = desk;
  const proposed = book.on(today).flatMap((item) => {
    const { proposal } = item.record;
    return proposal === null ? [] : [{ item, proposal }];
  });
  const approve = commands.find(({ name }) => name === "approve");
  if (proposed.length === 0 || approve === undefined) return [];
  const { rights, key } = await askerOf(shelf, approve, { actor, role: null }, admins);
  const waiting: Home["waiting"][number][] = [];
  for (const each of proposed) {
    const { district } = each.item.commitment;
    if (!isAtLeast(roleIn(rights, district), "reviewer")) continue;
    const isOwn = (await personOf(each.proposal.actorKey, { shelf })) === key;
    const reviewers = isOwn
      ? await reviewersIn(district, { shelf, admins, rights, actor, actorKey: key })
      : [];
    if (reviewers.every((reviewer) => reviewer.key === key)) waiting.push(each);
  }
  return waiting;
}
