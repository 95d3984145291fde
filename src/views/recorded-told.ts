import type { Entry, EntryOf } from "../core/record.ts";
import { STANDING_WORDS, wordFor } from "../core/vocabulary.ts";
import type { Button, Line } from "../message/message.ts";
import { actLine, entryName, evidenceLine, ownWords } from "./act-words.ts";
import { actorSpan } from "./person.ts";
import { dayText, say } from "./print.ts";
import { levelsText, levelText } from "./reading.ts";
import { ratingLine } from "./record-fields.ts";
import { movesNothing, type Recorded, type Told } from "./recorded-facts.ts";
import { readingTold } from "./recorded-reading.ts";

/** What is kept and what it means, by what kind of act it is. */
export function toldOf(facts: Recorded): Told {
  const { entry, lang } = facts;
  switch (entry.type) {
    case "reading":
      return readingTold(facts, entry);
    case "evidence":
      return evidenceTold(facts, entry);
    case "rating_proposed":
      return proposedTold(facts, entry);
    case "rating_approved":
      return approvedTold(facts, entry);
    case "dispute_opened":
      return disputedTold(facts, entry);
    case "dispute_closed":
      return closedTold(facts, entry);
    case "discussion_resolved":
      return plain(say(lang, "讨论已结束，结论已记", "The discussion is closed, and its outcome recorded"), [
        [ownWords(entry.data.outcome)],
        [
          say(
            lang,
            "话题仍在原处，有新情况接着在那里说。",
            "Its thread stays; whatever is new goes on there.",
          ),
        ],
      ]);
    case "note":
      return noteTold(facts, entry);
    case "yardstick_set":
      return plain(
        say(
          lang,
          "凭据已设定，今后可据此评为“已兑现”",
          "The yardstick is set; it can be rated “met” against it from now on",
        ),
        [[ownWords(entry.data.text)]],
      );
    case "event_recorded":
      return plain(
        say(
          lang,
          `起点已记录：${dayText(entry.data.on, lang)}`,
          `The start is recorded: ${dayText(entry.data.on, lang)}`,
        ),
        [[startedText(facts)]],
      );
    case "undo":
      return undoTold(facts, entry);
    case "rating_returned":
      return plain(say(lang, "评定提议已退回", "The proposal is returned"), [
        actLine(entry, facts.after.record, facts.after.commitment, facts),
      ]);
    case "rating_withdrawn":
      return plain(say(lang, "评定提议已收回", "The proposal is taken back"), [
        actLine(entry, facts.after.record, facts.after.commitment, facts),
      ]);
    case "target_revised":
      return acted(facts, entry);
  }
}

function plain(headline: string, lines: readonly Line[], next: readonly Button[] = []): Told {
  return { headline: [headline], lines, next };
}

/** From when the time counts, and until when. */
function startedText({ after: { due }, lang }: Recorded): string {
  if (due === null) return say(lang, "从这一天起计算时间。", "Time counts from that day.");
  const day = dayText(due, lang);
  return say(lang, `从这一天起计算时间，${day} 到期。`, `Time counts from that day; it falls due on ${day}.`);
}

/** Says the act itself, where nothing more follows from it. */
function acted(facts: Recorded, entry: Entry): Told {
  const { after, lang } = facts;
  return plain(say(lang, "已记", "Recorded"), [actLine(entry, after.record, after.commitment, facts)]);
}

function evidenceTold({ after, lang }: Recorded, entry: EntryOf<"evidence">): Told {
  const { evidence } = after.record;
  const count = say(
    lang,
    `现有佐证 ${evidence.length} 条（${levelsText(evidence)}）`,
    `Evidence now: ${evidence.length} (${levelsText(evidence)})`,
  );
  return plain(
    say(
      lang,
      `佐证已记，${levelText(entry.data.level, lang)}`,
      `Evidence recorded, ${levelText(entry.data.level, lang)}`,
    ),
    [evidenceLine(entry), [count], ...movesNothing(entry.data.level, lang)],
  );
}

