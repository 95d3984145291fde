import { z } from "zod";
import { notKeptView } from "../views/offer.ts";
import { command } from "./command.ts";
import { commitmentOf } from "./entry.ts";

/** Lets a link be that was offered as evidence: the offer goes, nothing is written. */
export const evidenceSkip = command({
  name: "evidence skip",
  aliases: { zh: ["佐证 不用"], en: [] },
  summary: { zh: "不把话题里的链接记作佐证", en: "let a link be that was offered as evidence" },
  usage: { zh: "佐证 不用 编号", en: "evidence skip ID" },
  examples: { zh: [], en: [] },
  reads: "id",
  options: [],
  role: "viewer",
  // Nothing is written, but the offer goes for everybody.
  effect: "rule",
  args: z.object({ id: z.string() }),
  async answer({ book, lang }, { id }) {
    commitmentOf(id, book);
    return notKeptView(lang);
  },
});
