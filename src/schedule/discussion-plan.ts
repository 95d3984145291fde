import { createHash } from "node:crypto";
import { discussionDelivery, leftAlone, type Discussion } from "../core/discussion.ts";
import type { Message } from "../message/message.ts";
import { TOO_OLD, type Delivery, type OutboxRow } from "../store/outbox.ts";

/** What a discussion has to say now. */
export interface Sayings {
  readonly card: Message;
  /** New replies, oldest first: what was recorded, and cards of proposals by their entries. */
  readonly replies: readonly { readonly message: Message; readonly proposal: string | null }[];
  /** Cards of proposals that are settled, by the proposal's entry. */
  readonly settled: readonly { readonly proposal: string; readonly message: Message }[];
  /** For the channel itself. */
  readonly echoes: readonly Message[];
  /** The ledger's position that all this tells of. */
  readonly seq: number;
}

export interface Plan {
  readonly discussion: Discussion;
  readonly deliveries: readonly Delivery[];
  /** The card has changed and is still being written: it is looked at again. */
  readonly waits: boolean;
}

/**
 * What is to be sent so that a discussion says what is so. The card is edited one edit at a time, the next with whatever
 * has changed by then. Where it can no longer be edited the state is posted in its thread, and that reply is edited from
 * then on; where not even the thread takes it, the discussion gets a new first message.
 */
export function planDiscussion(
  discussion: Discussion,
  written: OutboxRow | null,
  sayings: Sayings,
  now: Date,
  loudAt: Date,
): Plan {
  const deliveries: Delivery[] = [];
  let next = discussion;
  const send = (message: Message, rest: Pick<Delivery, "act" | "parentKey" | "dueAt">): string => {
    const key = discussionDelivery(next, next.sent + 1);
    next = { ...next, sent: next.sent + 1 };
    deliveries.push({ key, to: next.place, message, subscriptionId: null, ...rest });
    return key;
  };
  const reply = (message: Message, dueAt: Date): string =>
    send(message, { act: "post", parentKey: next.parent, dueAt });

  const shown = digestOf(sayings.card);
  let waits = false;
  switch (standOf(discussion, written)) {
    case "none": {
      const parent = send(sayings.card, { act: "post", parentKey: null, dueAt: now });
      next = { ...next, parent, face: parent, drawn: parent, shown, cards: {} };
      break;
    }
    case "under_way":
      waits = shown !== discussion.shown;
      break;
    case "shown":
      if (shown !== discussion.shown) {
        const drawn = send(sayings.card, { act: { edit: next.face }, parentKey: null, dueAt: now });
        next = { ...next, shown, drawn };
      }
      break;
    case "late": {
      const edits = discussion.drawn !== discussion.face;
      const drawn = edits
        ? send(sayings.card, { act: { edit: next.face }, parentKey: null, dueAt: now })
        : reply(sayings.card, now);
      next = { ...next, face: edits ? next.face : drawn, drawn, shown };
      break;
    }
    case "lost": {
      if (discussion.drawn === discussion.parent)
        return {
          discussion: leftAlone(discussion, written?.reason ?? "its card was not posted", discussion.parent),
          deliveries: [],
          waits: false,
        };
      const inThread = discussion.drawn !== discussion.face;
      const face = inThread
        ? reply(sayings.card, now)
        : send(sayings.card, { act: "post", parentKey: null, dueAt: now });
      next = inThread
        ? { ...next, face, drawn: face, shown }
        : { ...next, parent: face, face, drawn: face, shown, cards: {} };
      break;
    }
  }
  for (const { message, proposal } of sayings.replies) {
    const key = reply(message, loudAt);
    if (proposal !== null) next = { ...next, cards: { ...next.cards, [proposal]: key } };
  }
  for (const { proposal, message } of sayings.settled) {
    const { [proposal]: card, ...cards } = next.cards;
    if (card === undefined) continue;
    send(message, { act: { edit: card }, parentKey: null, dueAt: now });
    next = { ...next, cards };
  }
  for (const message of sayings.echoes) send(message, { act: "post", parentKey: null, dueAt: loudAt });
  return { discussion: { ...next, toldSeq: Math.max(next.toldSeq, sayings.seq) }, deliveries, waits };
}

/**
 * How the last writing of the card went; a receipt that is forgotten was one of something sent. late: it waited for so long
 * that it was not sent, and the state is written anew.
 */
function standOf(
  { drawn, parent }: Discussion,
  row: OutboxRow | null,
): "none" | "under_way" | "shown" | "late" | "lost" {
  if (drawn === "") return "none";
  switch (row?.state) {
    case undefined:
    case "sent":
      return "shown";
    case "waiting":
    case "sending":
      return "under_way";
    case "failed":
      return row.reason === TOO_OLD && drawn !== parent ? "late" : "lost";
    case "unconfirmed":
    case "dropped":
      return "lost";
  }
}

function digestOf(card: Message): string {
  return createHash("sha256").update(JSON.stringify(card)).digest("hex").slice(0, 16);
}
