import { OPTION_CHOICES } from "../core/option-words.ts";
import type { Lang } from "../core/lang.ts";
import type { Settings } from "../core/subscription.ts";
import type { Message } from "../message/message.ts";
import { say } from "./print.ts";

/** What a place has set, and what it falls to where it has not. */
export function settingsView(settings: Settings, changed: boolean, zone: string, lang: Lang): Message {
  const title = changed ? say(lang, "已设", "Saved") : say(lang, "这里的设置", "Settings here");
  const unset = (fallback: string): string => say(lang, `未设（${fallback}）`, `not set (${fallback})`);
  const word = (option: keyof typeof OPTION_CHOICES, code: string): string => {
    if (lang === "en") return code;
    return (
      Object.entries<readonly string[]>(OPTION_CHOICES[option]).find(([name]) => name === code)?.[1][0] ??
      code
    );
  };
  const { lang: spoken, zone: here, echo, quiet, empty, missed } = settings;
  const items = [
    {
      label: say(lang, "语言", "Language"),
      value: [
        spoken === null
          ? unset(say(lang, "随提问", "that of the question"))
          : say(lang, spoken === "zh" ? "中文" : "英文", spoken === "zh" ? "Chinese" : "English"),
      ],
    },
    { label: say(lang, "时区", "Zone"), value: [here ?? unset(zone)] },
    {
      label: say(lang, "静默时段", "Quiet hours"),
      value: [
        quiet === null
          ? say(lang, "无", "none")
          : say(
              lang,
              `${quiet.from}–${quiet.to}，期间的消息延后，不丢`,
              `${quiet.from}–${quiet.to}; messages wait, none is dropped`,
            ),
      ],
    },
    {
      label: say(lang, "无变化时", "Nothing changed"),
      value: [empty === null ? unset(word("empty", "skip")) : word("empty", empty)],
    },
    {
      label: say(lang, "错过后", "Missed"),
      value: [missed === null ? unset(word("missed", "late")) : word("missed", missed)],
    },
    {
      label: say(lang, "讨论话题同步到频道", "Discussions echoed to the channel"),
      value: [echo === null ? unset(word("echo", "final")) : word("echo", echo)],
    },
  ];
  return { summary: title, title, blocks: [{ type: "fields", items }] };
}
