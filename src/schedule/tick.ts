import { createTask } from "node-cron";
import type { Book } from "../core/book.ts";
import { dayIn } from "../core/day.ts";
import { composeDigest } from "../core/digest.ts";
import type { Lang } from "../core/lang.ts";
import { formatAddress, type Address } from "../core/place.ts";
import type { Delivery, Store } from "../store/store.ts";
import { digestView } from "../views/digest.ts";

/** One digest to one place: when (a cron expression of five fields in `zone`), and in which language. */
export interface DigestRule {
  readonly to: Address;
  readonly cron: string;
  readonly zone: string;
  readonly lang: Lang;
}

const MINUTE_MS = 60_000;
/** Minutes that a late tick still looks back on: a busy or briefly sleeping machine loses no slot. */
const LOOK_BACK = 10;

/** Does what is due. Returns how many digests were put into the outbox. */
export type Tick = (now: Date) => Promise<number>;

/** The schedule of the digests: every minute is looked at once, and a slot is claimed once for good. */
export function createTick(options: {
  readonly rules: readonly DigestRule[];
  readonly book: Book;
  readonly store: Store;
}): Tick {
  const { book, store } = options;
  const rules = options.rules.map((rule) => ({
    rule,
    task: createTask(rule.cron, () => undefined, { timezone: rule.zone }),
  }));
  let seen: number | null = null;

  return async (now) => {
    const current = Math.floor(now.getTime() / MINUTE_MS);
    const first = Math.max(current - LOOK_BACK + 1, seen === null ? current : Math.min(seen + 1, current));
    seen = Math.max(seen ?? 0, current);
    let sent = 0;
    for (let minute = first; minute <= current; minute += 1) {
      const at = new Date(minute * MINUTE_MS);
      for (const { rule, task } of rules) {
        if (!task.match(at)) continue;
        const slot = `digest ${formatAddress(rule.to)} ${at.toISOString().slice(0, 16)}`;
        if (await store.claimSlot(slot, now, deliveriesOf(slot, rule, book, at, now))) sent += 1;
      }
    }
    return sent;
  };
}

/** The parent and its replies, each with a key made of the slot: the same slot never has another key. */
function deliveriesOf(slot: string, rule: DigestRule, book: Book, at: Date, now: Date): readonly Delivery[] {
  const digest = composeDigest(book, [], dayIn(rule.zone, at));
  const { parent, replies } = digestView(digest, book, at, rule.zone, rule.lang);
  const key = keyOf(slot);
  return [
    { key, to: rule.to, message: parent, dueAt: now, parentKey: null },
    ...replies.map((message, index) => ({
      key: `${key}-${index + 1}`,
      to: rule.to,
      message,
      dueAt: now,
      parentKey: key,
    })),
  ];
}

/** A short key that is the same for the same slot (FNV-1a, 2 × 32 bits, and the slot's minute). */
function keyOf(slot: string): string {
  const hash = (seed: number): string => {
    let value = seed;
    for (const character of slot)
      value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 16_777_619) >>> 0;
    return value.toString(36);
  };
  return `d-${slot.slice(-16).replace(/\D/g, "")}-${hash(2_166_136_261)}${hash(3_141_592_653)}`;
}
