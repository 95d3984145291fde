import type { Book } from "../core/book.ts";
import { inLang, type Lang } from "../core/lang.ts";
import type { Subscription } from "../core/subscription.ts";
import type { Line, Message } from "../message/message.ts";
import { say } from "./print.ts";
import { resumeLine } from "./refusal.ts";

/** Said once in a channel that takes the bot in: what it keeps, what can be asked, and, where none runs yet, a weekly card on a click. */
export function greetingView(book: Book, hasDigest: boolean, lang: Lang): Message {
  const ask = exampleLine(book, lang);
  const text = say(
    lang,
    `我是区势，记着${scopeText(book, "zh")}承诺，每条都有出处。`,
    `I am Qushi. I track ${scopeText(book, "en")}, each with its source.`,
  );
  const next: Line = [
    say(lang, "可以 @我 问 ", "Mention me with "),
    { code: ask },
    hasDigest
      ? say(lang, "；这里的周报会照常发。", "; the digest that is set here will come.")
      : say(lang, "，或者让我每周一来一张周报。", ", or let me post one card here each Monday."),
  ];
  return {
    summary: text,
    blocks: [
      { type: "text", lines: [[text], next] },
      {
        type: "buttons",
        buttons: [
          { label: say(lang, "问一问", "Ask"), run: ask },
          hasDigest
            ? {
                label: say(lang, "周报规则", "The digest's rule"),
                run: say(lang, "周报 规则", "digest show"),
              }
            : {
                label: say(lang, "在这里发周报", "Weekly digest here"),
                run: say(lang, "周报 设置 每周一 9:07", "digest set monday 9:07"),
              },
          { label: say(lang, "帮助", "Help"), run: say(lang, "帮助", "help") },
        ],
      },
    ],
  };
}

/** Said once to somebody who opens their direct messages with the bot. */
export function greetingToOneView(book: Book, lang: Lang): Message {
  const ask = exampleLine(book, lang);
  const text = say(
    lang,
    `我是区势，记着${scopeText(book, "zh")}承诺，每条都有出处。直接写区名、编号或要找的词就行。`,
    `I am Qushi. I track ${scopeText(book, "en")}, each with its source. Just send a district, an id or any words.`,
  );
  return {
    summary: text,
    blocks: [
      { type: "text", lines: [[text]] },
      {
        type: "buttons",
        buttons: [
          { label: say(lang, "问一问", "Ask"), run: ask },
          { label: say(lang, "帮助", "Help"), run: say(lang, "帮助", "help") },
        ],
      },
    ],
  };
}

/** Said to somebody who sent no text in their direct messages. */
export function onlyTextView(book: Book, lang: Lang): Message {
  const text = say(lang, "我只读文字。", "I read text only.");
  const next: Line = [
    say(lang, "请直接写出来，例如 ", "Please type it, for example "),
    { code: exampleLine(book, lang) },
    say(lang, "，或 ", " or "),
    { code: say(lang, "帮助", "help") },
    say(lang, "。", "."),
  ];
  return { summary: text, blocks: [{ type: "text", lines: [[text], next] }] };
}

/** Said where the bot is taken into a place, again or for the first time, whose rules were held while it was not there. */
export function returnedView(rules: readonly Subscription[], lang: Lang): Message {
  const text = say(
    lang,
    `我来了。之前不在这里，${rules.length} 条规则一直暂停着，要恢复的请发：`,
    `I am here now. Until now ${rules.length} ${rules.length === 1 ? "rule here was" : "rules here were"} on hold; to resume:`,
  );
  return {
    summary: text,
    blocks: [
      { type: "text", lines: [[text]] },
      {
        type: "list",
        items: rules.map((rule): Line => [
          { bold: rule.id },
          ` ${rule.kind === "digest" ? say(lang, "周报", "digest") : say(lang, "提醒", "reminders")}　`,
          { code: resumeLine(rule, lang) },
        ]),
      },
    ],
  };
}

/** 深圳 11 个区 2026 年的 37 项, 37 commitments that Shenzhen's 11 districts made for 2026 */
function scopeText({ dataset }: Book, lang: Lang): string {
  const { districts, commitments, year, city } = dataset;
  const [many, few] = [commitments.length, districts.length];
  return say(
    lang,
    `${inLang(city, "zh")} ${few} 个区 ${year} 年的 ${many} 项`,
    `${many} ${many === 1 ? "commitment" : "commitments"} that ${inLang(city, "en")}'s ${few} ${few === 1 ? "district" : "districts"} made for ${year}`,
  );
}

/** A district and a word of a title: what a first question looks like. */
function exampleLine({ dataset }: Book, lang: Lang): string {
  const first = dataset.commitments.find(({ check }) => check === "figure") ?? dataset.commitments[0];
  const district = dataset.districts.find(({ code }) => code === first?.district);
  const name = district === undefined ? "" : inLang(district.name, lang);
  const title = first === undefined ? "" : inLang(first.title, lang);
  const line = `${name} ${title}`.trim();
  return line === "" ? say(lang, "看板", "board") : line;
}
