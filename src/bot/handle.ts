import type { OnInbound, Platform } from "../platform/platform.ts";
import { showHome } from "./home.ts";
import { keepAsEvidence } from "./keep.ts";
import { takeLine } from "./lines.ts";
import { offerOptions } from "./options.ts";
import { takePlace } from "./places.ts";
import type { Room } from "./room.ts";
import { takeMessage } from "./thread-messages.ts";
import { takeSubmission } from "./submitted.ts";
import { answerUnread } from "./unread.ts";

/** The one door for everything that comes in from a platform. */
export function createHandle(options: Omit<Room, "platform">): (platform: Platform) => OnInbound {
  return (platform) => async (inbound) => {
    const room: Room = { ...options, platform };
    switch (inbound.type) {
      case "command":
        return takeLine(room, inbound);
      case "submitted":
        return takeSubmission(room, inbound);
      case "options":
        return offerOptions(room, inbound);
      case "keep":
        return keepAsEvidence(room, inbound);
      case "unread":
        return answerUnread(room, inbound);
      case "home":
        return showHome(room, inbound);
      case "place":
        return takePlace(room, inbound);
      case "message":
        return takeMessage(room, inbound);
      default:
        return inbound satisfies never;
    }
  };
}
