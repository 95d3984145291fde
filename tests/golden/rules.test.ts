import { describe, expect, test } from "vitest";
import { renderFeishu } from "../../src/adapters/feishu/render.ts";
import { renderSlack } from "../../src/adapters/slack/render.ts";
import type { Asking } from "../../src/bot/answer.ts";
import { perform } from "../../src/bot/perform.ts";
import type { Lang } from "../../src/core/lang.ts";
import type { Address, Person } from "../../src/core/place.ts";
import type { Message } from "../../src/message/message.ts";
import { renderText } from "../../src/message/text.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import { handedOverNotice, problemNotice } from "../../src/views/notices.ts";
import { deskOf, lanting, MONDAY } from "../support/books.ts";

/**
 * What a channel is told while its rules are set, changed and ended, line after line, in both languages, as text, Block
 * Kit and card. `npm run golden` writes the files anew; read the difference before you commit it.
 */
const CHANNEL: Address = { platform: "slack", workspace: "T1", to: { channel: "C1" }, thread: null };
const WANG: Person = { platform: "slack", workspace: "T1", id: "U0WANG" };

const SCRIPT: readonly { readonly zh: string; readonly en: string }[] = [
  { zh: "订阅", en: "subscribe" },
  { zh: "周报 规则", en: "digest show" },
  {
    zh: "周报 设置 每周一 9:07 区:澜汀 无变化:说明",
    en: "digest set monday 9:07 district:lanting empty:say",
  },
  { zh: "周报 设置 每月最后一个工作日 17:00", en: "digest set monthly last-workday 17:00" },
  { zh: "周报 规则", en: "digest show" },
  { zh: "订阅 核验:数字 提前:30天、7天、1天", en: "subscribe check:figure before:30d,7d,1d" },
  { zh: "订阅", en: "subscribe" },
  { zh: "周报 立即", en: "digest now" },
  { zh: "静音 S-2 至:数据", en: "mute S-2 until:data" },
  { zh: "静音 至:2026-12-31", en: "mute until:2026-12-31" },
  { zh: "取消静音", en: "unmute" },
  { zh: "周报 暂停", en: "digest pause" },
  { zh: "周报 恢复", en: "digest resume" },
  { zh: "设置 静默:22:00-08:00 补发:合并", en: "settings quiet:22:00-08:00 missed:merge" },
  { zh: "设置", en: "settings" },
  { zh: "周报 设置 2:30", en: "digest set 2:30" },
  { zh: "周报 设置 每天 9:07:30", en: "digest set daily 9:07:30" },
  { zh: '周报 设置 每:"*/5 * * * *"', en: 'digest set every:"*/5 * * * *"' },
  {
    zh: "周报 设置 每天 2:30 工作日:照常 时区:berlin",
    en: "digest set daily 2:30 workday:ignore zone:berlin",
  },
  { zh: "周报 设置 每天 9:07 时区:上海", en: "digest set daily 9:07 zone:Shanghai" },
  { zh: "设置 静默:晚上", en: "settings quiet:evening" },
  { zh: "静音 至:昨天", en: "mute until:yesterday" },
  { zh: "订阅 提前:下周", en: "subscribe before:soon" },
  { zh: "退订 S-9", en: "unsubscribe S-9" },
  { zh: "管理 待发箱", en: "admin outbox list" },
  { zh: "退订 ｓ２", en: "unsubscribe s2" },
  { zh: "退订 全部", en: "unsubscribe all" },
  { zh: "退订 全部 确认:是", en: "unsubscribe all confirm:yes" },
  {
    zh: "订阅 区:澜汀 事件:评定、读数、佐证、到期、异议、目标",
    en: "subscribe district:lanting events:rating,reading,evidence,due,dispute,target",
  },
  { zh: "订阅 区:澜汀 事件:读数", en: "subscribe district:lanting events:reading" },
  { zh: "订阅 事件:读数、天气", en: "subscribe events:reading,weather" },
  { zh: "订阅", en: "subscribe" },
  { zh: "帮助 周报", en: "help digest" },
];

describe.each(["zh", "en"] as const)("in %s", (lang) => {
  test("the rules of a channel", async () => {
    const store = await openSqlite({ file: ":memory:" });
    const desk = await deskOf(lanting, null, store);
    const told: { readonly line: string; readonly messages: readonly Message[] }[] = [];
    for (const [at, words] of SCRIPT.entries()) {
      const line = words[lang];
      const asking: Asking = { line, actor: WANG, place: CHANNEL, at: minute(at), role: null, lang };
      const answered = await perform(desk, store, asking, {
        id: null,
        isRedelivered: false,
        isPrivate: true,
      });
      if (answered === null) throw new Error(line);
      expect(answered.failure, line).toBeNull();
      const announced = answered.result?.announce;
      told.push({ line, messages: [answered.message, ...(announced === undefined ? [] : [announced])] });
    }
    for (const message of notices(lang)) told.push({ line: "", messages: [message] });
    await expect(asText(told)).toMatchFileSnapshot(`files/rules.${lang}.txt`);
    const all = told.flatMap(({ messages }) => messages);
    await expect(
      `${JSON.stringify(
        all.map((message) => renderSlack(message)),
        null,
        1,
      )}\n`,
    ).toMatchFileSnapshot(`files/rules.${lang}.slack.json`);
    await expect(`${JSON.stringify(all.map(renderFeishu), null, 1)}\n`).toMatchFileSnapshot(
      `files/rules.${lang}.feishu.json`,
    );
    await store.close();
  });
});

function minute(count: number): Date {
  return new Date(MONDAY.getTime() + count * 60_000);
}

function notices(lang: Lang): readonly Message[] {
  const common = {
    rules: [{ id: "S-3", kind: "digest" as const }],
    place: { platform: "slack", workspace: "T1", to: { channel: "C1" }, thread: null } as const,
    reason: "target_gone: archived (is_archived)",
    key: "S-3.202611300107",
  };
  return [
    ...[
      "forbidden: not_member (not_in_channel)",
      "forbidden: not_allowed (restricted_action)",
      // From before adapters said what is wrong with the place.
      "target_gone: channel_not_found",
    ].map((reason) => problemNotice({ ...common, kind: "refused", reason }, lang)),
    ...(["refused", "unconfirmed", "failed"] as const).map((kind) =>
      problemNotice({ ...common, kind }, lang),
    ),
    handedOverNotice(
      {
        ids: ["S-3", "S-5"],
        from: { platform: "slack", workspace: "T1", id: "U0WANG" },
        reason: "target_gone: person_gone (user_not_found)",
      },
      lang,
    ),
  ];
}

function asText(told: readonly { readonly line: string; readonly messages: readonly Message[] }[]): string {
  return told
    .map(({ line, messages }) => {
      const [answer = "", ...announced] = messages.map((message) =>
        renderText(message, { columns: 80, colour: false }),
      );
      const rest = announced.map((text) => `\n— in the channel —\n${text}`).join("");
      return `${line === "" ? "(by direct message)" : `> ${line}`}\n${answer}${rest}`;
    })
    .join("\n\n");
}
