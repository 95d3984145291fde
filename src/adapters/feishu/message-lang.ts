import type { Lang } from "../../core/lang.ts";
import type { Message } from "../../message/message.ts";

/** Addresses and people's ids, which are letters in any language. */
const NO_WORDS = /https?:\/\/\S+|\bou_\w+/g;

/** The language that a message is written in, as far as its words tell: English quotes what a Chinese source said. */
export function langOf({ title = "", summary }: Pick<Message, "title" | "summary">): Lang {
  const words = `${title} ${summary}`.replace(NO_WORDS, " ");
  const han = words.match(/\p{Script=Han}/gu)?.length ?? 0;
  const latin = words.match(/\p{Script=Latin}/gu)?.length ?? 0;
  return han * 3 > latin ? "zh" : "en";
}
