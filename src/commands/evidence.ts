import { z } from "zod";
import { EVIDENCE_LEVELS } from "../core/act.ts";
import { offerDelivery, type LinkOffer } from "../core/discussion.ts";
import { Fault } from "../core/errors.ts";
import { samePlace } from "../core/place.ts";
import type { CommitmentRecord } from "../core/record.ts";
import { alreadyKeptView } from "../views/offer.ts";
import { command, type Context, type Result } from "./command.ts";
import { commitmentOf, recording, whoIn } from "./entry.ts";
import { lineOf } from "./line-words.ts";
import { isLinkLike, readLink } from "./link.ts";
import { evidenceLine } from "./record-lines.ts";
import { keptText } from "./text-line.ts";

const args = z.object({
  id: z.string(),
  words: z.array(z.string()).default([]),
  level: z.enum(EVIDENCE_LEVELS).optional(),
  note: z.string().optional(),
  offer: z.string().optional(),
});

/** A link that shows something about a commitment, with its level. */
export const evidence = command({
  name: "evidence",
  aliases: { zh: ["佐证", "证据"], en: [] },
  summary: { zh: "附上一条佐证：链接、级别、说明", en: "add evidence: a link, its level, a note" },
  usage: {
    zh: "佐证 编号 https://… 级别:E1–E5 [“说明”]",
    en: 'evidence ID https://… level:E1–E5 ["note"]',
  },
  examples: { zh: [], en: [] },
  reads: "entry",
  options: ["level", "note", "offer"],
  role: "tracker",
  effect: "record",
  args,
  async answer(context, { id, words, level, note, offer }) {
    const commitment = commitmentOf(id, context.book);
    const offered = offer === undefined ? null : await context.shelf.offer(offer);
    const at = words.findIndex(isLinkLike);
    const [typed] = words.slice(Math.max(at, 0));
    const link = typed ?? offered?.url;
    if (link === undefined)
      throw new Fault({ code: "missing_part", part: "link", line: evidenceLine(id, level ?? "E2") });
    const url = readLink(link);
    const said = [...words.filter((word) => word !== link), ...(note === undefined ? [] : [note])].join(" ");
    const text = keptText(said);
    if (level === undefined) {
      const line = lineOf({ zh: "佐证", en: "evidence" }, [
        id,
        url,
        { option: "level", value: "E2" },
        text === "" ? null : `"${text.replaceAll('"', "'")}"`,
      ]);
      throw new Fault({ code: "missing_part", part: "level", line });
    }
    const posted =
      offered === null || offered.url !== url
        ? {}
        : { posted: { by: offered.postedBy, where: context.linkTo(offered.message) } };
    // Of two who pick a level at once one is told what the other has kept.
    const record = context.book.ledger.of(id);
    const kept = record.evidence.find((each) => each.data.url === url);
    if (offered?.url === url && kept !== undefined) {
      const { book, lang, zone } = context;
      const message = alreadyKeptView(kept, { book, lang, zone, who: await whoIn(record, context) });
      const isByOffer = kept.id.startsWith(offerNames(offered));
      return isByOffer ? { message, ...(await askedBy(offered, context)) } : { message };
    }
    const data = { url, level, note: text === "" ? null : text, ...posted };
    const act = { type: "evidence", data } as const;
    if (offered?.url !== url) return recording(context, commitment, act);
    const recorded = await recording(context, commitment, act, { once: offerName(record, offered) });
    return { ...recorded, ...(await askedBy(offered, context)) };
  },
});

/** The message that asked, where it stands here: the act takes its place. */
async function askedBy(offer: LinkOffer, { shelf, here }: Context): Promise<Pick<Result, "answers">> {
  const asked = await shelf.delivery(offerDelivery(offer));
  const isHere = asked?.state === "sent" && samePlace(asked.delivery.to, here);
  return isHere ? { answers: asked.delivery.key } : {};
}

/** What the names of the entries that an offer becomes begin with. */
function offerNames({ id }: LinkOffer): string {
  return `k:${id}:`;
}

/** The name of the one entry that an offer becomes; another one once that was taken back. */
function offerName({ commitmentId, entries }: CommitmentRecord, offer: LinkOffer): string {
  const { url } = offer;
  const before = entries.filter((entry) => entry.type === "evidence" && entry.data.url === url);
  return `${offerNames(offer)}${commitmentId}:${before.length}`;
}
