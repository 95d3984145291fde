import type { Lang } from "../core/lang.ts";
import { refusalIn, type Refusal } from "../core/refusal.ts";
import type { Subscription } from "../core/subscription.ts";
import { say } from "./print.ts";

const WORDS: Readonly<Record<Refusal, { readonly zh: string; readonly en: string }>> = {
  archived: { zh: "已归档", en: "archived" },
  gone: { zh: "已删除或解散", en: "deleted or disbanded" },
  not_found: { zh: "找不到：已删除，或区势不在里面", en: "not found: deleted, or Qushi is not in it" },
  not_member: { zh: "区势不在里面", en: "Qushi is not in it" },
  not_allowed: { zh: "不让区势发言", en: "Qushi may not post there" },
  person_gone: {
    zh: "账号已停用，或不收区势的消息",
    en: "the account is closed, or takes nothing from Qushi",
  },
};

/** Why something did not arrive: in words where the place refuses, with the platform's own code behind them. */
export function reasonWords(reason: string, lang: Lang): string {
  const found = refusalIn(reason);
  if (found === null) return reason;
  return say(
    lang,
    `${WORDS[found.refusal].zh}；${found.detail}`,
    `${WORDS[found.refusal].en}; ${found.detail}`,
  );
}

/** What has to happen before a line that lets a rule go on is sent in its place: the words before that line. */
export function mendFirst(reason: string, lang: Lang): string {
  // "gone" alone: by the chat's own event, and not by a refused message.
  switch (reason === "gone" ? reason : (refusalIn(reason)?.refusal ?? null)) {
    case "archived":
    case "gone":
      return say(lang, "频道恢复后，在那里发 ", "Once the channel is back, send there ");
    case "not_allowed":
      return say(lang, "请那里的管理员允许区势发言后，在那里发 ", "Once Qushi may post there, send there ");
    case "person_gone":
      return say(
        lang,
        "能收到区势的消息以后，在那里发 ",
        "Once messages from Qushi arrive again, send there ",
      );
    case "not_found":
    case "not_member":
    // From before it was kept, or of a platform that does not say.
    case null:
      return say(lang, "把区势请进去后，在那里发 ", "Invite Qushi there, then send there ");
  }
}

/** The line that lets a held rule run again, in the place that it is for. */
export function resumeLine({ id, kind }: Pick<Subscription, "id" | "kind">, lang: Lang): string {
  return kind === "digest"
    ? say(lang, "周报 恢复", "digest resume")
    : say(lang, `取消静音 ${id}`, `unmute ${id}`);
}
