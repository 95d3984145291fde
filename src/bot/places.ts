import { formatAddress } from "../core/place.ts";
import type { PlaceInbound } from "../platform/platform.ts";
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
  const { what } = inbound;
  switch (what) {
    case "joined":
      return greet(room, inbound);
    case "left":
    case "gone":
      return holdRules(room, inbound, what);
    case "moved":
      return moveRules(room, inbound);
    case "back":
      // Whether anyone still wants what ran before the archive is theirs to say; the owners were told the line.
      return false;
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
