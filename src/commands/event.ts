import { z } from "zod";
import { Fault } from "../core/errors.ts";
import { unexpected } from "./arguments.ts";
import { command } from "./command.ts";
import { effectiveDay } from "./effective-day.ts";
import { commitmentOf, recording } from "./entry.ts";
import { lineOf } from "./line-words.ts";
import { evidenceLine } from "./record-lines.ts";

const args = z.object({
  id: z.string(),
  words: z.array(z.string()).default([]),
  on: z.string().optional(),
});

/** The day on which a period began that starts with an event: from then on it has a pace. */
export const event = command({
  name: "event",
  aliases: { zh: ["起点"], en: [] },
  summary: {
    zh: "记下以事件为起点的期间从哪天算起",
    en: "record the day on which a period began that starts with an event",
  },
  usage: { zh: "起点 编号 日期:2026-06-30", en: "event ID on:2026-06-30" },
  examples: { zh: [], en: [] },
  reads: "entry",
  options: ["on"],
  role: "tracker",
  effect: "record",
  args,
  async answer(context, { id, words, on }) {
    const commitment = commitmentOf(id, context.book);
    const { check, period } = commitment;
    if (period === null || !("event" in period.start)) {
      const instead = check === "event" ? evidenceLine(id, "E2") : null;
      throw new Fault({ code: "not_for_this", id, what: "event", check, instead });
    }
    if (on !== undefined && words.length > 0) throw unexpected(event, words);
    const typed = on ?? words.join(" ");
    if (typed === "") {
      const line = lineOf({ zh: "起点", en: "event" }, [id, { option: "on", value: context.today }]);
      throw new Fault({ code: "missing_part", part: "day", line });
    }
    const day = effectiveDay("on", typed, null, context);
    return recording(
      context,
      commitment,
      { type: "event_recorded", data: { event: "start", on: day } },
      { effectiveOn: day },
    );
  },
});
