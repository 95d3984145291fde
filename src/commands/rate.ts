import { z } from "zod";
import { Fault } from "../core/errors.ts";
import { nearest } from "../core/nearest.ts";
import { missingFor, type Proposable } from "../core/rating-rules.ts";
import type { CommitmentRecord, EntryOf } from "../core/record.ts";
import type { Lang } from "../core/lang.ts";
import { RATINGS, STANDING_WORDS, type Word } from "../core/vocabulary.ts";
import { unexpected } from "./arguments.ts";
import { command, type Context } from "./command.ts";
import { commitmentOf, personOf, recording } from "./entry.ts";
import { lineOf } from "./line-words.ts";
import { linesFor } from "./record-lines.ts";
import { keptText } from "./text-line.ts";

const args = z.object({
  id: z.string(),
  words: z.array(z.string()).default([]),
  reason: z.string().optional(),
});

const PROPOSABLE: readonly Word<Proposable>[] = STANDING_WORDS.flatMap(({ code, ...rest }) => {
  const rating = RATINGS.find((each) => each === code);
  return rating === undefined || rating === "unrated" ? [] : [{ code: rating, ...rest }];
});

/** Proposes a rating: it stands once another reviewer approves it. */
export const rate = command({
  name: "rate",
  aliases: { zh: ["评定"], en: [] },
  summary: {
    zh: "提出评定，由另一位评定人通过后生效",
    en: "propose a rating; it stands once another reviewer approves it",
  },
  usage: {
    zh: "评定 编号 推进中|停滞|已兑现|部分兑现|未兑现|已撤回 理由:…",
    en: "rate ID in_progress|stalled|met|partly_met|not_met|withdrawn reason:…",
  },
  examples: { zh: [], en: [] },
  reads: "entry",
  options: ["reason"],
  role: "tracker",
  effect: "record",
  args,
  async answer(context, { id, words, reason }) {
    const { book, lang } = context;
    const commitment = commitmentOf(id, book);
    const { rating, rest } = readRating(id, words, lang);
    const why = keptText([reason ?? "", ...rest].join(" "));
    checkRating(rating, id, context);
    if (why === "") {
      const word = PROPOSABLE.find(({ code }) => code === rating);
      const line = lineOf({ zh: "评定", en: "rate" }, [
        id,
        { zh: word?.zh ?? rating, en: rating },
        { option: "reason", value: "…" },
      ]);
      throw new Fault({ code: "missing_part", part: "reason", line });
    }
    return recording(context, commitment, { type: "rating_proposed", data: { rating, reason: why } });
  },
});

/** Takes one's own open proposal back. */
export const rateWithdraw = command({
  name: "rate withdraw",
  aliases: { zh: ["评定 撤下", "撤下评定"], en: [] },
  summary: { zh: "撤下自己提出、尚未通过的评定", en: "take back your own proposal that is still open" },
  usage: { zh: "评定 撤下 编号", en: "rate withdraw ID" },
  examples: { zh: [], en: [] },
  reads: "entry",
  options: [],
  role: "tracker",
  effect: "record",
  args: z.object({ id: z.string(), words: z.array(z.string()).default([]) }),
  async answer(context, { id, words }) {
    if (words.length > 0) throw unexpected(rateWithdraw, words);
    const commitment = commitmentOf(id, context.book);
    const record = context.book.ledger.of(id);
    const proposal = openProposal(record);
    if ((await personOf(proposal.actorKey, context)) !== context.actorKey) {
      context.need("reviewer", commitment.district);
      const line = lineOf({ zh: "退回", en: "return" }, [id, { option: "reason", value: "…" }]);
      throw new Fault({ code: "missing_part", part: "reason", line });
    }
    const data = { proposal: proposal.id };
    return recording(
      context,
      commitment,
      { type: "rating_withdrawn", data },
      { once: decisionName(record, proposal.id) },
    );
  },
});

/** The proposal that waits for a decision. Throws Fault where none does. */
export function openProposal({ commitmentId, proposal }: CommitmentRecord): EntryOf<"rating_proposed"> {
  if (proposal === null) throw new Fault({ code: "nothing_proposed", id: commitmentId });
  return proposal;
}

/** The name of the one decision about a proposal: of two people who decide at once one is told that it is decided. */
export function decisionName({ entries }: CommitmentRecord, proposal: string): string {
  const before = entries.filter(
    (entry) =>
      (entry.type === "rating_approved" ||
        entry.type === "rating_returned" ||
        entry.type === "rating_withdrawn") &&
      entry.data.proposal === proposal,
  );
  return `d:${proposal}:${before.length}`;
}

/** Throws Fault, with the lines that add it, for what a rating still needs. */
export function checkRating(rating: Proposable, id: string, { book, today }: Context): void {
  const missing = missingFor(rating, commitmentOf(id, book), book.ledger.of(id), today);
  if (missing === null) return;
  throw new Fault({ code: "rating_needs", id, rating, missing, lines: linesFor(missing, id, today) });
}

function readRating(
  id: string,
  words: readonly string[],
  lang: Lang,
): { readonly rating: Proposable; readonly rest: readonly string[] } {
  const forms = PROPOSABLE.map(({ code, zh, en, aliases }) => ({
    name: code,
    forms: [code, zh, en, ...aliases],
  }));
  const names = PROPOSABLE.map((word) => (lang === "zh" ? word.zh : word.code));
  if (words.length === 0) {
    const line = lineOf({ zh: "评定", en: "rate" }, [
      id,
      { zh: "推进中", en: "in_progress" },
      { option: "reason", value: "…" },
    ]);
    throw new Fault({ code: "missing_part", part: "rating", line });
  }
  for (const count of [2, 1]) {
    const typed = words.slice(0, count).join(" ").normalize("NFKC").toLowerCase();
    const found = PROPOSABLE.find((_, at) => forms[at]?.forms.some((form) => form.toLowerCase() === typed));
    if (found !== undefined) return { rating: found.code, rest: words.slice(count) };
  }
  const [first = ""] = words;
  const near = nearest([first, words.slice(0, 2).join(" ")], forms).map((code) => {
    const word = PROPOSABLE.find((each) => each.code === code);
    return lang === "zh" ? (word?.zh ?? code) : code;
  });
  throw new Fault({
    code: "unknown_value",
    key: "rating",
    value: first.slice(0, 60),
    nearest: near,
    valid: names,
  });
}
