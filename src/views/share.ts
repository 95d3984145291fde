import { kept } from "../core/kept.ts";
import type { Lang } from "../core/lang.ts";
import type { Person } from "../core/place.ts";
import type { Block, Button, Line, Message } from "../message/message.ts";
import { personSpan } from "./person.ts";
import { say } from "./print.ts";

/** Longest line, in bytes, that a button can still carry on every platform. */
const LINE_BYTES = 1_500;
export const isTooLong = (line: string): boolean => Buffer.byteLength(line) > LINE_BYTES;

/** A private answer with a button that shows the same answer to everyone in the channel. */
export function withShare(message: Message, line: string, lang: Lang): Message {
  if (isTooLong(line)) return message;
  const run = `${line} ${say(lang, "分享:是", "share:yes")}`.trim();
  return SHARED(message, run, () => {
    const share = { label: say(lang, "分享到频道", "Share"), run };
    return { ...message, blocks: [...message.blocks, { type: "buttons", buttons: [share] }] };
  });
}

/** Of a card that is given again: by its id, and as it was found by a colleague. */
const SHARED = kept<Message, Message>(2);

/** A message about a line that lacks something, with a button that opens its form: a click can, where a mention cannot. */
export function withFillIn(message: Message, line: string, lang: Lang): Message {
  if (isTooLong(line)) return message;
  return withButton(message, { label: say(lang, "填写", "Fill in"), run: line, primary: true });
}

/** An answer that everyone sees, with a button that says it in the other language; none where it has one already. */
export function withLanguage(message: Message, line: string, lang: Lang): Message {
  const other = say(lang, "en", "zh");
  const bare = line.replaceAll(/(?:^|\s)(?:lang|language|语言)[:：]\s*[^\s,]+/giu, " ").trim();
  const run = `${bare} lang:${other}`.trim();
  const has = message.blocks.some(
    (block) =>
      block.type === "buttons" &&
      block.buttons.some((button) => "run" in button && button.run.endsWith(` lang:${other}`)),
  );
  if (has || isTooLong(run)) return message;
  return withButton(message, { label: say(lang, "EN", "中文"), run, replace: true });
}

/** An answer to a click or a form that everyone sees, with who did it: unlike a line it quotes nobody. */
export function withActor(message: Message, actor: Person, lang: Lang): Message {
  const by: Line = [say(lang, "操作人：", "By "), personSpan(actor, lang)];
  return withBeforeButtons(message, { type: "note", lines: [by] });
}

/** A rule that was set where the bot may not post: how to let it in, and that the rule waits. */
export function withInvitation(message: Message, invite: string, lang: Lang): Message {
  const line: Line = [
    say(
      lang,
      "区势还不在这个频道里，现在发不进来。请在这里输入 ",
      "Qushi is not in this channel, so it cannot post here yet. Type ",
    ),
    { code: invite },
    say(
      lang,
      " 请它进来；规则已经留着，进来后它会在这里说怎么继续。",
      " here to let it in; the rule is kept, and once in it says here how to go on.",
    ),
  ];
  return withBeforeButtons({ ...message, tone: "warn" }, { type: "text", lines: [line] });
}

/** At the end, but before the row of buttons where one stands there. */
function withBeforeButtons(message: Message, block: Block): Message {
  const at = message.blocks.at(-1)?.type === "buttons" ? -1 : message.blocks.length;
  return { ...message, blocks: message.blocks.toSpliced(at, 0, block) };
}

/** At the end, in the row of buttons that stands there already. */
function withButton(message: Message, button: Button): Message {
  const last = message.blocks.at(-1);
  if (last?.type !== "buttons")
    return { ...message, blocks: [...message.blocks, { type: "buttons", buttons: [button] }] };
  const row: Block = { type: "buttons", buttons: [...last.buttons, button] };
  return { ...message, blocks: [...message.blocks.slice(0, -1), row] };
}

/** Said in public where the answer is for the asker alone. */
export function sentToYouView(lang: Lang): Message {
  const text = say(
    lang,
    "只给你看的，已发到你的私聊。",
    "This is for you alone: it comes by direct message.",
  );
  return { summary: text, blocks: [{ type: "text", lines: [[text]] }] };
}
