import { z } from "zod";
import { Fault } from "../core/errors.ts";
import { EMPTY_RULES, MISSED_RULES } from "../core/schedule.ts";
import { NO_SETTINGS, type Settings } from "../core/subscription.ts";
import { changedLine } from "../views/rule-changes.ts";
import { settingsView } from "../views/settings.ts";
import { command } from "./command.ts";
import { readZone } from "./rule-parts.ts";

const args = z.object({
  lang: z.enum(["zh", "en"]).optional(),
  zone: z.string().optional(),
  echo: z.enum(["none", "final", "all"]).optional(),
  quiet: z.string().optional(),
  empty: z.enum(EMPTY_RULES).optional(),
  missed: z.enum(MISSED_RULES).optional(),
});

/** "22:00-08:00", or off. */
function readQuiet(text: string): Settings["quiet"] {
  if (["off", "none", "无", "关"].includes(text.toLowerCase())) return null;
  const read = /^(\d{1,2})(?::(\d{2}))?\s*[-–~至]\s*(\d{1,2})(?::(\d{2}))?$/.exec(text.normalize("NFKC"));
  const [, fromHour = "", fromMinute = "00", toHour = "", toMinute = "00"] = read ?? [];
  const fits =
    read !== null &&
    [fromHour, toHour].every((hour) => Number(hour) < 24) &&
    [fromMinute, toMinute].every((minute) => Number(minute) < 60);
  if (!fits)
    throw new Fault({
      code: "unreadable_value",
      key: "quiet",
      value: text,
      examples: { zh: ["22:00-08:00", "无"], en: ["22:00-08:00", "off"] },
    });
  const from = `${fromHour.padStart(2, "0")}:${fromMinute}`;
  const to = `${toHour.padStart(2, "0")}:${toMinute}`;
  return from === to ? null : { from, to };
}

function isBare(given: z.infer<typeof args>): boolean {
  return Object.values(given).every((value) => value === undefined);
}

/** What this place has set: language, zone, quiet hours, what an empty digest does. Bare, it shows them. */
export const settings = command({
  name: "settings",
  aliases: { zh: ["设置"], en: ["config"] },
  summary: { zh: "这里的语言、时区、静默时段等", en: "language, zone, quiet hours and the like, here" },
  usage: {
    zh: "设置 [语言:zh|en] [时区:Asia/Shanghai] [静默:22:00-08:00] [无变化:跳过|说明] [补发:迟发|合并|放弃] [同步:无|结果|全部]",
    en: "settings [lang:zh|en] [zone:Asia/Shanghai] [quiet:22:00-08:00] [empty:skip|say] [missed:late|merge|drop] [echo:none|final|all]",
  },
  examples: { zh: ["设置", "设置 静默:22:00-08:00"], en: ["settings", "settings quiet:22:00-08:00"] },
  reads: "nothing",
  options: ["zone", "echo", "quiet", "empty", "missed"],
  role: "viewer",
  effect: "rule",
  args,
  isQuestion: isBare,
  async answer(context, given) {
    const { lang, zone, echo, quiet, empty, missed } = given;
    const place = context.here;
    const before = (await context.shelf.settings(place)) ?? NO_SETTINGS;
    const after: Settings = {
      lang: lang ?? before.lang,
      zone: zone === undefined ? before.zone : readZone(zone),
      echo: echo ?? before.echo,
      quiet: quiet === undefined ? before.quiet : readQuiet(quiet),
      empty: empty ?? before.empty,
      missed: missed ?? before.missed,
    };
    const changed = !isBare(given);
    const message = settingsView(after, changed, context.zone, context.lang);
    if (!changed) return message;
    const { actor, book } = context;
    return {
      message,
      change: { settings: [{ place, settings: after }] },
      detail: "settings",
      announce: changedLine(actor, { type: "settings" }, book, context.lang),
    };
  },
});
