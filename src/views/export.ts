import type { Book } from "../core/book.ts";
import type { Commitment, Fact } from "../core/commitment.ts";
import type { Day } from "../core/day.ts";
import type { Filter } from "../core/filter.ts";
import { filterText } from "../core/filter-text.ts";
import type { Lang, Localized } from "../core/lang.ts";
import type { Line, Message } from "../message/message.ts";
import { recordFor, type ExportedRecord } from "./export-record.ts";
import { say } from "./print.ts";
import { commitments } from "./rows.ts";

/** The dataset, or what a filter selects of it, as JSON: values stay numbers in the printed unit (1830 with 亿元). */
export function exportJson(
  items: readonly Commitment[],
  facts: readonly Fact[],
  filter: Filter,
  book: Book,
  today: Day,
  lang: Lang,
): string {
  const { dataset } = book;
  const assessed = new Map(book.on(today).map((item) => [item.commitment.id, item]));
  const recordOf = (id: string): ExportedRecord | null => {
    const item = assessed.get(id);
    return item === undefined ? null : recordFor(item);
  };
  const district = (code: string): object => ({ code, ...both(book.district(code)?.name ?? {}) });
  const content = {
    dataset: dataset.id,
    version: dataset.version,
    asOf: today,
    rule: filterText(filter, dataset, lang),
    commitments: items.map((each) => ({
      id: each.id,
      district: district(each.district),
      title: both(each.title),
      summary: both(each.summary),
      theme: each.theme,
      part: each.part,
      modality: each.modality,
      check: each.check,
      why: both(each.why),
      proof: each.proof === null ? null : both(each.proof),
      kind: each.kind,
      measure: each.measure,
      target: each.target,
      baseline: each.baseline,
      scale: each.scale.map(({ measure, value, unit, original }) => ({ measure, value, unit, original })),
      period: each.period,
      due: each.due,
      path: each.path,
      milestones: each.milestones,
      partOf: each.partOf,
      occasion: each.occasion,
      source: each.source,
      record: recordOf(each.id),
    })),
    facts: facts.map((each) => ({
      id: each.id,
      district: district(each.district),
      text: both(each.text),
      figure: each.figure,
      asOf: each.asOf,
      source: each.source,
    })),
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

/** Both languages by name; null where the dataset has none. */
function both(text: Localized): { zh: string | null; en: string | null } {
  return { zh: text.zh ?? null, en: text.en ?? null };
}

const MIME = { json: "application/json", csv: "text/csv" } as const;

/** The export as a message with its file. */
export function exportView(
  file: { readonly as: keyof typeof MIME; readonly content: string },
  counts: { readonly commitments: number; readonly facts: number },
  filter: Filter,
  book: Book,
  today: Day,
  lang: Lang,
): Message {
  const rule = filterText(filter, book.dataset, lang);
  const count = say(
    lang,
    `${commitments(counts.commitments, lang)}、${counts.facts} 条既成事实`,
    `${commitments(counts.commitments, lang)} and ${counts.facts} ${counts.facts === 1 ? "fact" : "facts"}`,
  );
  const title = say(lang, `导出：${count}`, `Export: ${count}`);
  return {
    summary: title,
    title,
    blocks: [
      {
        type: "fields",
        items: [
          { label: say(lang, "数据集", "Dataset"), value: [`${book.dataset.id} ${book.dataset.version}`] },
          {
            label: say(lang, "规则", "Rule"),
            value: [rule === "" ? say(lang, "全部", "everything") : { code: rule }],
          },
          { label: say(lang, "截至", "As of"), value: [today] },
        ],
      },
    ],
    files: [{ name: `${book.dataset.id}-${today}.${file.as}`, mime: MIME[file.as], content: file.content }],
  };
}

/** Longest file that is shown inside a message where the platform takes no files, in characters. */
const INLINE_LIMIT = 2_600;

/** The message where its file goes to the asker's direct messages: said where the answer stands elsewhere. */
export function withFileElsewhere(message: Message, lang: Lang): Message {
  const [file] = message.files ?? [];
  if (file === undefined) return message;
  const where: Line = [
    say(lang, "文件 ", "The file "),
    { code: file.name },
    say(lang, " 发到你的私聊。", " comes by direct message."),
  ];
  return { ...message, blocks: [...message.blocks, { type: "note", lines: [where] }] };
}

/**
 * The same message where no file can go with it: short files inside it whole, long ones by the way to get them. `need`:
 * the permission whose lack is all that keeps files from being sent.
 */
export function withoutFiles(
  message: Message,
  line: string,
  lang: Lang,
  need: string | null = null,
): Message {
  const [file] = message.files ?? [];
  if (file === undefined) return message;
  const { files: _left, ...rest } = message;
  const lacked: readonly Line[] = need === null ? [] : [lackedLine(need, lang)];
  if ([...file.content].length <= INLINE_LIMIT)
    return {
      ...rest,
      blocks: [
        ...message.blocks,
        { type: "quote", text: file.content.replace(/^\uFEFF/u, "") },
        ...(lacked.length === 0 ? [] : [{ type: "note", lines: lacked } as const]),
      ],
    };
  const way = say(
    lang,
    "这里发不了文件，内容又长过一条消息。在区势所在的机器上运行 ",
    "Files cannot be sent here, and this one is longer than a message. On the machine that runs Qushi: ",
  );
  const narrower = say(lang, "，或缩小范围，例如 ", ", or narrow it, for example ");
  return {
    ...rest,
    blocks: [
      ...message.blocks,
      {
        type: "note",
        lines: [
          ...lacked,
          [
            way,
            { code: `qushi ask '${line.replaceAll("'", "'\\''")}' > ${file.name}` },
            narrower,
            { code: say(lang, "导出 区:… 核验:数字", "export district:… check:figure") },
          ],
        ],
      },
    ],
  };
}

/** What an admin of the platform adds, so that files can be sent. */
function lackedLine(need: string, lang: Lang): Line {
  return [
    say(lang, "发文件还缺权限 ", "Files need the permission "),
    { code: need },
    say(
      lang,
      "：请平台管理员给区势加上，并重新安装或发布。",
      ", which an admin of the platform can add; then install or publish Qushi again.",
    ),
  ];
}
