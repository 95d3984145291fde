import { formatAddress } from "../core/place.ts";
import type { PlaceInbound } from "../platform/platform.ts";
import { leaveDiscussions, moveDiscussions, takeUpDiscussions } from "./discussion-places.ts";
import { greet } from "./greet.ts";
import { holdRules } from "./held.ts";
import { moveRules } from "./moved.ts";
import type { Room } from "./room.ts";

/** What becomes of a place's rules when the place changes. Rejects with StoreError, so that the event comes again. */
export async function takePlace(room: Room, inbound: PlaceInbound): Promise<void> {
  const { log, platform, onWritten } = room;
  const { what, place } = inbound;
  log.info("a place changed", { platform: platform.name, what, place: logged(place) });
  if (await written(room, inbound)) onWritten();
}

/** Resolves with whether something was written that may have to be sent. */
async function written(room: Room, inbound: PlaceInbound): Promise<boolean> {
  const { what, place } = inbound;
  switch (what) {
    case "joined":
      return either(await greet(room, inbound), await takeUpDiscussions(room, place));
    case "left":
    case "gone":
      return either(await holdRules(room, inbound, what), await leaveDiscussions(room, place, what));
    case "moved":
      return either(await moveRules(room, inbound), await moveDiscussions(room, inbound));
    case "back":
      // Whether anyone still wants the rules that ran before is theirs to say; the owners were told the line.
      return takeUpDiscussions(room, place);
    case "renamed":
      // Nothing is kept by a place's name.
      return false;
    default:
      return what satisfies never;
  }
}

/** Channels by their id; whose direct messages somebody opens is nobody's business. */
function logged(place: PlaceInbound["place"]): string {
  return "channel" in place.to ? formatAddress(place) : "direct messages";
}

function either(one: boolean, other: boolean): boolean {
  return one || other;
}
