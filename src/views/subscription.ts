import type { Book } from "../core/book.ts";
import { filterText } from "../core/filter-text.ts";
import type { Lang } from "../core/lang.ts";
import type { Subscription } from "../core/subscription.ts";
import type { Line, Message } from "../message/message.ts";
import { unknownCalendarNote } from "./digest-notes.ts";
import { eventsText } from "./events.ts";
import { personSpan } from "./person.ts";
import { dayText, momentText, say, shortDayText } from "./print.ts";
import { reasonWords } from "./refusal.ts";
import { gapText, isFullHour, scheduleText } from "./schedule.ts";

/** What goes with a rule: its next runs, how often it would have sent in 30 days, how many match now. */
export interface RuleFacts {
  readonly next: readonly { readonly at: Date; readonly calendarKnown: boolean }[];
  readonly sentLately: number;
  readonly matching: number;
  /** The day on which the clock skips the rule's time, if one comes within a year. */
  readonly gap: Date | null;
}

/** What a rule selects, in words. */
export function scopeText({ filter }: Pick<Subscription, "filter">, book: Book, lang: Lang): string {
  const rule = filterText(filter, book.dataset, lang);
  return rule === "" ? say(lang, "全部承诺", "all commitments") : rule;
}

/** The rule as a sentence, without its id and its end. */
export function ruleText(rule: Subscription, book: Book, lang: Lang): string {
  const when = inside(scheduleText(rule.schedule, rule.zone, rule.workday, lang));
  const isReminding = rule.kind === "digest" || rule.before.length > 0;
  const parts = [
    ...(isReminding ? [whatText(rule, lang), when] : []),
    ...eventsText(rule, isReminding ? null : when, lang),
    scopeText(rule, book, lang),
    ...emptyText(rule, lang),
  ];
  return parts.join(say(lang, "，", ", "));
}

/** Whether its schedule ever sends anything: events of a channel are told as they are recorded. */
export function isScheduled({ kind, before, to }: Subscription): boolean {
  return kind === "digest" || before.length > 0 || "person" in to.to;
}

/** A phrase that begins a sentence, as it stands inside one; weekdays keep their capital. */
function inside(phrase: string): string {
  return /^(?:On|Every|Weekdays)\b/.test(phrase)
    ? `${phrase.slice(0, 1).toLowerCase()}${phrase.slice(1)}`
    : phrase;
}

function whatText({ kind, before }: Subscription, lang: Lang): string {
  if (kind === "digest") return say(lang, "周报", "digest");
  const days =
    before.length < 2 ? before.join("") : `${before.slice(0, -1).join(", ")} and ${before.at(-1) ?? ""}`;
  const unit = before.join() === "1" ? "day" : "days";
  return say(lang, `到期前 ${before.join("、")} 天提醒`, `reminders ${days} ${unit} before a due date`);
}

function emptyText({ kind, empty }: Subscription, lang: Lang): readonly string[] {
  if (kind === "reminders") return [];
  return empty === "say"
    ? [say(lang, "无变化时说明一句", "one line when nothing changed")]
    : [say(lang, "无变化时不发", "nothing when nothing changed")];
}

/** After saving: the rule, what it matches and would have sent, the next times, what it replaced, how it ends. */
export function savedView(
  rule: Subscription,
  facts: RuleFacts & { readonly replaced: Subscription | null },
  book: Book,
  lang: Lang,
): Message {
  const summary = say(
    lang,
    `已设：${rule.id} ${ruleText(rule, book, lang)}。`,
    `Saved: ${rule.id} ${ruleText(rule, book, lang)}.`,
  );
  const { replaced } = facts;
  const lines: Line[] = [[summary], ...factLines(rule, facts, lang)];
  if (replaced !== null) {
    lines.push([
      say(
        lang,
        `替换了原来的：${ruleText(replaced, book, lang)}（设置人：`,
        `It replaces: ${ruleText(replaced, book, lang)} (set by `,
      ),
      personSpan(replaced.owner, lang),
      say(lang, "）。", ")."),
    ]);
  }
  lines.push(...warnings(rule, facts, lang));
  const end = say(lang, `退订 ${rule.id}`, `unsubscribe ${rule.id}`);
  lines.push([say(lang, "取消：", "To end it: "), { code: end }]);
  return { summary, tone: "good", blocks: [{ type: "text", lines }] };
}

function factLines(
  rule: Subscription,
  { next, sentLately, matching }: RuleFacts,
  lang: Lang,
): readonly Line[] {
  const days = !isScheduled(rule)
    ? ""
    : next.map(({ at }) => shortDayText(at, rule.zone, lang)).join(say(lang, "、", ", "));
  return [
    [
      say(
        lang,
        `现在匹配 ${matching} 项；过去 30 天会发 ${sentLately} 次。`,
        `${matching} ${matching === 1 ? "commitment matches" : "commitments match"} now; in the last 30 days it would have been sent ${sentLately} ${sentLately === 1 ? "time" : "times"}.`,
      ),
    ],
    ...(days === "" ? [] : [[say(lang, `接下来：${days}。`, `Next: ${days}.`)]]),
  ];
}

