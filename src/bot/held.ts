import { directTo, formatPerson, samePerson, samePlace, type Person } from "../core/place.ts";
import type { Subscription } from "../core/subscription.ts";
import type { PlaceInbound } from "../platform/platform.ts";
import type { Change } from "../store/store.ts";
import { problemNotice } from "../views/notices.ts";
import { postTo } from "./greet.ts";
import { committed } from "./retried.ts";
import type { Room } from "./room.ts";

/** Holds the rules of a place that cannot be reached any more, and tells each owner. Resolves with whether any ran. */
export async function holdRules(
  { desk, store, clock }: Room,
  { id, place }: PlaceInbound,
  why: "left" | "gone",
): Promise<boolean> {
  const at = clock();
  return committed(store, async () => {
    const rules = (await store.subscriptions({ place })).filter(({ paused }) => paused === null);
    if (rules.length === 0) return null;
    const owners = new Map(rules.map(({ owner }) => [formatPerson(owner), owner]));
    const notes: NonNullable<Change["deliveries"]>[number][] = [];
    for (const owner of owners.values()) {
      const to = directTo(owner);
      if (samePlace(to, place)) continue;
      const theirs = rules.filter((rule) => samePerson(rule.owner, owner));
      const message = await noteFor(theirs, owner);
      notes.push(postTo(to, message, `${why} ${formatPerson(owner)} ${id}`, at));
    }
    return {
      at,
      accept: id,
      subscriptions: rules.map((rule): Subscription => ({ ...rule, paused: why, nextAt: null })),
      deliveries: notes,
      audit: [auditOf(rules)],
    };
  });

  async function noteFor(rules: readonly Subscription[], owner: Person) {
    const [own, there] = [await store.settings(directTo(owner)), await store.settings(place)];
    const lang = own?.lang ?? there?.lang ?? desk.lang;
    return problemNotice({ kind: why, rules, place, reason: why, key: "" }, lang);
  }

  function auditOf(rules: readonly Subscription[]) {
    const detail = [rules.map((rule) => rule.id).join(","), "paused"].join(" · ");
    return { at, actor: null, where: place, what: `place ${why}`, outcome: "done", detail } as const;
  }
}
