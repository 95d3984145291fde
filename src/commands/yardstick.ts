import { z } from "zod";
import { Fault } from "../core/errors.ts";
import { command } from "./command.ts";
import { commitmentOf, recording } from "./entry.ts";
import { lineOf } from "./line-words.ts";
import { evidenceLine } from "./record-lines.ts";
import { plainText } from "./text-line.ts";

const args = z.object({ id: z.string(), text: z.string().default("") });

/** What would show that acts have kept a promise: without it such a one is never rated met. */
export const yardstick = command({
  name: "yardstick",
  aliases: { zh: ["凭据"], en: [] },
  summary: {
    zh: "为“举措”类定下以什么为凭（评定人）",
    en: "set what would show a commitment to acts kept (reviewers)",
  },
  usage: { zh: "凭据 编号 “…”", en: 'yardstick ID "…"' },
  examples: { zh: [], en: [] },
  reads: "text",
  options: [],
  role: "reviewer",
  effect: "record",
  args,
  async answer(context, { id, text: typed }) {
    const commitment = commitmentOf(id, context.book);
    const { check } = commitment;
    if (check !== "acts") {
      const instead = check === "none" ? null : evidenceLine(id, "E2");
      throw new Fault({ code: "not_for_this", id, what: "yardstick", check, instead });
    }
    const text = plainText(typed);
    if (text === "") {
      const line = lineOf({ zh: "凭据", en: "yardstick" }, [id, '"…"']);
      throw new Fault({ code: "missing_part", part: "text", line });
    }
    return recording(context, commitment, { type: "yardstick_set", data: { text } });
  },
});
