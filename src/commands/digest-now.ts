import { z } from "zod";
import { discussedAt } from "../core/discussed.ts";
import { dayIn } from "../core/day.ts";
import { languageOf } from "./rule-parts.ts";
import { threadOf } from "../store/outbox.ts";
import { composeFor } from "../views/compose.ts";
import { sentNowView } from "../views/rule-changes.ts";
import { command } from "./command.ts";
import { digestHere } from "./digest-pause.ts";

/** The digest of this place as it would be sent now, for the asker alone. */
export const digestPreview = command({
  name: "digest preview",
  aliases: { zh: ["周报 预览"], en: [] },
  summary: { zh: "预览这里的周报，只给你看", en: "the digest here as it would be sent now, for you alone" },
  usage: { zh: "周报 预览", en: "digest preview" },
  examples: { zh: [], en: [] },
  reads: "nothing",
  options: [],
  role: "viewer",
  effect: "none",
  args: z.object({}),
  async answer(context) {
    const rule = await digestHere(context);
    const before = await context.shelf.snapshot(rule.id);
    const { messages } = composeFor(
      rule,
      before?.snapshot ?? null,
      context.book,
      context.now,
      context.lang,
      null,
      null,
      await discussedAt(rule, before?.snapshot.takenAt ?? null, context.shelf, context.book, context.now),
    );
    const [message = { summary: "", blocks: [] }] = messages;
    return { message, forAskerAlone: true };
  },
});

/** Sends the digest here now; where today's has arrived already, that message is edited instead of repeated. */
export const digestNow = command({
  name: "digest now",
  aliases: { zh: ["周报 立即", "周报 现在"], en: ["digest send"] },
  summary: {
    zh: "现在就发这里的周报；今天已发过的就地更新",
    en: "send the digest here now; one already sent today is updated in place",
  },
  usage: { zh: "周报 立即", en: "digest now" },
  examples: { zh: [], en: [] },
  reads: "nothing",
  options: [],
  role: "viewer",
  effect: "rule",
  args: z.object({}),
  async answer(context) {
    const { shelf, book, now, lang } = context;
    const rule = await digestHere(context);
    const [before, settings] = await Promise.all([shelf.snapshot(rule.id), shelf.settings(rule.to)]);
    const sentToday = before !== null && dayIn(rule.zone, before.snapshot.takenAt) === dayIn(rule.zone, now);
    const edits = sentToday ? before.key : null;
    // An edited digest still tells the change since the one before it, which is what it replaces.
    const since = sentToday ? (before.snapshot.base ?? null) : (before?.snapshot ?? null);
    const spoken = languageOf(rule, settings, context.lang);
    const discussed = await discussedAt(rule, since?.takenAt ?? null, shelf, book, now);
    const { messages, snapshot } = composeFor(rule, since, book, now, spoken, null, null, discussed);
    const key = `${rule.id}.${now.toISOString().replace(/\D/g, "").slice(0, 14)}`;
    const deliveries = threadOf({ key, to: rule.to, messages, dueAt: now, subscriptionId: rule.id, edits });
    return {
      message: sentNowView(rule, edits !== null, lang),
      change: { deliveries, snapshots: [{ subscriptionId: rule.id, key: edits ?? key, snapshot }] },
      detail: rule.id,
    };
  },
});
