import { aimOf, endsOf, startOf } from "../core/aim.ts";
import type { Book } from "../core/book.ts";
import type { Bound } from "../core/bound.ts";
import type { Commitment } from "../core/commitment.ts";
import type { Lang } from "../core/lang.ts";
import type { Pacing } from "../core/pace.ts";
import type { Quantity } from "../core/quantity.ts";
import type { Assessed } from "../core/standing.ts";
import { unitOf } from "../core/unit.ts";
import { PACE_WORDS, wordFor } from "../core/vocabulary.ts";
import type { Withheld } from "../core/way.ts";
import { milestonesText } from "./milestones.ts";
import { quantityText, say } from "./print.ts";

type Exact = NonNullable<Pacing["progress"]>;

/** A share as a percentage with one decimal, truncated: 13.6%. */
export function percentText(share: Exact): string {
  return `${truncated(share.mul(100), 1)}%`;
}

/** A ratio with two decimals, truncated: 0.33. */
export function ratioText(ratio: Exact): string {
  return truncated(ratio, 2);
}

/** Never rounded up: 0.899 is not yet 0.90. */
function truncated(value: Exact, decimals: number): string {
  const scaled = value.mul(10 ** decimals);
  const whole = scaled.compare(0) < 0 ? scaled.ceil() : scaled.floor();
  return (Number(whole.toString()) / 10 ** decimals).toFixed(decimals);
}

/** The pace of a commitment that has a reading, with its formula or with why there is no word; null without a reading. */
export function paceText(item: Assessed, book: Book, lang: Lang): string | null {
  const { pacing } = item;
  const { reading } = pacing;
  if (reading === null) return null;
  const { value } = reading.data;
  const word = wordFor(PACE_WORDS, pacing.word, lang);
  if ("done" in value) return [word, milestonesText(item, lang)].join(say(lang, "：", ": "));
  if (pacing.gap !== null) return rateText(pacing.gap, lang);
  const parts = partsOf(item, value, lang);
  const isWithout = pacing.word === "not_applicable" && pacing.withheld === null;
  const head = isWithout ? notApplicableText(item, word, lang) : word;
  if (parts.length === 0) return head;
  const rest = [...parts, ...sentences(item, book, lang)].join(say(lang, "。", ". "));
  return `${head}${say(lang, "：", ": ")}${rest}`;
}

/** "13.6% of the way in 40.0% of the time, ratio 0.33 = (8.2 − 6.5)/(19 − 6.5) ÷ 123/307 days" */
function partsOf({ commitment, pacing }: Assessed, value: Quantity, lang: Lang): readonly string[] {
  const { progress, share, ratio, days } = pacing;
  if (progress === null) return [];
  const way = percentText(progress);
  const walked =
    pacing.bound === null
      ? say(lang, `已走 ${way}`, `${way} of the way`)
      : `${BOUND_WORDS[pacing.bound][lang]} ${way}${say(lang, "", " of the way")}`;
  const walkedIn =
    share === null
      ? walked
      : say(
          lang,
          `${walked}，时间已过 ${percentText(share)}`,
          `${walked} in ${percentText(share)} of the time`,
        );
  if (ratio === null || days === null) return [walkedIn];
  const time = `${days.gone}/${days.whole}`;
  const formula = wayFormula(commitment, value);
  return [
    say(
      lang,
      `${walkedIn}，比值 ${ratioText(ratio)} ＝ ${formula} ÷ ${time} 天`,
      `${walkedIn}, ratio ${ratioText(ratio)} = ${formula} ÷ ${time} days`,
    ),
  ];
}

/** (8.2−6.5)/(19−6.5), or 1200/3600 where it counts from nothing; all in the target's unit. */
function wayFormula({ target, baseline, kind }: Commitment, value: Quantity): string {
  if (target === null) return "";
  const from = kind === "level" ? baseline : null;
  const { falling, end } = aimOf(target, from);
  const { low, high } = endsOf(value);
  const inUnit = (base: Exact): string => signed(base.div(unitOf(target.unit)?.factor ?? 1));
  const read = inUnit(falling ? high : low);
  if (from === null) return `${read}/${inUnit(end)}`;
  const start = inUnit(startOf(from));
  return `(${read}−${start})/(${inUnit(end)}−${start})`;
}

