import type { Book } from "../core/book.ts";
import type { Citation, Commitment, Fact } from "../core/commitment.ts";
import type { Day } from "../core/day.ts";
import { kept } from "../core/kept.ts";
import { inLang, type Lang } from "../core/lang.ts";
import { peopleIn } from "../core/record.ts";
import type { Assessed } from "../core/standing.ts";
import { CHECK_WORDS, MODALITY_WORDS, wordFor } from "../core/vocabulary.ts";
import type { Block, Button, Message } from "../message/message.ts";
import { nodesText } from "./milestones.ts";
import {
  dayText,
  dueText,
  measureName,
  originalText,
  periodText,
  quantityText,
  say,
  scaleText,
} from "./print.ts";
import { pendingRuns, readingFields, verdictFields, type Field } from "./record-fields.ts";
import { stateText, toneOf } from "./state.ts";
import type { Telling } from "./telling.ts";
import { threadLine, type ThreadHere } from "./thread-here.ts";

/** "GM-001 光明区 · 智能算力" */
export function cardTitle(commitment: Commitment, book: Book, lang: Lang): string {
  return `${commitment.id} ${fullName(commitment.district, book, lang)} · ${inLang(commitment.title, lang)}`;
}

/**
 * The card of one commitment: what was said, the target, where it stands and by what, what would show it, the source.
 * `canDiscuss`: a thread about it can be opened where the card is shown; `thread`: the one that was.
 */
export function cardView(
  item: Assessed,
  telling: Telling,
  canDiscuss: boolean,
  thread: ThreadHere | null = null,
): Message {
  const { lang, zone, who } = telling;
  const people = [...new Set(item.record.entries.flatMap(peopleIn))].map(who);
  const by = JSON.stringify([lang, zone, canDiscuss, thread, people]);
  return CARDS(item, by, () => draw(item, telling, canDiscuss, thread));
}

/** A card is asked for far more often than it changes. Four: both languages, in a channel and in direct messages. */
const CARDS = kept<Assessed, Message>(4);

function draw(item: Assessed, telling: Telling, canDiscuss: boolean, thread: ThreadHere | null): Message {
  const { book, lang } = telling;
  const { commitment } = item;
  const title = cardTitle(commitment, book, lang);
  const state = stateText(item, lang);
  const target = targetLine(commitment, book, lang);
  const blocks: Block[] = [
    { type: "text", lines: [[inLang(commitment.summary, lang)]] },
    { type: "fields", items: fields(item, state, target, thread, telling) },
    { type: "buttons", buttons: buttons(item, book, lang, canDiscuss) },
  ];
  const summary = [title, target, state].filter((part) => part !== null).join(say(lang, "；", "; "));
  return { summary, title, tone: toneOf(item.light), blocks };
}

function fields(
  item: Assessed,
  state: string,
  target: string | null,
  thread: ThreadHere | null,
  telling: Telling,
): readonly Field[] {
  const { commitment } = item;
  const { book, lang } = telling;
  const { dataset } = book;
  const { baseline, measure, period, due, scale, proof, partOf, occasion } = commitment;
  const list: (Field | null)[] = [
    target === null ? null : field(say(lang, "目标", "Target"), target),
    baseline === null
      ? null
      : field(
          say(lang, "起点", "From"),
          say(
            lang,
            `${quantityText(baseline, measure, dataset, lang)}（${baseline.asOf}）`,
            `${quantityText(baseline, measure, dataset, lang)} on ${dayText(baseline.asOf, lang)}`,
          ),
        ),
    ...scale.map((each) => field(say(lang, "规模", "Scale"), scaleText(each, dataset, lang))),
    // A due date says the end; the period is worth a line where it says more.
    period !== null && (due === null || "event" in period.start)
      ? field(say(lang, "期间", "Period"), periodText(period, lang))
      : null,
    commitment.milestones.length === 0 ? null : field(say(lang, "节点", "Milestones"), nodesText(item, lang)),
    due === null && item.due !== null
      ? field(say(lang, "时限", "Due"), startedDueText(item.due, item.pacing.startedOn, lang))
      : null,
    due !== null && target === null ? field(say(lang, "时限", "Due"), dueText(due, lang)) : null,
    field(say(lang, "现状", "Now"), state),
    ...readingFields(item, telling),
    ...verdictFields(item, telling),
    field(
      say(lang, "核验", "Check"),
      `${wordFor(CHECK_WORDS, commitment.check, lang)}${say(lang, "。", ". ")}${inLang(commitment.why, lang)}`,
    ),
    proof === null ? null : field(say(lang, "凭据", "Would show it"), inLang(proof, lang)),
    partOf === null ? null : field(say(lang, "属于", "Part of"), partTitle(partOf, book, lang)),
    occasion === null
      ? null
      : field(say(lang, "场合", "Occasion"), termName(dataset.occasions, occasion, lang)),
    thread === null ? null : { label: say(lang, "讨论", "Discussion"), value: threadLine(thread, lang) },
    field(say(lang, "性质", "Kind"), kindText(commitment, book, lang)),
    field(say(lang, "出处", "Source"), sourceText(commitment.source, book, lang)),
  ];
  return list.filter((each) => each !== null);
}

