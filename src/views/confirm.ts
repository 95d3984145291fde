import type { Commitment } from "../core/commitment.ts";
import type { Book } from "../core/book.ts";
import type { Day } from "../core/day.ts";
import { inLang, type Lang } from "../core/lang.ts";
import type { Person } from "../core/place.ts";
import type { Quantity } from "../core/quantity.ts";
import { lineText, type Line, type Message } from "../message/message.ts";
import { exactPersonSpan } from "./person.ts";
import { dayText, quantityText, say } from "./print.ts";

/** A figure that is ten times as large or small as what it is compared with. */
export interface Jump {
  readonly commitment: Commitment;
  readonly value: Quantity;
  readonly asOf: Day;
  readonly against: {
    readonly what: "reading" | "target" | "baseline";
    readonly value: Quantity;
    readonly asOf: Day | null;
  };
  /** The whole line with its confirmation, as it can be sent. */
  readonly line: string;
  readonly book: Book;
  readonly lang: Lang;
}

/** Asks before a jump of ten times is taken down: nothing is recorded yet. */
export function confirmJumpView({ commitment, value, asOf, against, line, book, lang }: Jump): Message {
  const { id, measure } = commitment;
  const text = (quantity: Quantity): string => quantityText(quantity, measure, book.dataset, lang);
  const before = {
    reading: say(lang, "此前的读数", "the reading before it"),
    target: say(lang, "目标", "the target"),
    baseline: say(lang, "起点", "the start"),
  }[against.what];
  const since =
    against.asOf === null
      ? ""
      : say(lang, `（${dayText(against.asOf, lang)}）`, ` (${dayText(against.asOf, lang)})`);
  const summary = say(
    lang,
    `${id} ${inLang(commitment.title, lang)}：${text(value)}（截至 ${dayText(asOf, lang)}）与${before} ${text(against.value)}${since}相差十倍以上。还没有记录。`,
    `${id} ${inLang(commitment.title, lang)}: ${text(value)} (as of ${dayText(asOf, lang)}) differs from ${before}, ${text(against.value)}${since}, by ten times or more. Nothing is recorded yet.`,
  );
  return {
    summary,
    tone: "warn",
    blocks: [
      { type: "text", lines: [[summary]] },
      {
        type: "note",
        lines: [
          [
            say(lang, "单位或小数点没有写错的话，发：", "If unit and decimal point are right, send: "),
            { code: line },
          ],
        ],
      },
      {
        type: "buttons",
        buttons: [{ label: say(lang, "没有写错，记录", "Record it as typed"), run: line }],
      },
    ],
  };
}

/** Asks before a person is forgotten: names and accounts go, what they recorded stays. */
export function confirmForgetView(person: Person, line: string, lang: Lang): Message {
  const words: Line = [
    say(lang, "将遗忘 ", "This forgets "),
    exactPersonSpan(person, lang),
    say(
      lang,
      "：姓名、账号和权限都会删除，记录留在台账里，只写“已离开的同事”。不能恢复。确定吗？",
      ": the name, accounts and roles go; what they recorded stays, by “a former colleague”. It cannot be undone. Are you sure?",
    ),
  ];
  return {
    summary: lineText(words),
    tone: "warn",
    blocks: [
      { type: "text", lines: [words] },
      { type: "note", lines: [[say(lang, "确定的话，发：", "To go on, send: "), { code: line }]] },
      { type: "buttons", buttons: [{ label: say(lang, "遗忘", "Forget"), run: line }] },
    ],
  };
}
