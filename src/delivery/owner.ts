import { createHash } from "node:crypto";
import { leftAlone } from "../core/discussion.ts";
import type { Lang } from "../core/lang.ts";
import { directTo, formatPerson, samePerson, type Address, type Person } from "../core/place.ts";
import type { Subscription } from "../core/subscription.ts";
import type { Message } from "../message/message.ts";
import type { Delivery } from "../store/outbox.ts";
import type { Change, Store } from "../store/store.ts";
import { handedOverNotice, problemNotice } from "../views/notices.ts";
import { problemChange, type DeliveryProblem, type OnProblem } from "./problem.ts";
import { saidBelowNew } from "./thread-gone.ts";

/**
 * Tells a rule's owner, in their language, what became of a delivery that did not arrive for certain. An owner whose
 * direct messages refuse us has left: the rules they own go to an admin, who is told, so that none runs unowned.
 */
export function ownerProblems(options: {
  readonly store: Pick<Store, "settings" | "subscriptions" | "discussions" | "delivery">;
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
    const { subscription, row } = problem;
    const others = await othersOf(problem);
    const spoken =
      subscription === null ? lang : await languageOf(directTo(subscription.owner), subscription.to);
    const change = problemChange(problem, (_problem, rule) =>
      noticeFor(problem, [rule, ...others.filter(({ owner }) => samePerson(owner, rule.owner))], spoken),
    );
    const rest = await pauseOthers(problem, others);
    const left = (await leaveDiscussions(problem)) ?? (await saidBelowNew(problem, store));
    const { to } = row.delivery;
    const handed =
      problem.kind === "refused" && "person" in to.to ? await handOver(problem, { ...to, to: to.to }) : null;
    return [rest, left, handed].reduce<Change>(
      (all, more) => (more === null ? all : joined(all, more)),
      change,
    );
  };

  /** The other rules of a place that refuses; each would be refused in its turn. */
  async function othersOf({ kind, row, subscription }: DeliveryProblem): Promise<readonly Subscription[]> {
    const { to } = row.delivery;
    if (kind !== "refused" || !("channel" in to.to)) return [];
    const rules = await store.subscriptions({ place: to });
    return rules.filter(({ id, paused }) => paused === null && id !== subscription?.id);
  }

  /** Pauses them, and tells those owners that the first note does not reach. */
  async function pauseOthers(
    problem: DeliveryProblem,
    others: readonly Subscription[],
  ): Promise<Change | null> {
    const { at, reason, row, subscription } = problem;
    if (others.length === 0) return null;
    const owners = new Map(others.map(({ owner }) => [formatPerson(owner), owner]));
    if (subscription !== null) owners.delete(formatPerson(subscription.owner));
    const deliveries: Delivery[] = [];
    for (const owner of owners.values()) {
      const where = directTo(owner);
      const theirs = others.filter((rule) => samePerson(rule.owner, owner));
      const message = noticeFor(problem, theirs, await languageOf(where, row.delivery.to));
      deliveries.push(noteTo(where, message, `${formatPerson(owner)} ${row.delivery.key} ${row.lease}`, at));
    }
    return {
      at,
      subscriptions: others.map((rule) => ({ ...rule, paused: reason, nextAt: null })),
      deliveries,
    };
  }

  /** Discussions of a place that refuses are left alone until the bot is let in again, or somebody asks for one. */
  async function leaveDiscussions({ kind, row, reason, at }: DeliveryProblem): Promise<Change | null> {
    const { to, key } = row.delivery;
    if (kind !== "refused" || !("channel" in to.to)) return null;
    const here = (await store.discussions({ place: to })).filter(({ away }) => away === null);
    return here.length === 0
      ? null
      : { at, discussions: here.map((discussion) => leftAlone(discussion, reason, key)) };
  }

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
    const message = handedOverNotice({ ids, from: left, reason }, spoken);
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

  /**
   * An admin on the same platform, else any other. Where an admin is out of reach only those after them are asked, so that
   * rules are never handed round.
   */
  function heirOf(left: Person): Person | null {
    const others = admins.slice(admins.findIndex((admin) => samePerson(admin, left)) + 1);
    return others.find(({ platform }) => platform === left.platform) ?? others[0] ?? null;
  }
}

function noticeFor(
  { kind, reason, row }: DeliveryProblem,
  rules: readonly Subscription[],
  lang: Lang,
): Message {
  const { to, key } = row.delivery;
  return problemNotice({ kind, rules, place: to, reason, key }, lang);
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
    discussions: [...(one.discussions ?? []), ...(other.discussions ?? [])],
    audit: [...(one.audit ?? []), ...(other.audit ?? [])],
  };
}
