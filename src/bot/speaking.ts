import { NO_SETTINGS, type Settings } from "../core/subscription.ts";
import type { Lang } from "../core/lang.ts";
import { directTo, placeOf, type Address, type Person } from "../core/place.ts";
import { StoreError } from "../store/store.ts";
import type { Desk } from "./desk.ts";

/** What a place has set. A store that is away must not keep a question from its answer. */
export async function settingsOf({ shelf }: Pick<Desk, "shelf">, place: Address): Promise<Settings> {
  try {
    return (await shelf.settings(placeOf(place))) ?? NO_SETTINGS;
  } catch (error) {
    if (error instanceof StoreError) return NO_SETTINGS;
    throw error;
  }
}

/** The language and the zone of somebody who has written nothing to go by. */
export async function spokenTo(
  desk: Desk,
  actor: Person,
  place: Address,
): Promise<{ readonly lang: Lang; readonly zone: string }> {
  const [own, here] = await Promise.all([settingsOf(desk, directTo(actor)), settingsOf(desk, place)]);
  return { lang: own.lang ?? here.lang ?? desk.lang, zone: own.zone ?? here.zone ?? desk.zone };
}
