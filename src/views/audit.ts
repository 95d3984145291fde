import { dayIn } from "../core/day.ts";
import type { Lang } from "../core/lang.ts";
import { formatAddress, type Address, type Person } from "../core/place.ts";
import { clockOf } from "../core/zone-time.ts";
import type { Line, Message, Span } from "../message/message.ts";
import { csvText } from "./csv.ts";
import { exactPersonSpan } from "./person.ts";
import { dayText, say } from "./print.ts";

/** Who changed or was refused what, where, when. */
export interface Audited {
  readonly at: Date;
  /** null: forgotten, or the program itself. */
  readonly actor: Person | null;
  readonly actorKey: string | null;
  readonly where: Address | null;
  readonly what: string;
  readonly outcome: "done" | "refused";
  readonly detail: string;
}

/** Rows in one message. */
const SHOWN = 20;

/** The last changes and refusals, newest first; with `file` all of them as CSV. */
export function auditView(
  rows: readonly Audited[],
  zone: string,
  lang: Lang,
  file: boolean = false,
): Message {
  const title = say(lang, "审计记录", "Audit log");
  const refused = rows.filter(({ outcome }) => outcome === "refused").length;
  const count = say(
    lang,
    `最近 ${rows.length} 条，其中拒绝 ${refused} 条`,
    `the last ${rows.length}, ${refused} of them refusals`,
  );
  const more = rows.length - SHOWN;
  const items: Line[] = rows.slice(0, SHOWN).map((row) => auditLine(row, zone, lang));
  if (more > 0 && !file)
    items.push([
      say(lang, `另有 ${more} 条；全部：`, `and ${more} more; all of them: `),
      { code: say(lang, "管理 审计 格式:csv", "admin audit as:csv") },
    ]);
  const stance = say(
    lang,
    `时间为 ${zone}。只记谁、何时、何地、做了什么，不存消息内容。`,
    `Times are those of ${zone}. Who, what, where and when are kept, never the text of a message.`,
  );
  return {
    summary: `${title}${say(lang, "：", ": ")}${count}`,
    title,
    blocks: [
      { type: "text", lines: [[count]] },
      ...(items.length === 0 ? [] : [{ type: "list" as const, items }]),
      { type: "note", lines: [[stance]] },
    ],
    ...(file ? { files: [{ name: "audit.csv", mime: "text/csv", content: auditCsv(rows) }] } : {}),
  };
}

function auditLine(
  { at, actor, actorKey, where, what, outcome, detail }: Audited,
  zone: string,
  lang: Lang,
): Line {
  const { hour, minute } = clockOf(at, zone);
  const clock = `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
  const place = where === null ? "" : ` · ${formatAddress(where)}`;
  const result = outcome === "done" ? "" : say(lang, " · 已拒绝", " · refused");
  return [
    `${dayText(dayIn(zone, at), lang)} ${clock} `,
    actorOf(actor, actorKey, lang),
    " · ",
    { code: what },
    `${result}${detail === "" ? "" : ` · ${detail}`}${place}`,
  ];
}

function actorOf(actor: Person | null, key: string | null, lang: Lang): Span {
  if (actor !== null) return exactPersonSpan(actor, lang);
  return key === null ? say(lang, "区势", "Qushi") : say(lang, "已离开的同事", "a former colleague");
}

/** People are keys: a file outlives a name. */
function auditCsv(rows: readonly Audited[]): string {
  return csvText([
    ["at", "actor_key", "where", "what", "outcome", "detail"],
    ...rows.map(({ at, actorKey, where, what, outcome, detail }) => [
      at.toISOString(),
      actorKey,
      where === null ? null : formatAddress(where),
      what,
      outcome,
      detail,
    ]),
  ]);
}
