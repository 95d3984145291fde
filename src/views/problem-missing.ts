import type { Lang } from "../core/lang.ts";
import type { Missing } from "../core/rating-rules.ts";
import { CHECK_WORDS, STANDING_WORDS, wordFor, type Rating } from "../core/vocabulary.ts";
import { dayText } from "./print.ts";

/** What a rating still needs, as the rest of a sentence. */
export function missingText(missing: Missing, rating: Rating, lang: Lang): string {
  return lang === "zh" ? neededZh(missing, rating) : neededEn(missing, rating);
}

function neededZh(missing: Missing, rating: Rating): string {
  switch (missing.type) {
    case "not_ratable":
      return "它不可核，只列出，不评定";
    case "not_for_check":
      return `按“${wordFor(CHECK_WORDS, missing.check, "zh")}”核验的只能评为${missing.allowed
        .map((rating) => `“${wordFor(STANDING_WORDS, rating, "zh")}”`)
        .join("、")}`;
    case "evidence": {
      const { levels, has } = missing;
      const reaching = rating === "met" && levels.includes("E3");
      const what = reaching ? "E1/E2 佐证，或 E3 且读数达标" : `${levels.join("/")} 佐证`;
      return `需要 ${what}；${has === null ? "现在一条也没有" : `现有最高 ${has}`}`;
    }
    case "reading_reaching":
      return `只有 ${missing.has}，还需要一个达标的读数，或 E1/E2 佐证`;
    case "second_source":
      return `需要另一家独立来源（${missing.levels.join("/")}）；现在只有 ${missing.host}`;
    case "not_due_yet":
      return `还没到期（${dayText(missing.due, "zh")}）`;
    case "no_due_date":
      return "它没有期限";
    case "reading_at_term":
      return `需要截至 ${dayText(missing.due, "zh")} 或以后的 ${missing.levels.join("/")} 读数`;
    case "dated_search":
      return missing.after === null
        ? "需要一次查过而无新的记录，或对方明说停止的佐证；我们没查不算对方停"
        : `需要 ${dayText(missing.after, "zh")} 之后查过而无新的记录`;
    case "yardstick":
      return "“举措”类要先由评定人定下凭据";
  }
}

function neededEn(missing: Missing, rating: Rating): string {
  switch (missing.type) {
    case "not_ratable":
      return "it is not checkable, listed and never rated";
    case "not_for_check":
      return `what is checked by “${wordFor(CHECK_WORDS, missing.check, "en")}” can only be ${missing.allowed
        .map((rating) => `“${wordFor(STANDING_WORDS, rating, "en")}”`)
        .join(", ")}`;
    case "evidence": {
      const { levels, has } = missing;
      const reaching = rating === "met" && levels.includes("E3");
      const what = reaching ? "E1/E2, or E3 with a reading that reaches the target" : levels.join("/");
      return `it needs evidence of ${what}; ${has === null ? "there is none" : `the best there is is ${has}`}`;
    }
    case "reading_reaching":
      return `there is ${missing.has}; it also needs a reading that reaches the target, or evidence of E1/E2`;
    case "second_source":
      return `it needs another, independent source (${missing.levels.join("/")}); ${missing.host} is the only one`;
    case "not_due_yet":
      return `it is not due until ${dayText(missing.due, "en")}`;
    case "no_due_date":
      return "it has no due date";
    case "reading_at_term":
      return `it needs a reading of ${missing.levels.join("/")} as of ${dayText(missing.due, "en")} or later`;
    case "dated_search":
      return missing.after === null
        ? "it needs a search that found nothing, or evidence of a stated stop; our own silence is not theirs"
        : `it needs a search after ${dayText(missing.after, "en")} that found nothing`;
    case "yardstick":
      return "a reviewer has to set a yardstick for acts first";
  }
}
