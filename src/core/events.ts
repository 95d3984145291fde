import type { CommitmentRecord, Entry } from "./record.ts";

/** What a subscription can be told of. */
export const EVENT_KINDS = ["rating", "reading", "evidence", "due", "dispute", "target"] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

/** The words for each kind; the first of a language is the one printed. */
export const EVENT_WORDS: Readonly<
  Record<EventKind, { readonly zh: readonly string[]; readonly en: readonly string[] }>
> = {
  rating: { zh: ["评定"], en: ["rating", "ratings"] },
  reading: { zh: ["读数", "填报"], en: ["reading", "readings"] },
  evidence: { zh: ["佐证"], en: ["evidence"] },
  due: { zh: ["到期"], en: ["due"] },
  dispute: { zh: ["异议"], en: ["dispute", "disputes"] },
  target: { zh: ["目标"], en: ["target", "targets"] },
};

/** The kind that a word names; null when it is none. */
export function eventKindOf(word: string): EventKind | null {
  const wanted = word.normalize("NFKC").trim().toLowerCase();
  return (
    EVENT_KINDS.find((kind) => [...EVENT_WORDS[kind].zh, ...EVENT_WORDS[kind].en].includes(wanted)) ?? null
  );
}

/** The kind of event that an entry of the record is; null for those that nobody subscribes to. */
export function eventOf({ type }: Entry): EventKind | null {
  switch (type) {
    case "rating_approved":
    case "rating_returned":
    case "rating_withdrawn":
      return "rating";
    case "reading":
    case "evidence":
      return type;
    case "dispute_opened":
    case "dispute_closed":
      return "dispute";
    case "target_revised":
      return "target";
    case "rating_proposed":
    case "note":
    case "yardstick_set":
    case "discussion_resolved":
    case "event_recorded":
    case "undo":
      return null;
  }
}

/** Whether an entry, and what it is about, has not been taken back. */
export function stands(entry: Entry, { undone }: Pick<CommitmentRecord, "undone">): boolean {
  if (undone.has(entry.id)) return false;
  switch (entry.type) {
    case "rating_approved":
    case "rating_returned":
    case "rating_withdrawn":
      return !undone.has(entry.data.proposal);
    case "dispute_closed":
      return !undone.has(entry.data.dispute);
    default:
      return true;
  }
}
