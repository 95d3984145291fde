import type { Book } from "../core/book.ts";
import { Fault } from "../core/errors.ts";
import { ASPECTS } from "./arguments.ts";
import type { Command } from "./command.ts";
import { leadingVerb } from "./verbs.ts";

/** What a thread is about: the commitments that its messages name, and whether it is the discussion of one. */
export interface ThreadAbout {
  readonly commitments: readonly string[];
  readonly isDiscussion: boolean;
}

/** Most commitments that are offered to choose from. */
const CHOICES = 10;

/**
 * A line as it is meant in a thread: where a verb needs an id and none is typed, the thread's own is put in. Throws
 * Fault where the thread is about several. A line that names its own id, or needs none, is as it was typed.
 */
export function lineInThread(
  line: string,
  { commitments, isDiscussion }: ThreadAbout,
  book: Book,
  commands: readonly Command[],
): string {
  const gap = gapIn(line, isDiscussion, book, commands);
  if (gap === null || commitments.length === 0) return line;
  const [only, ...others] = commitments;
  const filled = (id: string): string => [gap.before, id, gap.after].filter((part) => part !== "").join(" ");
  if (others.length === 0 && only !== undefined) return filled(only);
  throw new Fault({
    code: "which_commitment",
    lines: commitments.slice(0, CHOICES).map((id) => ({ id, line: filled(id) })),
    more: Math.max(commitments.length - CHOICES, 0),
  });
}

/** Where an id is missing in a line; null where none is. */
function gapIn(
  typed: string,
  isDiscussion: boolean,
  book: Book,
  commands: readonly Command[],
): { readonly before: string; readonly after: string } | null {
  const line = typed.trim();
  const found = leadingVerb(line, commands);
  if (found !== null) {
    const { command, rest } = found;
    if (!NEEDS_ID.has(command.reads) && command.name !== UNDO) return null;
    return beginsWithId(rest, book)
      ? null
      : { before: line.slice(0, line.length - rest.length).trim(), after: rest.trim() };
  }
  // In a discussion the bare name is a wish to see it, and an aspect is one of it.
  if (line === "") return isDiscussion ? { before: SHOW, after: "" } : null;
  return ASPECTS.has(line.toLowerCase()) ? { before: line, after: "" } : null;
}

const SHOW = "show";
/** Takes an id though it can do without: in a discussion it is about what was recorded of that one. */
const UNDO = "undo";
const NEEDS_ID: ReadonlySet<Command["reads"]> = new Set(["id", "entry", "text"]);

/** "GM-001 …", "gm001", "GM 001": what reads as an id is one, even where there is none such, and is told so. */
function beginsWithId(rest: string, book: Book): boolean {
  const [first = "", second = ""] = rest.trim().split(/[\s:：,，]+/u);
  return book.names.id(first) !== null || book.names.id(`${first}${second}`)?.exists === true;
}
