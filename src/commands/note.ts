import { z } from "zod";
import { Fault } from "../core/errors.ts";
import { command } from "./command.ts";
import { commitmentOf, recording } from "./entry.ts";
import { lineOf } from "./line-words.ts";
import { plainText } from "./text-line.ts";

const args = z.object({ id: z.string(), text: z.string().default("") });

/** Only where a note begins with it: further on the words may be about something else. */
const NOTHING_NEW =
  /^(?:已查[，,、\s]*无新|查无新|(?:checked|searched)[,，;:\s]*(?:and\s+)?(?:found\s+)?nothing\s+new|nothing\s+new)/iu;

/** Whether a note tells of a search that found nothing. */
export function saysNothingNew(text: string): boolean {
  return NOTHING_NEW.test(text.normalize("NFKC").trim());
}

/** A remark kept with a commitment; "checked, nothing new" counts as a dated search. */
export const note = command({
  name: "note",
  aliases: { zh: ["备注"], en: [] },
  summary: {
    zh: "记一条备注；“已查无新”算一次有日期的查找",
    en: "keep a remark; “checked, nothing new” counts as a dated search",
  },
  usage: { zh: "备注 编号 文字|已查无新", en: "note ID text|checked, nothing new" },
  examples: { zh: [], en: [] },
  reads: "text",
  options: [],
  role: "tracker",
  effect: "record",
  args,
  async answer(context, { id, text: typed }) {
    const commitment = commitmentOf(id, context.book);
    const text = plainText(typed);
    if (text === "") {
      const line = lineOf({ zh: "备注", en: "note" }, [id, { zh: "已查无新", en: "checked, nothing new" }]);
      throw new Fault({ code: "missing_part", part: "text", line });
    }
    return recording(context, commitment, {
      type: "note",
      data: { text, nothingNew: saysNothingNew(text) },
    });
  },
});
