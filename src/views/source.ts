import type { Book } from "../core/book.ts";
import type { Commitment, Fact } from "../core/commitment.ts";
import { inLang, type Lang } from "../core/lang.ts";
import type { Message } from "../message/message.ts";
import { dayText, say } from "./print.ts";

/** Where a commitment or fact comes from: source, paragraph, and what was taken from it exactly. */
export function sourceView(item: Commitment | Fact, book: Book, lang: Lang): Message {
  const source = book.source(item.source.id);
  const paragraph = source?.paragraphs.find(({ number }) => number === item.source.paragraph);
  const title = say(lang, `${item.id} 的出处`, `Source of ${item.id}`);
  if (source === null)
    return { summary: title, title, blocks: [{ type: "text", lines: [[item.source.id]] }] };
  const publisher = inLang(source.publisher, lang);
  const where = say(lang, `第 ${item.source.paragraph} 段`, `paragraph ${item.source.paragraph}`);
  const join = say(lang, "、", ", ");
  const taken = (label: string, values: readonly string[]): { label: string; value: string[] }[] =>
    values.length === 0 ? [] : [{ label, value: [values.join(join)] }];
  return {
    summary: `${title}${say(lang, "：", ": ")}${publisher}, ${dayText(source.date, lang)}, ${where}`,
    title,
    blocks: [
      {
        type: "fields",
        items: [
          {
            label: say(lang, "刊发", "Published by"),
            value: [`${publisher}${say(lang, "，", ", ")}${dayText(source.date, lang)}`],
          },
          { label: say(lang, "内容", "What it is"), value: [inLang(source.title, lang)] },
          { label: say(lang, "位置", "Where"), value: [where] },
          ...taken(say(lang, "该段数字", "Figures there"), paragraph?.figures ?? []),
          ...taken(say(lang, "该段专名", "Names there"), paragraph?.names ?? []),
          ...taken(
            say(lang, "校验和", "Checksum"),
            paragraph === undefined ? [] : [`SHA-256 ${paragraph.sha256.slice(0, 16)}…`],
          ),
        ],
      },
      {
        type: "note",
        lines: [
          [
            say(
              lang,
              "措辞是我们自己的，数字和专名与原文一致。手头有原文的人可以用 ",
              "The wording is ours; figures and names are the source's. Whoever has the text can prove it with ",
            ),
            { code: "qushi check --article FILE" },
            say(lang, " 逐项核对。", "."),
          ],
        ],
      },
    ],
  };
}
