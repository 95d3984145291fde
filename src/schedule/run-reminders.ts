import type { Book } from "../core/book.ts";
import { addDays, dayIn } from "../core/day.ts";
import type { Lang } from "../core/lang.ts";
import { previousRun, type Run, type RunRule } from "../core/next.ts";
import { remindersOf } from "../core/reminders.ts";
import { NO_SETTINGS, type Settings, type Subscription } from "../core/subscription.ts";
import { threadOf } from "../store/outbox.ts";
import type { Change } from "../store/store.ts";
import { reminderView, type Reminding } from "../views/reminder.ts";
import { afterQuiet } from "./catch-up.ts";

/** What a rule has to remind of in one run: due dates that came near or passed since the run before. */
export function remindingOf(subscription: Subscription, rule: RunRule, run: Run, book: Book): Reminding {
  const today = dayIn(rule.zone, run.at);
  const last = previousRun(rule, run.at);
  const previous = last === null ? addDays(today, -1) : dayIn(rule.zone, last.at);
  const reminders = remindersOf(
    book.select(subscription.filter, today),
    subscription.before,
    previous,
    today,
  );
  return { id: subscription.id, filter: subscription.filter, reminders };
}

/** One message for all that a place has to be reminded of in a run; none where there is nothing. */
export function remindersChange(options: {
  readonly rules: readonly { readonly subscription: Subscription; readonly reminding: Reminding }[];
  readonly at: Date;
  readonly settings: Settings | null;
  readonly book: Book;
  readonly now: Date;
  readonly lang: Lang;
}): Pick<Change, "deliveries"> {
  const { at, book, now } = options;
  const settings = options.settings ?? NO_SETTINGS;
  const filled = options.rules.filter(({ reminding }) => reminding.reminders.length > 0);
  const [first] = filled;
  if (first === undefined) return {};
  const { subscription } = first;
  const lang = subscription.lang ?? settings.lang ?? options.lang;
  const today = dayIn(subscription.zone, at);
  const message = reminderView(
    filled.map(({ reminding }) => reminding),
    book,
    today,
    lang,
  );
  const key = `${subscription.id}.${at.toISOString().replace(/\D/g, "").slice(0, 12)}`;
  const dueAt = afterQuiet(now, settings.quiet, subscription.zone);
  return {
    deliveries: threadOf({
      key,
      to: subscription.to,
      messages: [message],
      dueAt,
      subscriptionId: subscription.id,
      edits: null,
    }),
  };
}
