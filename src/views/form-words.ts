import { EVIDENCE_LEVELS, type EvidenceLevel } from "../core/act.ts";
import type { Book } from "../core/book.ts";
import type { Commitment } from "../core/commitment.ts";
import { inLang, type Lang } from "../core/lang.ts";
import type { Day } from "../core/day.ts";
import { missingFor } from "../core/rating-rules.ts";
import type { CommitmentRecord } from "../core/record.ts";
import { RATINGS, STANDING_WORDS } from "../core/vocabulary.ts";
import type { Choice } from "../message/form.ts";
import { say } from "./print.ts";

interface Words {
  readonly zh: string;
  readonly en: string;
}

/** What the form of a verb is called and what its button says; a title has at most 24 characters. */
export interface FormTitle {
  readonly title: Words;
  readonly submit: Words;
}

const RECORD: Words = { zh: "记下", en: "Record" };

/** The forms by their verbs. */
export const FORM_TITLES: ReadonlyMap<string, FormTitle> = new Map([
  ["reading", { title: { zh: "填报读数", en: "Record a reading" }, submit: RECORD }],
  ["evidence", { title: { zh: "附上佐证", en: "Add evidence" }, submit: RECORD }],
  ["rate", { title: { zh: "提出评定", en: "Propose a rating" }, submit: { zh: "提出", en: "Propose" } }],
  [
    "rate withdraw",
    { title: { zh: "撤下评定", en: "Withdraw a rating" }, submit: { zh: "撤下", en: "Withdraw" } },
  ],
  ["approve", { title: { zh: "通过评定", en: "Approve a rating" }, submit: { zh: "通过", en: "Approve" } }],
  ["return", { title: { zh: "退回评定", en: "Return a rating" }, submit: { zh: "退回", en: "Return" } }],
  ["dispute", { title: { zh: "提出异议", en: "Raise a doubt" }, submit: RECORD }],
  ["dispute close", { title: { zh: "结束异议", en: "Close a doubt" }, submit: { zh: "结束", en: "Close" } }],
  ["resolve", { title: { zh: "结束讨论", en: "Close the discussion" }, submit: { zh: "结束", en: "Close" } }],
  ["note", { title: { zh: "记一条备注", en: "Keep a note" }, submit: RECORD }],
  ["yardstick", { title: { zh: "定下凭据", en: "Set a yardstick" }, submit: RECORD }],
  ["event", { title: { zh: "记下起点", en: "Record the start" }, submit: RECORD }],
  ["undo", { title: { zh: "撤销一项记录", en: "Take an entry back" }, submit: { zh: "撤销", en: "Undo" } }],
]);

export const FORM_CANCEL: Words = { zh: "取消", en: "Cancel" };

/** The name of every field. */
export const FIELD_LABELS = {
  id: { zh: "承诺事项", en: "Commitment" },
  value: { zh: "读数", en: "Figure" },
  done: { zh: "完成的节点", en: "Milestone that is done" },
  "as-of": { zh: "截至日", en: "As of" },
  source: { zh: "来源", en: "Source" },
  level: { zh: "级别", en: "Level" },
  link: { zh: "链接", en: "Link" },
  note: { zh: "说明", en: "Note" },
  rating: { zh: "评定", en: "Rating" },
  reason: { zh: "理由", en: "Reason" },
  text: { zh: "内容", en: "Text" },
  on: { zh: "日期", en: "Day" },
  number: { zh: "哪一条", en: "Which one" },
} as const satisfies Record<string, Words>;
export type FieldName = keyof typeof FIELD_LABELS;

