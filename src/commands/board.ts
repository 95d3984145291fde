import { z } from "zod";
import { boardView } from "../views/board.ts";
import { command, filterArg } from "./command.ts";
import { nothingFits } from "./nothing.ts";

const args = z.object({ filter: filterArg, by: z.enum(["district", "theme"]).default("district") });

/** Standings and lights by district or theme. */
export const board = command({
  name: "board",
  aliases: { zh: ["看板", "总览"], en: ["overview"] },
  summary: { zh: "各区或各领域的现状与亮灯", en: "standings and lights by district or theme" },
  usage: { zh: "看板 [按:区|领域] [键:值…]", en: "board [by:district|theme] [key:value …]" },
  examples: { zh: ["看板", "看板 按:领域"], en: ["board", "board by:theme"] },
  reads: "filter",
  options: ["by"],
  role: "viewer",
  effect: "none",
  args,
  answer(context, { filter, by }) {
    const { book, lang, today } = context;
    const items = book.select(filter, today);
    if (items.length === 0) return nothingFits(context, filter);
    return boardView(filter, items, by, book, today, lang);
  },
});
