import type { Book } from "../core/book.ts";
import { Fault } from "../core/errors.ts";

/** The id of a commitment or fact that the dataset has. Throws Fault for any other word, also for one that is retired. */
export function knownId(word: string, book: Book): string {
  const found = book.names.id(word);
  if (found?.exists === true) return found.id;
  const id = found?.id ?? word.slice(0, 60);
  const retired = book.ledger
    .of(id)
    .entries.findLast((entry) => entry.type === "target_revised" && entry.data.what === "retired");
  if (retired !== undefined) throw new Fault({ code: "retired_id", id, on: retired.effectiveOn });
  throw new Fault({ code: "unknown_id", id, nearest: book.names.nearestIds(id) });
}
