import type { Digest } from "../core/digest.ts";
import type { Lang } from "../core/lang.ts";
import type { Block, Line } from "../message/message.ts";
import { ownWords } from "./act-words.ts";
import { actorSpan, type Who } from "./person.ts";
import { say } from "./print.ts";

/** Most disputes on the first screen. */
const SCREEN_ROWS = 5;

/** What is disputed at present: LT-004: “which machines count?”, opened by Liu. */
export function disputedBlocks({ disputed }: Digest, who: Who | null, lang: Lang): readonly Block[] {
  const all = disputed.flatMap(({ commitment, record }) =>
    record.disputes.map((dispute) => ({ id: commitment.id, dispute })),
  );
  if (all.length === 0) return [];
  const items = all.slice(0, SCREEN_ROWS).map(({ id, dispute }): Line => {
    const text = ownWords(dispute.data.text);
    const name: Line =
      who === null ? [] : [say(lang, "，提出人 ", ", opened by "), actorSpan(dispute.actorKey, who, lang)];
    return [{ bold: id }, say(lang, `：“${text}”`, `: “${text}”`), ...name];
  });
  const more = all.length - SCREEN_ROWS;
  const rest: readonly Line[] =
    more > 0
      ? [
          [
            say(lang, `另有 ${more} 条：`, `and ${more} more: `),
            { code: say(lang, "清单 是:异议", "list is:disputed") },
          ],
        ]
      : [];
  return [
    { type: "text", lines: [[{ bold: say(lang, "有异议", "Disputed") }, ` ${all.length}`]] },
    { type: "list", items: [...items, ...rest] },
  ];
}
