import { formatAddress } from "../core/place.ts";
import type { Lang } from "../core/lang.ts";
import type { Line, Message } from "../message/message.ts";
import { momentText, say } from "./print.ts";
import { reasonWords } from "./refusal.ts";

/** A delivery as the outbox shows it: never its text. */
export interface ShownDelivery {
  readonly delivery: { readonly key: string; readonly to: Parameters<typeof formatAddress>[0] };
  readonly state: "waiting" | "sending" | "sent" | "unconfirmed" | "failed" | "dropped";
  readonly attempts: number;
  readonly reason: string | null;
  readonly dueAt: Date;
}

const STATES: Readonly<Record<ShownDelivery["state"], { readonly zh: string; readonly en: string }>> = {
  waiting: { zh: "待发", en: "waiting" },
  sending: { zh: "发送中", en: "sending" },
  sent: { zh: "已送达", en: "sent" },
  unconfirmed: { zh: "未确认", en: "unconfirmed" },
  failed: { zh: "失败", en: "failed" },
  dropped: { zh: "已放弃", en: "dropped" },
};

/** The outbox: where to, in what state, why, and the lines that decide. */
export function outboxView(rows: readonly ShownDelivery[], zone: string, lang: Lang): Message {
  const title = say(lang, `待发箱 · ${rows.length}`, `Outbox · ${rows.length}`);
  if (rows.length === 0) {
    return {
      summary: title,
      title,
      blocks: [
        {
          type: "text",
          lines: [
            [say(lang, "没有等着的、未确认的或失败的送达。", "Nothing waits, is unconfirmed or has failed.")],
          ],
        },
      ],
    };
  }
  const items = rows.map(({ delivery, state, attempts, reason, dueAt }): Line => {
    const details = [
      formatAddress(delivery.to),
      momentText(dueAt, zone, lang),
      say(lang, `试过 ${attempts} 次`, `${attempts} tried`),
      ...(reason === null ? [] : [reasonWords(reason, lang)]),
    ];
    return [{ bold: STATES[state][lang] }, " ", { code: delivery.key }, ` ${details.join(" · ")}`];
  });
  const undecided = rows.find(({ state }) => state === "unconfirmed" || state === "failed");
  if (undecided === undefined) return { summary: title, title, blocks: [{ type: "list", items }] };
  const { key } = undecided.delivery;
  const how: Line = [
    say(lang, "重发：", "Send again: "),
    { code: say(lang, `管理 重发 ${key}`, `admin outbox retry ${key}`) },
    say(lang, "；放弃：", "; give up: "),
    { code: say(lang, `管理 放弃 ${key}`, `admin outbox drop ${key}`) },
  ];
  return {
    summary: title,
    title,
    blocks: [
      { type: "list", items },
      { type: "note", lines: [how] },
    ],
  };
}

/** A decision about a delivery. */
export function decidedView({ delivery }: ShownDelivery, decision: "retry" | "drop", lang: Lang): Message {
  const text =
    decision === "retry"
      ? say(lang, `${delivery.key} 排队重发。`, `${delivery.key} is in line again.`)
      : say(lang, `${delivery.key} 已放弃。`, `${delivery.key} is given up.`);
  return { summary: text, blocks: [{ type: "text", lines: [[text]] }] };
}
