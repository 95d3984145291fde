import { z } from "zod";
import { Fault } from "../core/errors.ts";
import { decidedView, outboxView } from "../views/outbox.ts";
import { command } from "./command.ts";

const args = z.object({ words: z.array(z.string()) });

/** Deliveries that wait, are unconfirmed or failed, newest first. */
export const outboxList = command({
  name: "admin outbox list",
  aliases: { zh: ["管理 待发箱"], en: ["admin outbox", "outbox"] },
  summary: { zh: "待发箱：等着的、未确认的、失败的", en: "the outbox: waiting, unconfirmed, failed" },
  usage: { zh: "管理 待发箱", en: "admin outbox list" },
  examples: { zh: ["管理 待发箱"], en: ["admin outbox list"] },
  reads: "words",
  options: [],
  role: "admin",
  effect: "none",
  args,
  async answer({ shelf, zone, lang }, { words }) {
    if (words.length > 0)
      throw new Fault({
        code: "unexpected_words",
        verb: "admin outbox list",
        words: words.join(" "),
        usage: outboxList.usage,
      });
    const rows = await shelf.outbox({ states: ["waiting", "sending", "unconfirmed", "failed"], limit: 20 });
    return outboxView(rows, zone, lang);
  },
});

function decision(of: "retry" | "drop", name: string, zh: string, summary: { zh: string; en: string }) {
  return command({
    name: `admin outbox ${of}`,
    aliases: { zh: [zh], en: [] },
    summary,
    usage: { zh: `${zh} 编号`, en: `${name} KEY` },
    examples: { zh: [], en: [] },
    reads: "words",
    options: [],
    role: "admin",
    effect: "rule",
    args,
    async answer({ shelf, lang }, { words: [key = "", ...more] }) {
      const row = key === "" || more.length > 0 ? null : await shelf.delivery(key);
      const open =
        row !== null &&
        (row.state === "unconfirmed" || row.state === "failed" || (of === "drop" && row.state === "waiting"));
      if (!open) throw new Fault({ code: "unknown_delivery", text: [key, ...more].join(" ").slice(0, 60) });
      return { message: decidedView(row, of, lang), decide: { key, decision: of }, detail: `${of} ${key}` };
    },
  });
}

/** Sends an unconfirmed or failed delivery again: whoever decides so has looked whether it arrived. */
export const outboxRetry = decision("retry", "admin outbox retry", "管理 重发", {
  zh: "重发一条未确认或失败的送达",
  en: "send an unconfirmed or failed delivery again",
});

/** Gives a delivery up. */
export const outboxDrop = decision("drop", "admin outbox drop", "管理 放弃", {
  zh: "放弃一条送达",
  en: "give a delivery up",
});
