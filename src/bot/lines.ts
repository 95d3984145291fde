import { lineLang, records } from "../commands/grammar.ts";
import type { Lang } from "../core/lang.ts";
import { formatAddress, formatPerson, samePlace, type Address, type MessageRef } from "../core/place.ts";
import type { Message } from "../message/message.ts";
import type { Abilities, CommandInbound, Platform } from "../platform/platform.ts";
import { withoutFiles, withFileElsewhere } from "../views/export.ts";
import { withActor, withFillIn, withInvitation, withLanguage, withShare } from "../views/share.ts";
import type { Answer } from "./answer.ts";
import { digestOf } from "./named.ts";
import { perform } from "./perform.ts";
import { replyTo, sourceOf } from "./replying.ts";
import type { Room } from "./room.ts";
import { countedReply } from "./thread-messages.ts";
import { doneIn, lineMeant, threadIfKnown } from "./threads.ts";
import { spokenTo } from "./speaking.ts";

/** A question older than this arrives after an outage; answering it now would only startle. What records is taken. */
const STALE_MS = 10 * 60_000;

/** Answers a line, and writes what it changes. */
export async function takeLine(room: Room, typed: CommandInbound): Promise<void> {
  const { desk, store, clock, log, platform } = room;
  const address = typed.via === "click" ? await doneIn(desk, typed) : typed.address;
  const about = await threadIfKnown(desk, address);
  const inbound = { ...typed, address, line: lineMeant(desk, about, typed.line) };
  const { line, actor, place, via } = inbound;
  const now = clock();
  const isLate = isRedelivered(inbound) && now.getTime() - inbound.at.getTime() > STALE_MS;
  if (isLate && !records(line, desk.commands)) {
    log.info("dropped a late question", { platform: platform.name, via });
    return;
  }
  // What was typed while the platform was away is recorded with its own time.
  const at = isLate ? inbound.at : now;
  // What one person asked for privately stays private until they share it, where the platform can keep it so.
  const asksPrivately = platform.abilities.private && (via === "slash" || via === "click");
  // A mention in a discussion is a reply in it too; alone, where the others are not seen, it would make a wrong count.
  const counted =
    platform.abilities.reads && via === "mention" && about !== null && about.discussion !== null
      ? // By our clock where theirs is ahead: what it records counts as later.
        await countedReply(desk, about.discussion, actor, inbound.at < now ? inbound.at : now)
      : null;
  const id = actOf(inbound, desk);
  const door = { id, isRedelivered: isRedelivered(inbound), isPrivate: asksPrivately, counted };
  const lang = isOurs(inbound) ? (await spokenTo(desk, actor, place)).lang : null;
  const from = sourceOf(inbound);
  const asking = {
    line,
    actor,
    isExternal: inbound.isExternal === true,
    place,
    at,
    isLate,
    from,
    about,
    linkTo: (ref: MessageRef) => platform.link(ref),
    role: null,
    lang,
  };
  const answered = await perform(desk, store, asking, door);
  if (answered === null) return;
  const audience = asksPrivately && !answered.share ? "caller" : "channel";
  // What would record, or goes to the asker alone, is not for saying again.
  const verb = desk.commands.find(({ name }) => name === answered.verb);
  const asks = verb?.effect === "none" && answered.result?.forAskerAlone !== true;
  // A form that opens after an outage would record what was read then as of now.
  const form = platform.abilities.forms === "none" || isLate ? null : answered.form;
  const fits = fitted(answered, asks, inbound, platform);
  await replyTo(room, inbound, answered, await invited(fits, answered, inbound, platform), {
    audience,
    ...(form === null ? {} : { form }),
    ...(about?.isDiscussion === true ? { inDiscussion: true } : {}),
    ...(via === "click" && form === null && (isRefusal(answered) || isTooLate(answered, platform))
      ? { refused: { field: null } }
      : {}),
  });
}

/** A rule for a channel that does not take our posts says so at once, and not by the note after its first one is refused. */
async function invited(
  message: Message,
  { exit, result, lang }: Answer,
  { place, via }: CommandInbound,
  platform: Platform,
): Promise<Message> {
  const runs = (result?.change?.subscriptions ?? []).some(
    ({ to, paused }) => paused === null && samePlace(to, place),
  );
  // A mention comes only from where the bot is.
  if (exit !== "answered" || !runs || !("channel" in place.to) || via === "mention") return message;
  const may = await platform.mayPost(place);
  return typeof may === "string" ? message : withInvitation(message, may.invite, lang);
}

/** What a menu or a panel of commands sends was written by us, and says nothing about its reader; what was typed behind it does. */
function isOurs({ via, picked, line }: CommandInbound): boolean {
  return via === "menu" || (picked === true && lineLang(line.replace(/^\S+/u, "")).written === null);
}

/** What could not be done and leaves nothing to go on with: it must not take the place of what others still can do. */
function isRefusal({ exit, message }: Answer): boolean {
  return exit !== "answered" && message.blocks.every(({ type }) => type !== "buttons");
}

/** What was clicked has become a public line by somebody else's click, which this answer must not take the place of. */
function isTooLate({ result }: Answer, { abilities }: Platform): boolean {
  return abilities.private && result?.answers !== undefined && result.change === undefined;
}

/** Messages, mentions and menus are delivered again by platforms; commands and clicks are not. */
function isRedelivered({ via }: CommandInbound): boolean {
  return via === "mention" || via === "direct" || via === "menu";
}

/** A button that records does so once for whoever clicks it, however often: each click arrives as an event of its own. */
function actOf({ id, via, ref, actor, line }: CommandInbound, { commands }: Room["desk"]): string {
  if (via !== "click" || ref === null || !records(line, commands)) return id;
  return `click:${digestOf([formatAddress(ref.address), ref.id, formatPerson(actor), line].join("\n"), 40)}`;
}

/** The answer as this platform can carry it. */
function fitted(
  { message, lang, share, exit, result, form }: Answer,
  asks: boolean,
  { line, via, place, actor }: CommandInbound,
  { abilities }: Platform,
): Message {
  if (form !== null)
    return abilities.forms !== "none" && abilities.buttons ? withFillIn(message, line, lang) : message;
  const carried = fileOf(message, line, place, lang, abilities);
  // To share, or to say in another language, is to run the line once more: only a question may be.
  const isQuestion = result?.change === undefined && result?.decide === undefined;
  if (exit === "answered" && !isQuestion && via === "click" && !abilities.private && "channel" in place.to)
    return withActor(carried, actor, lang);
  // The clicked message becomes the public line, which also comes through the outbox, in case this answer does not.
  if (via === "click" && abilities.private && result?.answers !== undefined)
    return result.announce ?? carried;
  if (exit !== "answered" || !isQuestion || !abilities.buttons) return carried;
  if (!abilities.private) return asks ? withLanguage(carried, line, lang) : carried;
  return via === "slash" && !share ? withShare(carried, line, lang) : carried;
}

/** A file comes by direct message, which an answer elsewhere says; where none can be sent, what can be said of it. */
function fileOf(message: Message, line: string, place: Address, lang: Lang, abilities: Abilities): Message {
  if (!abilities.files) return withoutFiles(message, line, lang, abilities.filesNeed);
  return "channel" in place.to && place.platform !== "terminal" ? withFileElsewhere(message, lang) : message;
}
