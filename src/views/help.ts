import { FILTER_KEYS, FILTER_KEY_LIST } from "../core/filter-text.ts";
import type { FilterKey } from "../core/filter.ts";
import { inLang, type Lang, type Localized } from "../core/lang.ts";
import type { Block, Line, Message } from "../message/message.ts";
import { say } from "./print.ts";

/** A verb as help shows it: a row of the registry. */
export interface HelpRow {
  readonly name: string;
  readonly aliases: { readonly zh: readonly string[]; readonly en: readonly string[] };
  readonly summary: Localized;
  readonly usage: Localized;
  readonly examples: { readonly zh: readonly string[]; readonly en: readonly string[] };
}

/** All verbs, each with what it is for and a line that can be sent as it stands. */
export function helpView(rows: readonly HelpRow[], districts: readonly string[], lang: Lang): Message {
  const title = say(lang, "怎么问区势", "How to ask Qushi");
  const intro = say(
    lang,
    "直接写区名、编号或要找的词也行，中文英文都可以。",
    "A district, an id or any words will do, in Chinese or English.",
  );
  const items = rows
    .filter(({ name }) => !name.includes(" "))
    .map((row): Line => {
      const more = partsOf(row, rows).map((part) => wordFor(part, lang).split(" ").slice(1).join(" "));
      return [
        { bold: wordFor(row, lang) },
        ` ${inLang(row.summary, lang)}　`,
        { code: row.examples[lang][0] ?? wordFor(row, lang) },
        ...(more.length === 0
          ? []
          : [say(lang, `（还有：${more.join("、")}）`, ` (and: ${more.join(", ")})`)]),
      ];
    });
  const more: Line = [
    say(lang, "细说一个命令：", "More on one: "),
    { code: say(lang, "帮助 清单", "help list") },
    say(lang, " · 筛选：", " · filters: "),
    { code: say(lang, "帮助 筛选", "help filters") },
    say(lang, " · 现状、序时与亮灯：", " · standings, pace, lights: "),
    { code: say(lang, "帮助 现状", "help standing") },
  ];
  const filling: Line = [
    say(
      lang,
      "填报、评定等不必一次写全：只写动词和编号，缺的会问你。",
      "What records need not be written out: send the verb and an id, and you are asked for the rest.",
    ),
  ];
  return {
    summary: title,
    title,
    blocks: [
      { type: "text", lines: [[intro]] },
      { type: "list", items },
      {
        type: "note",
        lines: [
          more,
          filling,
          [`${say(lang, "区：", "Districts: ")}${districts.join(say(lang, "、", ", "))}`],
        ],
      },
      {
        type: "buttons",
        buttons: [
          { label: say(lang, "看板", "Board"), run: say(lang, "看板", "board") },
          { label: say(lang, "到期", "Due"), run: say(lang, "到期", "due") },
          { label: say(lang, "筛选怎么写", "Filters"), run: say(lang, "帮助 筛选", "help filters") },
        ],
      },
    ],
  };
}

/** The rows of a verb's parts: `digest set` of `digest`. */
function partsOf({ name }: Pick<HelpRow, "name">, rows: readonly HelpRow[]): readonly HelpRow[] {
  return rows.filter((row) => row.name.startsWith(`${name} `));
}

/** The word that is printed for a verb. */
function wordFor({ name, aliases }: HelpRow, lang: Lang): string {
  return say(lang, aliases.zh[0] ?? name, name);
}

/** What belongs to a word that is no verb by itself, such as `admin`. */
export function helpPartsView(word: string, rows: readonly HelpRow[], lang: Lang): Message {
  const title = say(lang, `以“${word}”开头的命令`, `Verbs that begin with “${word}”`);
  return { summary: title, title, blocks: [partsBlock(rows, lang)] };
}

function partsBlock(rows: readonly HelpRow[], lang: Lang): Block {
  return {
    type: "list",
    items: rows.map((row) => [{ code: inLang(row.usage, lang) }, ` ${inLang(row.summary, lang)}`]),
  };
}

