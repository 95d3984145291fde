import { z } from "zod";
import { FAKE_CHAT, type FakeFeishu } from "./fake-feishu.ts";
import { CHANNEL } from "./fake-slack-people.ts";
import type { FakeSlack } from "./fake-slack.ts";
import type { Chat } from "./week-script.ts";

/** A message of Qushi in the week's channel, as it stands now on either chat. */
export interface Post {
  readonly id: string;
  /** The first message of its thread; null in the channel itself. */
  readonly thread: string | null;
  /** The delivery that sent it; null for an answer. */
  readonly key: string | null;
  readonly text: string;
  readonly buttons: readonly string[];
}

export interface Fakes {
  readonly slack: FakeSlack;
  readonly feishu: FakeFeishu;
}

/** A delivery's name in Feishu's uuid is not told from an answer's by its form: whoever asks knows which keys exist. */
const DELIVERY = /^(?:t:|l:|r:|S-\d)/u;

export function postsOf(chat: Chat, { slack, feishu }: Fakes): readonly Post[] {
  const found =
    chat === "slack"
      ? slack.posts(CHANNEL).map((post) => ({ ...post, name: post.key }))
      : feishu
          .posts(FAKE_CHAT)
          .map((post) => ({ ...post, thread: post.thread ?? post.parent, name: post.uuid }));
  return found.map(({ id, thread, text, payload, name }) => {
    const buttons = labelsIn(payload);
    return {
      id,
      thread,
      key: name !== null && DELIVERY.test(name) ? name : null,
      text: without(text, buttons),
      buttons,
    };
  });
}

/** Buttons are told apart from the words: each of their labels stands in a line of its own. */
export function without(text: string, labels: readonly string[]): string {
  const lines = text.split("\n");
  for (const label of labels) {
    const at = lines.lastIndexOf(label);
    if (at >= 0) lines.splice(at, 1);
  }
  return lines.join("\n").trim();
}

const words = z.union([z.object({ text: z.string() }), z.object({ content: z.string() })]);

/** The words on all buttons of a payload of either chat, in order. */
export function labelsIn(payload: unknown): readonly string[] {
  if (Array.isArray(payload)) return payload.flatMap(labelsIn);
  const read = z.record(z.string(), z.unknown()).safeParse(payload);
  if (!read.success) return [];
  const { type, tag, text } = read.data;
  if (type === "button" || tag === "button") {
    const said = words.safeParse(text).data;
    if (said === undefined) return [];
    return ["text" in said ? said.text : said.content];
  }
  return Object.values(read.data).flatMap(labelsIn);
}

/** What its thread is called in the story, by the first message: a commitment's discussion, or a digest. */
export function threadName(first: Post): string | null {
  const [, id] = /^(?:讨论|Discussion) · ([A-Z]{2}-\d{3}) /u.exec(first.text) ?? [];
  if (id !== undefined) return id;
  return first.key?.startsWith("S-") === true ? "digest" : null;
}

/** The newest first message of that thread; null while there is none. */
export function rootOf(name: string, posts: readonly Post[]): string | null {
  return posts.findLast((post) => post.thread === null && threadName(post) === name)?.id ?? null;
}
