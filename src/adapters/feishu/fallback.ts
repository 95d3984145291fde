import type { Form } from "../../message/form.ts";
import type { Message } from "../../message/message.ts";
import type { Log } from "../../log.ts";
import { standingBelow } from "./below.ts";
import type { FeishuCard } from "./card.ts";
import { checkCard } from "./check-card.ts";
import { CARD_REFUSED, CENSORED } from "./failure.ts";
import { renderForm } from "./form-card.ts";
import { langOf } from "./message-lang.ts";
import { blockLines } from "./plain-lines.ts";
import { renderFeishu, renderPlain } from "./render.ts";

/** What is to be shown: the message, or the form in its place. */
export interface Content {
  readonly message: Message;
  readonly form?: Form;
  /** The first message of the topic or the chain of answers that it is to stand in; null or none: it stands by itself. */
  readonly below?: string | null;
}

/** The card, or its plain form where the card breaks Feishu's rules. */
export function sendable({ message, form, below = null }: Content, log: Log): FeishuCard {
  const made = form === undefined ? [] : [renderForm(form)];
  for (const card of [...made, renderFeishu(message)]) {
    const faults = checkCard(card);
    if (faults.length === 0) return standingBelow(card, below);
    log.error("feishu: a card broke its limits, sent in a simpler form", {
      faults: faults.slice(0, 3).join("; "),
    });
  }
  return renderPlain(message);
}

const COMMITMENT = /\b[A-Z]{2}-\d{3,}\b/g;
const MOST_IDS = 20;

/** Why (words or personal data), and which commitments, instead of what Feishu's content check does not let through. */
export function withheld(message: Message, code: number): Message {
  const text = [message.title ?? "", message.summary, ...message.blocks.flatMap(blockLines)].join("\n");
  const ids = [...new Set(text.match(COMMITMENT) ?? [])];
  const zh = langOf(message) === "zh";
  const named = ids.slice(0, MOST_IDS).join(zh ? "、" : ", ");
  const personal = code === 230028;
  const why = zh
    ? `飞书的${personal ? "数据防泄漏规则" : "敏感词检查"}不让这条消息发出，这里只留编号。`
    : `Feishu's ${personal ? "data leak rules" : "word check"} did not let this message through; only the ids are left here.`;
  const next = zh
    ? `逐条查看：详情 ${ids[0] ?? ""}。没有显示的，问企业管理员，或在终端上看。`
    : `One at a time: show ${ids[0] ?? ""}. For what does not appear, ask your company's admin or look on the terminal.`;
  const about = zh ? `涉及：${named}` : `About: ${named}`;
  return {
    summary: why,
    blocks: [{ type: "text", lines: ids.length === 0 ? [[why]] : [[why], [about], [next]] }],
  };
}

/** What to send instead of a card that was refused with this code; null where nothing simpler would pass either. */
export function simpler(content: Content, code: number): FeishuCard | null {
  if (CENSORED.has(code)) return renderFeishu(withheld(content.message, code));
  if (!CARD_REFUSED.has(code)) return null;
  return renderPlain(content.message);
}

/** A message with one more line at its end. */
export function withNote(message: Message, note: string): Message {
  return { ...message, blocks: [...message.blocks, { type: "note", lines: [[note]] }] };
}
