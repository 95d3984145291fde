import { dayIn, type Day } from "../core/day.ts";
import type { Lang } from "../core/lang.ts";
import { currentReading } from "../core/pace.ts";
import type { CommitmentRecord, Entry, EntryOf } from "../core/record.ts";
import type { Assessed } from "../core/standing.ts";
import { STANDING_WORDS, wordFor } from "../core/vocabulary.ts";
import type { Line } from "../message/message.ts";
import { evidenceLine, ownWords } from "./act-words.ts";
import { paceText } from "./pace.ts";
import { actorSpan } from "./person.ts";
import { dayText, say } from "./print.ts";
import { proposalRuns } from "./proposal-runs.ts";
import { conflictLine, figureText, levelsText, readingLine } from "./reading.ts";
import { revisionText } from "./revision.ts";
import type { Telling } from "./telling.ts";

/** A labelled line of a card. */
export interface Field {
  readonly label: string;
  readonly value: Line;
}

/** Most disputes that a card quotes; the rest are counted. */
const DISPUTES = 3;

/** What was read and how that compares: the current reading, the pace with its formula, what is only claimed. */
export function readingFields(item: Assessed, telling: Telling): readonly Field[] {
  const { commitment, record, pacing } = item;
  const { book, lang } = telling;
  const current = currentReading(commitment, record);
  const reading = pacing.reading ?? current?.reading ?? null;
  const fields: Field[] = [];
  if (reading !== null) {
    fields.push({
      label: say(lang, "读数", "Reading"),
      value: [...readingLine(reading, commitment, book, lang), ...byLine(reading, telling)],
    });
  }
  const conflicts = current?.conflicts ?? [];
  if (conflicts.length > 0) {
    fields.push({
      label: say(lang, "数据不一", "Sources differ"),
      value: conflictLine(conflicts, commitment, book, lang),
    });
  }
  const pace = paceText(item, book, lang);
  if (pace !== null) fields.push({ label: say(lang, "序时", "Pace"), value: [pace] });
  const claim = latestClaim(record);
  if (claim !== null && (reading === null || claim.data.asOf > reading.data.asOf)) {
    fields.push({
      label: say(lang, "声称", "Claimed"),
      value: [
        figureText(claim, commitment, book, lang),
        say(lang, "；E5 不影响评定、序时和灯", "; E5 moves no rating, pace or light"),
        ...byLine(claim, telling),
      ],
    });
  }
  return fields;
}

/** The latest reading that is a statement only. */
export function latestClaim({ readings }: CommitmentRecord): EntryOf<"reading"> | null {
  const claims = readings.filter(({ data }) => data.level === "E5");
  return (
    claims.toSorted((a, b) =>
      a.data.asOf < b.data.asOf ? 1 : a.data.asOf > b.data.asOf ? -1 : b.seq - a.seq,
    )[0] ?? null
  );
}

/** What people say of it: the rating and who gave it, what waits for whom, what is doubted, what shows it. */
export function verdictFields(item: Assessed, telling: Telling): readonly Field[] {
  const { commitment, record } = item;
  const { book, lang } = telling;
  const { rating, proposal, disputes, evidence, yardstick, started } = record;
  const fields: Field[] = [];
  if (rating !== null)
    fields.push({ label: say(lang, "评定", "Rating"), value: ratingLine(rating, telling) });
  if (item.metOn !== null)
    fields.push({ label: say(lang, "兑现日", "Met on"), value: [metText(item, item.metOn, lang)] });
  if (proposal !== null)
    fields.push({ label: say(lang, "待通过", "Proposed"), value: proposalLine(proposal, telling) });
  for (const dispute of disputes.slice(0, DISPUTES)) {
    fields.push({
      label: say(lang, "异议", "Disputed"),
      value: [
        say(lang, `“${ownWords(dispute.data.text)}”`, `“${ownWords(dispute.data.text)}”`),
        ...byLine(dispute, telling),
      ],
    });
  }
  if (disputes.length > DISPUTES) {
    const more = disputes.length - DISPUTES;
    fields.push({
      label: say(lang, "异议", "Disputed"),
      value: [say(lang, `另有 ${more} 条`, `and ${more} more`)],
    });
  }
  const last = evidence.at(-1);
  if (last !== undefined) {
    const count = say(
      lang,
      `${evidence.length} 条（${levelsText(evidence)}），最近 `,
      `${evidence.length} (${levelsText(evidence)}), latest `,
    );
    fields.push({ label: say(lang, "佐证", "Evidence"), value: [count, ...evidenceLine(last)] });
  }
  if (yardstick !== null) {
    fields.push({
      label: say(lang, "自定凭据", "Yardstick"),
      value: [ownWords(yardstick.data.text), ...byLine(yardstick, telling)],
    });
  }
  if (started !== null)
    fields.push({
      label: say(lang, "起点事件", "Started"),
      value: [dayText(started.data.on, lang), ...byLine(started, telling)],
    });
  for (const each of revisionsOf(record))
    fields.push({
      label: say(lang, "已调整", "Changed"),
      value: [
        `${revisionText(each, commitment, book, lang)}${say(lang, `（${dayText(each.effectiveOn, lang)}）`, ` (${dayText(each.effectiveOn, lang)})`)}`,
      ],
    });
  return fields;
}

