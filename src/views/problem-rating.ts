import type { RecordProblem } from "../core/record-errors.ts";
import type { Lang } from "../core/lang.ts";
import { STANDING_WORDS, wordFor } from "../core/vocabulary.ts";
import type { Line } from "../message/message.ts";
import { say } from "./print.ts";
import { missingText } from "./problem-missing.ts";
import { nextLine, whom } from "./problem-next.ts";

type Handled = Extract<
  RecordProblem,
  {
    code:
      | "rating_needs"
      | "nothing_proposed"
      | "other_proposal"
      | "own_proposal"
      | "no_dispute"
      | "which_dispute"
      | "nothing_to_undo"
      | "undo_needs_reviewer"
      | "undo_blocked"
      | "unknown_person"
      | "admin_by_environment"
      | "no_such_grant";
  }
>;

/** What keeps a rating, the end of a dispute, an undo or a grant from being. */
export function ratingProblem(problem: Handled, lang: Lang): readonly Line[] {
  switch (problem.code) {
    case "rating_needs": {
      const { id, rating, lines } = problem;
      const word = wordFor(STANDING_WORDS, rating, lang);
      // No evidence and no day changes what a commitment is: "yet" would promise something.
      const isNever = problem.missing.type === "not_ratable" || problem.missing.type === "not_for_check";
      const head = say(
        lang,
        `${id} ${isNever ? "" : "还"}不能评为“${word}”：${missingText(problem.missing, rating, "zh")}。`,
        `${id} cannot be rated “${word}”${isNever ? "" : " yet"}: ${missingText(problem.missing, rating, "en")}.`,
      );
      return [[head], ...(lines.length === 0 ? [] : [nextLine(lines, lang)])];
    }
    case "nothing_proposed":
      return [
        [
          say(
            lang,
            `${problem.id} 没有待定的评定（可能已有人处理）。`,
            `No rating of ${problem.id} waits for a decision; somebody may have decided it.`,
          ),
        ],
        [
          say(lang, "历程：", "History: "),
          { code: say(lang, `历程 ${problem.id}`, `show ${problem.id} history`) },
        ],
      ];
    case "other_proposal":
      return [
        [
          say(
            lang,
            `${problem.id} 的评定 #${problem.asked} 已有结果，现在待定的是 #${problem.open}。先看卡片：`,
            `The rating #${problem.asked} of ${problem.id} is settled; #${problem.open} waits now. Its card: `,
          ),
          { code: say(lang, `详情 ${problem.id}`, `show ${problem.id}`) },
        ],
      ];
    case "own_proposal":
      return [
        [
          say(
            lang,
            `${problem.id} 的评定是你提出的，要由另一位评定人通过。`,
            `You proposed this rating of ${problem.id}; another reviewer has to approve it. `,
          ),
          ...whom(problem.ask, lang),
        ],
      ];
    case "no_dispute":
      return [
        [
          say(
            lang,
            `${problem.id} 没有未结束的异议。提出一条：`,
            `No dispute is open on ${problem.id}. To raise one: `,
          ),
          { code: say(lang, `异议 ${problem.id} “…”`, `dispute ${problem.id} "…"`) },
        ],
      ];
    case "which_dispute":
      return [
        [
          say(
            lang,
            `${problem.id} 有 ${problem.open.length} 条异议，写明是哪一条：`,
            problem.open.length === 1
              ? `${problem.id} has one open dispute, with another number: `
              : `${problem.id} has ${problem.open.length} open disputes; say which one: `,
          ),
        ],
        ...problem.open.map(({ seq, text }): Line => [
          {
            code: say(lang, `异议 结束 ${problem.id} #${seq} “…”`, `dispute close ${problem.id} #${seq} "…"`),
          },
          ` ${shortened(text)}`,
        ]),
      ];
    case "nothing_to_undo":
      return nothingToUndo(problem, lang);
    case "undo_needs_reviewer":
      return [
        [
          problem.why === "late"
            ? say(
                lang,
                `这条已超过 10 分钟，要由评定人撤销，并写理由。`,
                "That is more than ten minutes ago: a reviewer takes it back, with a reason. ",
              )
            : say(
                lang,
                "这条是别人记的，要由评定人撤销，并写理由。",
                "Somebody else recorded that: a reviewer takes it back, with a reason. ",
              ),
          ...whom(problem.ask, lang),
        ],
        [
          say(lang, "评定人发：", "A reviewer sends: "),
          {
            code: say(
              lang,
              `撤销 ${problem.id} #${problem.seq} 理由:…`,
              `undo ${problem.id} #${problem.seq} reason:…`,
            ),
          },
        ],
      ];
    case "undo_blocked":
      return [
        [
          say(
            lang,
            `后面还有一条以它为据。先撤销那一条：`,
            "A later entry rests on it. Take that one back first: ",
          ),
          { code: say(lang, `撤销 ${problem.id} #${problem.by}`, `undo ${problem.id} #${problem.by}`) },
        ],
      ];
    case "unknown_person":
      return [
        [
          { code: problem.text },
          say(
            lang,
            " 不是我认识的人。用 @ 提及，或写 slack:T1:U1、feishu:ou_x。",
            " is nobody I know. Mention them with @, or write slack:T1:U1 or feishu:ou_x.",
          ),
        ],
      ];
    case "admin_by_environment":
      return [
        [
          say(
            lang,
            `${problem.person} 由 QUSHI_ADMINS 指定为管理员，这里改不了。请在环境里去掉后重启。`,
            `${problem.person} is an admin by QUSHI_ADMINS, which a line cannot change. Take them out there and restart.`,
          ),
        ],
      ];
    case "no_such_grant":
      return [
        [
          say(
            lang,
            `${problem.person} 没有这项授权。看角色：`,
            `${problem.person} has no such role. Roles: `,
          ),
          { code: say(lang, "管理 角色", "admin roles") },
        ],
      ];
  }
}

function shortened(text: string): string {
  const characters = [...text];
  return characters.length > 60 ? `${characters.slice(0, 59).join("")}…` : text;
}

/** Nothing of one's own, nothing of this commitment, or nothing under this number; the history shows what stands. */
function nothingToUndo(
  { id, seq }: Extract<RecordProblem, { readonly code: "nothing_to_undo" }>,
  lang: Lang,
): readonly Line[] {
  if (id === null && seq === null)
    return [
      [
        say(lang, "你没有可撤销的记录。写明编号：", "You have nothing to take back. Name an id: "),
        { code: say(lang, "撤销 编号 #序号", "undo ID #number") },
      ],
    ];
  const where = id ?? "";
  const what =
    seq === null
      ? say(lang, `${where} 没有可撤销的记录。`, `${where} has nothing to take back.`)
      : say(
          lang,
          `${where} #${seq} 撤销不了：没有这一条，或者已经撤销。`.trim(),
          `${where} #${seq} cannot be taken back: there is no such entry, or it is taken back already.`.trim(),
        );
  return [
    [what],
    [
      say(lang, "历程：", "History: "),
      { code: say(lang, `历程 ${id ?? "编号"}`, `show ${id ?? "ID"} history`) },
    ],
  ];
}
