import { z } from "zod";
import { exportCsv } from "../views/export-csv.ts";
import { exportJson, exportView } from "../views/export.ts";
import { command, filterArg } from "./command.ts";

const args = z.object({ filter: filterArg, as: z.enum(["json", "csv"]).default("json") });

const FORMATS = { json: exportJson, csv: exportCsv };

/** What a filter selects as a file that says its rule, version and date: JSON in its head, CSV in every row. */
export const exporting = command({
  name: "export",
  aliases: { zh: ["导出"], en: ["download"] },
  summary: { zh: "按条件导出为 JSON 或 CSV 文件", en: "what a filter selects, as a JSON or CSV file" },
  usage: { zh: "导出 [键:值…] [格式:json|csv]", en: "export [key:value …] [as:json|csv]" },
  examples: {
    zh: ["导出 区:{district} 核验:数字", "导出 格式:csv"],
    en: ["export district:{district} check:figure", "export as:csv"],
  },
  reads: "filter",
  options: ["as"],
  role: "viewer",
  effect: "none",
  args,
  answer({ book, lang, today }, { filter, as }) {
    const items = book.select(filter, today).map(({ commitment }) => commitment);
    const facts = book.facts(filter);
    const content = FORMATS[as](items, facts, filter, book, today, lang);
    const counts = { commitments: items.length, facts: facts.length };
    return exportView({ as, content }, counts, filter, book, today, lang);
  },
});
