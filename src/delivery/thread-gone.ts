import { isDeepStrictEqual } from "node:util";
import { discussionDelivery, type Discussion } from "../core/discussion.ts";
import { placeOf } from "../core/place.ts";
import type { Delivery } from "../store/outbox.ts";
import type { Change, Store } from "../store/store.ts";
import type { DeliveryProblem } from "./problem.ts";

type Shelf = Pick<Store, "discussions" | "delivery">;

/** Ends the key of what is said once more; what fails even then is given up. */
const AGAIN = "r";

/**
 * A reply that a discussion's thread no longer takes, because the thread or its first message is gone: the discussion gets a
 * new first message, and the reply is said below that. Null where the reply is none of a discussion, or is its card,
 * which whoever keeps discussions up posts anew.
 */
export async function saidBelowNew(
  { kind, row, reason, at }: DeliveryProblem,
  store: Shelf,
): Promise<Change | null> {
  const { key, to, act, parentKey } = row.delivery;
  if (kind !== "failed" || act !== "post" || parentKey === null || key.endsWith(AGAIN)) return null;
  if (!reason.startsWith("target_gone")) return null;
  const here = await store.discussions({ place: to });
  const found = here.find((each) => parentKey.startsWith(`${each.key}.`));
  if (found === undefined || found.away !== null || found.drawn === key) return null;
  // The card went into the old thread while another reply was refused there: it is the new first message already.
  const drawn = await store.delivery(found.drawn);
  if (isDeepStrictEqual(drawn?.delivery.message, row.delivery.message)) return null;
  const [discussion, first] =
    parentKey === found.parent ? await withNewFirst(found, at, store) : [found, null];
  const again = {
    ...row.delivery,
    key: `${key}${AGAIN}`,
    to: placeOf(to),
    parentKey: discussion.parent,
    dueAt: at,
  };
  const cards = Object.fromEntries(
    Object.entries(discussion.cards).map(([proposal, card]) => [proposal, card === key ? again.key : card]),
  );
  return {
    at,
    discussions: [{ ...discussion, cards }],
    deliveries: first === null ? [again] : [first, again],
  };
}

/** Cards of proposals that stand in the old thread are posted anew by whoever keeps the discussion up. */
async function withNewFirst(
  found: Discussion,
  at: Date,
  store: Shelf,
): Promise<readonly [Discussion, Delivery | null]> {
  const written = await store.delivery(found.drawn);
  const cards: [string, string][] = [];
  for (const [proposal, card] of Object.entries(found.cards)) {
    const state = (await store.delivery(card))?.state;
    if (state === "waiting" || state === "sending") cards.push([proposal, card]);
  }
  const next = { ...found, cards: Object.fromEntries(cards) };
  if (written === null) return [{ ...next, drawn: "", shown: "" }, null];
  const parent = discussionDelivery(found, found.sent + 1);
  const { message } = written.delivery;
  const post = { key: parent, to: found.place, act: "post", message, dueAt: at } as const;
  return [
    { ...next, parent, face: parent, drawn: parent, sent: found.sent + 1 },
    { ...post, parentKey: null, subscriptionId: null },
  ];
}
