import { z } from "zod";
import { Fault } from "../core/errors.ts";
import { command } from "./command.ts";
import { commitmentOf, recording } from "./entry.ts";
import { lineOf } from "./line-words.ts";
import { plainText } from "./text-line.ts";

const args = z.object({ id: z.string(), text: z.string().default("") });

/** A doubt about a commitment: shown on it until it is closed. */
export const dispute = command({
  name: "dispute",
  aliases: { zh: ["异议"], en: [] },
  summary: {
    zh: "提出异议，关闭前一直标在卡片上",
    en: "raise a doubt, shown on the card until it is closed",
  },
  usage: { zh: "异议 编号 “…”", en: 'dispute ID "…"' },
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
      const line = lineOf({ zh: "异议", en: "dispute" }, [id, '"…"']);
      throw new Fault({ code: "missing_part", part: "text", line });
    }
    return recording(context, commitment, { type: "dispute_opened", data: { text } });
  },
});

/** Closes a doubt with what came of it. */
export const disputeClose = command({
  name: "dispute close",
  aliases: { zh: ["异议 结束", "异议 关闭", "结束异议"], en: ["dispute end", "close dispute"] },
  summary: { zh: "结束一条异议，写明结论", en: "close a doubt with what came of it" },
  usage: { zh: "异议 结束 编号 [#序号] “结论”", en: 'dispute close ID [#number] "outcome"' },
  examples: { zh: [], en: [] },
  reads: "text",
  options: [],
  role: "tracker",
  effect: "record",
  args,
  async answer(context, { id, text: typed }) {
    const commitment = commitmentOf(id, context.book);
    const { disputes: open, entries } = context.book.ledger.of(commitment.id);
    const [, digits, rest = ""] = /^[#＃](\d+)[:：,，]?\s*(.*)$/su.exec(typed.trim()) ?? [];
    const seq = digits === undefined ? null : Number(digits);
    const found = seq === null ? open : open.filter((each) => each.seq === seq);
    const [one, ...others] = found;
    if (open.length === 0) throw new Fault({ code: "no_dispute", id });
    if (one === undefined || others.length > 0) {
      const shown = open.map((each) => ({ seq: each.seq, text: each.data.text }));
      throw new Fault({ code: "which_dispute", id, open: shown });
    }
    const outcome = plainText(seq === null ? typed : rest);
    if (outcome === "") {
      const words = [id, ...(seq === null ? [] : [`#${seq}`]), { zh: "“结论”", en: '"outcome"' }];
      const line = lineOf({ zh: "异议 结束", en: "dispute close" }, words);
      throw new Fault({ code: "missing_part", part: "text", line });
    }
    const before = entries.filter(({ type, data }) => type === "dispute_closed" && data.dispute === one.id);
    return recording(
      context,
      commitment,
      { type: "dispute_closed", data: { dispute: one.id, outcome } },
      { once: `d:${one.id}:${before.length}` },
    );
  },
});
