import type { Commitment } from "../core/commitment.ts";
import type { Lang } from "../core/lang.ts";
import type { Assessed } from "../core/standing.ts";
import type { Button, Line } from "../message/message.ts";
import { say } from "./print.ts";

/** What can be sent in the thread of a commitment, as lines. */
export function howTo(commitment: Commitment, lang: Lang): Line {
  const lines = [...readingRun(commitment), ...THREAD_RUNS];
  const codes = lines.flatMap((each, at): Line => [
    ...(at === 0 ? [] : [say(lang, "、", ", ")]),
    { code: each[lang] },
  ]);
  return lang === "zh"
    ? ["在话题里 @ 我就能记，不用写编号：", ...codes, "；谈定了就发：", { code: "结束讨论 “结论”" }]
    : [
        "In this thread mention me to record, without the id: ",
        ...codes,
        "; to close it: ",
        { code: 'resolve "outcome"' },
      ];
}

/** Only of figures something is read. */
function readingRun({ check, kind }: Commitment): typeof THREAD_RUNS {
  if (check !== "figure") return [];
  return kind === "milestone"
    ? [
        {
          zh: "填报 完成:节点 截至:日期 来源:https://… 级别:E2",
          en: "reading done:NODE as-of:DATE source:https://… level:E2",
        },
      ]
    : [
        {
          zh: "填报 数值 截至:日期 来源:https://… 级别:E2",
          en: "reading VALUE as-of:DATE source:https://… level:E2",
        },
      ];
}

const THREAD_RUNS: readonly Readonly<Record<Lang, string>>[] = [
  { zh: "佐证 https://… 级别:E2", en: "evidence https://… level:E2" },
  { zh: "异议 “…”", en: 'dispute "…"' },
];

/** What its card offers to click; each line names the id, for a click carries no thread everywhere. */
export function threadButtons(
  { commitment: { id, check }, record }: Assessed,
  lang: Lang,
): readonly Button[] {
  return [
    ...(check === "figure"
      ? [{ label: say(lang, "填报", "Record"), run: say(lang, `填报 ${id}`, `reading ${id}`) }]
      : []),
    { label: say(lang, "佐证", "Evidence"), run: say(lang, `佐证 ${id}`, `evidence ${id}`) },
    ...(record.entries.length === 0
      ? []
      : [{ label: say(lang, "历程", "History"), run: say(lang, `历程 ${id}`, `history ${id}`) }]),
    { label: say(lang, "出处", "Source"), run: say(lang, `出处 ${id}`, `source ${id}`) },
  ];
}
