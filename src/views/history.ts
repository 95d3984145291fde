import { dayIn } from "../core/day.ts";
import type { CommitmentRecord, Entry } from "../core/record.ts";
import type { Assessed } from "../core/standing.ts";
import { clockOf } from "../core/zone-time.ts";
import { lineText, type Block, type Line, type Message } from "../message/message.ts";
import { actLine } from "./act-words.ts";
import { cardTitle } from "./card.ts";
import { actorSpan } from "./person.ts";
import { dayText, say } from "./print.ts";
import { pageButtons } from "./rows.ts";
import type { Telling } from "./telling.ts";

/** Entries on one page. */
const PAGE_ENTRIES = 15;

/** All that was recorded about a commitment, newest first: what was taken back stays, and says so. */
export function historyView(item: Assessed, page: number, telling: Telling): Message {
  const { commitment, record } = item;
  const { book, lang, zone } = telling;
  const { id } = commitment;
  const title = say(
    lang,
    `${cardTitle(commitment, book, lang)} · 历程`,
    `${cardTitle(commitment, book, lang)} · history`,
  );
  const { entries } = record;
  if (entries.length === 0) return emptyHistory(title, id, telling);
  const pages = Math.ceil(entries.length / PAGE_ENTRIES);
  const at = Math.min(page, pages);
  const shown = entries.toReversed().slice((at - 1) * PAGE_ENTRIES, at * PAGE_ENTRIES);
  const count = say(
    lang,
    `共 ${entries.length} 条记录，新的在前`,
    `${entries.length} ${entries.length === 1 ? "entry" : "entries"}, newest first`,
  );
  const taken = record.undone.size;
  const struck = taken === 0 ? "" : say(lang, `，其中 ${taken} 条已撤销`, `, ${taken} of them taken back`);
  const blocks: Block[] = [
    { type: "text", lines: [[`${count}${struck}`]] },
    { type: "list", items: shown.map((entry) => historyLine(entry, item, telling)) },
    {
      type: "note",
      lines: [
        [
          say(lang, `时间为 ${zone}。撤销某一条：`, `Times are those of ${zone}. To take one back: `),
          { code: undoExample(id, shown, lang) },
        ],
      ],
    },
  ];
  const buttons = pageButtons(say(lang, `历程 ${id}`, `history ${id}`), at, pages, lang);
  if (buttons.length > 0) blocks.push({ type: "buttons", buttons });
  const [newest] = shown;
  const last =
    newest === undefined ? "" : `${say(lang, "；", "; ")}${lineText(historyLine(newest, item, telling))}`;
  return { summary: `${title}${say(lang, "：", ": ")}${count}${struck}${last}`, title, blocks };
}

function undoExample(id: string, [newest]: readonly Entry[], lang: Telling["lang"]): string {
  return say(lang, `撤销 ${id} #${newest?.seq ?? 1} 理由:…`, `undo ${id} #${newest?.seq ?? 1} reason:…`);
}

/** "#12 2026-07-02 16:20 王敏 填报 8.2 EFLOPS（…）" */
export function historyLine(entry: Entry, { commitment, record }: Assessed, telling: Telling): Line {
  const { lang, who } = telling;
  // The dataset is nobody's act: it changed, and the program noticed.
  const actor =
    entry.type === "target_revised"
      ? say(lang, "数据集", "The dataset")
      : actorSpan(entry.actorKey, who, lang);
  return [
    { bold: `#${entry.seq}` },
    ` ${whenText(entry, telling)} `,
    actor,
    say(lang, "：", ": "),
    ...actLine(entry, record, commitment, telling),
    ...takenBack(entry, record, lang),
  ];
}

function whenText({ at }: Entry, { zone, lang }: Telling): string {
  const { hour, minute } = clockOf(at, zone);
  const clock = `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
  return say(
    lang,
    `${dayText(dayIn(zone, at), lang)} ${clock}`,
    `${dayText(dayIn(zone, at), lang)}, ${clock}`,
  );
}

function takenBack({ id }: Entry, { entries, undone }: CommitmentRecord, lang: Telling["lang"]): Line {
  if (!undone.has(id)) return [];
  const by = entries.findLast(
    (each) => each.type === "undo" && each.data.entry === id && !undone.has(each.id),
  );
  const number = by === undefined ? "" : `#${by.seq}`;
  return [{ bold: say(lang, `（已由 ${number} 撤销）`, ` (taken back by ${number})`) }];
}

function emptyHistory(title: string, id: string, { lang }: Telling): Message {
  const none = say(lang, "还没有任何记录。", "Nothing has been recorded yet.");
  return {
    summary: `${title}${say(lang, "：", ": ")}${none}`,
    title,
    blocks: [
      { type: "text", lines: [[none]] },
      {
        type: "note",
        lines: [
          [
            say(lang, "先记一条：", "To begin: "),
            { code: say(lang, `佐证 ${id} https://… 级别:E2`, `evidence ${id} https://… level:E2`) },
          ],
        ],
      },
    ],
  };
}
