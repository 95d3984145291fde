import { z } from "zod";
import { composeDigest } from "../core/digest.ts";
import { digestView } from "../views/digest.ts";
import { command, filterArg } from "./command.ts";
import { nothingFits } from "./nothing.ts";

const args = z.object({ filter: filterArg });

/** The weekly digest as it would be posted now, for a filter; it sends nothing. */
export const digest = command({
  name: "digest",
  aliases: { zh: ["周报"], en: ["weekly"] },
  summary: {
    zh: "现在的周报（只给你看，不发送）",
    en: "the weekly digest as it stands now (shown here, not sent)",
  },
  usage: { zh: "周报 [键:值…]", en: "digest [key:value …]" },
  examples: { zh: ["周报", "周报 区:{district}"], en: ["digest", "digest district:{district}"] },
  reads: "filter",
  options: [],
  role: "viewer",
  effect: "none",
  args,
  answer(context, { filter }) {
    const { book, lang, today, now, zone } = context;
    const digest = composeDigest(book, filter, today);
    if (digest.tally.total === 0) return nothingFits(context, filter);
    return digestView(digest, book, now, zone, lang).parent;
  },
});
