import type { Day } from "./day.ts";
import { formatAddress, placeOf, type Address, type MessageRef } from "./place.ts";

/** The one thread of a commitment in a channel, and what Qushi keeps up there. */
export interface Discussion {
  readonly commitmentId: string;
  /** The channel, without a thread. */
  readonly place: Address;
  /** Its deliveries are named after it: `KEY.1`, `KEY.2`. */
  readonly key: string;
  /** The delivery that opened the thread. */
  readonly parent: string;
  /** The delivery whose message shows the state: the parent, or a reply where the parent can no longer be edited. */
  readonly face: string;
  /** The delivery that wrote the state last: the face itself, or an edit of it; empty: there is no card yet. */
  readonly drawn: string;
  /** What it says, as a digest: equal states need no edit. */
  readonly shown: string;
  /** The ledger's position up to which events were told. */
  readonly toldSeq: number;
  /** How many deliveries it has made; names the next one. */
  readonly sent: number;
  /** The cards of proposals that wait for a decision: the delivery of each, by the proposal's entry. */
  readonly cards: Readonly<Record<string, string>>;
  /** Why it is left alone for now; null while it is kept up. */
  readonly away: string | null;
  /** How often it was written, where it was read from the store: a copy that is written back fits only on that one. */
  readonly revision?: number;
}

/** Whether discussions can be opened there: in the channels of chats. */
export function holdsThreads({ platform, to }: Pick<Address, "platform" | "to">): boolean {
  return "channel" in to && (platform === "slack" || platform === "feishu");
}

/** The name of a discussion: one for each commitment and place. */
export function discussionName({ commitmentId, place }: Pick<Discussion, "commitmentId" | "place">): string {
  return `${commitmentId} ${formatAddress(placeOf(place))}`;
}

/** The name of its nth delivery. */
export function discussionDelivery({ key }: Pick<Discussion, "key">, nth: number): string {
  return `${key}.${nth}`;
}

/** A discussion that is about to be opened: whoever keeps discussions up posts its card. */
export function newDiscussion(
  of: Pick<Discussion, "commitmentId" | "place" | "key" | "toldSeq">,
): Discussion {
  const parent = discussionDelivery(of, 1);
  return { ...of, parent, face: parent, drawn: "", shown: "", sent: 0, cards: {}, away: null };
}

/** Left alone, because its place cannot be reached. `lost`: the delivery that did not arrive. */
export function leftAlone(discussion: Discussion, away: string, lost: string | null): Discussion {
  return { ...discussion, away, drawn: lost === discussion.parent ? "" : discussion.drawn };
}

/** Taken up again: where its card stands it is edited there, whatever was tried in between. */
export function takenUp(discussion: Discussion): Discussion {
  const { parent, drawn } = discussion;
  const stands = drawn === "" ? {} : { face: parent, drawn: parent };
  return { ...discussion, ...stands, away: null, shown: "" };
}

/** What people wrote in a thread, counted and never kept. */
export interface Talk {
  readonly replies: number;
  readonly people: number;
  readonly lastAt: Date;
}

/** Somebody's reply in a discussion. */
export interface CountedReply {
  readonly discussion: Pick<Discussion, "commitmentId" | "place">;
  readonly personKey: string;
  readonly day: Day;
  readonly at: Date;
}

/** A link that somebody posted in a thread and that can be kept as evidence. */
export interface LinkOffer {
  /** Names it in the buttons that keep it. */
  readonly id: string;
  readonly url: string;
  /** Who posted it, as a key of `people`. */
  readonly postedBy: string;
  readonly message: MessageRef;
}

/** The key of the delivery that asks whether a link is to be kept. */
export function offerDelivery({ id }: Pick<LinkOffer, "id">): string {
  return `l:${id}`;
}
