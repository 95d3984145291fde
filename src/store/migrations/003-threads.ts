import { sql } from "kysely";
import type { Migration } from "./migration.ts";
import { numberedTable as table } from "./numbered-table.ts";

/** Discussions, how much is said in them, the links offered there, and which message a delivery became. */
export const threads: Migration = {
  number: 3,
  name: "threads",
  async up(db, kind) {
    const whole = kind === "sqlite" ? "integer" : "bigint";
    await table(db, kind, "discussions", (t) =>
      t
        .addColumn("name", "text", (c) => c.notNull().unique())
        .addColumn("commitment_id", "text", (c) => c.notNull())
        .addColumn("place", "text", (c) => c.notNull())
        .addColumn("parent_key", "text", (c) => c.notNull())
        .addColumn("face_key", "text", (c) => c.notNull())
        .addColumn("revision", whole, (c) => c.notNull())
        .addColumn("discussion", "text", (c) => c.notNull()),
    );
    await table(db, kind, "replies", (t) =>
      t
        .addColumn("discussion", "text", (c) => c.notNull())
        .addColumn("person_key", "text", (c) => c.notNull())
        .addColumn("day", "text", (c) => c.notNull())
        .addColumn("count", whole, (c) => c.notNull())
        .addColumn("last_at", whole, (c) => c.notNull())
        .addUniqueConstraint("replies_of_a_day", ["discussion", "person_key", "day"]),
    );
    await table(db, kind, "offers", (t) =>
      t
        .addColumn("id", "text", (c) => c.notNull().unique())
        .addColumn("at", whole, (c) => c.notNull())
        .addColumn("offer", "text", (c) => c.notNull()),
    );
    // Where it arrived, to be found by: "slack:T1:C1 1700000000.000100".
    await sql`alter table deliveries add column arrived text`.execute(db);
    for (const index of INDEXES) await sql.raw(`create index ${index}`).execute(db);
  },
};

const INDEXES = [
  "discussions_place on discussions (place)",
  "discussions_of on discussions (commitment_id)",
  "discussions_parent on discussions (parent_key)",
  "discussions_face on discussions (face_key)",
  "offers_at on offers (at)",
  "deliveries_arrived on deliveries (arrived) where arrived is not null",
];
