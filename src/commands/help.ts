import { z } from "zod";
import { inLang } from "../core/lang.ts";
import { definitionsView } from "../views/definitions.ts";
import { helpFiltersView, helpOnView, helpPartsView, helpView } from "../views/help.ts";
import { nothingView } from "../views/list.ts";
import { command } from "./command.ts";

const args = z.object({ topic: z.string().optional() });

const FILTER_TOPICS: ReadonlySet<string> = new Set(["filters", "filter", "筛选", "条件"]);
const WORD_TOPICS: ReadonlySet<string> = new Set([
  "standing",
  "standings",
  "pace",
  "light",
  "lights",
  "现状",
  "序时",
  "亮灯",
  "评定",
  "释义",
]);

/** The verbs, from the registry alone; one verb; how filters are written; what the words mean. */
export const help = command({
  name: "help",
  aliases: { zh: ["帮助", "用法"], en: ["?", "h"] },
  summary: { zh: "怎么问；“帮助 清单”细说一个命令", en: "how to ask; “help list” tells more on one" },
  usage: { zh: "帮助 [命令|筛选|现状]", en: "help [verb|filters|standing]" },
  examples: { zh: ["帮助", "帮助 筛选", "帮助 现状"], en: ["help", "help filters", "help standing"] },
  reads: "topic",
  options: [],
  role: "viewer",
  effect: "none",
  args,
  answer({ book, commands, lang, suggest }, { topic }) {
    const wanted = topic?.toLowerCase();
    const districts = book.valid("district", lang);
    if (wanted === undefined) return helpView(commands, districts, lang);
    if (FILTER_TOPICS.has(wanted)) {
      const { themes, parts } = book.dataset;
      const theme = themes[0] === undefined ? {} : { theme: inLang(themes[0].name, lang) };
      const part = parts[0] === undefined ? {} : { part: inLang(parts[0].name, lang) };
      const district = districts[0] === undefined ? {} : { district: districts[0] };
      return helpFiltersView({ ...district, ...theme, ...part }, lang);
    }
    if (WORD_TOPICS.has(wanted)) return definitionsView(lang);
    const found = commands.find(({ name, aliases }) => [name, ...aliases.zh, ...aliases.en].includes(wanted));
    const parts = commands.filter(({ name, aliases }) =>
      [name, ...aliases.zh].some((word) => word.startsWith(`${wanted} `)),
    );
    if (found === undefined && parts.length > 0) return helpPartsView(topic ?? wanted, parts, lang);
    return found === undefined
      ? nothingView(
          lang === "zh" ? `没有关于“${topic ?? ""}”的帮助。` : `There is no help on “${topic ?? ""}”.`,
          suggest(wanted),
          lang,
        )
      : helpOnView(found, commands, lang);
  },
});
