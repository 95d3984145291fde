import type { Dataset } from "../core/commitment.ts";
import { inLang } from "../core/lang.ts";

interface Example {
  readonly name: string;
  readonly examples: { readonly zh: readonly string[]; readonly en: readonly string[] };
}

/** Three lines that say what this is and what to type. */
export function banner(dataset: Dataset, commands: readonly Example[]): string {
  const example = (name: string, lang: "zh" | "en"): string =>
    commands.find((command) => command.name === name)?.examples[lang][0] ?? name;
  const zh = `区势 · ${inLang(dataset.title, "zh")}：${dataset.commitments.length} 项承诺，每条都有出处。试试：${example("show", "zh")} · ${example("list", "zh")}`;
  const en = `Qushi · ${inLang(dataset.title, "en")}: ${dataset.commitments.length} commitments, each sourced. Try: ${example("show", "en")} · ${example("board", "en")}`;
  return [zh, en, "帮助 / help · 退出 / exit"].join("\n");
}
