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
  const offer = inbound.author === null ? null : offerId(inbound, link);
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
  if (form !== null) await remember(room, inbound, link);
  const line = lineOf({ zh: "佐证", en: "evidence" }, [id, link])[answered.lang];
  const message =
    form !== null && abilities.buttons ? withFillIn(answered.message, line, answered.lang) : answered.message;
  await replyTo(room, inbound, answered, message, {
    audience: "caller",
    ...(form === null ? {} : { form }),
  });
}

function offerId({ ref }: KeepInbound, url: string): string {
  return digestOf(`${formatAddress(ref.address)} ${ref.id} ${url}`, 24);
}

/** Who posted it, to be recorded if it is kept; not where the platform does not say, or nothing can be written now. */
async function remember({ desk, store, clock }: Room, inbound: KeepInbound, url: string): Promise<void> {
  const { author, ref } = inbound;
  if (author === null) return;
  try {
    const postedBy = await desk.shelf.personKey(author);
    await store.commit({ at: clock(), offers: [{ id: offerId(inbound, url), url, postedBy, message: ref }] });
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
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
