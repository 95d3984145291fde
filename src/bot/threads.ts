import { lineInThread, type ThreadAbout } from "../commands/thread-line.ts";
import type { Book } from "../core/book.ts";
import type { Discussion } from "../core/discussion.ts";
import { Fault } from "../core/errors.ts";
import type { Address, MessageRef } from "../core/place.ts";
import { renderText } from "../message/text.ts";
import type { OutboxRow } from "../store/outbox.ts";
import { StoreError } from "../store/store.ts";
import type { Desk } from "./desk.ts";

/** A thread that one of our messages began, and what it is about. */
export interface OurThread extends ThreadAbout {
  /** The discussion whose thread it is; null for that of a digest or another message. */
  readonly discussion: Discussion | null;
}

/** What a thread is about; null where its first message is not ours. Rejects with StoreError. */
export async function lookUpThread({ book, shelf }: Desk, address: Address): Promise<OurThread | null> {
  if (address.thread === null) return null;
  const rows = await shelf.thread(address, address.thread);
  const [first] = rows;
  if (first === undefined) return null;
  const here = await shelf.discussions({ place: address });
  const discussion = here.find(({ key }) => first.delivery.key.startsWith(`${key}.`)) ?? null;
  const commitments = discussion === null ? namedIn(rows, book) : [discussion.commitmentId];
  return { commitments, discussion, isDiscussion: discussion !== null };
}

/** The same for a line, which is read as it stands where nothing can be looked up now. */
export async function threadIfKnown(desk: Desk, address: Address): Promise<OurThread | null> {
  try {
    return await lookUpThread(desk, address);
  } catch (error) {
    if (error instanceof StoreError) return null;
    throw error;
  }
}

/**
 * Where something was done. A click on a discussion's first message, or a form that was opened from it, stands in no
 * thread yet and belongs to that one.
 */
export async function doneIn(
  { shelf }: Desk,
  { address, ref }: { readonly address: Address; readonly ref: MessageRef | null },
): Promise<Address> {
  if (address.thread !== null || ref === null || !("channel" in address.to)) return address;
  try {
    const [first] = await shelf.thread(address, ref.id);
    if (first === undefined) return address;
    const here = await shelf.discussions({ place: address });
    return here.some(({ parent }) => parent === first.delivery.key)
      ? { ...address, thread: ref.id }
      : address;
  } catch (error) {
    if (error instanceof StoreError) return address;
    throw error;
  }
}

/** A line as it is meant in a thread; as typed where it is left open which commitment is meant, which the answer asks. */
export function lineMeant({ book, commands }: Desk, thread: OurThread | null, line: string): string {
  if (thread === null) return line;
  try {
    return lineInThread(line, thread, book, commands);
  } catch (error) {
    if (error instanceof Fault) return line;
    throw error;
  }
}

const COLUMNS = 80;

/** The commitments that messages name, in the order in which they do. */
function namedIn(rows: readonly OutboxRow[], book: Book): readonly string[] {
  const text = rows
    .map(({ delivery }) => renderText(delivery.message, { columns: COLUMNS, colour: false }))
    .join("\n");
  const found = [...text.matchAll(/(?<![A-Z0-9-])[A-Z]{1,4}-\d{1,4}(?!\d)/gu)].map(([id]) => id);
  return [...new Set(found)].filter((id) => book.commitment(id) !== null);
}
