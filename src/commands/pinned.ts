import { Fault } from "../core/errors.ts";
import type { EntryOf } from "../core/record.ts";

/**
 * The words after an id without the number that a button pins its line to: "#12". Throws Fault where another proposal
 * stands by now, so that an old card never decides about what it did not show.
 */
export function pinned(
  words: readonly string[],
  { commitmentId, seq }: EntryOf<"rating_proposed">,
): readonly string[] {
  const [first = "", ...rest] = words;
  const [, digits] = /^[#＃](\d+)$/u.exec(first) ?? [];
  if (digits === undefined) return words;
  if (Number(digits) !== seq)
    throw new Fault({ code: "other_proposal", id: commitmentId, asked: Number(digits), open: seq });
  return rest;
}
