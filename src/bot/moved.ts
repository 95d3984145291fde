import { formatAddress, placeOf } from "../core/place.ts";
import type { PlaceInbound } from "../platform/platform.ts";
import { committed } from "./retried.ts";
import type { Room } from "./room.ts";

/**
 * Takes rules and settings along to the id that a place has from now on; settings made under the new one stand. What
 * waits in the outbox for the old id stays there: the platform refuses or forwards it.
 */
export async function moveRules(
  { store, clock, log, platform }: Room,
  inbound: PlaceInbound,
): Promise<boolean> {
  const { id, place, to } = inbound;
  if (to === null) {
    log.error("a place moved to nowhere", { platform: platform.name });
    return false;
  }
  const at = clock();
  const into = placeOf(to);
  return committed(store, async () => {
    const rules = await store.subscriptions({ place });
    const [before, there] = [await store.settings(place), await store.settings(into)];
    const settings = before === null || there !== null ? [] : [{ place: into, settings: before }];
    if (rules.length === 0 && settings.length === 0) return null;
    const detail = [`to ${formatAddress(into)}`, ...rules.map((rule) => rule.id)].join(" · ");
    return {
      at,
      accept: id,
      subscriptions: rules.map((rule) => ({ ...rule, to: into })),
      settings,
      audit: [{ at, actor: null, where: place, what: "place moved", outcome: "done", detail }],
    };
  });
}
