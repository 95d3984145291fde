import { randomUUID } from "node:crypto";
import type { Result } from "../commands/command.ts";
import type { ProblemCode } from "../core/errors.ts";
import type { CountedReply } from "../core/discussion.ts";
import { directTo, formatAddress } from "../core/place.ts";
import { StoreError, type AuditRow, type Change, type Store } from "../store/store.ts";
import { sentToYouView } from "../views/share.ts";
import { answer, notWritten, type Answer, type Asking } from "./answer.ts";
import type { Desk } from "./desk.ts";
import { digestOf } from "./named.ts";

/** How a line came in, as far as it decides what is written with its answer. */
export interface Door {
  /** The same when the platform delivers it again; null on the command line. */
  readonly id: string | null;
  /** The platform may deliver it again, so that even a question is taken once only. */
  readonly isRedelivered: boolean;
  /** Only the asker will see the answer: a changed rule then leaves a public line of its own. */
  readonly isPrivate: boolean;
  /** A reply in a discussion, which it is besides. */
  readonly counted?: CountedReply | null;
}

/** How often a line is answered anew because somebody else changed the same rule meanwhile. */
const TRIES = 3;

/**
 * Answers a line and writes what it changes, in one transaction with its acceptance, its audit row and its public line.
 * Resolves with null when this inbound was taken before. What cannot be written is answered as not written; a question
 * is answered even then.
 */
export async function perform(desk: Desk, store: Store, asking: Asking, door: Door): Promise<Answer | null> {
  const inboundId = entryName(door.id);
  for (let tries = 1; ; tries += 1) {
    const answered = byDirectMessage(await answer(desk, asking, inboundId), asking, door, inboundId);
    // Kept longer than the ids of what came in: a table that is imported again after months is known by its entries.
    if (door.id !== null && isRecorded(desk, answered)) return null;
    try {
      const written = await write(store, answered, asking, door);
      if ((answered.result?.change?.ledger ?? []).length > 0) await readBack(desk);
      if (written === "done") return answered;
      if (written === "accepted_before") return null;
      if (tries === TRIES)
        return notWritten(answered, new StoreError("busy", "changed meanwhile", AGAIN[answered.lang]));
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      const { result } = answered;
      const isQuestion = result?.change === undefined && result?.decide === undefined;
      return isQuestion
        ? { ...answered, failure: `the store is ${error.code}` }
        : notWritten(answered, error);
    }
  }
}

/** What the entries of an inbound are named after: the same for the same id, else never the same. */
export function entryName(id: string | null): string {
  return id === null ? randomUUID() : digestOf(id, 24);
}

/**
 * Whether the record has everything that an answer would add to it. What at most one act may be called, such as a decision,
 * is not named after its line: there another one was first, and the store says so.
 */
export function isRecorded({ book }: Desk, { result }: Answer): boolean {
  if (result?.change?.slot !== undefined) return false;
  const entries = result?.change?.ledger ?? [];
  return (
    entries.length > 0 &&
    entries.every(({ id, commitmentId }) =>
      book.ledger.of(commitmentId).entries.some((each) => each.id === id),
    )
  );
}

/** A writer reads its own write. It is written whatever becomes of the reading, which the next line tries again. */
async function readBack({ catchUp }: Desk): Promise<void> {
  try {
    await catchUp.now();
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
  }
}

const AGAIN = { zh: "请再发一次。", en: "Send it once more." } as const;

async function write(
  store: Store,
  answered: Answer,
  asking: Asking,
  { id, isRedelivered, isPrivate, counted }: Door,
): Promise<"done" | "accepted_before" | "changed_before"> {
  const { result } = answered;
  const audit = auditOf(answered, asking);
  const writes = result?.change !== undefined || result?.decide !== undefined;
  const accept = writes || isRedelivered ? id : null;
  if (accept === null && audit === null) return "done";
  const change: Change = {
    ...result?.change,
    at: asking.at,
    ...(accept === null ? {} : { accept }),
    ...(audit === null ? {} : { audit: [audit] }),
    // Together with its acceptance, so that it counts once.
    ...(counted === undefined || counted === null || accept === null ? {} : { replies: [counted] }),
    ...announcement(result, asking, isPrivate, id ?? ""),
  };
  if (result?.decide !== undefined) {
    const decided = await store.decide(result.decide.key, result.decide.decision, change);
    return decided ? "done" : "changed_before";
  }
  const committed = await store.commit(change);
  if (committed.done) return "done";
  return committed.because === "accepted_before" ? "accepted_before" : "changed_before";
}

/** What somebody may not do, as against what cannot be read. */
const REFUSALS: ReadonlySet<ProblemCode> = new Set([
  "needs_role",
  "own_proposal",
  "rating_needs",
  "undo_needs_reviewer",
  "admin_by_environment",
]);

/** Who changed or was refused what; questions leave no row. */
function auditOf({ result, verb, problem }: Answer, { actor, place, at }: Asking): AuditRow | null {
  const row = { at, actor, where: place, what: verb ?? "" };
  if (problem !== null && REFUSALS.has(problem)) return { ...row, outcome: "refused", detail: problem };
  if (result?.forAskerAlone === true) return null;
  if (result?.change === undefined && result?.decide === undefined) return null;
  return { ...row, outcome: "done", detail: result.detail ?? "" };
}

/** What is for the asker alone and was asked for in public: sent by direct message, and the answer says so. */
function byDirectMessage(
  answered: Answer,
  { actor, place, at }: Asking,
  { isPrivate }: Door,
  inbound: string,
): Answer {
  const { result, lang } = answered;
  if (result?.forAskerAlone !== true || isPrivate) return answered;
  if (!("channel" in place.to) || place.platform === "terminal") return answered;
  const key = `o:${digestOf([formatAddress(place), actor.id, inbound].join(" "), 40)}`;
  const { message } = result;
  const post = { key, to: directTo(actor), act: "post", message, dueAt: at } as const;
  const deliveries = [{ ...post, parentKey: null, subscriptionId: null }];
  return { ...answered, message: sentToYouView(lang), result: { ...result, change: { deliveries } } };
}

/** A change in a channel that only its author sees answered leaves one public line there. */
function announcement(
  result: Result | null,
  { line, actor, place, at, from, about }: Asking,
  isPrivate: boolean,
  inbound: string,
): Pick<Change, "deliveries"> {
  const deliveries = result?.change?.deliveries ?? [];
  if (result?.announce === undefined || !isPrivate || !("channel" in place.to)) return { deliveries };
  // What was done in a discussion is told there.
  const thread = about?.isDiscussion === true ? (from?.address.thread ?? null) : null;
  const name = [formatAddress(place), actor.id, at.toISOString(), line, inbound].join(" ");
  const key = `a:${digestOf(name, 40)}`;
  const { announce: message, answers } = result;
  return {
    deliveries: [
      ...deliveries,
      {
        key,
        to: { ...place, thread },
        act: answers === undefined ? "post" : { edit: answers },
        message,
        dueAt: at,
        parentKey: null,
        subscriptionId: null,
      },
    ],
  };
}
