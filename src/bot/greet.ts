import { formatAddress, type Address } from "../core/place.ts";
import type { Message } from "../message/message.ts";
import type { PlaceInbound } from "../platform/platform.ts";
import type { Change } from "../store/store.ts";
import { greetingToOneView, greetingView, returnedView } from "../views/greeting.ts";
import { BY_HAND } from "../views/subscription.ts";
import { digestOf } from "./named.ts";
import type { Room } from "./room.ts";

/**
 * Greets a place once for good; one whose rules were held while the bot was away is told each time how they go on.
 * Resolves with whether anything is to be sent.
 */
export async function greet(room: Room, inbound: PlaceInbound): Promise<boolean> {
  const { desk, store, clock } = room;
  const { place } = inbound;
  const at = clock();
  const lang = (await store.settings(place))?.lang ?? desk.lang;
  const rules = "channel" in place.to ? await store.subscriptions({ place }) : [];
  const held = rules.filter(({ paused }) => paused !== null && paused !== BY_HAND);
  if (held.length > 0) {
    const note = postTo(place, returnedView(held, lang), `back ${formatAddress(place)} ${inbound.id}`, at);
    const told = await store.commit({ at, accept: inbound.id, deliveries: [note] });
    return told.done;
  }
  // A hash: the mark is kept for good, and may be of one person's direct messages.
  const slot = `greeting ${digestOf(formatAddress(place), 40)}`;
  const hasDigest = rules.some(({ kind }) => kind === "digest");
  // In the dataset's own numbers; a channel is also offered its digest.
  const words =
    "channel" in place.to ? greetingView(desk.book, hasDigest, lang) : greetingToOneView(desk.book, lang);
  const greeting = postTo(place, words, slot, at);
  const greeted = await store.commit({ at, slot, deliveries: [greeting] });
  return greeted.done;
}

/** A message of the bot's own accord. */
export function postTo(
  to: Address,
  message: Message,
  name: string,
  at: Date,
): NonNullable<Change["deliveries"]>[number] {
  const key = `n:${digestOf(name, 40)}`;
  return { key, to, act: "post", message, dueAt: at, parentKey: null, subscriptionId: null };
}
