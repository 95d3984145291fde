import type { Lang } from "../core/lang.ts";
import type { Message } from "../message/message.ts";
import { say } from "./print.ts";

/** Longest line that a button can still carry on every platform. */
const LINE_LIMIT = 1_500;

/** A private answer with a button that shows the same answer to everyone in the channel. */
export function withShare(message: Message, line: string, lang: Lang): Message {
  if (line.length > LINE_LIMIT) return message;
  const share = {
    label: say(lang, "分享到频道", "Share"),
    run: `${line} ${say(lang, "分享:是", "share:yes")}`.trim(),
  };
  return { ...message, blocks: [...message.blocks, { type: "buttons", buttons: [share] }] };
}

/** Said in public where the answer is for the asker alone. */
export function sentToYouView(lang: Lang): Message {
  const text = say(
    lang,
    "只给你看的，已发到你的私聊。",
    "This is for you alone: it comes by direct message.",
  );
  return { summary: text, blocks: [{ type: "text", lines: [[text]] }] };
}
