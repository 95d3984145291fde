import { createHash } from "node:crypto";
import type { Lang } from "../core/lang.ts";
import {
  directTo,
  formatAddress,
  formatPerson,
  samePerson,
  type Address,
  type Person,
} from "../core/place.ts";
import type { Subscription } from "../core/subscription.ts";
import type { Message } from "../message/message.ts";
import type { Delivery } from "../store/outbox.ts";
import type { Change, Store } from "../store/store.ts";
import { handedOverNotice, problemNotice } from "../views/notices.ts";
import { problemChange, type DeliveryProblem, type OnProblem } from "./problem.ts";

/**
 * Tells a rule's owner, in their language, what became of a delivery that did not arrive for certain. An owner whose
 * direct messages refuse us has left: the rules they own go to an admin, who is told, so that none runs unowned.
 */
export function ownerProblems(options: {
  readonly store: Pick<Store, "settings" | "subscriptions">;
  readonly lang: Lang;
  readonly admins: readonly Person[];
}): OnProblem {
  const { store, lang, admins } = options;

  const languageOf = async (...places: readonly Address[]): Promise<Lang> => {
    for (const place of places) {
      const settings = await store.settings(place);
      if (settings !== null && settings.lang !== null) return settings.lang;
    }
    return lang;
  };

  return async (problem) => {
    const { subscription, row, reason, kind } = problem;
    const { to, key } = row.delivery;
    const spoken =
      subscription === null ? lang : await languageOf(directTo(subscription.owner), subscription.to);
    const change = problemChange(problem, (_problem, owned) =>
      problemNotice({ kind, rule: owned.id, place: formatAddress(to), reason, key }, spoken),
    );
    if (kind !== "refused" || !("person" in to.to)) return change;
    return joined(change, await handOver(problem, { ...to, to: to.to }));
  };

  /** Everything that the person behind a refused direct message owns, given to an admin. */
  async function handOver(
    { at, reason }: DeliveryProblem,
    { platform, workspace, to }: Address & { readonly to: { readonly person: string } },
  ): Promise<Change> {
    const left: Person = { platform, workspace, id: to.person };
    const owned = await store.subscriptions({ owner: left });
    const heir = heirOf(left);
    if (heir === null || owned.length === 0) return { at };
    const where = directTo(heir);
    const spoken = await languageOf(where);
    const ids = owned.map(({ id }) => id);
    const message = handedOverNotice({ ids, from: formatPerson(left), reason }, spoken);
    return {
      at,
      subscriptions: owned.map((rule): Subscription =>
        // Theirs alone: nobody else asked for it.
        "person" in rule.to.to
          ? { ...rule, owner: heir, paused: rule.paused ?? reason, nextAt: null }
          : { ...rule, owner: heir },
      ),
      deliveries: [noteTo(where, message, `${formatPerson(left)} ${at.toISOString()}`, at)],
      audit: [
        {
          at,
          actor: null,
          where,
          what: "owner left",
          outcome: "done",
          detail: `${ids.join(",")} · ${reason}`,
        },
      ],
    };
  }

  /** An admin on the same platform, else any other. */
  function heirOf(left: Person): Person | null {
    const others = admins.filter((admin) => !samePerson(admin, left));
    return others.find(({ platform }) => platform === left.platform) ?? others[0] ?? null;
  }
}

function noteTo(to: Address, message: Message, name: string, at: Date): Delivery {
  const key = `h:${createHash("sha256").update(name).digest("hex").slice(0, 40)}`;
  return { key, to, act: "post", message, dueAt: at, parentKey: null, subscriptionId: null };
}

/** Both as one; where both write a rule, the second has the last word on it. */
function joined(one: Change, other: Change): Change {
  const rules = new Map<string, Subscription>();
  for (const rule of [...(one.subscriptions ?? []), ...(other.subscriptions ?? [])]) rules.set(rule.id, rule);
  return {
    at: one.at,
    subscriptions: [...rules.values()],
    deliveries: [...(one.deliveries ?? []), ...(other.deliveries ?? [])],
    audit: [...(one.audit ?? []), ...(other.audit ?? [])],
  };
}
