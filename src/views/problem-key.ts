import type { Problem } from "../core/errors.ts";
import { FILTER_KEYS } from "../core/filter-text.ts";
import type { Lang } from "../core/lang.ts";
import { OPTION_CHOICES, OPTION_WORDS, type Option } from "../core/option-words.ts";
import type { Line } from "../message/message.ts";
import { optionText, say } from "./print.ts";

type KeyProblem = Extract<
  Problem,
  { readonly code: "unknown_key" | "unknown_value" | "missing_value" | "option_not_here" }
>;

/** What went wrong with a key of a line, or with the value after it. */
export function keyProblem(problem: KeyProblem, lang: Lang): readonly Line[] {
  switch (problem.code) {
    case "unknown_key":
      return [
        [
          say(lang, `没有“${problem.key}”这个键。`, `“${problem.key}” is not a key I know. `),
          ...didYouMean(
            problem.nearest.map((key) => `${keyName(key, lang)}:`),
            lang,
          ),
        ],
        problem.takes === null
          ? [say(lang, "全部的键：", "All keys: "), { code: say(lang, "帮助 筛选", "help filters") }]
          : takenLine(problem.takes, lang),
      ];
    case "unknown_value":
      return [valueLine(problem, lang), validLine(problem, lang)];
    case "missing_value":
      return [
        [
          say(
            lang,
            `“${keyName(problem.key, lang)}:”后面没有值。写成 `,
            `“${keyName(problem.key, lang)}:” has no value. Write `,
          ),
          { code: exampleOf(problem.key, lang) },
        ],
      ];
    case "option_not_here":
      return [
        [
          say(
            lang,
            `“${keyName(problem.key, lang)}:”不能用在 `,
            `“${keyName(problem.key, lang)}:” does not go with `,
          ),
          { code: say(lang, problem.verbZh, problem.verb) },
          say(lang, "。", "."),
        ],
        takenLine(problem.valid, lang),
      ];
  }
}

function takenLine(keys: readonly string[], lang: Lang): Line {
  const names = keys.map((key) => keyName(key, lang));
  return [say(lang, `这里可用：${names.join("、")}。`, `It takes: ${names.join(", ")}.`)];
}

type UnknownValue = Extract<Problem, { readonly code: "unknown_value" }>;

/** A value is told as a name where it is one, a district's or a level's; no `by:` has a name. */
function valueLine({ key, value, nearest }: UnknownValue, lang: Lang): Line {
  const near = orIsIt(
    nearest.map((each) => valueText(key, each, lang)),
    lang,
  );
  if (key === "is" || (key !== "level" && optionOf(key) !== null))
    return [{ code: `${keyName(key, lang)}:${value}` }, say(lang, " 读不懂", " cannot be read"), ...near];
  return [
    say(lang, `没有叫“${value}”的${keyName(key, lang)}`, `No ${keyName(key, lang)} is called “${value}”`),
    ...near,
  ];
}

function validLine({ key, valid }: UnknownValue, lang: Lang): Line {
  const values = valid.map((each) => valueText(key, each, lang));
  return [say(lang, `可用：${values.join("、")}。`, `Valid: ${values.join(", ")}.`)];
}

/** A value of a closed list as it is typed in a language; names come in theirs already. */
function valueText(key: string, value: string, lang: Lang): string {
  const option = optionOf(key);
  if (option === null || !(option in OPTION_CHOICES)) return value;
  return optionText(option, value, lang).slice(`${keyName(option, lang)}:`.length);
}

function optionOf(key: string): Option | null {
  return key !== "district" && isOption(key) ? key : null;
}

function isOption(key: string): key is Option {
  return Object.hasOwn(OPTION_WORDS, key);
}

export function didYouMean(nearest: readonly string[], lang: Lang): Line {
  return nearest.length === 0
    ? []
    : [say(lang, "是不是 ", "Did you mean "), ...codes(nearest, lang), say(lang, "？", "?")];
}

function orIsIt(nearest: readonly string[], lang: Lang): Line {
  if (nearest.length === 0) return [say(lang, "。", ".")];
  return [
    say(
      lang,
      `，是“${nearest.join("”“")}”吗？`,
      `. Did you mean ${nearest.map((each) => `“${each}”`).join(", ")}?`,
    ),
  ];
}

/** Lines or words as they are typed, one after the other. */
export function codes(values: readonly string[], lang: Lang): Line {
  return values.flatMap((value, at) =>
    at === 0 ? [{ code: value }] : [say(lang, "、", ", "), { code: value }],
  );
}

function keyName(key: string, lang: Lang): string {
  if (lang === "en") return key;
  if (key === "rating") return "评定";
  if (key === "role") return "角色";
  return Object.entries({ ...FILTER_KEYS, ...OPTION_WORDS }).find(([code]) => code === key)?.[1].zh[0] ?? key;
}

function exampleOf(key: string, lang: Lang): string {
  const examples: Readonly<Record<string, string>> = {
    due: say(lang, "时限:四季度", "due:Q4"),
    value: say(lang, "数值:>=1000亿", "value:>=1000亿"),
    stale: say(lang, "未更新:90天", "stale:90d"),
    check: say(lang, "核验:数字", "check:figure"),
    as: say(lang, "格式:json", "as:json"),
    by: say(lang, "按:领域", "by:theme"),
    lang: say(lang, "语言:英文", "lang:zh"),
    page: say(lang, "页:2", "page:2"),
  };
  return examples[key] ?? say(lang, `${keyName(key, lang)}:…`, `${key}:…`);
}
