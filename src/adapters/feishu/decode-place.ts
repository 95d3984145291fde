import { z } from "zod";
import { hash, time } from "./decode.ts";

const openId = z.object({ open_id: z.string().min(1) });
const head = { event_id: z.string().optional(), create_time: z.string().optional() };

/** `im.chat.member.bot.added_v1`, `…deleted_v1`, `im.chat.disbanded_v1`, `im.chat.access_event.bot_p2p_chat_entered_v1`. */
const chatEvent = z.object({
  ...head,
  chat_id: z.string().min(1),
  operator_id: openId.nullish().catch(null),
});
/** `im.chat.updated_v1` ("群配置修改"): only what changed is named. */
const changes = z.object({ name: z.string().optional() });
const updatedEvent = chatEvent.extend({
  before_change: changes.nullish(),
  after_change: changes.nullish(),
});
/** `application.bot.menu_v6` ("机器人自定义菜单事件"). */
const menuEvent = z.object({
  ...head,
  operator: z.object({ operator_id: openId }),
  event_key: z.string().min(1),
});

type Head = { readonly event_id?: string | undefined; readonly create_time?: string | undefined };
const idOf = (event: Head, rest: string): string =>
  `feishu:event:${hash(event.event_id ?? `${rest}:${event.create_time ?? ""}`)}`;

/** What became of a chat; `entered`: somebody opened their direct messages with the bot. */
export interface PlaceNews {
  readonly what: "joined" | "left" | "gone" | "renamed" | "entered";
  readonly id: string;
  readonly chatId: string;
  /** Who did it, where Feishu says so. */
  readonly openId: string | null;
  readonly at: Date | null;
}

/** The news in an event about a chat; null where it holds none, such as a changed avatar. */
export function decodePlace(what: PlaceNews["what"], event: unknown): PlaceNews | null {
  const parsed = updatedEvent.safeParse(event);
  if (!parsed.success) return null;
  const { chat_id: chatId, operator_id: operator, before_change: before, after_change: after } = parsed.data;
  if (what === "renamed" && (after?.name === undefined || after.name === before?.name)) return null;
  if (what === "entered" && !operator) return null;
  return {
    what,
    id: idOf(parsed.data, `${what}:${chatId}`),
    chatId,
    openId: operator?.open_id ?? null,
    at: time(parsed.data.create_time),
  };
}

/** A choice from the bot's menu: its key is the line, with _ for spaces (`digest_show`). */
export interface MenuChoice {
  readonly id: string;
  readonly openId: string;
  readonly line: string;
  readonly at: Date | null;
}

export function decodeMenu(event: unknown): MenuChoice | null {
  const parsed = menuEvent.safeParse(event);
  if (!parsed.success) return null;
  const { operator, event_key: key, create_time: created } = parsed.data;
  const { open_id: id } = operator.operator_id;
  return {
    id: idOf(parsed.data, `menu:${id}:${key}`),
    openId: id,
    line: key.replaceAll("_", " ").trim(),
    at: time(created),
  };
}
