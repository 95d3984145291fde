import { createHash } from "node:crypto";
import { assessedWith, type Book } from "../core/book.ts";
import type { Commitment } from "../core/commitment.ts";
import { dayIn, type Day } from "../core/day.ts";
import { discussionName, type Discussion } from "../core/discussion.ts";
import { instantOf } from "../core/zone-time.ts";
import type { Lang } from "../core/lang.ts";
import { formatAddress, type Person } from "../core/place.ts";
import type { CommitmentRecord } from "../core/record.ts";
import { NO_SETTINGS, type Settings } from "../core/subscription.ts";
import type { Delivery } from "../store/outbox.ts";
import type { Store } from "../store/store.ts";
import { reviewReminder } from "../views/discussion.ts";
import type { Telling } from "../views/telling.ts";
import { planDiscussion } from "./discussion-plan.ts";
import { reminderDay, reviewersOn, sayingsOf } from "./discussion-sayings.ts";
import { whoOf } from "./pending-events.ts";
import { afterQuiet } from "./quiet.ts";

/** What bringing the discussions up to date did: what it put in the outbox, and whether a card waits for the last edit of it. */
export interface Kept {
  readonly count: number;
  readonly waits: boolean;
}
export type KeepDiscussions = (now: Date) => Promise<Kept>;

/** A discussion that is being kept up, with what it is about as this process knows it. */
interface Scene {
  readonly discussion: Discussion;
  readonly commitment: Commitment;
  readonly record: CommitmentRecord;
  readonly settings: Settings;
  readonly zone: string;
  readonly today: Day;
  readonly now: Date;
}

/** The hour (on the place's clock) from which a reminder may come. */
const REMIND_HOUR = 9;

/**
 * Keeps every discussion true to the record and the clock: its card, the replies that tell what was recorded, the cards
 * of proposals. Each is written in one transaction with how far it has told, and only on the discussion as it was read,
 * so that a restart or a second process tells nothing twice.
 */
export function createDiscussions(options: {
  readonly book: Book;
  readonly store: Store;
  readonly lang: Lang;
  readonly zone: string;
  readonly admins: readonly Person[];
}): KeepDiscussions {
  const { book, store, admins } = options;
  /** What a discussion was last found in order with: until one of these changes there is nothing to look up. */
  const inOrder = new Map<string, string>();
  const reminded = new Set<string>();

  async function keep(discussion: Discussion, now: Date): Promise<Kept> {
    const commitment = book.commitment(discussion.commitmentId);
    if (commitment === null || discussion.away !== null) return NOTHING;
    // Another process has told what this one has not read yet: it would put the card back to what was.
    if (book.ledger.seq < discussion.toldSeq) return { count: 0, waits: true };
    const settings = (await store.settings(discussion.place)) ?? NO_SETTINGS;
    const zone = settings.zone ?? options.zone;
    const today = dayIn(zone, now);
    const record = book.ledger.of(commitment.id);
    const scene: Scene = { discussion, commitment, record, settings, zone, today, now };
    const name = discussionName(discussion);
    const state = [
      discussion.revision,
      record.entries.length,
      today,
      JSON.stringify(settings),
      book.dataset.version,
    ];
    const known = state.join(" ");
    if (inOrder.get(name) === known) return remind(scene);
    const rows = { parent: await store.delivery(discussion.parent), drawn: await drawnOf(discussion) };
    const sayings = await sayingsOf({
      discussion,
      ...(await told(scene)),
      thread: rows.parent?.ref?.id ?? null,
      settings,
      rules: await store.subscriptions({ place: discussion.place }),
      reviewers: reviewersOn(discussion.place, store, admins),
      now,
    });
    const plan = planDiscussion(
      discussion,
      rows.drawn,
      sayings,
      now,
      afterQuiet(now, { zone, quiet: settings.quiet }),
    );
    const changed = plan.deliveries.length > 0 || plan.discussion.away !== discussion.away;
    if (changed || plan.discussion.toldSeq !== discussion.toldSeq) {
      const { deliveries } = plan;
      const written = await store.commit({ at: now, discussions: [plan.discussion], deliveries });
      // Somebody else kept it up meanwhile; it is looked at again as they left it.
      return { count: written.done ? deliveries.length : 0, waits: true };
    }
    const underWay = rows.drawn !== null && ["waiting", "sending"].includes(rows.drawn.state);
    if (!plan.waits && !underWay) inOrder.set(name, known);
    const late = await remind(scene);
    return { count: late.count, waits: plan.waits || late.waits };
  }

  /** Once for each proposal and place, on the second working day after it. */
  async function remind(scene: Scene): Promise<Kept> {
    const { discussion, commitment, record, settings, zone, now } = scene;
    const { proposal } = record;
    if (proposal === null || discussion.cards[proposal.id] === undefined) return NOTHING;
    const slot = `review ${proposal.id} ${discussionName(discussion)}`;
    if (reminded.has(slot)) return NOTHING;
    if (now < instantOf(reminderDay(proposal, book, zone), REMIND_HOUR, 0, zone)) return NOTHING;
    const { item, telling } = await told(scene);
    const reviewers = reviewersOn(discussion.place, store, admins);
    const others = await reviewers(commitment.district, proposal.actorKey);
    const delivery: Delivery = {
      key: `r:${createHash("sha256").update(slot).digest("hex").slice(0, 40)}`,
      to: discussion.place,
      act: "post",
      message: reviewReminder(proposal, item, others, telling),
      dueAt: afterQuiet(now, { zone, quiet: settings.quiet }),
      parentKey: discussion.parent,
      subscriptionId: null,
    };
    const written = await store.commit({ at: now, slot, deliveries: [delivery] });
    reminded.add(slot);
    return { count: written.done ? 1 : 0, waits: false };
  }

  /** The commitment as it stands, and what words about it need. */
  async function told({ discussion, commitment, record, settings, zone, today }: Scene) {
    const item = assessedWith(commitment, record, book, today);
    const events = record.entries.map((entry) => ({ entry, item }));
    const who = await whoOf(events, discussion.place, store);
    const telling: Telling = { book, lang: settings.lang ?? options.lang, zone, who };
    return { item, telling };
  }

  async function drawnOf({ drawn }: Discussion) {
    return drawn === "" ? null : store.delivery(drawn);
  }

  return async (now) => {
    let count = 0;
    let waits = false;
    const failures: unknown[] = [];
    for (const discussion of await store.discussions("all")) {
      try {
        const kept = await keep(discussion, now);
        count += kept.count;
        waits ||= kept.waits;
      } catch (error) {
        failures.push(
          new Error(`the discussion of ${discussion.commitmentId} in ${formatAddress(discussion.place)}`, {
            cause: error,
          }),
        );
      }
    }
    if (failures.length > 0)
      throw new AggregateError(failures, `${failures.length} discussions could not be kept`);
    return { count, waits };
  };
}

const NOTHING: Kept = { count: 0, waits: false };