function signed(value: Exact): string {
  const text = String(value.valueOf());
  return text.startsWith("-") ? `(${text.replace("-", "−")})` : text;
}

/** What has to be said beside the shares: a bound, why there is no ratio, that it arrives in steps. */
function sentences({ commitment, pacing }: Assessed, book: Book, lang: Lang): readonly string[] {
  const { baseline } = commitment;
  const { bound } = pacing;
  const told: string[] = [];
  if (
    bound !== null &&
    commitment.kind === "level" &&
    baseline !== null &&
    baseline.op !== "=" &&
    pacing.progress !== null
  ) {
    const start = quantityText(baseline, commitment.measure, book.dataset, lang);
    const way = percentText(pacing.progress);
    told.push(
      say(
        lang,
        `起点为“${start}”，所以 ${way} 是${BOUND_NOUNS[bound].zh}`,
        `The start is “${start}”, so ${way} is ${BOUND_NOUNS[bound].en}`,
      ),
    );
  }
  if (pacing.withheld !== null) told.push(withheldText(pacing.withheld, pacing.reached, lang));
  if (commitment.path === "steps")
    told.push(
      say(lang, "成批到位，快慢不按直线算，不亮红灯", "It arrives in steps, so it is never shown red"),
    );
  return told;
}

const BOUND_WORDS: Readonly<Record<Bound, { readonly zh: string; readonly en: string }>> = {
  at_most: { zh: "至多已走", en: "at most" },
  at_least: { zh: "至少已走", en: "at least" },
  about: { zh: "约走了", en: "about" },
};

const BOUND_NOUNS: Readonly<Record<Bound, { readonly zh: string; readonly en: string }>> = {
  at_most: { zh: "上限", en: "the most it can be" },
  at_least: { zh: "下限", en: "the least it can be" },
  about: { zh: "约数", en: "approximate" },
};

/** Why there is no word. */
function withheldText(why: Withheld, reached: boolean, lang: Lang): string {
  switch (why) {
    case "share":
      return say(
        lang,
        "时间还不到一成，不作比较",
        "Less than a tenth of the time has gone, so there is no word yet",
      );
    case "term":
      return reached
        ? say(lang, "截至日已到时限，已达标", "Read at term, and reached")
        : say(lang, "截至日已到时限，未达标", "Read at term, and not reached");
    case "no_span":
      return say(
        lang,
        "目标没有超出起点，无从比较",
        "The target is not beyond the start, so there is nothing to compare",
      );
    case "few_pieces":
      return say(lang, "目标不足 10 个单位，不作比较", "A target under ten pieces gets no word");
  }
}

/** A growth rate against its target, in percentage points; time has no part in it. */
function rateText(gap: Exact, lang: Lang): string {
  const points = String(gap.abs().valueOf());
  const told =
    gap.compare(0) === 0
      ? say(lang, "与目标持平", "level with the target")
      : gap.compare(0) < 0
        ? say(lang, `比目标低 ${points} 个百分点`, `${points} percentage points below the target`)
        : say(lang, `比目标高 ${points} 个百分点`, `${points} percentage points above the target`);
  return say(lang, `${told}；增速不按时间折算`, `${told}; a growth rate has no time factor`);
}

/** Why nothing is compared: the first thing that is missing. */
function notApplicableText({ commitment, record, due }: Assessed, word: string, lang: Lang): string {
  const { period, kind, baseline } = commitment;
  const waits = period !== null && "event" in period.start && record.started === null;
  const why = waits
    ? say(lang, "起点事件尚未记录", "the event it starts with is not recorded yet")
    : due === null
      ? say(lang, "出处没有给出时限", "the source gives no date")
      : kind === "level" && baseline === null
        ? say(lang, "没有起点数字", "there is no figure to start from")
        : null;
  return why === null ? word : say(lang, `${word}（${why}）`, `${word} (${why})`);
}
