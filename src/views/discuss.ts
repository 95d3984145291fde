import type { Book } from "../core/book.ts";
import type { Commitment } from "../core/commitment.ts";
import type { Lang } from "../core/lang.ts";
import type { Block, Line, Message } from "../message/message.ts";
import { cardTitle } from "./card.ts";
import { say } from "./print.ts";

/** What `discuss` says: the thread opens below, stands already, is this one, or cannot be here. */
export function discussView(of: {
  readonly commitment: Commitment;
  readonly book: Book;
  readonly lang: Lang;
  readonly state: "opening" | "open" | "here" | "not_here";
  /** Of the thread's first message. */
  readonly link: string | null;
}): Message {
  const { commitment, book, lang, state, link } = of;
  const title = cardTitle(commitment, book, lang);
  const line = lineOf(state, commitment.id, lang);
  const blocks: Block[] = [{ type: "text", lines: [[{ bold: title }], line] }];
  if (link !== null)
    blocks.push({
      type: "buttons",
      buttons: [{ label: say(lang, "打开话题", "Open the thread"), url: link }],
    });
  const summary = line.find((span) => typeof span === "string") ?? "";
  return { summary: `${title}${say(lang, "：", ": ")}${summary}`, blocks };
}

function lineOf(state: "opening" | "open" | "here" | "not_here", id: string, lang: Lang): Line {
  switch (state) {
    case "opening":
      return [say(lang, "讨论话题马上在下面打开。", "Its thread opens below.")];
    case "open":
      return [
        say(
          lang,
          "本频道已有它的讨论话题，接着在那里说。",
          "This channel has its thread already; go on there.",
        ),
      ];
    case "here":
      return [say(lang, "这里就是它的讨论话题，接着说就好。", "This is its thread; go on here.")];
    case "not_here":
      return [
        say(
          lang,
          "讨论话题开在 Slack 或飞书的频道、群里。请到那里发：",
          "Threads are opened in channels of Slack or Feishu. Send it there: ",
        ),
        { code: say(lang, `讨论 ${id}`, `discuss ${id}`) },
      ];
  }
}
