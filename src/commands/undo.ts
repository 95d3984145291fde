import { z } from "zod";
import { Fault } from "../core/errors.ts";
import { missingFor } from "../core/rating-rules.ts";
import { createLedger, type CommitmentRecord, type Entry } from "../core/record.ts";
import { isAtLeast, roleIn } from "../core/roles.ts";
import { command, type Context } from "./command.ts";
import { commitmentOf, personOf, recording } from "./entry.ts";
import { knownId } from "./known-id.ts";
import { lineOf } from "./line-words.ts";
import { reviewersIn } from "./reviewers.ts";
import { keptText } from "./text-line.ts";

const args = z.object({ words: z.array(z.string()).default([]), reason: z.string().optional() });

/** How long one may take back one's own act without being a reviewer. */
const OWN_MINUTES = 10;

/** Takes an act back by a reverse entry; both stay in the history. */
export const undo = command({
  name: "undo",
  aliases: { zh: ["撤销", "撤消"], en: [] },
  summary: {
    zh: "撤销：自己的 10 分钟内，评定人随时（须写理由）",
    en: "take an act back: your own within 10 minutes, a reviewer at any time with a reason",
  },
  usage: { zh: "撤销 [编号] [#序号] [理由:…]", en: "undo [ID] [#number] [reason:…]" },
  examples: { zh: [], en: [] },
  reads: "words",
  options: ["reason"],
  role: "tracker",
  effect: "record",
  args,
  async answer(context, { words, reason }) {
    const { book, now, actorKey } = context;
    const wanted = target(words, context);
    const entry = await found(wanted, context);
    if (entry === null) throw new Fault({ code: "nothing_to_undo", ...wanted });
    const commitment = commitmentOf(entry.commitmentId, book);
    const { id, district } = commitment;
    context.need("tracker", district);
    const record = book.ledger.of(id);
    const why = keptText(reason ?? "");
    const isOwn = (await personOf(entry.actorKey, context)) === actorKey;
    const minutes = (now.getTime() - entry.at.getTime()) / 60_000;
    if (!isOwn || minutes > OWN_MINUTES) {
      if (!isAtLeast(roleIn(context.rights, district), "reviewer")) {
        const ask = (await reviewersIn(district, context)).map(({ person }) => person);
        const { seq } = entry;
        throw new Fault({ code: "undo_needs_reviewer", id, seq, why: isOwn ? "late" : "others", ask });
      }
      if (why === "") {
        const words_ = [id, `#${entry.seq}`, { option: "reason", value: "…" } as const];
        const line = lineOf({ zh: "撤销", en: "undo" }, words_);
        throw new Fault({ code: "missing_part", part: "reason", line });
      }
    }
    const by = restingOn(entry, record) ?? ratedBy(entry, record, context);
    if (by !== null) throw new Fault({ code: "undo_blocked", id, seq: entry.seq, by: by.seq });
    const before = record.entries.filter(({ type, data }) => type === "undo" && data.entry === entry.id);
    return recording(
      context,
      commitment,
      { type: "undo", data: { entry: entry.id, reason: why === "" ? null : why } },
      { once: `u:${entry.id}:${before.length}` },
    );
  },
});

interface Target {
  readonly id: string | null;
  readonly seq: number | null;
}

/** `LT-004`, `#12`, both or neither, in any order. */
function target(words: readonly string[], { book }: Context): Target {
  const numbers = words.filter((word) => /^#\d{1,9}$/u.test(word));
  const others = words.filter((word) => !numbers.includes(word)).join(" ");
  const [number, ...more] = numbers;
  if (more.length > 0)
    throw new Fault({
      code: "unexpected_words",
      verb: "undo",
      words: more.join(" ").slice(0, 60),
      usage: undo.usage,
    });
  return {
    id: others === "" ? null : knownId(others, book),
    seq: number === undefined ? null : Number(number.slice(1)),
  };
}

/** The act that is meant: the one with the number, else one's own last one, else (of one commitment) anybody's. */
async function found({ id, seq }: Target, context: Context): Promise<Entry | null> {
  const { book, actorKey } = context;
  const records = id === null ? book.ledger.all() : [book.ledger.of(id)];
  const standing = records
    .flatMap((record) => record.entries.filter((entry) => isOpen(entry, record, seq)))
    .filter((entry) => book.commitment(entry.commitmentId) !== null)
    .toSorted((a, b) => b.seq - a.seq);
  if (seq !== null) return standing.find((entry) => entry.seq === seq) ?? null;
  // Few people among many entries: each is looked up once, and a linked key counts as one's own.
  const keys = [...new Set(standing.map((entry) => entry.actorKey))];
  const people = await Promise.all(keys.map(async (key) => [key, await personOf(key, context)] as const));
  const own = new Set(people.flatMap(([key, person]) => (person === actorKey ? [key] : [])));
  const last = standing.find((entry) => own.has(entry.actorKey));
  return last ?? (id === null ? null : (standing[0] ?? null));
}

/** What can be taken back: whatever stands but the dataset's own changes; an undo only where its number is given. */
function isOpen(entry: Entry, { undone }: CommitmentRecord, seq: number | null): boolean {
  if (undone.has(entry.id) || entry.type === "target_revised") return false;
  return entry.type !== "undo" || entry.seq === seq;
}

/** The approval of a rating that would lack its evidence: what stands must rest on something. */
function ratedBy(entry: Entry, record: CommitmentRecord, { book, today }: Context): Entry | null {
  const { rating } = record;
  if (rating === null || rating.rating === "unrated" || entry.id === rating.approval.id) return null;
  const commitment = commitmentOf(entry.commitmentId, book);
  const without = createLedger();
  without.apply(record.entries.filter(({ id }) => id !== entry.id));
  const lacked = missingFor(rating.rating, commitment, record, today);
  const lacks = missingFor(rating.rating, commitment, without.of(commitment.id), today);
  return lacked === null && lacks !== null ? rating.approval : null;
}

/** What stands and is about the entry: a decision about a proposal, the end of a dispute. */
function restingOn({ id }: Entry, { entries, undone }: CommitmentRecord): Entry | null {
  return (
    entries.find((entry) => {
      if (undone.has(entry.id)) return false;
      if (entry.type === "dispute_closed") return entry.data.dispute === id;
      return (
        (entry.type === "rating_approved" ||
          entry.type === "rating_returned" ||
          entry.type === "rating_withdrawn") &&
        entry.data.proposal === id
      );
    }) ?? null
  );
}
