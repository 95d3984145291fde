import type { Lang } from "../core/lang.ts";
import type { Address, Person } from "../core/place.ts";
import { lineText, type Line, type Message } from "../message/message.ts";
import { personSpan, placeSpan } from "./person.ts";
import { say } from "./print.ts";
import { mendFirst, reasonWords } from "./refusal.ts";

/** Told to a rule's owner: a place refuses, was left or is gone, a message was never confirmed, or one failed for good. */
export function problemNotice(
  what: {
    readonly kind: "refused" | "left" | "gone" | "unconfirmed" | "failed";
    /** The rules that it concerns, at least one. */
    readonly rules: readonly { readonly id: string; readonly kind: "digest" | "reminders" }[];
    readonly place: Address;
    readonly reason: string;
    readonly key: string;
  },
  lang: Lang,
): Message {
  const [first, next] = noticeLines(what, lang);
  return { summary: lineText(first), tone: "warn", blocks: [{ type: "text", lines: [first, next] }] };
}

function noticeLines(
  { kind, rules, place: to, reason, key }: Parameters<typeof problemNotice>[0],
  lang: Lang,
): readonly [Line, Line] {
  const place = placeSpan(to, lang);
  const [first] = rules;
  const why = reasonWords(reason, lang);
  const rule = rules.map(({ id }) => id).join(say(lang, "、", ", "));
  const resumed: Line = [
    {
      code:
        rules.length === 1 && first?.kind === "digest"
          ? say(lang, "周报 恢复", "digest resume")
          : say(lang, "取消静音", "unmute"),
    },
    say(lang, "；不要了：", "; to end one: "),
    { code: say(lang, `退订 ${first?.id ?? ""}`, `unsubscribe ${first?.id ?? ""}`) },
  ];
  switch (kind) {
    case "refused":
      return [
        [
          heldText(rules, lang),
          say(lang, "发不到 ", ""),
          place,
          say(lang, `（${why}）。`, ` cannot be reached (${why}).`),
        ],
        [mendFirst(reason, lang), ...resumed],
      ];
    case "left":
      return [
        [
          heldText(rules, lang),
          say(lang, "区势被请出了 ", "Qushi was taken out of "),
          place,
          say(lang, "。", "."),
        ],
        [say(lang, "请回去后，在那里发 ", "Once it is invited again, send there "), ...resumed],
      ];
    case "gone":
      return [
        [heldText(rules, lang), place, say(lang, " 已归档或解散。", " is archived or gone.")],
        [say(lang, "频道恢复后，在那里发 ", "Once the channel is back, send there "), ...resumed],
      ];
    case "unconfirmed":
      return [
        [
          say(lang, `规则 ${rule}：发到 `, `Rule ${rule}: a message to `),
          place,
          say(
            lang,
            " 的一条消息，平台没有确认。为免重复，没有再发。",
            " was not confirmed. It was not sent again, so that nobody gets it twice.",
          ),
        ],
        [
          say(lang, "看过确实没到，可由管理员重发：", "If it is not there, an admin can send it again: "),
          { code: say(lang, `管理 重发 ${key}`, `admin outbox retry ${key}`) },
        ],
      ];
    case "failed":
      return [
        [
          say(lang, `规则 ${rule}：发到 `, `Rule ${rule}: a message to `),
          place,
          say(lang, ` 的一条消息没有发成（${why}）。`, ` could not be sent (${why}).`),
        ],
        [
          say(lang, "可由管理员重发：", "An admin can send it again: "),
          { code: say(lang, `管理 重发 ${key}`, `admin outbox retry ${key}`) },
        ],
      ];
  }
}

/** 规则 S-3 已暂停： */
function heldText(rules: readonly { readonly id: string }[], lang: Lang): string {
  const ids = rules.map(({ id }) => id).join(say(lang, "、", ", "));
  const held = rules.length === 1 ? `Rule ${ids} is` : `Rules ${ids} are`;
  return say(lang, `规则 ${ids} 已暂停：`, `${held} paused: `);
}

/** Told to an admin who now owns the rules of somebody who cannot be reached any more. */
export function handedOverNotice(
  what: { readonly ids: readonly string[]; readonly from: Person; readonly reason: string },
  lang: Lang,
): Message {
  const { ids, from } = what;
  const reason = reasonWords(what.reason, lang);
  const first: Line = [
    personSpan(from, lang),
    say(
      lang,
      ` 联系不上了（${reason}），${ids.join("、")} 转到你名下。`,
      ` cannot be reached any more (${reason}); ${ids.join(", ")} ${ids.length === 1 ? "is" : "are"} yours now.`,
    ),
  ];
  const next: Line = [
    say(lang, "不要的：", "To end one: "),
    { code: say(lang, `退订 ${ids[0] ?? ""}`, `unsubscribe ${ids[0] ?? ""}`) },
  ];
  return { summary: lineText(first), tone: "warn", blocks: [{ type: "text", lines: [first, next] }] };
}
