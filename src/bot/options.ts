import { commitmentOptions } from "../commands/commitment-options.ts";
import { dayIn } from "../core/day.ts";
import type { Filter } from "../core/filter.ts";
import type { OptionsInbound } from "../platform/platform.ts";
import { StoreError } from "../store/store.ts";
import type { Room } from "./room.ts";
import { spokenTo } from "./speaking.ts";

/** Offers the commitments that fit what somebody types; whoever types waits, so that something is always offered. */
export async function offerOptions(
  room: Room,
  { typed, actor, place, offer }: OptionsInbound,
): Promise<void> {
  const { desk, clock, log, platform } = room;
  const { lang, zone } = await spokenTo(desk, actor, place);
  const followed = typed.trim() === "" ? await followedIn(room, place) : [];
  const choices = commitmentOptions(typed, followed, desk.book, dayIn(zone, clock()), lang);
  try {
    await offer(choices);
  } catch (error) {
    log.error("options could not be offered", { platform: platform.name, reason: String(error) });
  }
}

/** What the rules of a place select. */
async function followedIn({ desk }: Room, place: OptionsInbound["place"]): Promise<readonly Filter[]> {
  try {
    const rules = await desk.shelf.subscriptions({ place });
    return rules.map(({ filter }) => filter).filter((filter) => filter.length > 0);
  } catch (error) {
    if (error instanceof StoreError) return [];
    throw error;
  }
}
