import { EVIDENCE_LEVELS, type EvidenceLevel } from "../core/act.ts";
import type { LinkOffer } from "../core/discussion.ts";
import type { Lang } from "../core/lang.ts";
import type { Person } from "../core/place.ts";
import type { EntryOf } from "../core/record.ts";
import type { Button, Line, Message } from "../message/message.ts";
import { personSpan } from "./person.ts";
import { say } from "./print.ts";
import { byLine } from "./record-fields.ts";
import type { Telling } from "./telling.ts";

/** A link that somebody posted: a button for each level keeps it, one lets it be. */
export function offerView(
  { id, url }: Pick<LinkOffer, "id" | "url">,
  commitmentId: string,
  poster: Person,
  lang: Lang,
): Message {
  const line: Line = [
    personSpan(poster, lang),
    say(lang, " 贴了一个链接，要记作佐证吗？", " posted a link. Keep it as evidence? "),
    { url, label: whereText(url) },
  ];
  const levels = EVIDENCE_LEVELS.map((level): Button => ({
    label: `${level} ${LEVELS[level][lang]}`,
    run: say(
      lang,
      `佐证 ${commitmentId} 出自:${id} 级别:${level}`,
      `evidence ${commitmentId} offer:${id} level:${level}`,
    ),
    replace: true,
  }));
  const no: Button = {
    label: say(lang, "不用", "No"),
    run: say(lang, `佐证 不用 ${commitmentId}`, `evidence skip ${commitmentId}`),
    replace: true,
  };
  return {
    summary: say(
      lang,
      `${commitmentId}：要把链接记作佐证吗？`,
      `${commitmentId}: keep the link as evidence?`,
    ),
    blocks: [
      { type: "text", lines: [line] },
      { type: "buttons", buttons: [...levels, no] },
    ],
  };
}

/** Longest name of a link, in characters. */
const NAMED = 60;

/** The site first, then the page: several links of one message may be of the same site. */
function whereText(url: string): string {
  const { hostname, pathname } = new URL(url);
  const whole = [...`${hostname}${pathname === "/" ? "" : pathname}`];
  return whole.length <= NAMED ? whole.join("") : `${whole.slice(0, NAMED - 1).join("")}…`;
}

/** What each level is, in a word that fits a button. */
const LEVELS: Readonly<Record<EvidenceLevel, { readonly zh: string; readonly en: string }>> = {
  E1: { zh: "统计", en: "statistics" },
  E2: { zh: "政府文件", en: "government document" },
  E3: { zh: "官方发布", en: "official release" },
  E4: { zh: "媒体查证", en: "checked by press" },
  E5: { zh: "表态", en: "statement" },
};

/** The link was not kept. */
export function notKeptView(lang: Lang): Message {
  const text = say(lang, "没有记为佐证。", "Not kept as evidence.");
  return { summary: text, blocks: [{ type: "note", lines: [[text]] }] };
}

/** The link stands in the record already. */
export function alreadyKeptView(kept: EntryOf<"evidence">, telling: Telling): Message {
  const { lang } = telling;
  const text = say(
    lang,
    `这个链接已经记作佐证：${kept.data.level}`,
    `This link is kept as evidence already: ${kept.data.level}`,
  );
  return { summary: text, blocks: [{ type: "text", lines: [[text, ...byLine(kept, telling)]] }] };
}
