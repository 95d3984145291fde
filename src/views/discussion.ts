import type { Person } from "../core/place.ts";
import type { CommitmentRecord, EntryOf } from "../core/record.ts";
import type { Assessed } from "../core/standing.ts";
import { inLang, type Lang } from "../core/lang.ts";
import { lineText, type Block, type Line, type Message } from "../message/message.ts";
import { entryName, ownWords } from "./act-words.ts";
import { cardTitle, targetLine } from "./card.ts";
import { howTo, threadButtons } from "./discussion-runs.ts";
import { toldLine, viaText, withoutPeople, type Event } from "./events.ts";
import { personSpans } from "./person.ts";
import { say } from "./print.ts";
import { proposalButtons, proposalRuns } from "./proposal-runs.ts";
import { byLine, proposalLine, readingFields, verdictFields, type Field } from "./record-fields.ts";
import { stateText, toneOf } from "./state.ts";
import type { Telling } from "./telling.ts";

/** Most events that one reply lists. */
const LISTED = 20;

/** The card that a discussion stands under: the state as it is, and how to go on in the thread. */
export function discussionCard(item: Assessed, telling: Telling): Message {
  const { book, lang } = telling;
  const { commitment, record } = item;
  const title = `${say(lang, "讨论", "Discussion")} · ${cardTitle(commitment, book, lang)}`;
  const state = stateText(item, lang);
  const target = targetLine(commitment, book, lang);
  const fields: Field[] = [
    ...(target === null ? [] : [{ label: say(lang, "目标", "Target"), value: [target] }]),
    { label: say(lang, "现状", "Now"), value: [state] },
    ...readingFields(item, telling),
    ...verdictFields(item, telling),
    ...resolvedFields(record, telling),
    ...latestFields(record, telling),
  ];
  const blocks: Block[] = [
    { type: "text", lines: [[inLang(commitment.summary, lang)]] },
    { type: "fields", items: fields },
    { type: "note", lines: [howTo(commitment, lang)] },
    { type: "buttons", buttons: threadButtons(item, lang) },
  ];
  const summary = [title, state].join(say(lang, "；", "; "));
  return { summary, title, tone: toneOf(item.light), blocks };
}

/** What the discussion last came to. */
export function resolvedFields({ resolved }: CommitmentRecord, telling: Telling): readonly Field[] {
  if (resolved === null) return [];
  const label = say(telling.lang, "讨论结论", "Outcome");
  return [{ label, value: [ownWords(resolved.data.outcome), ...byLine(resolved, telling)] }];
}

/** The last thing that was recorded, and from where: the card may show it sooner than a reply tells it. */
function latestFields({ entries }: CommitmentRecord, telling: Telling): readonly Field[] {
  const last = entries.at(-1);
  if (last === undefined || last.type === "target_revised") return [];
  const { lang } = telling;
  return [
    {
      label: say(lang, "最近记录", "Last entry"),
      value: [
        `${entryName(last, lang)}${say(lang, `（#${last.seq}）`, ` (#${last.seq})`)}`,
        ...byLine(last, telling),
        viaText(last.from.address.platform, lang),
      ],
    },
  ];
}

/** What was recorded, told in the discussion of the commitment: who, what, from where. */
export function discussionEvents(events: readonly Event[], telling: Telling): Message {
  const { lang } = telling;
  const lines = events.slice(0, LISTED).map(({ entry, item }) => toldLine(entry, item, telling));
  const more = events.length - LISTED;
  if (more > 0) lines.push([say(lang, `另有 ${more} 条，见历程`, `and ${more} more, in the history`)]);
  const [first = []] = lines;
  const summary =
    events.length === 1
      ? lineText(withoutPeople(first)).trim()
      : say(lang, `新记录 ${events.length} 条`, `${events.length} new entries`);
  return { summary, blocks: [{ type: "text", lines }] };
}