/** What is expected in a field; `unit` is the commitment's own. */
export function fieldHint(name: FieldName, verb: string, unit: string | null, lang: Lang): string | null {
  switch (name) {
    case "id":
      return say(lang, "编号、区名或标题里的词", "An id, a district or words of the title");
    case "value":
      return unit === null
        ? say(lang, "数值连同单位，照来源写", "The figure with its unit, as the source has it")
        : say(
            lang,
            `照来源写；不写单位就按“${unit}”记`,
            `As the source has it; without a unit it is taken as “${unit}”`,
          );
    case "done":
      return say(lang, "按节点核验的才填", "Only for what goes by milestones");
    case "as-of":
      return say(
        lang,
        "数值说的是哪一天，不是发布日",
        "The day that the figure is of, not that of its release",
      );
    case "source":
      return say(
        lang,
        "链接或文件名；只有 E5 可以不填",
        "A link or a document's name; only E5 may go without",
      );
    case "level":
      return say(lang, "由来源决定，不由内容决定", "It goes by the source, not by what it says");
    case "link":
      return say(lang, "http:// 或 https:// 开头", "It begins with http:// or https://");
    case "note":
      return say(lang, "可不填：这条链接说明什么", "Optional: what the link shows");
    case "rating":
      return say(lang, "由另一位评定人通过后生效", "It stands once another reviewer approves it");
    case "reason":
      return verb === "undo"
        ? say(lang, "自己的 10 分钟内可不写", "Not needed for your own within 10 minutes")
        : say(lang, "凭什么，写给以后查的人", "On what grounds, for whoever looks it up later");
    case "text":
      return TEXT_HINTS.get(verb)?.[lang] ?? null;
    case "on":
      return say(lang, "期间从这一天算起", "The period counts from this day");
    case "number":
      return verb === "undo"
        ? say(
            lang,
            "历程里的序号，例如 #12；不填是最近一条",
            "Its number in the history, such as #12; empty: the last",
          )
        : say(lang, "未结束的异议的序号，例如 #12", "The number of an open doubt, such as #12");
  }
}

const TEXT_HINTS: ReadonlyMap<string, Words> = new Map([
  ["dispute", { zh: "哪里存疑，要看什么才算数", en: "What is in doubt, and what would settle it" }],
  ["dispute close", { zh: "结论是什么，依据是什么", en: "What came of it, and on what grounds" }],
  [
    "note",
    { zh: "以“已查无新”开头算一次查找", en: "“Checked, nothing new” at its start counts as a search" },
  ],
  [
    "yardstick",
    { zh: "看到什么文件就算兑现，由谁发布", en: "Which document would show it kept, and who publishes it" },
  ],
]);

const LEVELS: Readonly<Record<EvidenceLevel, Words>> = {
  E1: { zh: "官方统计", en: "official statistics" },
  E2: { zh: "政府文件、验收（许可、中标、竣工）", en: "government documents, acceptance" },
  E3: { zh: "区自己对具体进展的发布", en: "the district's release about a concrete act" },
  E4: { zh: "媒体，自己核实过", en: "press with its own check" },
  E5: { zh: "表态、签约、预告", en: "statements, signings, previews" },
};

/** The levels to choose from. */
export function levelChoices(lang: Lang): readonly Choice[] {
  return EVIDENCE_LEVELS.map((level) => ({ value: level, label: `${level} ${LEVELS[level][lang]}` }));
}

/** The ratings that can be proposed; of a commitment those that its kind of check can ever show. */
export function ratingChoices(
  about: { readonly commitment: Commitment; readonly record: CommitmentRecord; readonly today: Day } | null,
  lang: Lang,
): readonly Choice[] {
  return STANDING_WORDS.flatMap((word) => {
    const rating = RATINGS.find((code) => code === word.code);
    if (rating === undefined || rating === "unrated") return [];
    const never =
      about !== null &&
      missingFor(rating, about.commitment, about.record, about.today)?.type === "not_for_check";
    return never ? [] : [{ value: rating, label: word[lang] }];
  });
}

/** Most that a choice offers. */
const CHOICES = 10;
/** Longest label of a choice: Slack's option text, https://docs.slack.dev/reference/block-kit/composition-objects/option-object. */
const LABEL = 75;

/** The milestones of a commitment; null where there are none to choose from, or too many. */
export function nodeChoices({ milestones }: Commitment, lang: Lang): readonly Choice[] | null {
  if (milestones.length === 0 || milestones.length > CHOICES) return null;
  return milestones.map(({ node, name }) => ({ value: node, label: clipped(inLang(name, lang), LABEL) }));
}

/** The doubts that are open; null where they are too many to choose from. */
export function disputeChoices(disputes: CommitmentRecord["disputes"]): readonly Choice[] | null {
  if (disputes.length > CHOICES) return null;
  return disputes.map(({ seq, data }) => ({
    value: `#${seq}`,
    label: clipped(`#${seq} ${data.text}`, LABEL),
  }));
}

/** A commitment as it is offered: GM-001 光明 · 智能算力. */
export function commitmentChoice({ id, district, title }: Commitment, book: Book, lang: Lang): Choice {
  const name = book.district(district)?.name;
  const place = name === undefined ? district : inLang(name, lang);
  return { value: id, label: clipped(`${id} ${place} · ${inLang(title, lang)}`, LABEL) };
}

/** A text within a number of characters; what is left out is marked. */
export function clipped(text: string, limit: number): string {
  const characters = [...text];
  return characters.length <= limit ? text : `${characters.slice(0, limit - 1).join("")}…`;
}
