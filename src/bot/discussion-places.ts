import { leftAlone, newDiscussion, takenUp } from "../core/discussion.ts";
import type { Address } from "../core/place.ts";
import type { PlaceInbound } from "../platform/platform.ts";
import { entryName } from "./perform.ts";
import { committed } from "./retried.ts";
import type { Room } from "./room.ts";

/** Leaves the discussions of a place alone that cannot be reached any more. Resolves with whether any stood. */
export async function leaveDiscussions(
  { store, clock }: Room,
  place: Address,
  why: string,
): Promise<boolean> {
  return committed(store, async () => {
    const standing = (await store.discussions({ place })).filter(({ away }) => away === null);
    if (standing.length === 0) return null;
    return { at: clock(), discussions: standing.map((each) => leftAlone(each, why, null)) };
  });
}

/** Takes them up again where the bot is back: each card is brought up to date where it stands. */
export async function takeUpDiscussions({ store, clock }: Room, place: Address): Promise<boolean> {
  return committed(store, async () => {
    const left = (await store.discussions({ place })).filter(({ away }) => away !== null);
    return left.length === 0 ? null : { at: clock(), discussions: left.map(takenUp) };
  });
}

/**
 * A channel that has another id from now on: what was posted under the old one can no longer be reached, so each
 * discussion gets a new first message there; one that was left alone there before is taken up again.
 */
export async function moveDiscussions(
  { desk, store, clock }: Room,
  { id, place: from, to }: PlaceInbound,
): Promise<boolean> {
  if (to === null) return false;
  return committed(store, async () => {
    const [old, there] = await Promise.all([
      store.discussions({ place: from }),
      store.discussions({ place: to }),
    ]);
    const standing = old.filter(({ away }) => away === null);
    const known = new Set(there.map(({ commitmentId }) => commitmentId));
    const opened = standing
      .filter(({ commitmentId }) => !known.has(commitmentId))
      .map(({ commitmentId }) =>
        newDiscussion({
          commitmentId,
          place: to,
          key: `t:${entryName(`${id} ${commitmentId}`)}`,
          toldSeq: desk.book.ledger.seq,
        }),
      );
    if (standing.length === 0) return null;
    const wanted = new Set(standing.map(({ commitmentId }) => commitmentId));
    const again = there.filter(({ commitmentId, away }) => away !== null && wanted.has(commitmentId));
    return {
      at: clock(),
      discussions: [
        ...standing.map((each) => leftAlone(each, "moved", null)),
        ...opened,
        ...again.map(takenUp),
      ],
    };
  });
}
