import type { Talk } from "../core/discussion.ts";
import type { Lang } from "../core/lang.ts";
import type { Line } from "../message/message.ts";
import { say } from "./print.ts";

/** The discussion that a place has of a commitment. */
export interface ThreadHere {
  /** Of its first message. */
  readonly link: string | null;
  /** Null where nobody was seen to reply, or replies are not seen there. */
  readonly talk: Talk | null;
}

/** 本频道的话题，5 条回复（3 人） */
export function threadLine({ link, talk }: ThreadHere, lang: Lang): Line {
  const name = say(lang, "本频道的话题", "this channel’s thread");
  return [
    link === null ? name : { url: link, label: name },
    ...(talk === null ? [] : [`${say(lang, "，", ", ")}${talkText(talk, lang)}`]),
  ];
}

/** 5 条回复（3 人） */
export function talkText({ replies, people }: Pick<Talk, "replies" | "people">, lang: Lang): string {
  return say(
    lang,
    `${replies} 条回复（${people} 人）`,
    `${replies} ${replies === 1 ? "reply" : "replies"} by ${people} ${people === 1 ? "person" : "people"}`,
  );
}
