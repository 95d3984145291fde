import type { Commitment, Fact } from "../core/commitment.ts";
import { inLang } from "../core/lang.ts";
import type { CommitmentRecord } from "../core/record.ts";
import type { Block, Message } from "../message/message.ts";
import { evidenceLine } from "./act-words.ts";
import { dayText, say } from "./print.ts";
import { levelsText, originSpan, readingText } from "./reading.ts";
import { byLine } from "./record-fields.ts";
import type { Telling } from "./telling.ts";

/** Most pieces of evidence under a source; the rest is in the history. */
const SHOWN = 10;

/**
 * Where a commitment or fact comes from: source, paragraph, and what was taken from it exactly; below it what the team
 * found since (none for a fact).
 */
export function sourceView(
  item: Commitment | Fact,
  record: CommitmentRecord | null,
  telling: Telling,
): Message {
  const { book, lang } = telling;
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
      ...(record === null || !("check" in item) ? [] : foundBlocks(item, record, telling)),
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

/** Evidence and the sources of readings, newest first. */
function foundBlocks(
  commitment: Commitment,
  { evidence, readings }: CommitmentRecord,
  telling: Telling,
): readonly Block[] {
  const { book, lang } = telling;
  const sourced = readings.filter(({ data }) => data.source !== null);
  const found = [...evidence, ...sourced].toSorted((a, b) => b.seq - a.seq);
  if (found.length === 0) return [];
  const heading = say(
    lang,
    `佐证与读数来源 ${found.length} 条（${levelsText(found)}）`,
    `Evidence and sources of readings: ${found.length} (${levelsText(found)})`,
  );
  const items = found
    .slice(0, SHOWN)
    .map((entry) => [
      { bold: `#${entry.seq} ` },
      ...(entry.type === "evidence"
        ? evidenceLine(entry)
        : [
            `${readingText(entry, commitment, book, lang)}${say(lang, "：", ": ")}`,
            originSpan(entry.data.source ?? ""),
          ]),
      ...byLine(entry, telling),
    ]);
  const more = found.length - SHOWN;
  return [
    { type: "text", lines: [[{ bold: heading }]] },
    {
      type: "list",
      items: [
        ...items,
        ...(more > 0
          ? [
              [
                say(lang, `另有 ${more} 条：`, `and ${more} more: `),
                { code: say(lang, `历程 ${commitment.id}`, `history ${commitment.id}`) },
              ],
            ]
          : []),
      ],
    },
  ];
}
