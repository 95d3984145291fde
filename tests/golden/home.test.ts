import { describe, expect, test } from "vitest";
import { directTo } from "../../src/core/place.ts";
import type { Lang } from "../../src/core/lang.ts";
import { NO_SETTINGS } from "../../src/core/subscription.ts";
import type { Message } from "../../src/message/message.ts";
import { renderText } from "../../src/message/text.ts";
import { greetingToOneView, greetingView, returnedView } from "../../src/views/greeting.ts";
import { problemNotice } from "../../src/views/notices.ts";
import { botRig, CHANNEL, CHEN, WANG, type BotRig } from "../support/bot-rig.ts";
import { shenzhenBook } from "../support/books.ts";

/** What the bot shows of its own accord, in both languages: its page on an invented city, its greeting on the real one. */
const REASON = { zh: "第一批机柜已上电", en: "the first racks have power" } as const;
const RULES = {
  zh: ["周报 设置 每周一 9:07 区:云泊 无变化:说明", "订阅 区:澜汀 提前:30天、7天"],
  en: ["digest set monday 9:07 district:yunbo empty:say", "subscribe district:lanting before:30d,7d"],
} as const;

/** Wang follows two districts and tracks, Chen reviews; one proposal waits. */
async function team(lang: Lang): Promise<BotRig> {
  const rig = await botRig();
  await rig.line("admin grant slack:T1:U1 tracker");
  await rig.line("admin grant slack:T1:U2 reviewer");
  for (const person of [WANG, CHEN])
    await rig.store.commit({
      at: new Date(0),
      settings: [{ place: directTo(person), settings: { ...NO_SETTINGS, lang } }],
    });
  for (const line of RULES[lang]) await rig.line(line, { actor: WANG });
  await rig.line("reading LT-004 8.2 EFLOPS as-of:2026-06-30 source:https://x.example/a level:E3", {
    actor: WANG,
  });
  await rig.line(`rate LT-004 in_progress reason:${REASON[lang]}`, { actor: WANG });
  return rig;
}

async function shown(name: string, lang: Lang): Promise<Message> {
  switch (name) {
    case "home-following":
      return (await team(lang)).home(WANG);
    case "home-reviewing":
      return (await team(lang)).home(CHEN);
    case "greeting":
      return greetingView(shenzhenBook, false, lang);
    case "greeting-direct":
      return greetingToOneView(shenzhenBook, lang);
    case "returned": {
      const rig = await team(lang);
      await rig.place("left");
      return returnedView(await rig.store.subscriptions({ place: CHANNEL }), lang);
    }
    case "place-left":
      return problemNotice({ ...NOTICE, kind: "left" }, lang);
    case "place-gone":
      return problemNotice(
        { ...NOTICE, kind: "gone", rules: [...NOTICE.rules, { id: "S-4", kind: "reminders" }] },
        lang,
      );
    default:
      throw new Error(name);
  }
}
const NOTICE = {
  rules: [{ id: "S-3", kind: "digest" }],
  place: CHANNEL,
  reason: "",
  key: "",
} as const;

describe.each(["zh", "en"] as const)("in %s", (lang) => {
  test.each([
    "home-following",
    "home-reviewing",
    "greeting",
    "greeting-direct",
    "returned",
    "place-left",
    "place-gone",
  ])("%s", async (name) => {
    const message = await shown(name, lang);
    const text = `${message.summary}\n\n${renderText(message, { columns: 80, colour: false })}\n`;
    await expect(text).toMatchFileSnapshot(`files/${name}.${lang}.txt`);
  });
});