/** The due date of a period that an event started: 2028-03-31（自 2026-04-01 起算）. */
function startedDueText(due: Day, started: Day | null, lang: Lang): string {
  if (started === null) return dayText(due, lang);
  return say(
    lang,
    `${due}（自 ${started} 起算）`,
    `${dayText(due, lang)} (counted from ${dayText(started, lang)})`,
  );
}

function field(label: string, value: string): Field {
  return { label, value: [value] };
}

/** The target in a line: figure, date with the source's words, and the figure's own wording. */
export function targetLine(commitment: Commitment, book: Book, lang: Lang): string | null {
  const { target, measure, due } = commitment;
  if (target === null) return null;
  const figure = quantityText(target, measure, book.dataset, lang);
  const name = measure === null ? "" : measureName(measure, book.dataset, lang);
  const original = originalText(target.original, lang);
  if (due === null) return say(lang, `${name} ${figure}${original}`, `${name}: ${figure}${original}`);
  return say(
    lang,
    `${name} ${figure}${original}，时限 ${dueText(due, lang)}`,
    `${name}: ${figure}${original}, by ${dueText(due, lang)}`,
  );
}

function kindText(commitment: Commitment, book: Book, lang: Lang): string {
  const part = termName(book.dataset.parts, commitment.part, lang);
  const theme = termName(book.dataset.themes, commitment.theme, lang);
  return `${wordFor(MODALITY_WORDS, commitment.modality, lang)} · ${part} · ${theme}`;
}

function partTitle(id: string, book: Book, lang: Lang): string {
  const parent = book.commitment(id);
  return parent === null ? id : `${id} ${inLang(parent.title, lang)}`;
}

/** "南方+ 2026-02-27，第 9 段" */
export function sourceText(citation: Citation, book: Book, lang: Lang): string {
  const source = book.source(citation.id);
  if (source === null) return citation.id;
  const publisher = inLang(source.publisher, lang);
  return say(
    lang,
    `${publisher} ${source.date}，第 ${citation.paragraph} 段`,
    `${publisher}, ${dayText(source.date, lang)}, ¶${citation.paragraph}`,
  );
}

function buttons(item: Assessed, book: Book, lang: Lang, canDiscuss: boolean): readonly Button[] {
  const { id, district } = item.commitment;
  const name = book.district(district);
  const short = name === null ? district : inLang(name.name, lang);
  const other = book.dataset.languages.find((each) => each !== lang);
  return [
    { label: say(lang, "出处", "Source"), run: say(lang, `出处 ${id}`, `source ${id}`) },
    ...pendingRuns(item, lang),
    ...(canDiscuss
      ? [{ label: say(lang, "讨论", "Discuss"), run: say(lang, `讨论 ${id}`, `discuss ${id}`) }]
      : []),
    {
      label: say(lang, `${short}全部`, `All of ${short}`),
      run: say(lang, `清单 区:${district}`, `list district:${district}`),
    },
    { label: say(lang, "现状释义", "What the words mean"), run: say(lang, "帮助 现状", "help standing") },
    ...(other === undefined
      ? []
      : [{ label: other === "zh" ? "中文" : "English", run: `show ${id} lang:${other}`, replace: true }]),
  ];
}

/** The card of a fact: something already done, so nothing to track. */
export function factView(fact: Fact, book: Book, lang: Lang): Message {
  const title = `${fact.id} ${fullName(fact.district, book, lang)} · ${say(lang, "既成事实", "Fact")}`;
  const text = inLang(fact.text, lang);
  const items: Field[] = [
    ...(fact.figure === null
      ? []
      : [
          field(
            say(lang, "数字", "Figure"),
            quantityText(fact.figure, null, book.dataset, lang) + originalText(fact.figure.original, lang),
          ),
        ]),
    field(say(lang, "截至", "As of"), dayText(fact.asOf, lang)),
    field(say(lang, "出处", "Source"), sourceText(fact.source, book, lang)),
  ];
  return {
    summary: `${title}${say(lang, "：", ": ")}${text}`,
    title,
    tone: "plain",
    blocks: [
      { type: "text", lines: [[text]] },
      { type: "fields", items },
      {
        type: "note",
        lines: [
          [
            say(
              lang,
              "原文刊出时已完成，不计入承诺事项。",
              "Already done when the source appeared; not counted as a commitment.",
            ),
          ],
        ],
      },
    ],
  };
}

/** A district's full name. */
export function fullName(code: string, book: Book, lang: Lang): string {
  const district = book.district(code);
  if (district === null) return code;
  return inLang(lang === "zh" ? district.full : district.name, lang);
}

/** The name of a theme, part or occasion. */
export function termName(
  terms: readonly { readonly code: string; readonly name: Parameters<typeof inLang>[0] }[],
  code: string,
  lang: Lang,
): string {
  const term = terms.find((each) => each.code === code);
  return term === undefined ? code : inLang(term.name, lang);
}
