import { describe, expect, test } from "vitest";
import { renderFeishu } from "../../src/adapters/feishu/render.ts";
import { renderSlack } from "../../src/adapters/slack/render.ts";
import { digestFor } from "../../src/bot/digest.ts";
import type { Lang } from "../../src/core/lang.ts";
import type { Message } from "../../src/message/message.ts";
import { renderText } from "../../src/message/text.ts";
import { withoutFiles } from "../../src/views/export.ts";
import { withShare } from "../../src/views/share.ts";
import { ask, askFromOutside, deskOf, MONDAY, shenzhen } from "../support/books.ts";

/**
 * Every view in both languages, as text, as Block Kit and as a card, on the real dataset. `npm run golden` writes the
 * files anew; read the difference before you commit it.
 */
const desk = await deskOf(shenzhen);
/** After the year's end nothing has been recorded: everything dated is past due. */
const AFTERWARDS = new Date("2027-01-11T01:07:00Z");

interface Asked {
  readonly zh: string;
  readonly en: string;
  readonly at?: Date;
  /** By somebody of another company. */
  readonly isExternal?: true;
}

const VIEWS: Readonly<Record<string, Asked>> = {
  "card-figure": { zh: "详情 GM-001", en: "show GM-001" },
  "card-range": { zh: "详情 GM-007", en: "show GM-007" },
  "card-forecast": { zh: "详情 NS-001", en: "show NS-001" },
  "card-programme": { zh: "详情 BA-001", en: "show BA-001" },
  "card-event": { zh: "详情 YT-001", en: "show YT-001" },
  "card-part": { zh: "详情 LH-002", en: "show LH-002" },
  "card-occasion": { zh: "详情 DP-001", en: "show DP-001" },
  "card-none": { zh: "详情 GM-002", en: "show GM-002" },
  "card-past-due": { zh: "详情 GM-001", en: "show GM-001", at: AFTERWARDS },
  fact: { zh: "详情 LH-F01", en: "show LH-F01" },
  source: { zh: "出处 GM-001", en: "source GM-001" },
  "list-page-1": { zh: "清单", en: "list" },
  "list-page-2": { zh: "清单 页:2", en: "list page:2" },
  "list-filtered": { zh: "清单 区:南山、福田 -核验:举措", en: "list district:nanshan,futian -check:acts" },
  district: { zh: "光明", en: "guangming" },
  theme: { zh: "人工智能", en: "theme:ai" },
  search: { zh: "光明 算力", en: "guangming computing" },
  nothing: { zh: "龙岗 算力", en: "hlep" },
  due: { zh: "到期 年底", en: "due year-end" },
  "due-past": { zh: "到期", en: "due", at: AFTERWARDS },
  "board-districts": { zh: "看板", en: "board" },
  "board-themes": { zh: "看板 按:领域", en: "board by:theme" },
  "board-one": { zh: "看板 区:光明", en: "board district:guangming" },
  help: { zh: "帮助", en: "help" },
  "help-verb": { zh: "帮助 清单", en: "help list" },
  "help-filters": { zh: "帮助 筛选", en: "help filters" },
  "help-words": { zh: "帮助 现状", en: "help standing" },
  "help-unknown": { zh: "帮助 看扳", en: "help baord" },
  about: { zh: "关于", en: "about" },
  "about-external": { zh: "关于", en: "about", isExternal: true },
  export: { zh: "导出 格式:json", en: "export as:json" },
  "export-short": {
    zh: "导出 区:光明 含:算力 核验:数字",
    en: "export district:guangming text:computing check:figure",
  },
  "export-csv": {
    zh: "导出 区:光明 含:算力 核验:数字 格式:csv",
    en: "export district:guangming text:computing check:figure as:csv",
  },
  "problem-unknown-key": { zh: "清单 辖去:南山", en: "list distrct:nanshan" },
  "problem-unknown-value": { zh: "清单 区:南三", en: "list district:nansan" },
  "problem-missing-value": { zh: "清单 区:", en: "list due:" },
  "problem-unknown-id": { zh: "详情 GM-099", en: "show GM-099" },
  "problem-missing-id": { zh: "详情", en: "show" },
  "problem-unexpected-words": { zh: "关于 我们", en: "about us" },
  "problem-option-not-here": { zh: "详情 GM-001 按:领域", en: "show GM-001 by:theme" },
  "problem-unclosed-quote": { zh: "清单 含:“算力", en: 'list text:"computing' },
  "problem-unclear-figure": { zh: "数值:10²", en: "list value:10²" },
  "problem-unknown-time": { zh: "时限:五季度", en: "due:Q5" },
  "problem-unknown-amount": { zh: "清单 数值:很多", en: "list value:lots" },
  "problem-line-too-long": { zh: "区".repeat(10_001), en: "words ".repeat(2_000) },
  "problem-external": { zh: "周报 设置 每周一 9:07", en: "digest set monday 9:07", isExternal: true },
  "problem-too-many-filters": { zh: "区:南山 ".repeat(51), en: "check:acts ".repeat(51) },
};

async function messages(name: string, lang: Lang): Promise<readonly Message[]> {
  if (name === "digest") return digestFor(desk, "", lang, MONDAY)?.messages ?? [];
  if (name === "digest-past-due") return digestFor(desk, "", lang, AFTERWARDS)?.messages ?? [];
  const view = VIEWS[name];
  if (view === undefined) throw new Error(name);
  const answered = await (view.isExternal === true ? askFromOutside : ask)(desk, view[lang], view.at);
  expect(answered.lang).toBe(lang);
  expect(answered.failure).toBeNull();
  const message = withoutFiles(answered.message, view[lang], lang);
  return [name === "card-figure" ? withShare(message, view[lang], lang) : message];
}

describe.each(["zh", "en"] as const)("in %s", (lang) => {
  test.each([...Object.keys(VIEWS), "digest", "digest-past-due"])("%s", async (name) => {
    const all = await messages(name, lang);
    const text = all.map(
      (message) => `${message.summary}\n\n${renderText(message, { columns: 80, colour: false })}`,
    );
    await expect(`${text.join("\n\n— in the thread —\n\n")}\n`).toMatchFileSnapshot(
      `files/${name}.${lang}.txt`,
    );
    await expect(
      `${JSON.stringify(
        all.map((message) => renderSlack(message)),
        null,
        1,
      )}\n`,
    ).toMatchFileSnapshot(`files/${name}.${lang}.slack.json`);
    await expect(`${JSON.stringify(all.map(renderFeishu), null, 1)}\n`).toMatchFileSnapshot(
      `files/${name}.${lang}.feishu.json`,
    );
  });
});
