import { z } from "zod";
import type { Discussion, LinkOffer, Talk } from "../core/discussion.ts";
import { jsonOf, theSame, time } from "./json.ts";
import { addressSchema, refSchema } from "./rule-schema.ts";

/** A discussion but for what stands in a column of its own. */
const discussionSchema = z.strictObject({
  commitmentId: z.string(),
  place: addressSchema,
  key: z.string(),
  parent: z.string(),
  face: z.string(),
  drawn: z.string(),
  shown: z.string(),
  toldSeq: z.number(),
  sent: z.number(),
  cards: z.record(z.string(), z.string()),
  away: z.string().nullable(),
});
const offerSchema = z.strictObject({
  id: z.string(),
  url: z.string(),
  postedBy: z.string(),
  message: refSchema,
});

const discussionRow = z.object({ revision: z.number(), discussion: jsonOf(discussionSchema) });
export function readDiscussion(row: unknown): Discussion {
  const { revision, discussion } = discussionRow.parse(row);
  return { ...discussion, revision };
}

const offerRow = z.object({ offer: jsonOf(offerSchema) });
export function readOffer(row: unknown): LinkOffer {
  return offerRow.parse(row).offer;
}

const talkRow = z.object({ discussion: z.string(), replies: z.number(), people: z.number(), last_at: time });
export function readTalk(row: unknown): readonly [string, Talk] {
  const { discussion, replies, people, last_at: lastAt } = talkRow.parse(row);
  return [discussion, { replies, people, lastAt }];
}

theSame<Omit<Discussion, "revision">, z.infer<typeof discussionSchema>>(true);
theSame<LinkOffer, z.infer<typeof offerSchema>>(true);
