import { inLang, type Lang, type Localized } from "../core/lang.ts";
import type { Person } from "../core/place.ts";
import type { Line } from "../message/message.ts";
import { personSpans } from "./person.ts";
import { say } from "./print.ts";

/** The lines to send next. */
export function nextLine(lines: readonly Localized[], lang: Lang): Line {
  return lines.flatMap((line, at): Line => [
    at === 0 ? say(lang, "先发：", "Send: ") : say(lang, "，或 ", ", or "),
    { code: inLang(line, lang) },
  ]);
}

/** Who could do it. */
export function whom(ask: readonly Person[], lang: Lang): Line {
  if (ask.length === 0)
    return [
      say(
        lang,
        "还没有评定人，请管理员授权（管理 授权）。",
        "There is no reviewer yet; an admin can name one (admin grant).",
      ),
    ];
  return [say(lang, "可以找：", "Ask: "), ...personSpans(ask, lang), say(lang, "。", ".")];
}
