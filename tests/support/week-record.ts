import type { Store } from "../../src/store/store.ts";
import { postsOf, type Fakes } from "./week-posts.ts";
import { chatOf, PLAYERS, type Chat, type Who } from "./week-script.ts";

export interface Told {
  readonly type: string;
  readonly commitmentId: string;
  readonly by: Who;
  readonly on: string;
  readonly at: Date;
  /** Without ids and links, which differ from one run to the next. */
  readonly data: string;
}

/** The ledger of a week: an entry that names another names its position, a key of a person their part. */
export async function ledgerOf(store: Pick<Store, "ledger" | "personKey">): Promise<readonly Told[]> {
  const entries = await store.ledger(0, 1_000);
  const names = new Map<string, Who>();
  for (const who of ["wang", "liu", "chen", "zhao"] as const)
    names.set(await store.personKey(PLAYERS[who].person), who);
  const plain = new Map<string, string>([
    ...names,
    ...entries.map(({ id }, at) => [id, `#${at + 1}`] as const),
  ]);
  return entries.map(({ type, commitmentId, actorKey, effectiveOn, at, data }) => {
    const by = names.get(actorKey);
    if (by === undefined) throw new Error(`nobody has the key ${actorKey}`);
    let text = JSON.stringify(data).replaceAll(/"where":"[^"]*"/gu, '"where":"…"');
    for (const [id, name] of plain) text = text.replaceAll(id, name);
    return { type, commitmentId, by, on: effectiveOn, at, data: text };
  });
}

/** What Qushi has sent by itself to a channel and its threads, as it stands now: discussions, events, proposals, digests. */
export function standingIn(chat: Chat, fakes: Fakes): readonly string[] {
  return postsOf(chat, fakes)
    .filter(({ key }) => key !== null)
    .map(({ text, buttons }) => [text, ...buttons].join("\n"))
    .toSorted();
}

/** What the program knows of a commitment, as it tells one who asks. */
export async function knownOf(id: string, { slack }: Fakes): Promise<string> {
  const { text } = await slack.slash(`show ${id} history`, { user: PLAYERS.liu.person.id });
  return text;
}

export const onFeishu = (who: Who): boolean => chatOf(who) === "feishu";
