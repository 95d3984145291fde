import { accountOn, type Person } from "../core/place.ts";
import { reviewersOf } from "../core/reviewers.ts";
import { isAtLeast, roleIn } from "../core/roles.ts";
import type { Context } from "./command.ts";

/** One who may review, as the key that stands for the person, and the account to name them by. */
export interface NamedReviewer {
  readonly key: string;
  readonly person: Person;
}

/** The people who may review in a district, and whoever asks where they may. */
export async function reviewersIn(
  district: string,
  context: Pick<Context, "shelf" | "admins" | "rights" | "actor" | "actorKey">,
): Promise<readonly NamedReviewer[]> {
  const { shelf, admins, rights, actor, actorKey } = context;
  const asks = isAtLeast(roleIn(rights, district), "reviewer") ? [{ key: actorKey, person: actor }] : [];
  const others = (await reviewersOf(district, shelf, admins)).flatMap(({ key, accounts }) => {
    const person = accountOn(actor.platform, accounts);
    return person === null || asks.some((asker) => asker.key === key) ? [] : [{ key, person }];
  });
  return [...asks, ...others];
}
