import { z } from "zod";
import { aboutView } from "../views/about.ts";
import { command } from "./command.ts";

/** Which program and dataset answer, what they cover, who is asking. */
export const about = command({
  name: "about",
  aliases: { zh: ["关于"], en: ["version", "whoami"] },
  summary: {
    zh: "版本、数据集、范围，你是谁、能做什么",
    en: "version, dataset, coverage, who you are and what you may do",
  },
  usage: { zh: "关于", en: "about" },
  examples: { zh: ["关于"], en: ["about"] },
  reads: "nothing",
  options: [],
  role: "viewer",
  effect: "none",
  args: z.object({}),
  answer({ book, program, actor, here, isAdmin, today, zone, lang }) {
    return aboutView({ book, program, actor, here, isAdmin, today, zone, lang });
  },
});
