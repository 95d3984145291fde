import type { Book } from "../core/book.ts";
import type { Commitment } from "../core/commitment.ts";
import { isDay } from "../core/day.ts";
import { inLang, type Lang } from "../core/lang.ts";
import type { EntryOf } from "../core/record.ts";
import { readTarget } from "../core/snapshot.ts";
import { dayText, quantityText, say } from "./print.ts";

/** What the dataset said before and says now: 目标已调整：超过 16 EFLOPS → 超过 19 EFLOPS. */
export function revisionText(
  { data }: Pick<EntryOf<"target_revised">, "data">,
  commitment: Commitment | null,
  book: Book,
  lang: Lang,
): string {
  const words = data.words === null ? "" : `${say(lang, "：", ": ")}${inLang(data.words, lang)}`;
  const from = sideText(data.from, commitment, book, lang);
  const to = sideText(data.to, commitment, book, lang);
  switch (data.what) {
    case "target":
      return say(lang, `目标已调整：${from} → ${to}`, `target changed from ${from} to ${to}`);
    case "due":
      return say(lang, `时限已调整：${from} → ${to}`, `due date moved from ${from} to ${to}`);
    case "new":
      return say(lang, `新列入数据集${words}`, `newly listed in the dataset${words}`);
    case "retired":
      return say(lang, `已移出数据集${words}`, `no longer in the dataset${words}`);
  }
}

/** A target or date as canonical text has it, in words. */
export function sideText(text: string | null, commitment: Commitment | null, book: Book, lang: Lang): string {
  if (text === null) return say(lang, "无", "none");
  if (isDay(text)) return dayText(text, lang);
  const target = readTarget(text);
  return target === null ? text : quantityText(target, commitment?.measure ?? null, book.dataset, lang);
}
