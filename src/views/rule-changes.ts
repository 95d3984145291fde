import type { Book } from "../core/book.ts";
import type { Day } from "../core/day.ts";
import type { Lang } from "../core/lang.ts";
import type { Person } from "../core/place.ts";
import type { Subscription } from "../core/subscription.ts";
import { lineText, type Line, type Message } from "../message/message.ts";
import { personSpan } from "./person.ts";
import { ruleLine } from "./rule-line.ts";
import { dayText, momentText, say } from "./print.ts";
import { ruleText, rulesView } from "./subscription.ts";

/** Before all rules of a place are removed. */
export function confirmRemovalView(rules: readonly Subscription[], book: Book, lang: Lang): Message {
  if (rules.length === 0) return rulesView([], book, lang);
  const summary = say(
    lang,
    rules.length === 1
      ? "这会取消这里唯一的一条规则。确定吗？"
      : `这会取消这里的全部 ${rules.length} 条规则。确定吗？`,
    `This ends ${rules.length === 1 ? "the only rule" : `all ${rules.length} rules`} here. Are you sure?`,
  );
  return {
    summary,
    tone: "warn",
    blocks: [
      { type: "text", lines: [[summary]] },
      { type: "list", items: rules.map((rule) => [{ bold: rule.id }, ` ${ruleText(rule, book, lang)}`]) },
      {
        type: "buttons",
        buttons: [
          {
            label: say(lang, "全部取消", "End all"),
            run: say(lang, "退订 全部 确认:是", "unsubscribe all confirm:yes"),
          },
        ],
      },
    ],
  };
}

/** Rules that ended, and the line that sets each again. */
export function removedView(rules: readonly Subscription[], book: Book, lang: Lang): Message {
  const summary = say(lang, `已取消 ${idsOf(rules, lang)}。`, `Ended: ${idsOf(rules, lang)}.`);
  const again = rules.map((rule): Line => [
    say(lang, "重新设：", "To set it again: "),
    { code: ruleLine(rule, book, lang) },
  ]);
  return { summary, blocks: [{ type: "text", lines: [[summary], ...again] }] };
}

/** Rules that are silent now: through a day, or until data is out. */
export function mutedView(rules: readonly Subscription[], until: Day | null, lang: Lang): Message {
  const first = rules[0];
  if (first === undefined) return noRuleToMute(lang);
  const text = say(
    lang,
    `${idsOf(rules, lang)} ${until === null ? "静音到有数据为止" : `静音至 ${dayText(until, "zh")}（含当日）`}。恢复：`,
    `${idsOf(rules, lang)} ${rules.length === 1 ? "is" : "are"} silent ${until === null ? "until data is out" : `through ${dayText(until, "en")}`}. To undo: `,
  );
  const line: Line = [text, { code: unmuteLine(rules, lang) }];
  return { summary: text, blocks: [{ type: "text", lines: [line] }] };
}

/** Rules that speak again. */
export function unmutedView(rules: readonly Subscription[], lang: Lang): Message {
  if (rules.length === 0) {
    const none = say(lang, "这里没有静音的规则。", "No rule is silent here.");
    return { summary: none, blocks: [{ type: "text", lines: [[none]] }] };
  }
  const text = say(
    lang,
    `${idsOf(rules, lang)} 已取消静音。`,
    `${idsOf(rules, lang)} ${rules.length === 1 ? "speaks" : "speak"} again.`,
  );
  return { summary: text, blocks: [{ type: "text", lines: [[text]] }] };
}

function noRuleToMute(lang: Lang): Message {
  const text = say(lang, "这里没有规则可静音。", "There is no rule here to silence.");
  return { summary: text, blocks: [{ type: "text", lines: [[text]] }] };
}

function unmuteLine(rules: readonly Subscription[], lang: Lang): string {
  const [only, ...others] = rules;
  const verb = say(lang, "取消静音", "unmute");
  return only === undefined || others.length > 0 ? verb : `${verb} ${only.id}`;
}

function idsOf(rules: readonly Subscription[], lang: Lang): string {
  return rules.map(({ id }) => id).join(say(lang, "、", ", "));
}

