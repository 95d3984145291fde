import { formatAddress } from "../core/place.ts";
import type { Lang } from "../core/lang.ts";
import type { Line, Message } from "../message/message.ts";
import { momentText, say } from "./print.ts";

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
      ...(reason === null ? [] : [reason]),
    ];
    return [{ bold: STATES[state][lang] }, " ", { code: delivery.key }, ` ${details.join(" · ")}`];
  });
  const [first] = rows;
  const how: Line = [
    say(lang, "重发：", "Send again: "),
    {
      code: say(
        lang,
        `管理 重发 ${first?.delivery.key ?? ""}`,
        `admin outbox retry ${first?.delivery.key ?? ""}`,
      ),
    },
    say(lang, "；放弃：", "; give up: "),
    {
      code: say(
        lang,
        `管理 放弃 ${first?.delivery.key ?? ""}`,
        `admin outbox drop ${first?.delivery.key ?? ""}`,
      ),
    },
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

/** Told to a rule's owner when a destination cannot be reached any more, or a message was never confirmed. */
export function problemNotice(
  what: {
    readonly type: "paused" | "unconfirmed";
    readonly rule: string | null;
    readonly place: string;
    readonly reason: string;
    readonly key: string;
  },
  lang: Lang,
): Message {
  const rule = what.rule === null ? "" : ` ${what.rule}`;
  const text =
    what.type === "paused"
      ? say(
          lang,
          `规则${rule} 已暂停：发不到 ${what.place}（${what.reason}）。`,
          `Rule${rule} is paused: ${what.place} cannot be reached (${what.reason}).`,
        )
      : say(
          lang,
          `平台没有确认 ${what.place} 的一条消息（${what.key}）。为免重复，没有再发。`,
          `The platform did not confirm a message to ${what.place} (${what.key}). It was not sent again, so that nobody gets it twice.`,
        );
  const next: Line =
    what.type === "paused"
      ? [
          say(lang, "把机器人请回去后，在那里发 ", "Invite the bot again, then send there "),
          { code: say(lang, "周报 恢复", "digest resume") },
        ]
      : [
          say(lang, "看过确实没到，可由管理员重发：", "If it is not there, an admin can send it again: "),
          { code: say(lang, `管理 重发 ${what.key}`, `admin outbox retry ${what.key}`) },
        ];
  return { summary: text, tone: "warn", blocks: [{ type: "text", lines: [[text], next] }] };
}
