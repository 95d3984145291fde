import type { Person } from "../core/place.ts";
import { inLang } from "../core/lang.ts";
import { lineText, type Block, type Button, type Line, type Message } from "../message/message.ts";
import { actLine } from "./act-words.ts";
import { cardTitle } from "./card.ts";
import { personSpan } from "./person.ts";
import { say } from "./print.ts";
import type { Recorded } from "./recorded-facts.ts";
import { toldOf } from "./recorded-told.ts";
import { stateText, toneOf } from "./state.ts";
import type { Telling } from "./telling.ts";

/** The answer to whoever recorded something: what is kept, what it changes, what comes next, how to take it back. */
export function recordedView(facts: Recorded): Message {
  const { entry, after, book, lang } = facts;
  const { commitment } = after;
  const { headline, lines, next } = toldOf(facts);
  const title = cardTitle(commitment, book, lang);
  const state = changedState(facts);
  const blocks: Block[] = [
    { type: "text", lines: [[{ bold: lineText(headline) }], ...lines, [state]] },
    ...(entry.type === "undo" ? [] : [undoNote(commitment.id, lang)]),
    { type: "buttons", buttons: [...next, ...cardButtons(commitment.id, lang)] },
  ];
  return {
    summary: `${title}${say(lang, "：", ": ")}${lineText(headline)}${say(lang, "；", "; ")}${state}`,
    title,
    tone: toneOf(after.light),
    blocks,
  };
}

/** Where it stands now, and before where that is something else. */
function changedState({ before, after, lang }: Recorded): string {
  const now = stateText(after, lang);
  const was = stateText(before, lang);
  return was === now
    ? say(lang, `现状：${now}`, `Now: ${now}`)
    : say(lang, `现状：${was} → ${now}`, `Now: ${was} → ${now}`);
}

function undoNote(id: string, lang: Telling["lang"]): Block {
  return {
    type: "note",
    lines: [
      [say(lang, "10 分钟内可撤销：", "To take it back, within 10 minutes: "), { code: undoRun(id, lang) }],
    ],
  };
}

function undoRun(id: string, lang: Telling["lang"]): string {
  return say(lang, `撤销 ${id}`, `undo ${id}`);
}

function cardButtons(id: string, lang: Telling["lang"]): readonly Button[] {
  return [
    { label: say(lang, "卡片", "Card"), run: say(lang, `详情 ${id}`, `show ${id}`) },
    { label: say(lang, "历程", "History"), run: say(lang, `历程 ${id}`, `history ${id}`) },
  ];
}

/** The one public line that an entry leaves: who, what, undo. */
export function recordedLine(actor: Person, facts: Recorded): Message {
  const { entry, after, lang } = facts;
  const { commitment, record } = after;
  const line: Line = [
    personSpan(actor, lang),
    " · ",
    { bold: commitment.id },
    ` ${inLang(commitment.title, lang)}${say(lang, "：", ": ")}`,
    ...actLine(entry, record, commitment, facts),
    ...(entry.type === "undo"
      ? [
          say(lang, "。历程：", ". History: "),
          { code: say(lang, `历程 ${commitment.id}`, `history ${commitment.id}`) },
        ]
      : [say(lang, "。撤销：", ". Undo: "), { code: undoRun(commitment.id, lang) }]),
  ];
  return { summary: lineText(line), blocks: [{ type: "text", lines: [line] }] };
}
