import type { Problem } from "../core/errors.ts";
import { quoted } from "../core/filter-text.ts";
import { inLang, type Lang } from "../core/lang.ts";
import type { Line } from "../message/message.ts";
import { ROLE_WORDS } from "../core/roles.ts";
import { wordFor } from "../core/vocabulary.ts";
import { personSpans } from "./person.ts";
import { optionText, say } from "./print.ts";

type RuleProblem = Extract<
  Problem,
  {
    code:
      | "unreadable_value"
      | "unknown_schedule"
      | "unknown_zone"
      | "unknown_rule"
      | "no_digest_here"
      | "unknown_delivery"
      | "needs_role"
      | "store_busy";
  }
>;

/** What went wrong with a rule (a digest, a subscription, a setting) or with who asked for it. */
export function ruleProblem(problem: RuleProblem, lang: Lang): readonly Line[] {
  switch (problem.code) {
    case "unreadable_value": {
      const { key, value, examples } = problem;
      const lines = examples[lang].flatMap((example, at) => [
        ...(at === 0 ? [] : [say(lang, "、", ", ")]),
        { code: optionText(key, example, lang) },
      ]);
      const typed = { code: optionText(key, value, lang) };
      const why = problem.past
        ? say(lang, " 已经过去。可以写 ", " has passed. Try ")
        : say(lang, " 读不懂。可以写 ", " cannot be read. Try ");
      return [[typed, why, ...lines]];
    }
    case "unknown_schedule":
      return [
        scheduleLine(problem, lang),
        [
          { code: say(lang, "周报 设置 每周一 9:07", "digest set monday 9:07") },
          say(lang, "、", ", "),
          { code: say(lang, "周报 设置 工作日 8:35", "digest set weekdays 8:35") },
          say(lang, "、", ", "),
          { code: say(lang, "周报 设置 每月最后一个工作日 17:05", "digest set monthly last-workday 17:05") },
        ],
      ];
    case "unknown_zone":
      return [
        [
          { code: problem.text },
          say(lang, " 不是时区名。写 IANA 名称，例如 ", " is no time zone. Use an IANA name such as "),
          { code: "Asia/Shanghai" },
        ],
      ];
    case "unknown_rule":
      return [
        [
          say(lang, `没有规则 ${problem.text}。`, `There is no rule ${problem.text}. `),
          ...(problem.nearest.length === 0
            ? []
            : [say(lang, "这里有：", "Here: "), problem.nearest.join(say(lang, "、", ", "))]),
        ],
        [say(lang, "全部规则：", "All rules: "), { code: say(lang, "订阅", "subscribe") }],
      ];
    case "no_digest_here":
      return [
        [
          say(lang, "这里还没有设周报。先发：", "No digest is set here. Set one: "),
          { code: say(lang, "周报 设置 每周一 9:07", "digest set monday 9:07") },
        ],
      ];
    case "unknown_delivery":
      return [
        [
          say(
            lang,
            `待发箱里没有可处理的 ${problem.text}。`,
            `The outbox holds no ${problem.text} that can be decided. `,
          ),
        ],
        [
          say(lang, "看待发箱：", "See the outbox: "),
          { code: say(lang, "管理 待发箱", "admin outbox list") },
        ],
      ];
    case "needs_role": {
      const whom: Line =
        problem.ask.length === 0
          ? [say(lang, "管理员在 QUSHI_ADMINS 里设置。", "Admins are named in QUSHI_ADMINS.")]
          : [say(lang, "可以找：", "Ask: "), ...personSpans(problem.ask, lang), say(lang, "。", ".")];
      const [role, has] = [wordFor(ROLE_WORDS, problem.role, lang), wordFor(ROLE_WORDS, problem.has, lang)];
      const name = problem.district === null ? "" : inLang(problem.district, lang);
      if (problem.external !== null) return externalLines(problem.external, role, name, whom, lang);
      const where = name === "" ? "" : say(lang, `在${name}`, ` in ${name}`);
      return [
        [
          say(
            lang,
            `这需要${role}权限，你${where}是${has}。`,
            `This needs ${withArticle(role)}; you are ${withArticle(has)}${where}. `,
          ),
          ...whom,
        ],
      ];
    }
    case "store_busy":
      return [
        [
          say(
            lang,
            `现在存不了，什么也没有写。${problem.fix}`,
            `This cannot be saved now; nothing was written. ${problem.fix}`,
          ),
        ],
      ];
  }
}

function scheduleLine({ text, why }: Extract<Problem, { code: "unknown_schedule" }>, lang: Lang): Line {
  const shown = { code: text };
  switch (why) {
    case "unreadable":
      return [shown, say(lang, " 不是我认识的班次。可以写 ", " is not a schedule I know. Try ")];
    case "seconds":
      return [
        shown,
        say(
          lang,
          " 带有秒，这里只收五段。可以写 ",
          " has a field of seconds; five fields are read here. Try ",
        ),
      ];
    case "never":
      return [shown, say(lang, " 永远轮不到。可以写 ", " never comes round. Try ")];
    case "too_often":
      return [
        shown,
        say(lang, " 太密，一天最多 24 次。可以写 ", " is too often; once an hour is the most. Try "),
      ];
  }
}

/** Somebody of another company, who may ask; the line is the admin's to send, and names the account as no mention can. */
function externalLines(
  account: string,
  role: string,
  district: string,
  whom: Line,
  lang: Lang,
): readonly Line[] {
  // The admin of a district may grant in it alone.
  const where = district === "" ? "" : ` ${optionText("district", quoted(district), lang)}`;
  return [
    [
      say(
        lang,
        `你来自外部组织，在这里可以查询；这一步要先由管理员授权你为${role}。`,
        `You are from another workspace or organisation: here you may ask; for this an admin must first make you ${withArticle(role)}. `,
      ),
      ...whom,
    ],
    [
      say(lang, "管理员可以发：", "An admin can send: "),
      { code: say(lang, `管理 授权 ${account} ${role}${where}`, `admin grant ${account} ${role}${where}`) },
    ],
  ];
}

function withArticle(role: string): string {
  return `${/^[aeiou]/.test(role) ? "an" : "a"} ${role}`;
}