/** A digest that is held or runs again. */
export function pausedView(rule: Subscription, nextAt: Date | null, lang: Lang): Message {
  const text =
    nextAt === null
      ? say(lang, `${rule.id} 已暂停。恢复：`, `${rule.id} is paused. To undo: `)
      : say(
          lang,
          `${rule.id} 已恢复，下次 ${momentText(nextAt, rule.zone, lang)}。`,
          `${rule.id} runs again, next ${momentText(nextAt, rule.zone, lang)}.`,
        );
  const line: Line = nextAt === null ? [text, { code: say(lang, "周报 恢复", "digest resume") }] : [text];
  return { summary: text, blocks: [{ type: "text", lines: [line] }] };
}

/** A digest that was asked for now. */
export function sentNowView(rule: Subscription, edited: boolean, lang: Lang): Message {
  const text = edited
    ? say(
        lang,
        `${rule.id}：今天的周报已发过，正在就地更新。`,
        `${rule.id}: today's digest is there already and is being updated in place.`,
      )
    : say(lang, `${rule.id}：周报已排上，马上就到。`, `${rule.id}: the digest is on its way.`);
  return { summary: text, blocks: [{ type: "text", lines: [[text]] }] };
}

export type RuleChange =
  | { readonly type: "set"; readonly subscription: Subscription; readonly replaced: Subscription | null }
  | { readonly type: "paused" | "resumed"; readonly subscription: Subscription }
  | { readonly type: "ended" | "unmuted"; readonly subscriptions: readonly Subscription[] }
  | { readonly type: "muted"; readonly subscriptions: readonly Subscription[]; readonly until: Day | null }
  | { readonly type: "settings" };

/** The one public line that a changed rule leaves: who, what, undo. */
export function changedLine(actor: Person, change: RuleChange, book: Book, lang: Lang): Message {
  const [what, undo] = changeText(change, book, lang);
  const done = say(lang, ` ${what}。`, ` ${what}.`);
  const line: Line = [
    personSpan(actor, lang),
    done,
    ...(undo === null ? [] : [nextWord(change, lang), { code: undo }]),
  ];
  return { summary: lineText(line), blocks: [{ type: "text", lines: [line] }] };
}

function changeText(change: RuleChange, book: Book, lang: Lang): readonly [string, string | null] {
  switch (change.type) {
    case "set":
      return [
        say(
          lang,
          `在这里设了 ${change.subscription.id} ${ruleText(change.subscription, book, lang)}`,
          `set ${change.subscription.id} here: ${ruleText(change.subscription, book, lang)}`,
        ),
        change.replaced === null
          ? say(lang, `退订 ${change.subscription.id}`, `unsubscribe ${change.subscription.id}`)
          : ruleLine(change.replaced, book, lang),
      ];
    case "paused":
      return [
        say(lang, `暂停了 ${change.subscription.id}`, `paused ${change.subscription.id}`),
        say(lang, "周报 恢复", "digest resume"),
      ];
    case "resumed":
      return [
        say(lang, `恢复了 ${change.subscription.id}`, `let ${change.subscription.id} run again`),
        say(lang, "周报 暂停", "digest pause"),
      ];
    case "ended": {
      const [only, ...others] = change.subscriptions;
      return [
        say(
          lang,
          `取消了 ${idsOf(change.subscriptions, lang)}`,
          `ended ${idsOf(change.subscriptions, lang)}`,
        ),
        only !== undefined && others.length === 0 ? ruleLine(only, book, lang) : null,
      ];
    }
    case "muted":
      return [
        say(
          lang,
          `静音了 ${idsOf(change.subscriptions, lang)}${change.until === null ? "，到有数据为止" : `，至 ${change.until}（含当日）`}`,
          `silenced ${idsOf(change.subscriptions, lang)} ${change.until === null ? "until data is out" : `through ${dayText(change.until, "en")}`}`,
        ),
        unmuteLine(change.subscriptions, lang),
      ];
    case "unmuted":
      return [
        say(
          lang,
          `取消了 ${idsOf(change.subscriptions, lang)} 的静音`,
          `let ${idsOf(change.subscriptions, lang)} speak again`,
        ),
        null,
      ];
    case "settings":
      return [say(lang, "改了这里的设置", "changed the settings here"), say(lang, "设置", "settings")];
  }
}

function nextWord({ type }: RuleChange, lang: Lang): string {
  return type === "settings" ? say(lang, "查看：", " To see them: ") : say(lang, "撤销：", " To undo: ");
}
