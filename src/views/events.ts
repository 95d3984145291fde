import { EVENT_WORDS, type EventKind } from "../core/events.ts";
import { inLang, type Lang } from "../core/lang.ts";
import type { PlatformName } from "../core/place.ts";
import type { CommitmentRecord, Entry, EntryOf } from "../core/record.ts";
import type { Assessed } from "../core/standing.ts";
import type { Subscription } from "../core/subscription.ts";
import { PACE_WORDS, wordFor, type Rating } from "../core/vocabulary.ts";
import { lineText, type Block, type Line, type Message } from "../message/message.ts";
import { actLine } from "./act-words.ts";
import { differenceLine } from "./digest-difference.ts";
import { actorSpan } from "./person.ts";
import { say } from "./print.ts";
import type { Telling } from "./telling.ts";

/** Most events that one message lists. */
const LISTED = 20;

/** Something that was recorded, with the commitment as it stands now. */
export interface Event {
  readonly entry: Entry;
  readonly item: Assessed;
}

/** What was recorded about what the rules of a place select, oldest first. */
export function eventsView(events: readonly Event[], rules: readonly string[], telling: Telling): Message {
  const { lang } = telling;
  const title = say(lang, `新记录 · ${events.length} 条`, `Newly recorded · ${events.length}`);
  const [first] = events;
  const summary =
    first === undefined || events.length > 1 ? title : lineText(withoutPeople(eventLine(first, telling)));
  return { summary, title, tone: "info", blocks: eventBlocks(events, rules, telling) };
}

/** The same as part of another message. */
export function eventBlocks(
  events: readonly Event[],
  rules: readonly string[],
  telling: Telling,
): readonly Block[] {
  const { lang } = telling;
  const items = events.slice(0, LISTED).map((event) => eventLine(event, telling));
  const more = events.length - LISTED;
  if (more > 0)
    items.push([say(lang, `另有 ${more} 条，见各项历程`, `and ${more} more, in their histories`)]);
  const ids = rules.join(say(lang, "、", ", "));
  const note: Line = [
    say(lang, `规则 ${ids} · 不再告知：`, `${rules.length === 1 ? "Rule" : "Rules"} ${ids} · to end it: `),
    { code: say(lang, `退订 ${rules[0] ?? ""}`, `unsubscribe ${rules[0] ?? ""}`) },
  ];
  return [
    { type: "list", items },
    { type: "note", lines: [note] },
  ];
}

/** QH-002 Qiuhe · Charging points: not rated → in progress, approved by Chen (via Slack) */
export function eventLine({ entry, item }: Event, telling: Telling): Line {
  const { book, lang } = telling;
  const { id, district, title } = item.commitment;
  const where = book.district(district);
  const name = where === null ? district : inLang(where.name, lang);
  return [
    { bold: id },
    ` ${name} · ${inLang(title, lang)}${say(lang, "：", ": ")}`,
    ...toldLine(entry, item, telling),
  ];
}

/** Who did it, what, and from where. */
export function toldLine(entry: Entry, item: Assessed, telling: Telling): Line {
  const { book, lang, who } = telling;
  const { record, commitment } = item;
  // Nobody did it: the dataset says something else now.
  if (entry.type === "target_revised") return actLine(entry, record, commitment, telling);
  const via = viaText(entry.from.address.platform, lang);
  if (entry.type === "rating_approved") {
    const { from, to } = verdictOf(entry, record);
    const approval = { by: entry.actorKey, single: entry.data.single };
    return [...differenceLine({ type: "standing", from, to, approval }, item, book, who, lang), via];
  }
  return [
    actorSpan(entry.actorKey, who, lang),
    " ",
    ...actLine(entry, record, commitment, telling),
    paceText(entry, item, lang),
    via,
  ];
}

/** The verdict before an approval, and the one that it gave. */
function verdictOf(
  entry: EntryOf<"rating_approved">,
  { entries, undone }: CommitmentRecord,
): { readonly from: Rating; readonly to: Rating } {
  const ratings = new Map(
    entries.flatMap((each): readonly (readonly [string, Rating])[] =>
      each.type === "rating_proposed" && !undone.has(each.id) ? [[each.id, each.data.rating]] : [],
    ),
  );
  const before = entries.findLast(
    (each) =>
      each.type === "rating_approved" &&
      each.seq < entry.seq &&
      !undone.has(each.id) &&
      ratings.has(each.data.proposal),
  );
  const from = before?.type === "rating_approved" ? ratings.get(before.data.proposal) : undefined;
  return { from: from ?? "unrated", to: ratings.get(entry.data.proposal) ?? "unrated" };
}

/** The pace that a reading gives, where it is the current one. */
function paceText(entry: Entry, { pace, pacing }: Assessed, lang: Lang): string {
  if (pacing.reading?.id !== entry.id || pace === "no_reading" || pace === "not_applicable") return "";
  return `${say(lang, "，", ", ")}${wordFor(PACE_WORDS, pace, lang)}`;
}

/** The events that are told and when: at once, or to a person with the day's message. */
export function eventsText({ events, to }: Subscription, when: string | null, lang: Lang): readonly string[] {
  const names = events.filter((kind) => kind !== "due").map((kind) => EVENT_NAMES[kind][lang]);
  if (names.length === 0) return [];
  const list =
    lang === "zh" || names.length < 2
      ? names.join("、")
      : `${names.slice(0, -1).join(", ")} and ${names.at(-1) ?? ""}`;
  if (!("person" in to.to))
    return [say(lang, `${list}有新记录时告知`, `news of ${list} as they are recorded`)];
  return [
    say(lang, `${list}的新记录每天合并告知`, `news of ${list} once a day together`),
    ...(when === null ? [] : [when]),
  ];
}

const EVENT_NAMES: Readonly<Record<Exclude<EventKind, "due">, { readonly zh: string; readonly en: string }>> =
  {
    rating: { zh: "评定", en: "ratings" },
    reading: { zh: "读数", en: "readings" },
    evidence: { zh: "佐证", en: "evidence" },
    dispute: { zh: "异议", en: "disputes" },
    target: { zh: "目标", en: "targets" },
  };

/** A kind of event as it is typed. */
export function eventWord(kind: EventKind, lang: Lang): string {
  return EVENT_WORDS[kind][lang][0] ?? kind;
}

const PLATFORM_NAMES: Readonly<Record<PlatformName, { readonly zh: string; readonly en: string }>> = {
  slack: { zh: "Slack", en: "Slack" },
  feishu: { zh: "飞书", en: "Feishu" },
  terminal: { zh: "终端", en: "the terminal" },
  webhook: { zh: "Webhook", en: "a webhook" },
};

/** Where it was recorded; the channel's name is its members' own. */
export function viaText(platform: PlatformName, lang: Lang): string {
  const name = PLATFORM_NAMES[platform][lang];
  return say(lang, `（经${/^[A-Z]/u.test(name) ? " " : ""}${name}）`, ` (via ${name})`);
}

/** For a notification, which shows no mentions. */
export function withoutPeople(line: Line): Line {
  return line.filter((span) => typeof span === "string" || !("person" in span));
}
