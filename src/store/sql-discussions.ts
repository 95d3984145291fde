import { sql as raw, type Kysely } from "kysely";
import { discussionName, type Discussion, type LinkOffer, type Talk } from "../core/discussion.ts";
import type { Day } from "../core/day.ts";
import { formatAddress, placeOf, type Address } from "../core/place.ts";
import { readDiscussion, readOffer, readTalk } from "./discussion-schema.ts";
import { toJson } from "./json.ts";
import type { OutboxRow } from "./outbox.ts";
import { Undone } from "./sql-engine.ts";
import { outboxRows } from "./sql-queries.ts";
import { readOutboxRow } from "./sql-rows.ts";
import type { Sql, Tables } from "./sql-tables.ts";
import type { Change, Store } from "./store.ts";

type Db = Kysely<Tables>;
const READ = ["revision", "discussion"] as const;

/** Writes what a change says of discussions. Throws Undone "changed_before" where one is not as it was read. */
export async function writeDiscussions(
  { db }: Sql,
  { at, discussions = [], replies = [], offers = [] }: Change,
): Promise<void> {
  for (const each of discussions) await putDiscussion(db, each);
  for (const { discussion, personKey, day, at: repliedAt } of replies) {
    const last = repliedAt.getTime();
    await db
      .insertInto("replies")
      .values({
        discussion: discussionName(discussion),
        person_key: personKey,
        day,
        count: 1,
        last_at: last,
      })
      .onConflict((on) =>
        on.columns(["discussion", "person_key", "day"]).doUpdateSet((eb) => ({
          count: eb("replies.count", "+", 1),
          last_at: raw<number>`case when replies.last_at > ${last} then replies.last_at else ${last} end`,
        })),
      )
      .execute();
  }
  for (const offer of offers) {
    await db
      .insertInto("offers")
      .values({ id: offer.id, at: at.getTime(), offer: toJson(offer) })
      .onConflict((on) => on.column("id").doNothing())
      .execute();
  }
}

/** A new one fits where there is none; one that was read fits on what was read. */
async function putDiscussion(db: Db, { revision, ...discussion }: Discussion): Promise<void> {
  const columns = {
    commitment_id: discussion.commitmentId,
    place: formatAddress(placeOf(discussion.place)),
    parent_key: discussion.parent,
    face_key: discussion.face,
    discussion: toJson(discussion),
  };
  const name = discussionName(discussion);
  const written =
    revision === undefined
      ? await db
          .insertInto("discussions")
          .values({ name, revision: 1, ...columns })
          .onConflict((on) => on.column("name").doNothing())
          .returning("name")
          .executeTakeFirst()
      : await db
          .updateTable("discussions")
          .set({ ...columns, revision: revision + 1 })
          .where("name", "=", name)
          .where("revision", "=", revision)
          .returning("name")
          .executeTakeFirst();
  if (written === undefined) throw new Undone("changed_before");
}

export async function discussions(
  db: Db,
  of: { readonly place: Address } | { readonly commitmentId: string } | "all",
): Promise<readonly Discussion[]> {
  const all = db.selectFrom("discussions").select(READ);
  const wanted =
    of === "all"
      ? all
      : "place" in of
        ? all.where("place", "=", formatAddress(placeOf(of.place)))
        : all.where("commitment_id", "=", of.commitmentId);
  return (await wanted.orderBy("seq").execute()).map(readDiscussion);
}

/** The delivery that became a message, and those that went into its thread, oldest first. */
export async function thread(db: Db, place: Address, id: string): Promise<readonly OutboxRow[]> {
  const parent = await outboxRows(db)
    .where("d.arrived", "=", arrivedAs({ address: place, id }))
    .where("d.edits_key", "is", null)
    .executeTakeFirst();
  if (parent === undefined) return [];
  const first = readOutboxRow(parent);
  const replies = await outboxRows(db)
    .where("d.parent_key", "=", first.delivery.key)
    .orderBy("d.seq")
    .execute();
  return [first, ...replies.map(readOutboxRow)];
}

/** What `arrived` holds of a message: its place and its id there. */
export function arrivedAs({ address, id }: { readonly address: Address; readonly id: string }): string {
  return `${formatAddress(placeOf(address))} ${id}`;
}

/** By the discussion's name; those in which nobody was seen to write are not there. */
export async function talk(db: Db, place: Address, since: Day | null): ReturnType<Store["talk"]> {
  const rows = await db
    .selectFrom("replies")
    .select("discussion")
    .select((eb) => [
      raw<number>`cast(sum(${eb.ref("count")}) as integer)`.as("replies"),
      raw<number>`cast(count(distinct ${eb.ref("person_key")}) as integer)`.as("people"),
      eb.fn.max("last_at").as("last_at"),
    ])
    .where(
      "discussion",
      "in",
      db
        .selectFrom("discussions")
        .select("name")
        .where("place", "=", formatAddress(placeOf(place))),
    )
    .$if(since !== null, (query) => query.where("day", ">=", since ?? ""))
    .groupBy("discussion")
    .execute();
  return new Map<string, Talk>(rows.map(readTalk));
}

export async function offer(db: Db, id: string): Promise<LinkOffer | null> {
  const row = await db.selectFrom("offers").select("offer").where("id", "=", id).executeTakeFirst();
  return row === undefined ? null : readOffer(row);
}