/** What a careful colleague would mention: busy minutes, a time that the clock skips, a year without holidays. */
function warnings(rule: Subscription, { next, gap }: RuleFacts, lang: Lang): readonly Line[] {
  const unknown = next.find(({ calendarKnown }) => !calendarKnown);
  return [
    isScheduled(rule) && isFullHour(rule.schedule)
      ? say(
          lang,
          "整点和半点消息最挤（飞书会限流），错开几分钟更稳，例如 9:07。",
          "Full and half hours are the busiest (Feishu throttles then); a few minutes off is safer, such as 9:07.",
        )
      : null,
    gap === null || !isScheduled(rule) ? null : gapText(gap, rule.zone, lang),
    unknown === undefined || !isScheduled(rule)
      ? null
      : unknownCalendarNote(String(unknown.at.getUTCFullYear()), lang),
  ].flatMap((text) => (text === null ? [] : [[text]]));
}

/** The rule of a digest as it stands. */
export function ruleView(
  rule: Subscription,
  facts: RuleFacts & { readonly last: Date | null },
  book: Book,
  lang: Lang,
): Message {
  const title = say(lang, `${rule.id} 这里的周报`, `${rule.id} The digest here`);
  const lines: Line[] = [
    [capital(`${ruleText(rule, book, lang)}${say(lang, "。", ".")}`)],
    ...factLines(rule, facts, lang),
    [say(lang, "设置人：", "Set by "), ...ownerLine(rule, facts.last, lang)],
  ];
  return { summary: title, title, blocks: [{ type: "text", lines }] };
}

/** A phrase as a sentence begins. */
function capital(phrase: string): string {
  return `${phrase.slice(0, 1).toUpperCase()}${phrase.slice(1)}`;
}

/** The owner of a rule, when it last and next sends, and why it may not. */
function ownerLine(rule: Subscription, last: Date | null, lang: Lang): Line {
  const moment = (at: Date): string => momentText(at, rule.zone, lang);
  const rest = [
    last === null
      ? isScheduled(rule) && rule.events.length > 0 && !("person" in rule.to.to)
        ? null
        : say(lang, "还没有发过", "not sent yet")
      : say(lang, `上次 ${moment(last)}`, `last ${moment(last)}`),
    rule.nextAt === null || !isScheduled(rule)
      ? null
      : say(lang, `下次 ${moment(rule.nextAt)}`, `next ${moment(rule.nextAt)}`),
    rule.paused === null ? null : pausedText(rule.paused, lang),
    rule.muted === null ? null : muteText(rule.muted, lang),
  ].filter((part) => part !== null);
  return [personSpan(rule.owner, lang), say(lang, "；", "; "), rest.join(say(lang, "；", "; "))];
}

/** Why a rule is held that somebody holds; any other reason is the place's. */
export const BY_HAND = "by hand";

/** Why a rule does not run at present. */
export function pausedText(reason: string, lang: Lang): string {
  switch (reason) {
    case BY_HAND:
      return say(lang, "已手动暂停", "held by hand");
    case "left":
      return say(lang, "已暂停：区势不在那里了", "paused: Qushi was taken out of the place");
    case "gone":
      return say(lang, "已暂停：频道已归档或解散", "paused: the place is archived or gone");
    default:
      return say(lang, `已暂停（${reasonWords(reason, lang)}）`, `paused (${reasonWords(reason, lang)})`);
  }
}

function muteText(muted: NonNullable<Subscription["muted"]>, lang: Lang): string {
  return "until" in muted
    ? say(lang, `静音，${muted.until} 恢复`, `silent, back on ${dayText(muted.until, "en")}`)
    : say(lang, "静音到有数据", "silent until data is out");
}

/** The rules of a place, each with owner, last and next time. */
export function rulesView(
  rules: readonly { readonly subscription: Subscription; readonly last: Date | null }[],
  book: Book,
  lang: Lang,
): Message {
  const title = say(lang, `这里的规则 · ${rules.length}`, `Rules here · ${rules.length}`);
  const [first] = rules;
  if (first === undefined) return noRulesView(title, lang);
  const items = rules.map(({ subscription, last }): Line => [
    { bold: subscription.id },
    ` ${ruleText(subscription, book, lang)}${say(lang, "（设置人：", " (set by ")}`,
    ...ownerLine(subscription, last, lang),
    say(lang, "）", ")"),
  ]);
  const end = say(lang, `退订 ${first.subscription.id}`, `unsubscribe ${first.subscription.id}`);
  const note: Line = [say(lang, "取消：", "To end one: "), { code: end }];
  return {
    summary: title,
    title,
    blocks: [
      { type: "list", items },
      { type: "note", lines: [note] },
    ],
  };
}

function noRulesView(title: string, lang: Lang): Message {
  const lines: Line[] = [
    [say(lang, "这里还没有规则。", "There are no rules here yet.")],
    [
      say(lang, "定期周报：", "A digest: "),
      { code: say(lang, "周报 设置 每周一 9:07", "digest set monday 9:07") },
    ],
    [
      say(lang, "到期提醒：", "Reminders: "),
      { code: say(lang, "订阅 核验:数字 提前:30天、7天", "subscribe check:figure before:30d,7d") },
    ],
  ];
  return { summary: title, title, blocks: [{ type: "text", lines }] };
}