/** One verb: usage, other words for it, examples, and its parts. */
export function helpOnView(row: HelpRow, rows: readonly HelpRow[], lang: Lang): Message {
  const title = say(lang, row.aliases.zh[0] ?? row.name, row.name);
  const join = say(lang, "、", ", ");
  const others = [row.name, ...row.aliases.zh, ...row.aliases.en].filter((word) => word !== title);
  const blocks: Block[] = [
    { type: "text", lines: [[inLang(row.summary, lang)]] },
    {
      type: "fields",
      items: [
        { label: say(lang, "用法", "Usage"), value: [{ code: inLang(row.usage, lang) }] },
        ...(others.length === 0 ? [] : [{ label: say(lang, "也可写", "Also"), value: [others.join(join)] }]),
      ],
    },
  ];
  const examples = row.examples[lang];
  if (examples.length > 0)
    blocks.push({ type: "list", items: examples.map((example) => [{ code: example }]) });
  const parts = partsOf(row, rows);
  if (parts.length > 0) blocks.push(partsBlock(parts, lang));
  return { summary: `${title}${say(lang, "：", ": ")}${inLang(row.summary, lang)}`, title, blocks };
}

const FILTER_HELP: Readonly<
  Record<
    FilterKey,
    {
      readonly zh: string;
      readonly en: string;
      readonly example: { readonly zh: string; readonly en: string };
    }
  >
> = {
  district: {
    zh: "区名、代码、拼音或首字母",
    en: "a name, code, pinyin or initials",
    example: { zh: "", en: "" },
  },
  theme: { zh: "领域", en: "a theme", example: { zh: "", en: "" } },
  part: { zh: "出处里的部分", en: "the source's own section", example: { zh: "", en: "" } },
  check: {
    zh: "数字、事件、举措、无",
    en: "figure, event, acts, none",
    example: { zh: "核验:数字", en: "check:figure" },
  },
  modality: {
    zh: "目标、预测、计划、服务、定位",
    en: "target, forecast, programme, service, position",
    example: { zh: "性质:目标", en: "modality:target" },
  },
  standing: {
    zh: "未评定、到期待核、不可核等",
    en: "unrated, awaiting data, not checkable …",
    example: { zh: "现状:未评定", en: "standing:unrated" },
  },
  pace: {
    zh: "超序时、达序时、欠序时、无读数、不适用",
    en: "ahead, on pace, behind, no reading, not applicable",
    example: { zh: "进度:无读数", en: 'pace:"no reading"' },
  },
  light: {
    zh: "绿、黄、红、蓝、灰",
    en: "green, yellow, red, blue, grey",
    example: { zh: "灯:灰", en: "light:grey" },
  },
  due: {
    zh: "30天、四季度、年底、本周、日期或区间",
    en: "30d, Q4, year-end, this-week, a date or a range",
    example: { zh: "时限:四季度", en: "due:Q4" },
  },
  value: {
    zh: "量化目标或规模，可带单位",
    en: "target or scale, with or without a unit",
    example: { zh: "数值:>=1000亿", en: "value:>=1000亿" },
  },
  stale: {
    zh: "多少天没有更新",
    en: "days without an entry",
    example: { zh: "未更新:90天", en: "stale:90d" },
  },
  is: {
    zh: "逾期、有异议、已达标",
    en: "late, disputed, reached",
    example: { zh: "是:逾期", en: "is:late" },
  },
  text: { zh: "含有的词", en: "words it contains", example: { zh: "含:算力", en: "text:computing" } },
};

/** How filters are written; `names` gives an example value for the keys whose values are the dataset's own. */
export function helpFiltersView(names: Readonly<Partial<Record<FilterKey, string>>>, lang: Lang): Message {
  const title = say(lang, "筛选怎么写", "How filters are written");
  const items = FILTER_KEY_LIST.map((key): Line => {
    const { example } = FILTER_HELP[key];
    const named = names[key];
    const line = named === undefined ? example[lang] : `${FILTER_KEYS[key][lang][0] ?? key}:${named}`;
    return [{ bold: `${FILTER_KEYS[key][lang][0] ?? key}:` }, ` ${FILTER_HELP[key][lang]}　`, { code: line }];
  });
  const rules: Line[] = [
    [
      say(
        lang,
        "同一个键里用 、 或逗号分开是“或”；写几个条件是“且”；前面加 - 是“除去”：",
        "Commas within a key mean or; several filters mean and; - before a key means not: ",
      ),
      { code: say(lang, "清单 -核验:举措", "list -check:acts") },
    ],
    [say(lang, "有空格的值放进引号里。", "A value with spaces goes in quotes.")],
  ];
  return {
    summary: title,
    title,
    blocks: [
      { type: "list", items },
      { type: "note", lines: rules },
    ],
  };
}
