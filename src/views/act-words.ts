import type { Commitment } from "../core/commitment.ts";
import { inLang, type Lang } from "../core/lang.ts";
import type { CommitmentRecord, Entry, EntryOf } from "../core/record.ts";
import { STANDING_WORDS, wordFor } from "../core/vocabulary.ts";
import type { Line } from "../message/message.ts";
import { actorSpan, type Who } from "./person.ts";
import { dayText, say } from "./print.ts";
import { originSpan, readingLine } from "./reading.ts";
import { revisionText } from "./revision.ts";
import type { Telling } from "./telling.ts";

/** Longest text of a person's own that a line of the record repeats, in characters. */
const QUOTED = 240;

/** Somebody's own words, cut where they are long. */
export function ownWords(text: string): string {
  const characters = [...text];
  return characters.length <= QUOTED ? text : `${characters.slice(0, QUOTED).join("")}…`;
}

/** What an entry did, to follow the name of whoever did it: 填报 8.2 EFLOPS（截至…）, disputed: “…”. */
export function actLine(
  entry: Entry,
  record: CommitmentRecord,
  commitment: Commitment,
  { book, lang, who }: Telling,
): Line {
  switch (entry.type) {
    case "reading":
      return [say(lang, "填报 ", "recorded "), ...readingLine(entry, commitment, book, lang)];
    case "evidence":
      return [say(lang, "佐证 ", "gave evidence "), ...evidenceLine(entry), ...postedLine(entry, who, lang)];
    case "rating_proposed":
      return [
        say(
          lang,
          `提议评为“${wordFor(STANDING_WORDS, entry.data.rating, lang)}”：${ownWords(entry.data.reason)}`,
          `proposed “${wordFor(STANDING_WORDS, entry.data.rating, lang)}”: ${ownWords(entry.data.reason)}`,
        ),
      ];
    case "rating_approved": {
      const single = entry.data.single ? say(lang, "（单人评定）", " (single review)") : "";
      return [`${say(lang, "通过", "approved ")}${proposalText(entry.data.proposal, record, lang)}${single}`];
    }
    case "rating_returned":
      return [
        say(
          lang,
          `退回${proposalText(entry.data.proposal, record, lang)}：${ownWords(entry.data.reason)}`,
          `returned ${proposalText(entry.data.proposal, record, lang)}: ${ownWords(entry.data.reason)}`,
        ),
      ];
    case "rating_withdrawn":
      return [`${say(lang, "收回", "withdrew ")}${proposalText(entry.data.proposal, record, lang)}`];
    case "dispute_opened":
      return [
        say(lang, `提出异议：“${ownWords(entry.data.text)}”`, `disputed: “${ownWords(entry.data.text)}”`),
      ];
    case "dispute_closed":
      return [
        say(
          lang,
          `结束异议${numberOf(entry.data.dispute, record, lang)}：${ownWords(entry.data.outcome)}`,
          `closed the dispute${numberOf(entry.data.dispute, record, lang)}: ${ownWords(entry.data.outcome)}`,
        ),
      ];
    case "discussion_resolved":
      return [
        say(
          lang,
          `结束讨论，结论：${ownWords(entry.data.outcome)}`,
          `closed the discussion: ${ownWords(entry.data.outcome)}`,
        ),
      ];
    case "note":
      return [noteText(entry, lang)];
    case "yardstick_set":
      return [
        say(
          lang,
          `设定凭据：${ownWords(entry.data.text)}`,
          `set what would show it: ${ownWords(entry.data.text)}`,
        ),
      ];
    case "event_recorded":
      return [
        say(
          lang,
          `记录起点：${startOf(commitment, "zh")}，${dayText(entry.data.on, lang)}`,
          `recorded the start: ${startOf(commitment, "en")} on ${dayText(entry.data.on, lang)}`,
        ),
      ];
    case "target_revised":
      return [revisionText(entry, commitment, book, lang)];
    case "undo":
      return undoLine(entry, record, lang);
  }
}

