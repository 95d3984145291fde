/** Which days a schedule names: weekdays (Sunday is 0) or dates of the month, ascending, or a working day of the month. */
export type NamedDays =
  | { readonly kind: "weekdays"; readonly days: readonly number[] }
  | { readonly kind: "dates"; readonly dates: readonly number[] }
  | { readonly kind: "workday"; readonly day: "first-workday" | "last-workday" };

const EVERY_DAY: NamedDays = { kind: "weekdays", days: [0, 1, 2, 3, 4, 5, 6] };
const MONDAY_TO_FRIDAY: NamedDays = { kind: "weekdays", days: [1, 2, 3, 4, 5] };

const ZH_WEEK = "(?:周|星期|礼拜)";
const ZH_WEEKDAYS = "日一二三四五六";
const ZH_NUMBER = "(?:\\d{1,2}|[一二三四五六七八九十]{1,3})";
const ZH_AND = " ?[、,，和及与] ?";
const EN_DAY =
  "(?:mon(?:days?)?|tue(?:s(?:days?)?)?|wed(?:nesdays?)?|thu(?:r(?:s(?:days?)?)?)?|fri(?:days?)?|sat(?:urdays?)?|sun(?:days?)?)";
const EN_WEEK = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const EN_DATE = "\\d{1,2}(?:st|nd|rd|th)?";
const EN_AND = "(?: ?, ?and | ?[,、&+] ?| and )";
const EN_WORKDAY = "(?:workday|working[ -]day|business[ -]day)";
const EN_MONTHLY = "(?:monthly|every month|each month)(?: on)?(?: the)?";
const EN_OF_MONTH = "of (?:each|every|the) month";

const FORMS: readonly { readonly form: string; readonly read: (text: string) => NamedDays | null }[] = [
  { form: "每天|每日|天天|daily|every ?day|each day", read: () => EVERY_DAY },
  {
    form: `(?:每个?)?工作日|(?:on |every |each )?(?:weekdays?|${EN_WORKDAY}s?)`,
    read: () => MONDAY_TO_FRIDAY,
  },
  {
    form: `(?:每个?)?${ZH_WEEK}[${ZH_WEEKDAYS}天](?:(?:${ZH_AND}| ?[至到~-] ?| )?(?:(?:每个?)?${ZH_WEEK})?[${ZH_WEEKDAYS}天])*`,
    read: (text) =>
      weekdays(text, /([至到~-])? ?(?:每个?)?(?:周|星期|礼拜)?([日天一二三四五六])/gu, (name) =>
        Math.max(ZH_WEEKDAYS.indexOf(name), 0),
      ),
  },
  {
    form: `(?:(?:weekly|weekly on|on|every|each) )?${EN_DAY}(?:(?:${EN_AND}(?:every )?| ?- ?| to | through | )${EN_DAY})*`,
    read: (text) =>
      weekdays(text, new RegExp(`(-|\\bto|\\bthrough)? ?\\b(${EN_DAY})\\b`, "gu"), (name) =>
        EN_WEEK.indexOf(name.slice(0, 3)),
      ),
  },
  {
    form: `每个?月的?(?:${ZH_NUMBER}[日号]?${ZH_AND})*${ZH_NUMBER}[日号]`,
    read: (text) => dates(text.replace(/^每个?月/u, ""), /\d+|[一二三四五六七八九十]+/gu),
  },
  {
    form: `${EN_MONTHLY} ${EN_DATE}(?:${EN_AND}${EN_DATE})*|(?:on )?the ${EN_DATE}(?:${EN_AND}(?:the )?${EN_DATE})* ${EN_OF_MONTH}`,
    read: (text) => dates(text, /\d+/gu),
  },
  {
    form: `每个?月的?(?:首个?|第一个|第1个|头一个|最后一?个?|最末一?个?|末个)工作日|${EN_MONTHLY} (?:first|1st|last)[ -]${EN_WORKDAY}|(?:on )?the (?:first|1st|last) ${EN_WORKDAY} ${EN_OF_MONTH}`,
    read: (text) => ({ kind: "workday", day: /last|[后末]/u.test(text) ? "last-workday" : "first-workday" }),
  },
];

const STARTS = FORMS.map(({ form, read }) => ({ pattern: new RegExp(`^(?:${form})(?![a-z])`, "u"), read }));
const WHOLE = FORMS.map(({ form, read }) => ({ pattern: new RegExp(`^(?:${form})$`, "u"), read }));

/** Reads days named in either language, in lower case; null for other text and for dates that no month has. */
export function readNamedDays(text: string): NamedDays | null {
  return WHOLE.find(({ pattern }) => pattern.test(text))?.read(text) ?? null;
}

/** True for text that begins with days named in either language, in lower case. */
export function startsWithDays(text: string): boolean {
  return STARTS.some(({ pattern, read }) => {
    const [found] = pattern.exec(text) ?? [];
    return found !== undefined && read(found) !== null;
  });
}

function weekdays(text: string, each: RegExp, numberOf: (name: string) => number): NamedDays {
  const days = new Set<number>();
  let last: number | null = null;
  for (const [, through, name = ""] of text.matchAll(each)) {
    const day = numberOf(name === "天" ? "日" : name);
    if (through !== undefined && last !== null) {
      for (let between: number = last; between !== day; between = (between + 1) % 7) days.add(between);
    }
    days.add(day);
    last = day;
  }
  return { kind: "weekdays", days: [...days].sort((a, b) => a - b) };
}

function dates(text: string, each: RegExp): NamedDays | null {
  const found = Array.from(text.matchAll(each), ([name]) => dateOf(name));
  if (found.some((date) => !(date >= 1 && date <= 31))) return null;
  return { kind: "dates", dates: [...new Set(found)].sort((a, b) => a - b) };
}

/** 15 of "15" and of 十五; NaN for what is no number. */
function dateOf(name: string): number {
  if (/^\d+$/u.test(name)) return Number(name);
  const [, tens, ones] = /^(?:([二三]?)十)?([一二三四五六七八九])?$/u.exec(name) ?? [];
  if (tens === undefined && ones === undefined) return Number.NaN;
  const digit = (text: string): number => "一二三四五六七八九".indexOf(text) + 1;
  return (tens === undefined ? 0 : tens === "" ? 10 : digit(tens) * 10) + digit(ones ?? "");
}
