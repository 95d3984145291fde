/** Options that lines carry beside filters: `as:json`, 格式:json. The first word of a language is the one printed. */
export const OPTION_WORDS = {
  lang: { zh: ["语言"], en: ["lang", "language"] },
  as: { zh: ["格式"], en: ["as", "format"] },
  by: { zh: ["按"], en: ["by"] },
  page: { zh: ["页"], en: ["page"] },
  share: { zh: ["分享"], en: ["share"] },
  confirm: { zh: ["确认"], en: ["confirm"] },
  every: { zh: ["每"], en: ["every"] },
  empty: { zh: ["无变化"], en: ["empty"] },
  missed: { zh: ["补发"], en: ["missed"] },
  workday: { zh: ["工作日"], en: ["workday"] },
  before: { zh: ["提前"], en: ["before"] },
  events: { zh: ["事件"], en: ["events"] },
  until: { zh: ["至"], en: ["until"] },
  zone: { zh: ["时区"], en: ["zone"] },
  echo: { zh: ["同步"], en: ["echo"] },
  quiet: { zh: ["静默"], en: ["quiet"] },
  "as-of": { zh: ["截至", "截止"], en: ["as-of", "asof"] },
  source: { zh: ["来源"], en: ["source"] },
  level: { zh: ["级别", "等级"], en: ["level"] },
  reason: { zh: ["理由", "原因"], en: ["reason"] },
  note: { zh: ["说明"], en: ["note"] },
  done: { zh: ["完成"], en: ["done"] },
  on: { zh: ["日期"], en: ["on"] },
  district: { zh: ["区"], en: ["district"] },
  offer: { zh: ["出自"], en: ["offer"] },
} as const satisfies Record<string, { readonly zh: readonly string[]; readonly en: readonly string[] }>;
export type Option = keyof typeof OPTION_WORDS;

/** The values that an option with a closed list takes, each with the words for it; the first Chinese one is printed. */
export const OPTION_CHOICES = {
  lang: { zh: ["中文", "zh", "chinese", "cn"], en: ["英文", "en", "英语", "english"] },
  as: { json: ["json"], csv: ["csv"] },
  by: { district: ["区", "district"], theme: ["领域", "theme"] },
  share: { yes: ["是", "yes"] },
  confirm: { yes: ["是", "yes"] },
  empty: { skip: ["跳过", "skip"], say: ["说明", "say"] },
  missed: { late: ["迟发", "late", "补"], merge: ["合并", "merge"], drop: ["放弃", "drop"] },
  workday: {
    next: ["顺延", "next", "后"],
    previous: ["提前", "previous", "前"],
    ignore: ["照常", "ignore", "忽略"],
  },
  /** The printed form first; what is typed is compared in small letters. */
  level: {
    E1: ["E1", "e1", "1"],
    E2: ["E2", "e2", "2"],
    E3: ["E3", "e3", "3"],
    E4: ["E4", "e4", "4"],
    E5: ["E5", "e5", "5"],
  },
  echo: { none: ["无", "none"], final: ["结果", "final"], all: ["全部", "all"] },
} as const satisfies Partial<Record<Option, Readonly<Record<string, readonly string[]>>>>;
