import type { Lang } from "../core/lang.ts";
import type { Message } from "../message/message.ts";
import { say } from "./print.ts";

/** Said where a message was picked as evidence that holds no link and has no address of its own. */
export function nothingToKeepView(lang: Lang): Message {
  const text = say(
    lang,
    "这条消息里没有链接，平台也没有给出它自己的地址，没有可作佐证的。",
    "The message holds no link and the platform gives no address for it: there is nothing to keep as evidence.",
  );
  const line = say(lang, "佐证 编号 https://… 级别:E2", "evidence ID https://… level:E2");
  return {
    summary: text,
    tone: "warn",
    blocks: [
      { type: "text", lines: [[text], [say(lang, "有链接时发：", "With a link, send: "), { code: line }]] },
    ],
  };
}