/** A proposed rating as a card: what and why, and the two decisions; whoever clicks needs the right to it then. */
export function proposalCard(
  proposal: EntryOf<"rating_proposed">,
  item: Assessed,
  waitsFor: readonly Person[],
  telling: Telling,
): Message {
  const { book, lang } = telling;
  const title = `${say(lang, "待评定", "To be reviewed")} · ${cardTitle(item.commitment, book, lang)}`;
  const lines: Line[] = [proposalWords(proposal, telling), waitingLine(waitsFor, lang)];
  const buttons = proposalButtons(proposal, lang);
  return {
    summary: `${title}${say(lang, "：", ": ")}${lineText(withoutPeople(lines[0] ?? []))}`,
    title,
    tone: "info",
    blocks: [
      { type: "text", lines },
      { type: "buttons", buttons },
    ],
  };
}

function waitingLine(names: readonly Person[], lang: Lang): Line {
  if (names.length === 0)
    return [
      say(
        lang,
        "目前没有别的评定人：提议人可以自己通过，卡片会注明“单人评定”。",
        "There is no other reviewer: whoever proposed it may approve it, and the card will say “single review”.",
      ),
    ];
  const shown = personSpans(names.slice(0, 5), lang);
  const more = names.length - 5;
  return [
    names.length === 1 ? say(lang, "等待：", "Waits for ") : say(lang, "等待其中一位：", "Waits for one of "),
    ...shown,
    ...(more > 0 ? [say(lang, ` 等 ${names.length} 人`, ` and ${more} more`)] : []),
  ];
}

/** A proposal's card once it is settled: nothing is left to click. */
export function settledCard(proposal: EntryOf<"rating_proposed">, item: Assessed, telling: Telling): Message {
  const { book, lang } = telling;
  const { record } = item;
  const title = `${say(lang, "评定", "Rating")} · ${cardTitle(item.commitment, book, lang)}`;
  const decision = record.entries.find(
    (entry) =>
      (entry.type === "rating_approved" ||
        entry.type === "rating_returned" ||
        entry.type === "rating_withdrawn") &&
      entry.data.proposal === proposal.id &&
      !record.undone.has(entry.id),
  );
  const how =
    decision === undefined ? [undecidedText(proposal, record, lang)] : toldLine(decision, item, telling);
  const lines: Line[] = [proposalWords(proposal, telling), how];
  return {
    summary: `${title}${say(lang, "：", ": ")}${lineText(withoutPeople(how))}`,
    title,
    tone: "plain",
    blocks: [{ type: "text", lines }],
  };
}

/** Nobody decided and nobody will: it was taken back, or another stands in its place. */
function undecidedText(
  { id, seq }: EntryOf<"rating_proposed">,
  { entries, undone }: CommitmentRecord,
  lang: Lang,
): string {
  if (undone.has(id)) return say(lang, "提议已撤销。", "The proposal was taken back.");
  const later = entries.find((each) => each.type === "rating_proposed" && each.seq > seq);
  return say(
    lang,
    `已由新的提议${later === undefined ? "" : ` #${later.seq} `}取代。`,
    `Replaced by a later proposal${later === undefined ? "" : `, #${later.seq}`}.`,
  );
}

/** With its number, and without "waits for another reviewer", which its card says by name. */
function proposalWords(proposal: EntryOf<"rating_proposed">, telling: Telling): Line {
  return [`#${proposal.seq} `, ...proposalLine(proposal, telling).slice(0, -1)];
}

/** Nobody decided for two working days. */
export function reviewReminder(
  proposal: EntryOf<"rating_proposed">,
  item: Assessed,
  waitsFor: readonly Person[],
  telling: Telling,
): Message {
  const { lang } = telling;
  const { id } = item.commitment;
  const { approve, giveBack } = proposalRuns(proposal, lang);
  const line: Line = [
    say(
      lang,
      `${id} 的评定提议 #${proposal.seq} 等了两个工作日，还没有人通过或退回。`,
      `${id}: the proposed rating #${proposal.seq} has waited for two working days.`,
    ),
  ];
  const runs: Line = [
    { code: approve },
    say(lang, "　或　", " or "),
    { code: `${giveBack}${say(lang, " 理由:…", " reason:…")}` },
  ];
  return {
    summary: lineText(line),
    blocks: [{ type: "text", lines: [line, waitingLine(waitsFor, lang), runs] }],
  };
}
