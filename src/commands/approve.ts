import { z } from "zod";
import { Fault } from "../core/errors.ts";
import { unexpected } from "./arguments.ts";
import { command } from "./command.ts";
import { commitmentOf, personOf, recording } from "./entry.ts";
import { pinned } from "./pinned.ts";
import { checkRating, decisionName, openProposal } from "./rate.ts";
import { reviewersIn } from "./reviewers.ts";

const args = z.object({ id: z.string(), words: z.array(z.string()).default([]) });

/** Approves the open proposal: never one's own, unless fewer than two people may review. */
export const approve = command({
  name: "approve",
  aliases: { zh: ["通过"], en: [] },
  summary: { zh: "通过一项待定的评定", en: "approve a proposed rating" },
  usage: { zh: "通过 编号 [#序号]", en: "approve ID [#number]" },
  examples: { zh: [], en: [] },
  reads: "entry",
  options: [],
  role: "reviewer",
  effect: "record",
  args,
  async answer(context, { id, words }) {
    const commitment = commitmentOf(id, context.book);
    const record = context.book.ledger.of(id);
    const proposal = openProposal(record);
    const rest = pinned(words, proposal);
    if (rest.length > 0) throw unexpected(approve, rest);
    const isOwn = (await personOf(proposal.actorKey, context)) === context.actorKey;
    if (isOwn) {
      const others = (await reviewersIn(commitment.district, context)).filter(
        ({ key }) => key !== context.actorKey,
      );
      if (others.length > 0)
        throw new Fault({ code: "own_proposal", id, ask: others.map(({ person }) => person) });
    }
    // What it rested on may have been taken back since.
    checkRating(proposal.data.rating, id, context);
    const data = { proposal: proposal.id, single: isOwn };
    return recording(
      context,
      commitment,
      { type: "rating_approved", data },
      { once: decisionName(record, proposal.id) },
    );
  },
});