/** 2026-06-29，晚 29 天 */
function metText({ due, daysLate }: Assessed, metOn: Day, lang: Lang): string {
  const day = dayText(metOn, lang);
  if (due === null) return day;
  if (daysLate === 0) return say(lang, `${day}，按时`, `${day}, in time`);
  return say(
    lang,
    `${day}，晚 ${daysLate} 天`,
    `${day}, ${daysLate} ${daysLate === 1 ? "day" : "days"} late`,
  );
}

function revisionsOf({ entries, undone }: CommitmentRecord): readonly EntryOf<"target_revised">[] {
  return entries.filter(
    (each): each is EntryOf<"target_revised"> =>
      each.type === "target_revised" &&
      !undone.has(each.id) &&
      (each.data.what === "target" || each.data.what === "due"),
  );
}

/** 推进中：理由 · 王敏提议，陈立 2026-07-03 通过 · 单人评定 */
export function ratingLine(
  { rating, proposal, approval }: NonNullable<CommitmentRecord["rating"]>,
  { who, lang, zone }: Telling,
): Line {
  const word = wordFor(STANDING_WORDS, rating, lang);
  const day = dayText(dayIn(zone, approval.at), lang);
  const reason = ownWords(proposal.data.reason);
  const single = approval.data.single ? say(lang, " · 单人评定", " · single review") : "";
  if (lang === "zh")
    return [
      `${word}：${reason} · `,
      actorSpan(proposal.actorKey, who, lang),
      " 提议，",
      actorSpan(approval.actorKey, who, lang),
      ` ${day} 通过${single}`,
    ];
  return [
    `${word}: ${reason} · proposed by `,
    actorSpan(proposal.actorKey, who, lang),
    ", approved by ",
    actorSpan(approval.actorKey, who, lang),
    ` on ${day}${single}`,
  ];
}

/** 已兑现：理由 · 王敏 2026-07-02，等另一位评定人通过 */
export function proposalLine(proposal: EntryOf<"rating_proposed">, telling: Telling): Line {
  const { lang } = telling;
  const word = wordFor(STANDING_WORDS, proposal.data.rating, lang);
  return [
    say(lang, `${word}：${ownWords(proposal.data.reason)}`, `${word}: ${ownWords(proposal.data.reason)}`),
    ...byLine(proposal, telling),
    say(lang, "，等另一位评定人通过", "; waits for another reviewer"),
  ];
}

/** " · 王敏 2026-07-02" */
export function byLine(entry: Entry, { who, lang, zone }: Telling): Line {
  const day = dayText(dayIn(zone, entry.at), lang);
  return lang === "zh"
    ? [" · ", actorSpan(entry.actorKey, who, lang), ` ${day}`]
    : [" · ", actorSpan(entry.actorKey, who, lang), `, ${day}`];
}

/** The lines that go on from a card where something waits. */
export function pendingRuns(
  { commitment: { id }, record }: Assessed,
  lang: Lang,
): readonly { label: string; run: string }[] {
  return [
    ...(record.entries.length === 0
      ? []
      : [{ label: say(lang, "历程", "History"), run: say(lang, `历程 ${id}`, `history ${id}`) }]),
    ...(record.proposal === null
      ? []
      : [{ label: say(lang, "通过", "Approve"), run: proposalRuns(record.proposal, lang).approve }]),
  ];
}
