import { readLink } from "../commands/link.ts";
import { dayIn } from "../core/day.ts";
import { offerDelivery, type CountedReply, type Discussion, type LinkOffer } from "../core/discussion.ts";
import { Fault } from "../core/errors.ts";
import type { Person } from "../core/place.ts";
import type { MessageInbound } from "../platform/platform.ts";
import type { Delivery } from "../store/outbox.ts";
import { offerView } from "../views/offer.ts";
import type { Desk } from "./desk.ts";
import { linksIn } from "./links.ts";
import { digestOf } from "./named.ts";
import type { Room } from "./room.ts";
import { settingsOf } from "./speaking.ts";
import { lookUpThread } from "./threads.ts";

/** A message that arrives later than this is counted; its links are old news. */
const STALE_MS = 10 * 60_000;
/** Most links of one message that are offered. */
const LINKS = 3;

/**
 * What people say to each other in a discussion is theirs: it is counted, a link in it is offered once as evidence, and
 * nothing else of it is kept. Rejects with StoreError, so that the event comes again.
 */
export async function takeMessage(
  { desk, store, clock, platform, onWritten }: Room,
  inbound: MessageInbound,
): Promise<void> {
  const { actor, address, at: sentAt, id, text, ref } = inbound;
  const thread = await lookUpThread(desk, address);
  if (thread === null || thread.discussion === null) return;
  const { discussion } = thread;
  const now = clock();
  const reply = await countedReply(desk, discussion, actor, sentAt);
  const isLate = now.getTime() - sentAt.getTime() > STALE_MS;
  const links = isLate ? [] : newLinks(text, discussion, desk);
  const offers = links.map((url): LinkOffer => ({
    id: offerId(discussion, url),
    url,
    postedBy: reply.personKey,
    message: ref,
  }));
  const { lang: set } = await settingsOf(desk, discussion.place);
  const deliveries = offers.map((offer): Delivery => ({
    key: offerDelivery(offer),
    to: discussion.place,
    act: "post",
    message: offerView(offer, discussion.commitmentId, actor, set ?? desk.lang),
    dueAt: now,
    parentKey: discussion.parent,
    subscriptionId: null,
  }));
  // Where only some of what is said comes in, a count would be wrong.
  const replies = platform.abilities.reads ? [reply] : [];
  await store.commit({ at: now, accept: id, replies, offers, deliveries });
  if (deliveries.length > 0) onWritten();
}

/** Somebody's reply as it is counted. */
export async function countedReply(
  desk: Desk,
  discussion: Discussion,
  actor: Person,
  at: Date,
): Promise<CountedReply> {
  const { zone } = await settingsOf(desk, discussion.place);
  const personKey = await desk.shelf.personKey(actor);
  return { discussion, personKey, day: dayIn(zone ?? desk.zone, at), at };
}

/** The same for a link of one discussion, so that it is offered there once. */
function offerId({ key }: Discussion, url: string): string {
  return digestOf(`${key} ${url}`, 24);
}

/** Links that can be kept and that the record does not have yet. */
function newLinks(text: string, { commitmentId }: Discussion, { book }: Desk): readonly string[] {
  const known = new Set(book.ledger.of(commitmentId).evidence.map(({ data }) => data.url));
  const found = linksIn(text).flatMap((typed) => {
    try {
      return [readLink(typed)];
    } catch (error) {
      if (error instanceof Fault) return [];
      throw error;
    }
  });
  return [...new Set(found)].filter((url) => !known.has(url)).slice(0, LINKS);
}
