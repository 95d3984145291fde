import { CHANNEL, type Said } from "./fake-slack-people.ts";
import type { SlackAnswer, SlackMessage } from "./fake-slack-state.ts";
import type { SlackWalk } from "./fake-slack-walk.ts";

/** A discussion as people see it in their channel. */
export interface SlackThread {
  /** Its first message, as it stands now. */
  readonly card: () => SlackMessage;
  /** What the bot says in it, oldest first, as it stands now. */
  readonly replies: () => readonly SlackMessage[];
  readonly mention: (text: string, said?: Said) => Promise<SlackAnswer>;
  readonly talk: (text: string, said?: Said) => Promise<SlackMessage>;
}

/** Both kinds of channels are read. */
export const READS = ["channels:history", "groups:history"] as const;

/** Opens a commitment's discussion by a mention and waits for its card. */
export async function discussed(
  walked: SlackWalk,
  id: string,
  channel: string = CHANNEL,
): Promise<SlackThread> {
  await walked.slack.mention(`discuss ${id}`, { channel });
  await walked.pass(2);
  return threadOf(walked, id, channel);
}

/** The newest discussion of a commitment in a channel. */
export function threadOf({ slack }: Pick<SlackWalk, "slack">, id: string, channel = CHANNEL): SlackThread {
  const first = cards(slack.posts(channel), id).at(-1);
  if (first === undefined) throw new Error(`no discussion of ${id} in ${channel}`);
  const said = { channel, threadTs: first.id };
  return {
    card: () => slack.posts(channel).find((post) => post.id === first.id) ?? first,
    replies: () => slack.posts(channel).filter(({ thread }) => thread === first.id),
    mention: (text, more = {}) => slack.mention(text, { ...said, ...more }),
    talk: (text, more = {}) => slack.talk(text, { ...said, ...more }),
  };
}

/** First messages of discussions of a commitment: one, unless it had to be begun anew. */
export function cards(posts: readonly SlackMessage[], id: string): readonly SlackMessage[] {
  return posts.filter(
    ({ thread, key, text }) => thread === null && key?.startsWith("t:") === true && text.includes(`· ${id} `),
  );
}

/** What stands in the channel itself beside the cards. */
export function aloud(posts: readonly SlackMessage[]): readonly string[] {
  return posts.filter(({ thread, text }) => thread === null && !isCard(text)).map(({ text }) => text);
}

function isCard(text: string): boolean {
  return /^(?:讨论|Discussion) · /u.test(text);
}

/** The channel is told in this language. */
export async function speaks({ slack }: SlackWalk, lang: "zh" | "en", channel = CHANNEL): Promise<void> {
  await slack.mention(`settings lang:${lang}`, { channel });
}
