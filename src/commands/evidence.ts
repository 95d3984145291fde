import { z } from "zod";
import { EVIDENCE_LEVELS } from "../core/act.ts";
import { Fault } from "../core/errors.ts";
import { command } from "./command.ts";
import { commitmentOf, recording } from "./entry.ts";
import { lineOf } from "./line-words.ts";
import { isLinkLike, readLink } from "./link.ts";
import { evidenceLine } from "./record-lines.ts";
import { keptText } from "./text-line.ts";

const args = z.object({
  id: z.string(),
  words: z.array(z.string()).default([]),
  level: z.enum(EVIDENCE_LEVELS).optional(),
  note: z.string().optional(),
});

/** A link that shows something about a commitment, with its level. */
export const evidence = command({
  name: "evidence",
  aliases: { zh: ["佐证", "证据"], en: [] },
  summary: { zh: "附上一条佐证：链接、级别、说明", en: "add evidence: a link, its level, a note" },
  usage: {
    zh: "佐证 编号 https://… 级别:E1–E5 [“说明”]",
    en: 'evidence ID https://… level:E1–E5 ["note"]',
  },
  examples: { zh: [], en: [] },
  reads: "entry",
  options: ["level", "note"],
  role: "tracker",
  effect: "record",
  args,
  async answer(context, { id, words, level, note }) {
    const commitment = commitmentOf(id, context.book);
    const at = words.findIndex(isLinkLike);
    const [link] = words.slice(Math.max(at, 0));
    if (link === undefined)
      throw new Fault({ code: "missing_part", part: "link", line: evidenceLine(id, level ?? "E2") });
    const url = readLink(link);
    const said = [...words.filter((word) => word !== link), ...(note === undefined ? [] : [note])].join(" ");
    const text = keptText(said);
    if (level === undefined) {
      const line = lineOf({ zh: "佐证", en: "evidence" }, [
        id,
        url,
        { option: "level", value: "E2" },
        text === "" ? null : `"${text.replaceAll('"', "'")}"`,
      ]);
      throw new Fault({ code: "missing_part", part: "level", line });
    }
    const data = { url, level, note: text === "" ? null : text };
    return recording(context, commitment, { type: "evidence", data });
  },
});
