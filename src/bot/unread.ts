import type { UnreadInbound } from "../platform/platform.ts";
import { onlyTextView } from "../views/greeting.ts";
import type { Room } from "./room.ts";
import { spokenTo } from "./speaking.ts";

/** Tells whoever sent an image, a file and the like what can be read, in the language that is set for them. */
export async function answerUnread({ desk }: Room, { actor, place, reply }: UnreadInbound): Promise<void> {
  const { lang } = await spokenTo(desk, actor, place);
  await reply(onlyTextView(desk.book, lang), { audience: "channel" });
}
