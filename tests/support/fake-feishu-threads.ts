import type { ChatPost } from "./chat-fake.ts";
import type { Ack } from "./fake-feishu-socket.ts";
import type { FakePost } from "./fake-feishu-messages.ts";
import { FAKE_CHAT, type SayOptions } from "./fake-feishu-people.ts";
import type { FeishuWalk } from "./fake-feishu-walk.ts";

/** A discussion as people see it in their group. */
export interface FeishuTopic {
  /** Its first message, as it stands now. */
  readonly card: () => FakePost;
  /** What the bot says in it, oldest first, as it stands now. */
  readonly replies: () => readonly FakePost[];
  readonly mention: (text: string, options?: SayOptions) => Promise<FakePost>;
  /** Says something that names nobody; null where Feishu does not pass it on. */
  readonly talk: (text: string, user?: string) => Promise<Ack | null>;
}

/** Opens a commitment's discussion by a mention and waits for its card. */
export async function discussed(
  walked: FeishuWalk,
  id: string,
  chat: string = FAKE_CHAT,
): Promise<FeishuTopic> {
  await walked.feishu.mention(`讨论 ${id}`, { chat });
  await walked.pass(2);
  return topicOf(walked, id, chat);
}

/** The newest discussion of a commitment in a group. */
export function topicOf({ feishu }: Pick<FeishuWalk, "feishu">, id: string, chat = FAKE_CHAT): FeishuTopic {
  const first = cards(feishu.posts(chat), id).at(-1);
  if (first === undefined) throw new Error(`no discussion of ${id} in ${chat}`);
  return {
    card: () => feishu.posts(chat).find((post) => post.id === first.id) ?? first,
    replies: () => feishu.posts(chat).filter(({ thread }) => thread === first.id),
    mention: (text, options = {}) => feishu.mention(text, { chat, thread: first.id, ...options }),
    talk: (text, user) => feishu.inThread(text, { root: first.id, ...(user === undefined ? {} : { user }) }),
  };
}

/** First messages of discussions of a commitment: one, unless it had to be begun anew. */
export function cards(posts: readonly FakePost[], id: string): readonly FakePost[] {
  return posts.filter(({ parent, text }) => parent === null && isCard(text) && text.includes(`· ${id} `));
}

/** What the bot says in the group itself without being asked, beside the cards. */
export function aloud(posts: readonly FakePost[]): readonly string[] {
  return posts.filter(({ parent, text }) => parent === null && !isCard(text)).map(({ text }) => text);
}

function isCard(text: ChatPost["text"]): boolean {
  return /^(?:讨论|Discussion) · /u.test(text);
}