function proposedTold({ before, after, who, lang }: Recorded, entry: EntryOf<"rating_proposed">): Told {
  const { id } = after.commitment;
  const word = wordFor(STANDING_WORDS, entry.data.rating, lang);
  const replaced = before.record.proposal;
  const approve = say(lang, `通过 ${id}`, `approve ${id}`);
  const giveBack = say(lang, `退回 ${id} 理由:…`, `return ${id} reason:…`);
  return plain(
    say(lang, `已提议评为“${word}”，等另一位评定人通过`, `Proposed “${word}”; it waits for another reviewer`),
    [
      [say(lang, `理由：${ownWords(entry.data.reason)}`, `Reason: ${ownWords(entry.data.reason)}`)],
      ...(replaced === null
        ? []
        : [
            [
              say(lang, "取代 ", "It replaces the proposal of "),
              actorSpan(replaced.actorKey, who, lang),
              say(
                lang,
                ` 提议的“${wordFor(STANDING_WORDS, replaced.data.rating, lang)}”。`,
                `, “${wordFor(STANDING_WORDS, replaced.data.rating, lang)}”.`,
              ),
            ],
          ]),
      [
        say(lang, "通过：", "To approve: "),
        { code: approve },
        say(lang, "　退回：", "; to return: "),
        { code: giveBack },
      ],
    ],
    [{ label: say(lang, "通过", "Approve"), run: approve, primary: true }],
  );
}

function approvedTold(facts: Recorded, entry: EntryOf<"rating_approved">): Told {
  const { after, lang } = facts;
  const { rating } = after.record;
  const single = entry.data.single
    ? say(
        lang,
        "单人评定：目前能评定的人不足两位，由提议人自己通过。",
        "Single review: fewer than two people may review, so the proposer approved it.",
      )
    : null;
  return plain(say(lang, "评定已通过", "The rating is approved"), [
    ...(rating === null ? [] : [ratingLine(rating, facts)]),
    ...(single === null ? [] : [[single]]),
  ]);
}

function disputedTold({ after, lang }: Recorded, entry: EntryOf<"dispute_opened">): Told {
  const { id } = after.commitment;
  const close = say(lang, `异议 结束 ${id} "…"`, `dispute close ${id} "…"`);
  return plain(say(lang, "异议已记", "The dispute is recorded"), [
    [say(lang, `“${ownWords(entry.data.text)}”`, `“${ownWords(entry.data.text)}”`)],
    [
      say(
        lang,
        "结束之前卡片上都会标明“有异议”，下一期周报也会提到。结束：",
        "The card says so until it is closed, and the next digest mentions it. To close it: ",
      ),
      { code: close },
    ],
  ]);
}

function closedTold({ after, lang }: Recorded, entry: EntryOf<"dispute_closed">): Told {
  const left = after.record.disputes.length;
  const rest =
    left === 0
      ? say(lang, "没有其他异议。", "No other dispute is open.")
      : say(lang, `还有 ${left} 条异议未结束。`, `${left} more ${left === 1 ? "is" : "are"} open.`);
  return plain(say(lang, "异议已结束", "The dispute is closed"), [
    [say(lang, `结论：${ownWords(entry.data.outcome)}`, `Outcome: ${ownWords(entry.data.outcome)}`)],
    [rest],
  ]);
}

function noteTold({ lang }: Recorded, { data, effectiveOn }: EntryOf<"note">): Told {
  if (!data.nothingNew) return plain(say(lang, "备注已记", "The note is kept"), [[ownWords(data.text)]]);
  const day = dayText(effectiveOn, lang);
  return plain(say(lang, `已记：${day} 已查无新`, `Recorded: checked on ${day}, nothing new`), [
    [ownWords(data.text)],
    [
      say(
        lang,
        "有日期的查找可以支持“停滞”；到期之后的查找可以支持“未兑现”。",
        "A dated search can support “stalled”, and one after the due date “not met”.",
      ),
    ],
  ]);
}

function undoTold(facts: Recorded, entry: EntryOf<"undo">): Told {
  const { after, who, lang } = facts;
  const taken = after.record.entries.find(({ id }) => id === entry.data.entry);
  if (taken === undefined) return acted(facts, entry);
  const reason = entry.data.reason;
  return plain(say(lang, `已撤销${entryName(taken, lang)}`, `Taken back: ${entryName(taken, lang)}`), [
    [
      { bold: `#${taken.seq} ` },
      actorSpan(taken.actorKey, who, lang),
      say(lang, "：", ": "),
      ...actLine(taken, after.record, after.commitment, facts),
    ],
    ...(reason === null ? [] : [[say(lang, `理由：${ownWords(reason)}`, `Reason: ${ownWords(reason)}`)]]),
    [say(lang, "原记录仍在历程里，标明已撤销。", "The entry stays in the history, marked as taken back.")],
  ]);
}
