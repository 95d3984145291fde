import type { Book } from "../core/book.ts";
import { dayIn } from "../core/day.ts";
import { filterText } from "../core/filter-text.ts";
import type { Lang } from "../core/lang.ts";
import type { Reminder } from "../core/reminders.ts";
import type { Block, Message } from "../message/message.ts";
import { sourceText } from "./card.ts";
import { dueRow } from "./due.ts";
import { dayText, say } from "./print.ts";
import { commitments } from "./rows.ts";
import type { Filter } from "../core/filter.ts";

/** What one rule has to remind of. */
export interface Reminding {
  readonly id: string;
  readonly filter: Filter;
  readonly reminders: readonly Reminder[];
}

/** Due dates that came near or passed as of `now`; personal rules of one person come in one message. */
export function reminderView(
  rules: readonly Reminding[],
  book: Book,
  now: Date,
  zone: string,
  lang: Lang,
  note: string | null,
): Message {
  const today = dayIn(zone, now);
  const count = rules.reduce((sum, { reminders }) => sum + reminders.length, 0);
  const passed = rules.some(({ reminders }) => reminders.some(({ days }) => days < 0));
  const title = say(lang, `到期提醒 · ${count} 项`, `Due-date reminder · ${commitments(count, lang)}`);
  const blocks: Block[] = rules.flatMap(({ id, filter, reminders }): readonly Block[] => {
    const rule = filterText(filter, book.dataset, lang);
    return [
      {
        type: "list",
        items: reminders.map(({ item }) => [
          ...dueRow(item, book, today, lang),
          `${say(lang, "；出处：", "; source: ")}${sourceText(item.commitment.source, book, lang)}`,
        ]),
      },
      {
        type: "note",
        lines: [
          [
            `${say(lang, `规则 ${id}`, `Rule ${id}`)}${rule === "" ? "" : say(lang, `（${rule}）`, ` (${rule})`)} · `,
            say(lang, "不再提醒：", "to end it: "),
            { code: say(lang, `退订 ${id}`, `unsubscribe ${id}`) },
          ],
        ],
      },
    ];
  });
  if (note !== null) blocks.push({ type: "note", lines: [[note]] });
  const first = rules[0]?.reminders[0]?.item.commitment.id ?? "";
  return {
    summary: `${title}${say(lang, "：", ": ")}${first} ${dayText(rules[0]?.reminders[0]?.due ?? today, lang)}`,
    title,
    tone: passed ? "warn" : "info",
    blocks,
  };
}
