import { answer, type Answer, type Asking } from "./answer.ts";
import type { Desk } from "./desk.ts";

/** Answers a line as it would be answered, and writes nothing; null where the record has what it would write. */
export async function rehearse(desk: Desk, asking: Asking, id: string | null): Promise<Answer | null> {
  await desk.catchUp.now();
  const answered = id === null ? await answer(desk, asking) : await answer(desk, asking, id);
  const entries = answered.result?.change?.ledger ?? [];
  const known = entries.filter(({ id: entry, commitmentId }) =>
    desk.book.ledger.of(commitmentId).entries.some((each) => each.id === entry),
  );
  return entries.length > 0 && known.length === entries.length ? null : answered;
}
