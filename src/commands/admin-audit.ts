import { z } from "zod";
import { auditView } from "../views/audit.ts";
import { command } from "./command.ts";

/** Rows in a message's text and in its file. */
const ROWS = { text: 200, csv: 10_000 } as const;

/** Who changed or was refused what, where and when, newest first; as a file with `as:csv`. */
export const adminAudit = command({
  name: "admin audit",
  aliases: { zh: ["管理 审计"], en: [] },
  summary: {
    zh: "审计：谁在何时何地改了什么、被拒了什么",
    en: "who changed or was refused what, where, when",
  },
  usage: { zh: "管理 审计 [格式:csv]", en: "admin audit [as:csv]" },
  examples: { zh: [], en: [] },
  reads: "nothing",
  options: ["as"],
  role: "admin",
  effect: "none",
  args: z.object({ as: z.enum(["csv", "json"]).optional() }),
  async answer({ shelf, zone, lang }, { as }) {
    const isFile = as !== undefined;
    return auditView(await shelf.audit(isFile ? ROWS.csv : ROWS.text), zone, lang, isFile);
  },
});
