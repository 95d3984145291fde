import type { Book } from "../core/book.ts";
import { filterText } from "../core/filter-text.ts";
import type { Lang } from "../core/lang.ts";
import { formatPerson } from "../core/place.ts";
import type { Subscription } from "../core/subscription.ts";
import type { Line, Message } from "../message/message.ts";
import { dayText, momentText, say } from "./print.ts";
import { isFullHour, scheduleText } from "./schedule.ts";

/** What goes with a saved rule: next and past times, how many match now, what it replaced. */
export interface RuleFacts {
  readonly next: readonly Date[];
  readonly past: readonly Date[];
  readonly matching: number;
}

/** What a rule selects, in words. */
export function scopeText({ filter }: Pick<Subscription, "filter">, book: Book, lang: Lang): string {
  const rule = filterText(filter, book.dataset, lang);
  return rule === "" ? say(lang, "全部承诺", "all commitments") : rule;
}

/** The rule as a sentence, without its id. */
export function ruleText(rule: Subscription, book: Book, lang: Lang): string {
  const what =
    rule.kind === "digest"
      ? say(lang, "周报", "digest")
      : say(
          lang,
          `到期前 ${rule.before.join("、")} 天提醒`,
          `reminders ${rule.before.join(", ")} days before a due date`,
        );
  const when = scheduleText(rule.schedule, rule.zone, rule.workday, lang);
  const scope = scopeText(rule, book, lang);
  const empty =
    rule.kind === "reminders"
      ? ""
      : rule.empty === "say"
        ? say(lang, "，无变化时说明一句", ", a line when nothing changed")
        : say(lang, "，无变化时不发", ", nothing when nothing changed");
  return say(lang, `${what}：${when}，${scope}${empty}`, `${what}: ${when}, ${scope}${empty}`);
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
    `已设 ${rule.id}：${ruleText(rule, book, lang)}。`,
    `Saved ${rule.id}: ${ruleText(rule, book, lang)}.`,
  );
  const lines: Line[] = [[summary], ...factLines(rule, facts, lang)];
  if (facts.replaced !== null) {
    lines.push([
      say(
        lang,
        `替换了原来的：${ruleText(facts.replaced, book, lang)}（${formatPerson(facts.replaced.owner)} 所设）。`,
        `It replaces: ${ruleText(facts.replaced, book, lang)} (set by ${formatPerson(facts.replaced.owner)}).`,
      ),
    ]);
  }
  if (isFullHour(rule.schedule)) {
    lines.push([
      say(
        lang,
        "提醒：整点和半点飞书会限流，错开几分钟更稳，例如 9:07。",
        "Note: Feishu throttles at full and half hours; a few minutes off is safer, such as 9:07.",
      ),
    ]);
  }
  lines.push([
    say(lang, "取消：", "End it: "),
    { code: say(lang, `退订 ${rule.id}`, `unsubscribe ${rule.id}`) },
  ]);
  return { summary, tone: "good", blocks: [{ type: "text", lines }] };
}

function factLines(rule: Subscription, { next, past, matching }: RuleFacts, lang: Lang): readonly Line[] {
  const times = next.map((at) => momentText(at, rule.zone, lang)).join(say(lang, "、", "; "));
  return [
    [
      say(
        lang,
        `现在匹配 ${matching} 项；过去 30 天会发 ${past.length} 次。`,
        `It matches ${matching} now; in the last 30 days it would have been sent ${past.length} ${past.length === 1 ? "time" : "times"}.`,
      ),
    ],
    [say(lang, `接下来：${times}。`, `Next: ${times}.`)],
  ];
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
    [`${ruleText(rule, book, lang)}${say(lang, "。", ".")}`],
    ...factLines(rule, facts, lang),
    [ownerText(rule, facts.last, lang)],
  ];
  return { summary: title, title, blocks: [{ type: "text", lines }] };
}

function ownerText(rule: Subscription, last: Date | null, lang: Lang): string {
  const parts = [
    say(lang, `${formatPerson(rule.owner)} 所设`, `set by ${formatPerson(rule.owner)}`),
    last === null
      ? say(lang, "还没有发过", "never sent yet")
      : say(lang, `上次 ${momentText(last, rule.zone, lang)}`, `last ${momentText(last, rule.zone, lang)}`),
    rule.nextAt === null
      ? null
      : say(
          lang,
          `下次 ${momentText(rule.nextAt, rule.zone, lang)}`,
          `next ${momentText(rule.nextAt, rule.zone, lang)}`,
        ),
    rule.paused === null
      ? null
      : say(lang, `已暂停：${rule.paused === "by hand" ? "手动" : rule.paused}`, `paused: ${rule.paused}`),
    rule.muted === null ? null : muteText(rule.muted, lang),
  ];
  return parts.filter((part) => part !== null).join(say(lang, "；", "; "));
}

function muteText(muted: NonNullable<Subscription["muted"]>, lang: Lang): string {
  return "until" in muted
    ? say(lang, `静音到 ${muted.until}`, `muted until ${dayText(muted.until, "en")}`)
    : say(lang, "静音到有数据", "muted until data is out");
}

/** The rules of a place, each with owner, last and next time. */
export function rulesView(
  rules: readonly { readonly subscription: Subscription; readonly last: Date | null }[],
  book: Book,
  lang: Lang,
): Message {
  const title = say(lang, `这里的规则 · ${rules.length}`, `Rules here · ${rules.length}`);
  if (rules.length === 0) {
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
  const items = rules.map(({ subscription, last }): Line => [
    { bold: subscription.id },
    ` ${ruleText(subscription, book, lang)}（${ownerText(subscription, last, lang)}）`,
  ]);
  const [first] = rules;
  const note: Line = [
    say(lang, "取消：", "End one: "),
    {
      code: say(lang, `退订 ${first?.subscription.id ?? ""}`, `unsubscribe ${first?.subscription.id ?? ""}`),
    },
  ];
  return {
    summary: title,
    title,
    blocks: [
      { type: "list", items },
      { type: "note", lines: [note] },
    ],
  };
}
