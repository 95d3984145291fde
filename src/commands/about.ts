import { z } from "zod";
import { isAtLeast } from "../core/roles.ts";
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
  answer({ book, program, actor, here, rights, granters, commands, today, zone, lang }) {
    const roles = [rights.role, ...rights.districts.map(({ role }) => role)];
    const may = commands
      .filter((each) => each.role !== "viewer" && roles.some((role) => isAtLeast(role, each.role)))
      .map(({ name, aliases }) => (lang === "zh" ? (aliases.zh[0] ?? name) : name));
    const ask = rights.role === "admin" ? [] : granters;
    return aboutView({ book, program, actor, here, rights, may, ask, today, zone, lang });
  },
});
