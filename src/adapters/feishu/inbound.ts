import { directTo, placeOf, type Address, type MessageRef, type Person } from "../../core/place.ts";
import type { Log } from "../../log.ts";
import type { CommandInbound, OnInbound, Reply } from "../../platform/platform.ts";
import { accept } from "./accept.ts";
import type { Answering } from "./answering.ts";
import { answerBelow, cardReply, messageReply } from "./answering.ts";
import type { CallbackAnswer } from "./callback.ts";
import { ALREADY, DONE_BEFORE, NOT_DONE, STALE, openCallback, toast } from "./callback.ts";
import type { Chats } from "./chats.ts";
import type { Heard } from "./decode.ts";
import { decodeMessage } from "./decode.ts";
import { decodeCard } from "./decode-card.ts";
import type { PlaceNews } from "./decode-place.ts";
import { decodeMenu, decodePlace } from "./decode-place.ts";
import { nameOf } from "./failure-name.ts";
import type { InFlight } from "./in-flight.ts";
import type { Topics } from "./topics.ts";

interface InboundOptions {
  readonly answering: Answering;
  readonly chats: Chats;
  readonly topics: Topics;
  readonly onInbound: OnInbound;
  readonly inFlight: InFlight;
  readonly botOpenId: string;
  readonly log: Log;
  readonly now: () => Date;
  /** Called when a group message came in that does not name the bot: the app may read. */
  readonly onOverheard: () => void;
}

/** One for each kind of event. Each settles in time for the acknowledgement, and rejects where the event should come again. */
export interface Handlers {
  message(event: unknown): Promise<void>;
  card(event: unknown): Promise<CallbackAnswer>;
  menu(event: unknown): Promise<void>;
  place(what: PlaceNews["what"], event: unknown): Promise<void>;
}

const inChat = (channel: string, thread: string | null): Address => ({
  platform: "feishu",
  workspace: null,
  to: { channel },
  thread,
});
const external = (from: { readonly isExternal: boolean }): { readonly isExternal?: true } =>
  from.isExternal ? { isExternal: true } : {};
const personOf = (id: string): Person => ({ platform: "feishu", workspace: null, id });

export function createHandlers(options: InboundOptions): Handlers {
  const { answering, chats, topics, onInbound, inFlight, botOpenId, log, now, onOverheard } = options;
  const { sender } = answering;
  const failed = (error: unknown): void => log.error("feishu: an answer failed", { error: nameOf(error) });
  const taken = (work: (stored: () => Promise<void>) => Promise<void>): Promise<void> =>
    accept(work, inFlight, failed);

  function heardReply(heard: Heard, actor: Person, stored: () => Promise<void>): Reply {
    const { id, group, rootId, quotedId, messageId, chatId } = heard;
    const below = rootId ?? quotedId;
    return messageReply(answering, { id, actor, below }, stored, (content, key) =>
      group || rootId !== null
        ? answerBelow(sender, { messageId, chatId }, content, key)
        : sender.create({ channel: chatId }, content, key),
    );
  }

  async function message(event: unknown): Promise<void> {
    const heard = decodeMessage(event, botOpenId);
    if (heard === null) {
      log.debug("feishu: a message that is not for us");
      return;
    }
    const { chatId, rootId, quotedId, messageId, group } = heard;
    chats.learn(chatId, !group);
    if (rootId !== null && heard.topicId !== null) topics.learn(rootId, heard.topicId);
    const actor = personOf(heard.openId);
    // Answers to a message are its thread where the group has no topics.
    const thread = rootId ?? quotedId;
    const address = inChat(chatId, thread);
    const place = group ? placeOf(address) : directTo(actor);
    const ref: MessageRef = { address, id: messageId };
    const at = heard.at ?? now();
    const source = { id: heard.id, at, actor, ...external(heard), address, place, ref };
    switch (heard.type) {
      case "unread":
        return taken((stored) =>
          onInbound({ type: "unread", ...source, reply: heardReply(heard, actor, stored) }),
        );
      case "overheard":
        onOverheard();
        if (thread === null) return;
        return taken(() => onInbound({ type: "message", ...source, text: heard.text }));
      case "asked":
        return taken((stored) =>
          onInbound({
            type: "command",
            ...source,
            via: group ? "mention" : "direct",
            line: heard.line,
            ...(heard.picked === true ? { picked: true } : {}),
            reply: heardReply(heard, actor, stored),
          }),
        );
      default:
        return heard satisfies never;
    }
  }

  async function card(event: unknown): Promise<CallbackAnswer> {
    const pressed = decodeCard(event);
    if (pressed === null || pressed.type === "unknown") {
      log.info("feishu: a click this version does not know");
      return toast("warning", STALE);
    }
    const { id, messageId, chatId } = pressed;
    const actor = personOf(pressed.openId);
    // What a card that stands by itself is answered with stands below it.
    const below = pressed.below ?? messageId;
    const address = inChat(chatId, below);
    const callback = openCallback();
    const replaces = pressed.type === "form" || pressed.replaces;
    const work = async (stored: () => Promise<void>): Promise<void> => {
      const place = (await chats.isDirect(chatId)) ? directTo(actor) : placeOf(address);
      const reply = cardReply(answering, {
        id,
        messageId,
        chatId,
        actor,
        below,
        callback,
        replaces,
        stored,
      });
      const ref: MessageRef = { address, id: messageId };
      const at = pressed.at ?? now();
      const source = { id, at, actor, ...external(pressed), address, place, ref, reply };
      await (pressed.type === "click"
        ? onInbound({ type: "command", ...source, via: "click", line: pressed.line })
        : onInbound({ type: "submitted", ...source, verb: pressed.verb, values: pressed.values }));
      // What was taken before is not answered again.
      callback.settle(() => toast("info", pressed.type === "form" ? ALREADY : DONE_BEFORE));
    };
    // A callback is not delivered again: whoever clicked is told.
    taken(work).catch((error: unknown) => {
      if (callback.settle(() => toast("error", NOT_DONE))) failed(error);
    });
    return callback.answer;
  }

  async function menu(event: unknown): Promise<void> {
    const chosen = decodeMenu(event);
    if (chosen === null) return;
    const actor = personOf(chosen.openId);
    const here = directTo(actor);
    const inbound = { id: chosen.id, at: chosen.at ?? now(), actor, address: here, place: here, ref: null };
    await taken((stored) => {
      const asked = { id: chosen.id, actor, below: null };
      const reply = messageReply(answering, asked, stored, (content, key) =>
        sender.create(here.to, content, key),
      );
      const command: CommandInbound = { type: "command", ...inbound, via: "menu", line: chosen.line, reply };
      return onInbound(command);
    });
  }

  async function place(what: PlaceNews["what"], event: unknown): Promise<void> {
    const news = decodePlace(what, event);
    if (news === null) return;
    const actor = news.openId === null ? null : personOf(news.openId);
    const direct = what === "entered" && actor !== null;
    chats.learn(news.chatId, direct);
    await taken(() =>
      onInbound({
        type: "place",
        what: what === "entered" ? "joined" : what,
        id: news.id,
        at: news.at ?? now(),
        place: direct ? directTo(actor) : inChat(news.chatId, null),
        actor,
        to: null,
      }),
    );
  }

  return { message, card, menu, place };
}
