import type { Book } from "../core/book.ts";
import { filterText } from "../core/filter-text.ts";
import type { Lang } from "../core/lang.ts";
import type { Subscription } from "../core/subscription.ts";
import { eventWord } from "./events.ts";
import { optionText, say } from "./print.ts";
import { schedulePhrase } from "./schedule.ts";

/** The line that sets a rule as it is, for whoever takes its end back. */
export function ruleLine(rule: Subscription, book: Book, lang: Lang): string {
  const verb = rule.kind === "digest" ? say(lang, "周报 设置", "digest set") : say(lang, "订阅", "subscribe");
  const phrase = schedulePhrase(rule.schedule, lang);
  const isCron = rule.schedule.kind === "cron" && phrase === rule.schedule.cron;
  const { zone, workday, empty, missed, before } = rule;
  // `before:` says it already.
  const events = rule.events.filter((kind) => kind !== "due" || before.length === 0);
  const own = [
    rule.kind === "digest" ? optionText("empty", empty, lang) : null,
    rule.kind === "digest" ? optionText("missed", missed, lang) : null,
    workday === "next" ? null : optionText("workday", workday, lang),
    // Said even where it is the usual: the place may be set otherwise by then.
    optionText("zone", zone, lang),
    rule.lang === null ? null : optionText("lang", rule.lang, lang),
    events.length === 0
      ? null
      : optionText("events", events.map((kind) => eventWord(kind, lang)).join(say(lang, "、", ",")), lang),
    before.length === 0
      ? null
      : optionText(
          "before",
          before.map((days) => say(lang, `${days}天`, `${days}d`)).join(say(lang, "、", ",")),
          lang,
        ),
  ].filter((option) => option !== null);
  const when = isCron ? `${say(lang, "每", "every")}:"${phrase}"` : phrase.toLowerCase();
  return [verb, when, filterText(rule.filter, book.dataset, lang), ...own]
    .filter((part) => part !== "")
    .join(" ");
}
