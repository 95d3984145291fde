import { formatPerson } from "../core/place.ts";
import { reviewersOf } from "../core/reviewers.ts";
import { isAtLeast, roleIn } from "../core/roles.ts";
import type { Context } from "./command.ts";

/** One who may review, as the key that stands for the person, and what to call them. */
export interface NamedReviewer {
  readonly key: string;
  readonly name: string;
}

/** The people who may review in a district, and whoever asks where they may. */
export async function reviewersIn(
  district: string,
  context: Pick<Context, "shelf" | "admins" | "rights" | "actor" | "actorKey">,
): Promise<readonly NamedReviewer[]> {
  const { shelf, admins, rights, actor, actorKey } = context;
  const asks = isAtLeast(roleIn(rights, district), "reviewer")
    ? [{ key: actorKey, name: formatPerson(actor) }]
    : [];
  const others = (await reviewersOf(district, shelf, admins)).flatMap(({ key, accounts: [account] }) =>
    account === undefined || asks.some((asker) => asker.key === key)
      ? []
      : [{ key, name: formatPerson(account) }],
  );
  return [...asks, ...others];
}
