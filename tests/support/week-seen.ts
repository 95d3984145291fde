import { postsOf, threadName, type Fakes, type Post } from "./week-posts.ts";
import { chatOf, type Act, type Chat, type Who } from "./week-script.ts";

/** Something that people in a chat see. */
export interface Seen {
  readonly at: Date;
  readonly chat: Chat;
  /** A commitment's discussion, "digest", or null: in the channel itself. */
  readonly thread: string | null;
  readonly by: Who | "qushi";
  readonly text: string;
  readonly buttons: readonly string[];
  /** `edited`: the first line of the message, and the lines that are new. */
  readonly how: "posted" | "edited" | "private" | "clicked";
}

/** What is shown to one person only. */
export interface Shown {
  readonly text: string;
  readonly buttons: readonly string[];
}

/** What somebody did, as the others see it. */
export function doneBy({ deed, who, thread }: Act, at: Date): Seen {
  const base = { at, chat: chatOf(who), thread, by: who, buttons: [] };
  if (deed.type === "click") {
    const filled = Object.values(deed.fill ?? {}).join(" · ");
    return { ...base, text: `[${deed.label}]${filled === "" ? "" : ` → ${filled}`}`, how: "clicked" };
  }
  const bot = deed.type === "talk" ? "" : deed.type === "slash" ? "/qushi " : "@Qushi ";
  return { ...base, text: `${bot}${deed.text}`, how: "posted" };
}

export function shownTo({ who, thread }: Act, shown: Shown, at: Date): Seen {
  return { ...shown, at, chat: chatOf(who), thread, by: "qushi", how: "private" };
}

/** Each call tells what has changed in both channels since the last one: answers first, then what comes by itself. */
export function watching(fakes: Fakes): (at: Date) => readonly Seen[] {
  const known = { slack: new Map<string, Post>(), feishu: new Map<string, Post>() };
  const look = (chat: Chat, at: Date): readonly Seen[] => {
    const posts = postsOf(chat, fakes).toSorted((a, b) => Number(a.key !== null) - Number(b.key !== null));
    const before = new Map(known[chat]);
    for (const post of posts) known[chat].set(post.id, post);
    return posts.flatMap((post): readonly Seen[] => {
      const old = before.get(post.id);
      const first = known[chat].get(post.thread ?? post.id);
      const isEdit = old !== undefined;
      const thread = post.thread === null && !isEdit ? null : first === undefined ? null : threadName(first);
      const base = { at, chat, thread, by: "qushi" } as const;
      if (old === undefined) return [{ ...base, text: post.text, buttons: post.buttons, how: "posted" }];
      const sameButtons = old.buttons.join() === post.buttons.join();
      if (old.text === post.text && sameButtons) return [];
      return [
        {
          ...base,
          text: changed(old.text, post.text),
          buttons: sameButtons ? [] : post.buttons,
          how: "edited",
        },
      ];
    });
  };
  return (at) => [...look("slack", at), ...look("feishu", at)];
}

function changed(before: string, after: string): string {
  const old = new Set(before.split("\n"));
  const [name, ...rest] = after.split("\n");
  return [name, ...rest.filter((line) => !old.has(line))].join("\n");
}
