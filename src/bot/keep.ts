import { lineOf } from "../commands/line-words.ts";
import { formatAddress, type MessageRef } from "../core/place.ts";
import { StoreError } from "../store/store.ts";
import type { KeepInbound } from "../platform/platform.ts";
import { nothingToKeepView } from "../views/keep.ts";
import { withFillIn } from "../views/share.ts";
import { linksIn } from "./links.ts";
import { digestOf } from "./named.ts";
import { perform } from "./perform.ts";
import { replyTo, sourceOf } from "./replying.ts";
import type { Room } from "./room.ts";
import { spokenTo } from "./speaking.ts";
import { threadIfKnown } from "./threads.ts";

/** Longest part of a message that is looked through, in characters. */
const LOOKED_AT = 10_000;

/**
 * Asks for what evidence still needs, with the link and the id that the picked message has. It goes through the door of a
 * form without a level, which is never recorded: who may not is told so at once.
 */
export async function keepAsEvidence(room: Room, inbound: KeepInbound): Promise<void> {
  const { desk, store, clock, log, platform } = room;
  const { actor, place, ref } = inbound;
  const text = inbound.text.slice(0, LOOKED_AT);
  const link = linksIn(text)[0] ?? platform.link(ref);
  const { lang } = await spokenTo(desk, actor, place);
  if (link === null) {
    try {
      await inbound.reply(nothingToKeepView(lang), { audience: "caller" });
    } catch (error) {
      log.error("a reply failed", { platform: platform.name, via: "keep", reason: String(error) });
    }
    return;
  }
  const about = await threadIfKnown(desk, inbound.address);
  const id = idIn(text, desk) ?? (about?.isDiscussion === true ? (about.commitments[0] ?? null) : null);
  const offer = await offered(room, inbound, link);
  const values = { link, ...(id === null ? {} : { id }), ...(offer === null ? {} : { offer }), lang };
  const asking = {
    line: "",
    form: { verb: "evidence", values },
    actor,
    isExternal: inbound.isExternal === true,
    place,
    at: clock(),
    from: sourceOf(inbound),
    linkTo: (message: MessageRef) => platform.link(message),
    role: null,
    lang: null,
  };
  const answered = await perform(desk, store, asking, {
    id: inbound.id,
    isRedelivered: false,
    isPrivate: true,
  });
  if (answered === null) return;
  const { abilities } = platform;
  const form = abilities.forms === "none" ? null : answered.form;
  const line = lineOf({ zh: "佐证", en: "evidence" }, [id, link])[answered.lang];
  const message =
    form !== null && abilities.buttons ? withFillIn(answered.message, line, answered.lang) : answered.message;
  await replyTo(room, inbound, answered, message, {
    audience: "caller",
    ...(form === null ? {} : { form }),
  });
}

/** Remembers who posted it, to be recorded if it is kept; null where the platform does not say, or nothing can be kept now. */
async function offered(
  { desk, store, clock }: Room,
  { author, ref }: KeepInbound,
  url: string,
): Promise<string | null> {
  if (author === null) return null;
  try {
    const postedBy = await desk.shelf.personKey(author);
    const id = digestOf(`${formatAddress(ref.address)} ${ref.id} ${url}`, 24);
    await store.commit({ at: clock(), offers: [{ id, url, postedBy, message: ref }] });
    return id;
  } catch (error) {
    if (error instanceof StoreError) return null;
    throw error;
  }
}

/** The one commitment that a text names; null where it names none, or several. */
function idIn(text: string, { book }: Room["desk"]): string | null {
  const words = text
    .replaceAll(/https?:\/\/\S+/giu, " ")
    .matchAll(/(?<![A-Za-z\d])[A-Za-z]{1,4}[-‐–—]?\d{1,6}(?![A-Za-z\d])/gu);
  const ids = [...words].flatMap(([word]) => {
    const id = book.names.id(word)?.id;
    return id !== undefined && book.commitment(id) !== null ? [id] : [];
  });
  const [one = null, ...others] = new Set(ids);
  return others.length === 0 ? one : null;
}
