import { z } from "zod";
import { Fault } from "../core/errors.ts";
import { command } from "./command.ts";
import { commitmentOf, recording } from "./entry.ts";
import { lineOf } from "./line-words.ts";
import { plainText } from "./text-line.ts";

/** What a discussion came to, as an entry of the record. */
export const resolve = command({
  name: "resolve",
  aliases: { zh: ["结束讨论", "讨论 结束"], en: ["discuss close"] },
  summary: { zh: "结束讨论，把结论记入历程", en: "close the discussion and record what it came to" },
  usage: { zh: "结束讨论 编号 “结论”", en: 'resolve ID "outcome"' },
  examples: { zh: [], en: [] },
  reads: "text",
  options: [],
  role: "tracker",
  effect: "record",
  args: z.object({ id: z.string(), text: z.string().default("") }),
  async answer(context, { id, text: typed }) {
    const commitment = commitmentOf(id, context.book);
    const outcome = plainText(typed);
    if (outcome === "") {
      const line = lineOf({ zh: "结束讨论", en: "resolve" }, [id, { zh: "“结论”", en: '"outcome"' }]);
      throw new Fault({ code: "missing_part", part: "text", line });
    }
    return recording(context, commitment, { type: "discussion_resolved", data: { outcome } });
  },
});
