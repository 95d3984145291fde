import type { Book } from "../core/book.ts";
import type { Discussed } from "../core/discussed.ts";
import { inLang, type Lang } from "../core/lang.ts";
import type { Assessed } from "../core/standing.ts";
import type { Block, Line } from "../message/message.ts";
import { dayText, say } from "./print.ts";
import { talkText } from "./thread-here.ts";

/** What was talked about, and what nobody has answered; nothing where nobody was seen to talk. */
export function discussedBlocks({ most, waiting }: Discussed, book: Book, lang: Lang): readonly Block[] {
  return [
    ...part(
      say(lang, "讨论最多", "Most discussed"),
      most.map(({ item, talk }) => line(item, talkText(talk, lang), book, lang)),
    ),
    ...part(
      say(lang, "等人回应", "Waiting for an answer"),
      waiting.map(({ item, since }) =>
        line(item, say(lang, `最后一条回复在 ${since}`, `last reply on ${dayText(since, lang)}`), book, lang),
      ),
    ),
  ];
}

/** How each stands is said elsewhere on the screen, or a tap away. */
function line({ commitment: { id, district, title } }: Assessed, what: string, book: Book, lang: Lang): Line {
  const where = book.district(district);
  const name = where === null ? district : inLang(where.name, lang);
  return [{ bold: id }, ` ${name} · ${inLang(title, lang)}${say(lang, "：", ": ")}${what}`];
}

function part(heading: string, items: readonly Line[]): readonly Block[] {
  if (items.length === 0) return [];
  return [
    { type: "text", lines: [[{ bold: heading }]] },
    { type: "list", items },
  ];
}
