import type { Log } from "../../log.ts";
import { nameOf } from "./failure-name.ts";
import type { Handlers } from "./inbound.ts";

/** Takes an event, header and body in one object. What it resolves with is the answer to a callback. */
export type Handle = (event: unknown) => Promise<unknown>;

/** Events that arrive with common subscriptions and mean nothing to us; registered so that nothing warns. */
const IGNORED = [
  "im.message.message_read_v1",
  "im.message.recalled_v1",
  "im.message.reaction.created_v1",
  "im.message.reaction.deleted_v1",
  "im.chat.member.user.added_v1",
  "im.chat.member.user.withdrawn_v1",
  "im.chat.member.user.deleted_v1",
] as const;

/** Every event and callback that is understood, by its type ("事件列表", open.feishu.cn), for both ways of receiving. */
export function eventTable(
  handlers: Handlers,
  refusing: () => boolean,
  log: Log,
): ReadonlyMap<string, Handle> {
  // A rejection is acknowledged with 500, and Feishu delivers again to whoever comes next.
  const guarded =
    (handle: Handle): Handle =>
    async (event) => {
      if (refusing()) throw new Error("stopping");
      try {
        return await handle(event);
      } catch (error) {
        log.warn("feishu: an event was not taken, it comes again", { error: nameOf(error) });
        throw error;
      }
    };
  const place = (what: Parameters<Handlers["place"]>[0]): Handle =>
    guarded((event) => handlers.place(what, event));
  return new Map<string, Handle>([
    ...IGNORED.map((type): [string, Handle] => [type, () => Promise.resolve(undefined)]),
    ["im.message.receive_v1", guarded((event) => handlers.message(event))],
    ["card.action.trigger", guarded((event) => handlers.card(event))],
    ["application.bot.menu_v6", guarded((event) => handlers.menu(event))],
    ["im.chat.member.bot.added_v1", place("joined")],
    ["im.chat.member.bot.deleted_v1", place("left")],
    ["im.chat.disbanded_v1", place("gone")],
    ["im.chat.updated_v1", place("renamed")],
    ["im.chat.access_event.bot_p2p_chat_entered_v1", place("entered")],
  ]);
}
