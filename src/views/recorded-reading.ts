import { currentReading } from "../core/pace.ts";
import type { EntryOf } from "../core/record.ts";
import type { Button, Line } from "../message/message.ts";
import { paceText } from "./pace.ts";
import { say } from "./print.ts";
import { conflictLine, originSpan, readingText } from "./reading.ts";
import { movesNothing, type Recorded, type Told } from "./recorded-facts.ts";

/** A reading that was taken down: the figure, the pace it gives with its formula, and what speaks against it. */
export function readingTold(facts: Recorded, entry: EntryOf<"reading">): Told {
  const { before, after, book, lang } = facts;
  const { commitment, pacing } = after;
  const { source, level, late } = entry.data;
  const figure = readingText(entry, commitment, book, lang);
  const was = before.pacing.reading;
  const lines: Line[] = [];
  if (source !== null) lines.push([say(lang, "来源：", "Source: "), originSpan(source)]);
  else
    lines.push([
      say(lang, "没有写来源；补上一条更有说服力：", "No source was given; one would make it stronger: "),
      {
        code: say(
          lang,
          `佐证 ${commitment.id} https://… 级别:${level}`,
          `evidence ${commitment.id} https://… level:${level}`,
        ),
      },
    ]);
  if (late)
    lines.push([
      say(
        lang,
        "迟到补录：发出时区势没有在运行，按发出的时间记。",
        "Recorded late: Qushi was not running when it was sent; it keeps the time it was sent.",
      ),
    ]);
  lines.push(...movesNothing(level, lang));
  const isCurrent = pacing.reading?.id === entry.id;
  if (!isCurrent && level !== "E5" && pacing.reading !== null) {
    const current = readingText(pacing.reading, commitment, book, lang);
    lines.push([say(lang, `当前读数仍是 ${current}。`, `The current reading is still ${current}.`)]);
  }
  if (isCurrent && was !== null) {
    const earlier = readingText(was, commitment, book, lang);
    lines.push([say(lang, `此前：${earlier}`, `Before: ${earlier}`)]);
  }
  if (level !== "E5") lines.push(...conflictLines(facts, entry));
  const pace = level === "E5" ? null : paceText(after, book, lang);
  if (pace !== null) lines.push([say(lang, `序时：${pace}`, `Pace: ${pace}`)]);
  const rate = reachedNext(facts);
  if (rate !== null)
    lines.push([say(lang, "已达标，尚未评定：", "Reached, not rated yet: "), { code: rate }]);
  return {
    headline: [say(lang, `读数已记：${figure}`, `Reading recorded: ${figure}`)],
    lines,
    next: [] satisfies Button[],
  };
}

/** What other sources say of the same month, where this reading is one of those that differ. */
function conflictLines({ after, book, lang }: Recorded, entry: EntryOf<"reading">): readonly Line[] {
  const { commitment, record } = after;
  const current = currentReading(commitment, record);
  const conflicts = current?.conflicts ?? [];
  const isOne = [current?.reading, ...conflicts].some((each) => each?.id === entry.id);
  if (conflicts.length === 0 || !isOne) return [];
  return [[say(lang, "数据不一：", "Sources differ: "), ...conflictLine(conflicts, commitment, book, lang)]];
}

/** The line that rates what has been reached; null where nothing waits for it. */
function reachedNext({ entry, after, lang }: Recorded): string | null {
  const { commitment, record, pacing } = after;
  const isMet = record.rating?.rating === "met" || record.proposal?.data.rating === "met";
  if (!pacing.reached || isMet || pacing.reading?.id !== entry.id) return null;
  return say(lang, `评定 ${commitment.id} 已兑现 理由:"…"`, `rate ${commitment.id} met reason:"…"`);
}