/** E2 example.org “acceptance record” */
export function evidenceLine({ data: { url, level, note } }: EntryOf<"evidence">): Line {
  const words = note === null ? "" : ` “${ownWords(note)}”`;
  return [`${level} `, originSpan(url), words];
}

/** （slack:T1:U1 贴出，原消息） */
function postedLine({ actorKey, data: { posted } }: EntryOf<"evidence">, who: Who, lang: Lang): Line {
  if (posted === undefined) return [];
  const by: Line =
    posted.by === actorKey
      ? []
      : lang === "zh"
        ? [actorSpan(posted.by, who, lang), " 贴出"]
        : ["posted by ", actorSpan(posted.by, who, lang)];
  const where: Line =
    posted.where === null ? [] : [{ url: posted.where, label: say(lang, "原消息", "the message") }];
  const comma: Line = by.length > 0 && where.length > 0 ? [say(lang, "，", ", ")] : [];
  const inside = [...by, ...comma, ...where];
  return inside.length === 0 ? [] : [say(lang, "（", " ("), ...inside, say(lang, "）", ")")];
}

function noteText({ data: { text, nothingNew }, effectiveOn }: EntryOf<"note">, lang: Lang): string {
  if (!nothingNew) return say(lang, `备注：${ownWords(text)}`, `noted: ${ownWords(text)}`);
  const day = dayText(effectiveOn, lang);
  return say(
    lang,
    `查找记录（${day}）：${ownWords(text)}`,
    `noted, as a search of ${day}: ${ownWords(text)}`,
  );
}

function proposalText(id: string, record: CommitmentRecord, lang: Lang): string {
  const proposal = record.entries.find((each) => each.id === id);
  const number = numberOf(id, record, lang);
  if (proposal?.type !== "rating_proposed") return number;
  const rating = wordFor(STANDING_WORDS, proposal.data.rating, lang);
  return say(lang, `“${rating}”${number}`, `“${rating}”${number}`);
}

/** "（#12）" */
export function numberOf(id: string, record: CommitmentRecord, lang: Lang): string {
  const found = record.entries.find((each) => each.id === id);
  return found === undefined ? "" : say(lang, `（#${found.seq}）`, ` (#${found.seq})`);
}

/** What was taken back, in its own words, and why. */
function undoLine(entry: EntryOf<"undo">, record: CommitmentRecord, lang: Lang): Line {
  const taken = record.entries.find(({ id }) => id === entry.data.entry);
  const what = taken === undefined ? "" : entryName(taken, lang);
  const number = numberOf(entry.data.entry, record, lang);
  const why = entry.data.reason === null ? "" : `${say(lang, "：", ": ")}${ownWords(entry.data.reason)}`;
  return [say(lang, `撤销${what}${number}${why}`, `took back ${what}${number}${why}`)];
}

/** What kind of entry it is, in a word or two. */
export function entryName({ type }: Entry, lang: Lang): string {
  return NAMES[type][lang];
}

const NAMES: Readonly<Record<Entry["type"], { readonly zh: string; readonly en: string }>> = {
  reading: { zh: "读数", en: "the reading" },
  evidence: { zh: "佐证", en: "the evidence" },
  rating_proposed: { zh: "评定提议", en: "the proposed rating" },
  rating_approved: { zh: "评定通过", en: "the approval" },
  rating_returned: { zh: "退回", en: "the return" },
  rating_withdrawn: { zh: "收回提议", en: "the withdrawal of the proposal" },
  dispute_opened: { zh: "异议", en: "the dispute" },
  dispute_closed: { zh: "异议的结束", en: "the close of the dispute" },
  discussion_resolved: { zh: "讨论结论", en: "the outcome of the discussion" },
  note: { zh: "备注", en: "the note" },
  yardstick_set: { zh: "凭据", en: "the yardstick" },
  event_recorded: { zh: "起点事件", en: "the recorded start" },
  target_revised: { zh: "数据集变动", en: "the change of the dataset" },
  undo: { zh: "撤销", en: "the undo" },
};

function startOf({ period }: Commitment, lang: Lang): string {
  return period !== null && "event" in period.start
    ? inLang(period.start.event, lang)
    : say(lang, "起点", "start");
}
