import type { Dataset, Due, Period, Scale } from "../core/commitment.ts";
import { dayIn, type Day } from "../core/day.ts";
import { OPTION_CHOICES, OPTION_WORDS, type Option } from "../core/option-words.ts";
import { inLang, type Lang } from "../core/lang.ts";
import type { Comparator, Quantity } from "../core/quantity.ts";
import { inBase, unitOf } from "../core/unit.ts";

/** The wording of one language; every view is written in both, neither translated from the other. */
export function say(lang: Lang, zh: string, en: string): string {
  return lang === "zh" ? zh : en;
}

const COMPARED: Readonly<Record<Comparator, { readonly zh: string; readonly en: string }>> = {
  "=": { zh: "", en: "" },
  ">": { zh: "超过 ", en: "above " },
  ">=": { zh: "不少于 ", en: "at least " },
  "<": { zh: "低于 ", en: "below " },
  "<=": { zh: "不超过 ", en: "at most " },
  "~": { zh: "约 ", en: "about " },
};

/** A figure with its comparator: 超过 19 EFLOPS, above 19 EFLOPS, 2–4 家, at least 1 million m². */
export function quantityText(
  quantity: Quantity,
  measure: string | null,
  dataset: Dataset,
  lang: Lang,
): string {
  const values = quantity.op === "range" ? [quantity.min, quantity.max] : [quantity.value];
  const figure = valuesText(values, quantity.unit, measure, dataset, lang);
  return quantity.op === "range" ? figure : `${COMPARED[quantity.op][lang]}${figure}`;
}

/** The size of a plan, with what it counts. */
export function scaleText(scale: Scale, dataset: Dataset, lang: Lang): string {
  const name = measureName(scale.measure, dataset, lang);
  const figure = quantityText(scale, scale.measure, dataset, lang);
  return say(lang, `${name} ${figure}`, `${name}: ${figure}`) + originalText(scale.original, lang);
}

/** The source's own words for a figure. */
export function originalText(original: string, lang: Lang): string {
  return say(lang, `（原文“${original}”）`, ` (source: “${original}”)`);
}

/** The name of a measure. */
export function measureName(code: string, dataset: Dataset, lang: Lang): string {
  const measure = dataset.measures.find((each) => each.code === code);
  return measure === undefined ? code : inLang(measure.name, lang);
}

function valuesText(
  values: readonly number[],
  unit: string,
  measure: string | null,
  dataset: Dataset,
  lang: Lang,
): string {
  if (lang === "zh") return `${values.map(String).join("–")} ${unit}`.replace(" %", "%");
  const dimension = unitOf(unit)?.dimension ?? "count:";
  const base = values.map((value) => inBase(value, unit));
  if (dimension.startsWith("money:")) {
    const currency = dimension.slice(6) === "CNY" ? "RMB" : dimension.slice(6);
    return `${currency} ${base.map(large).join("–")}`;
  }
  if (dimension === "area") return `${base.map(large).join("–")} m²`;
  if (dimension === "percent") return `${base.map((value) => value.toString()).join("–")}%`;
  if (dimension === "points") return `${values.join("–")} percentage points`;
  if (!dimension.startsWith("count:")) return `${values.map(String).join("–")} ${unit}`;
  const counted = dataset.measures.find(({ code }) => code === measure)?.counted ?? null;
  const noun =
    counted === null
      ? /^[\x20-\x7e]+$/.test(unit)
        ? unit
        : ""
      : values.join() === "1"
        ? counted.one
        : counted.many;
  return `${base.map(large).join("–")} ${noun}`.trim();
}

