import { z } from "zod";
import { Fault } from "../core/errors.ts";
import { command } from "./command.ts";
import { commitmentOf, personOf, recording } from "./entry.ts";
import { lineOf } from "./line-words.ts";
import { pinned } from "./pinned.ts";
import { decisionName, openProposal } from "./rate.ts";
import { keptText } from "./text-line.ts";

const args = z.object({
  id: z.string(),
  words: z.array(z.string()).default([]),
  reason: z.string().optional(),
});

/** Returns the open proposal with a reason; returned by whoever made it, it is withdrawn. */
export const returning = command({
  name: "return",
  aliases: { zh: ["退回"], en: [] },
  summary: { zh: "退回一项待定的评定，写明理由", en: "return a proposed rating with a reason" },
  usage: { zh: "退回 编号 [#序号] 理由:…", en: "return ID [#number] reason:…" },
  examples: { zh: [], en: [] },
  reads: "entry",
  options: ["reason"],
  role: "reviewer",
  effect: "record",
  args,
  async answer(context, { id, words, reason }) {
    const commitment = commitmentOf(id, context.book);
    const record = context.book.ledger.of(id);
    const proposal = openProposal(record);
    const rest = pinned(words, proposal);
    const once = decisionName(record, proposal.id);
    if ((await personOf(proposal.actorKey, context)) === context.actorKey)
      return recording(
        context,
        commitment,
        { type: "rating_withdrawn", data: { proposal: proposal.id } },
        { once },
      );
    const why = keptText([reason ?? "", ...rest].join(" "));
    if (why === "") {
      const line = lineOf({ zh: "退回", en: "return" }, [id, { option: "reason", value: "…" }]);
      throw new Fault({ code: "missing_part", part: "reason", line });
    }
    const data = { proposal: proposal.id, reason: why };
    return recording(context, commitment, { type: "rating_returned", data }, { once });
  },
});
