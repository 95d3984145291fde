import { z } from "zod";
import { holdsThreads, newDiscussion, takenUp } from "../core/discussion.ts";
import { discussView } from "../views/discuss.ts";
import { command } from "./command.ts";
import { commitmentOf } from "./entry.ts";

/** Opens the one thread of a commitment in this channel, or says where it is. */
export const discuss = command({
  name: "discuss",
  aliases: { zh: ["讨论"], en: ["discussion"] },
  summary: {
    zh: "在本频道为一项承诺开讨论话题；已有的就给链接",
    en: "open a commitment's thread in this channel, or link it",
  },
  usage: { zh: "讨论 编号", en: "discuss ID" },
  examples: { zh: ["讨论 {id}"], en: ["discuss {id}"] },
  reads: "id",
  options: [],
  role: "viewer",
  effect: "rule",
  args: z.object({ id: z.string() }),
  async answer(context, { id }) {
    const { book, lang, here, shelf } = context;
    const commitment = commitmentOf(id, book);
    const title = { commitment, book, lang };
    if (!holdsThreads(here)) return discussView({ ...title, state: "not_here", link: null });
    const known = (await shelf.discussions({ place: here })).find(({ commitmentId }) => commitmentId === id);
    if (known !== undefined && known.away === null) {
      const ref = (await shelf.delivery(known.parent))?.ref ?? null;
      if (ref !== null && ref.id === context.from.address.thread)
        return discussView({ ...title, state: "here", link: null });
      const link = ref === null ? null : context.linkTo(ref);
      return discussView({ ...title, state: "open", link });
    }
    // One that was left alone is taken up where it stands; whoever keeps it up finds out what can still be edited.
    const opened =
      known === undefined
        ? newDiscussion({
            commitmentId: id,
            place: here,
            key: `t:${context.inboundId}`,
            toldSeq: book.ledger.seq,
          })
        : takenUp(known);
    return {
      message: discussView({ ...title, state: "opening", link: null }),
      change: { discussions: [opened] },
      detail: id,
    };
  },
});
