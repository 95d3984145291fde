import { sql, type CreateTableBuilder, type Kysely } from "kysely";
import type { EngineKind, Tables } from "../sql-tables.ts";
import type { Migration } from "./migration.ts";

/** Everything that the first store holds. */
export const start: Migration = {
  number: 1,
  name: "start",
  async up(db, kind) {
    const whole = kind === "sqlite" ? "integer" : "bigint";
    await table(db, kind, "counters", (t) =>
      t.addColumn("name", "text", (c) => c.primaryKey()).addColumn("value", whole, (c) => c.notNull()),
    );
    await table(db, kind, "inbox", (t) =>
      t.addColumn("id", "text", (c) => c.primaryKey()).addColumn("at", whole, (c) => c.notNull()),
    );
    await table(db, kind, "slots", (t) =>
      t.addColumn("key", "text", (c) => c.primaryKey()).addColumn("at", whole, (c) => c.notNull()),
    );
    await table(db, kind, "subscriptions", (t) =>
      numbered(t, kind)
        .addColumn("id", "text", (c) => c.notNull().unique())
        .addColumn("place", "text", (c) => c.notNull())
        .addColumn("owner", "text", (c) => c.notNull())
        .addColumn("created_at", whole, (c) => c.notNull())
        .addColumn("next_at", whole)
        .addColumn("ended_at", whole)
        .addColumn("revision", whole, (c) => c.notNull())
        .addColumn("rule", "text", (c) => c.notNull()),
    );
    await table(db, kind, "settings", (t) =>
      t.addColumn("place", "text", (c) => c.primaryKey()).addColumn("settings", "text", (c) => c.notNull()),
    );
    await table(db, kind, "snapshots", (t) =>
      numbered(t, kind)
        .addColumn("subscription_id", "text", (c) => c.notNull())
        .addColumn("key", "text")
        .addColumn("told", whole, (c) => c.notNull())
        .addColumn("snapshot", "text", (c) => c.notNull()),
    );
    await table(db, kind, "ledger", (t) =>
      t
        .addColumn("seq", whole, (c) => c.primaryKey())
        .addColumn("id", "text", (c) => c.notNull().unique())
        .addColumn("commitment_id", "text", (c) => c.notNull())
        .addColumn("type", "text", (c) => c.notNull())
        .addColumn("actor_key", "text", (c) => c.notNull())
        .addColumn("at", whole, (c) => c.notNull())
        .addColumn("effective_on", "text", (c) => c.notNull())
        .addColumn("data", "text", (c) => c.notNull())
        .addColumn("address", "text", (c) => c.notNull())
        .addColumn("message", "text"),
    );
    await table(db, kind, "audit", (t) =>
      numbered(t, kind)
        .addColumn("at", whole, (c) => c.notNull())
        .addColumn("actor", "text")
        .addColumn("address", "text")
        .addColumn("what", "text", (c) => c.notNull())
        .addColumn("outcome", "text", (c) => c.notNull())
        .addColumn("detail", "text", (c) => c.notNull()),
    );
    await table(db, kind, "deliveries", (t) =>
      numbered(t, kind)
        .addColumn("key", "text", (c) => c.notNull().unique())
        .addColumn("lane", "text", (c) => c.notNull())
        .addColumn("address", "text", (c) => c.notNull())
        .addColumn("message", "text", (c) => c.notNull())
        .addColumn("edits_key", "text")
        .addColumn("parent_key", "text")
        .addColumn("subscription_id", "text")
        .addColumn("planned_at", whole, (c) => c.notNull())
        .addColumn("due_at", whole, (c) => c.notNull())
        .addColumn("state", "text", (c) => c.notNull())
        .addColumn("ready", whole, (c) => c.notNull())
        .addColumn("ended", whole, (c) => c.notNull())
        .addColumn("attempts", whole, (c) => c.notNull())
        .addColumn("first_tried_at", whole)
        .addColumn("plain", whole, (c) => c.notNull())
        .addColumn("reason", "text")
        .addColumn("ref", "text")
        .addColumn("settled_at", whole)
        .addColumn("lease", "text")
        .addColumn("lease_until", whole),
    );
    await table(db, kind, "lanes", (t) =>
      t
        .addColumn("name", "text", (c) => c.primaryKey())
        .addColumn("platform", "text", (c) => c.notNull())
        .addColumn("all_lane", "text")
        .addColumn("next_at", whole)
        .addColumn("paused_until", whole, (c) => c.notNull())
        .addColumn("free_at", whole, (c) => c.notNull())
        .addColumn("marks", "text", (c) => c.notNull()),
    );
    for (const index of INDEXES) await sql.raw(`create index ${index}`).execute(db);
    await sql.raw("insert into counters (name, value) values ('subscription', 0), ('ledger', 0)").execute(db);
  },
};

/** Partial ones, so that what is asked often costs what is due or waiting, not what was ever there. */
const INDEXES = [
  "inbox_at on inbox (at)",
  "slots_at on slots (at)",
  "subscriptions_due on subscriptions (next_at, seq) where next_at is not null",
  "subscriptions_place on subscriptions (place)",
  "subscriptions_owner on subscriptions (owner)",
  "snapshots_of on snapshots (subscription_id, seq)",
  "snapshots_key on snapshots (key) where key is not null",
  "deliveries_ready on deliveries (lane, due_at, seq) where state = 'waiting' and ready = 1",
  "deliveries_sending on deliveries (lane, lease_until) where state = 'sending'",
  "deliveries_parent on deliveries (parent_key) where parent_key is not null",
  "deliveries_edits on deliveries (edits_key) where edits_key is not null",
  "deliveries_rule on deliveries (subscription_id) where state in ('waiting', 'sending')",
  "deliveries_state on deliveries (state, seq)",
  "deliveries_ended on deliveries (settled_at) where state in ('sent', 'dropped')",
  "lanes_next on lanes (all_lane, next_at) where next_at is not null",
  "lanes_all on lanes (name) where all_lane is null",
];

type Columns = CreateTableBuilder<string>;

/** A strict table on SQLite: a value of the wrong type is refused there as it is on PostgreSQL. */
async function table(
  db: Kysely<Tables>,
  kind: EngineKind,
  name: string,
  columns: (table: Columns) => { modifyEnd: Columns["modifyEnd"]; execute: Columns["execute"] },
): Promise<void> {
  const built = columns(db.schema.createTable(name));
  await (kind === "sqlite" ? built.modifyEnd(sql`strict`) : built).execute();
}

function numbered(table: Columns, kind: EngineKind): CreateTableBuilder<string, "seq"> {
  return kind === "sqlite"
    ? table.addColumn("seq", "integer", (c) => c.primaryKey())
    : table.addColumn("seq", "bigint", (c) => c.primaryKey().generatedByDefaultAsIdentity());
}
