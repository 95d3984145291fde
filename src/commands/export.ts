import { z } from "zod";
import { exportJson, exportView } from "../views/export.ts";
import { command, filterArg } from "./command.ts";

const args = z.object({ filter: filterArg, as: z.literal("json").default("json") });

/** What a filter selects as a file, with the rule, version and date in its head. */
export const exporting = command({
  name: "export",
  aliases: { zh: ["导出"], en: ["download"] },
  summary: { zh: "按条件导出为 JSON 文件", en: "what a filter selects, as a JSON file" },
  usage: { zh: "导出 [键:值…] [格式:json]", en: "export [key:value …] [as:json]" },
  examples: {
    zh: ["导出 区:{district} 核验:数字", "导出 格式:json"],
    en: ["export district:{district} check:figure", "export as:json"],
  },
  reads: "filter",
  options: ["as"],
  role: "viewer",
  effect: "none",
  args,
  answer({ book, lang, today }, { filter }) {
    const items = book.select(filter, today).map(({ commitment }) => commitment);
    const facts = book.facts(filter);
    const json = exportJson(items, facts, filter, book, today, lang);
    return exportView(json, { commitments: items.length, facts: facts.length }, filter, book, today, lang);
  },
});