/** A whole number of base units as an English reader expects it, exactly: 150833000000 → 150.833 billion. */
function large(value: ReturnType<typeof inBase>): string {
  for (const [size, word] of [
    [1e12, "trillion"],
    [1e9, "billion"],
    [1e6, "million"],
  ] as const) {
    if (value.compare(size) >= 0) return `${value.div(size).toString()} ${word}`;
  }
  return value.compare(1e3) >= 0 ? value.toString().replace(/\B(?=(\d{3})+(?!\d))/g, ",") : value.toString();
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** 2026-12-31, or 31 Dec 2026. */
export function dayText(day: Day, lang: Lang): string {
  if (lang === "zh") return day;
  const [year = "", month = "", date = ""] = day.split("-");
  return `${Number(date)} ${MONTHS[Number(month) - 1] ?? month} ${year}`;
}

/** A due date with the source's words and whether the date was inferred from them. */
export function dueText(due: Due, lang: Lang): string {
  const inferred = due.basis === "inferred";
  return say(
    lang,
    `${due.date}（原文“${due.text}”${inferred ? "，日期为推定" : ""}）`,
    `${dayText(due.date, "en")} (source: “${due.text}”${inferred ? "; the date is inferred" : ""})`,
  );
}

/** The time a commitment runs. */
export function periodText(period: Period, lang: Lang): string {
  const start =
    "day" in period.start
      ? dayText(period.start.day, lang)
      : say(lang, `自${inLang(period.start.event, lang)}起`, `from when ${inLang(period.start.event, lang)}`);
  const length = period.length === null ? null : lengthText(period.length, lang);
  if (length !== null) return say(lang, `${start} ${length}`, `${length} ${start}`);
  if (period.end === null) return say(lang, `${start} 起`, `from ${start}`);
  return say(lang, `${start} 至 ${period.end}`, `${start} to ${dayText(period.end, "en")}`);
}

function lengthText({ count, of }: NonNullable<Period["length"]>, lang: Lang): string {
  if (lang === "zh") return `${count} ${of === "years" ? "年" : "个月"}`;
  return `${count} ${count === 1 ? of.slice(0, -1) : of}`;
}

/** The day of an instant in a zone, with its weekday: 2026-11-30（周一）, Mon 30 Nov 2026. */
export function shortDayText(instant: Date, zone: string, lang: Lang): string {
  const day = dayIn(zone, instant);
  const name = new Intl.DateTimeFormat(lang === "zh" ? "zh-CN" : "en-GB", {
    timeZone: zone,
    weekday: "short",
  });
  return say(lang, `${day}（${name.format(instant)}）`, `${name.format(instant)} ${dayText(day, "en")}`);
}

/** An option as it is typed: 无变化:说明, empty:say; a value without words of its own stays as it is. */
export function optionText(option: Option, value: string, lang: Lang): string {
  const [key = option] = OPTION_WORDS[option][lang];
  const choices = Object.entries<Readonly<Record<string, readonly string[]>>>(OPTION_CHOICES).find(
    ([name]) => name === option,
  )?.[1];
  return `${key}:${lang === "zh" ? (choices?.[value]?.[0] ?? value) : value}`;
}

/** A zone's name as its people say it; Intl has another word for China's. */
export function usualName(name: string): string {
  return name === "中国标准时间" ? "北京时间" : name;
}

/** An instant on the wall clock of a zone, with the zone's name. */
export function momentText(instant: Date, zone: string, lang: Lang): string {
  const parts = new Intl.DateTimeFormat(lang === "zh" ? "zh-CN" : "en-GB", {
    timeZone: zone,
    weekday: "short",
    year: "numeric",
    month: lang === "zh" ? "2-digit" : "short",
    day: lang === "zh" ? "2-digit" : "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZoneName: "long",
  }).formatToParts(instant);
  const part = (type: Intl.DateTimeFormatPartTypes): string =>
    parts.find((each) => each.type === type)?.value ?? "";
  const clock = `${part("hour")}:${part("minute")}`;
  if (lang === "zh")
    return `${part("year")}-${part("month")}-${part("day")}（${part("weekday")}）${clock} ${usualName(part("timeZoneName"))}`;
  return `${part("weekday")} ${part("day")} ${part("month")} ${part("year")}, ${clock} ${part("timeZoneName")}`;
}
