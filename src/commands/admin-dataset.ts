import { z } from "zod";
import { datasetDiffView } from "../views/dataset-diff.ts";
import { command, type Context } from "./command.ts";
import type { Look } from "./library.ts";

/** What the dataset's folder says that the loaded one does not. */
export const datasetDiff = command({
  name: "admin dataset diff",
  aliases: { zh: ["管理 数据集 差异"], en: ["admin dataset"] },
  summary: {
    zh: "数据集文件与正在使用的有何不同",
    en: "how the dataset's files differ from what is answered from",
  },
  usage: { zh: "管理 数据集 差异", en: "admin dataset diff" },
  examples: { zh: ["管理 数据集 差异"], en: ["admin dataset diff"] },
  reads: "nothing",
  options: [],
  role: "admin",
  effect: "none",
  args: z.object({}),
  answer: async (context) => told(await context.library.look(), context),
});

/** Answers from the dataset's files as they are now; one with faults is refused and the old one goes on. */
export const datasetReload = command({
  name: "admin dataset reload",
  aliases: { zh: ["管理 数据集 重载"], en: [] },
  summary: {
    zh: "重新载入数据集；有误就拒绝，旧的照常使用",
    en: "load the dataset anew; with faults it is refused and the old one goes on",
  },
  usage: { zh: "管理 数据集 重载", en: "admin dataset reload" },
  examples: { zh: [], en: [] },
  reads: "nothing",
  options: [],
  role: "admin",
  effect: "rule",
  args: z.object({}),
  async answer(context) {
    const look = await context.library.reload(context.now);
    const detail = "faults" in look ? `${look.faults.length} faults` : `${look.changes.length} changes`;
    // What changed is recorded by the reload itself, in one transaction with the version that is seen now.
    return { message: told(look, context), change: {}, detail };
  },
});

function told(look: Look, { book, lang }: Context) {
  return "faults" in look
    ? datasetDiffView({ changes: [], from: null, faults: look.faults }, book, lang)
    : datasetDiffView(look, book, lang);
}
