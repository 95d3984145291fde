import { answer, type Answer, type Asking } from "./answer.ts";
import type { Desk } from "./desk.ts";
import { entryName, isRecorded } from "./perform.ts";

/** Answers a line as it would be answered, and writes nothing; null where the record has what it would write. */
export async function rehearse(desk: Desk, asking: Asking, id: string | null): Promise<Answer | null> {
  const answered = await answer(desk, asking, entryName(id));
  return isRecorded(desk, answered) ? null : answered;
}
