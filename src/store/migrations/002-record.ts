import { sql, type Kysely } from "kysely";
import { z } from "zod";
import { jsonOf } from "../json.ts";
import type { EngineKind, Tables } from "../sql-tables.ts";
import type { Migration } from "./migration.ts";
import { numberedTable as table } from "./numbered-table.ts";

/** People, what they may do, and the dataset last seen. The audit held accounts before; now it holds keys. */
export const record: Migration = {
  number: 2,
  name: "record",
  async up(db, kind) {
    const whole = kind === "sqlite" ? "integer" : "bigint";
    await table(db, kind, "people", (t) =>
      t
        .addColumn("key", "text", (c) => c.notNull().unique())
        .addColumn("now", "text", (c) => c.notNull())
        .addColumn("forgotten_at", whole),
    );
    await table(db, kind, "accounts", (t) =>
      t
        .addColumn("account", "text", (c) => c.notNull().unique())
        .addColumn("key", "text", (c) => c.notNull())
        .addColumn("person", "text", (c) => c.notNull()),
    );
    await table(db, kind, "grants", (t) =>
      t
        .addColumn("person_key", "text", (c) => c.notNull())
        .addColumn("role", "text", (c) => c.notNull())
        .addColumn("district", "text", (c) => c.notNull())
        .addColumn("granted_by", "text", (c) => c.notNull())
        .addColumn("at", whole, (c) => c.notNull())
        .addUniqueConstraint("grants_once", ["person_key", "role", "district"]),
    );
    const seen = db.schema
      .createTable("dataset_seen")
      .addColumn("id", "text", (c) => c.primaryKey())
      .addColumn("version", "text", (c) => c.notNull())
      .addColumn("items", "text", (c) => c.notNull())
      .addColumn("at", whole, (c) => c.notNull());
    await (kind === "sqlite" ? seen.modifyEnd(sql`strict`) : seen).execute();
    await sql.raw("create index people_now on people (now)").execute(db);
    await sql.raw("create index accounts_key on accounts (key)").execute(db);
    await sql.raw("insert into counters (name, value) values ('person', 0)").execute(db);
    await keysIntoAudit(db);
    if (kind === "postgres") {
      await sql
        .raw(
          `create function ledger_stays() returns trigger language plpgsql as
            $$ begin raise exception 'the ledger is only added to'; end $$`,
        )
        .execute(db);
    }
    await sealLedger(db, kind);
  },
};

/** Has the database itself refuse that a line of the record is changed or removed. */
export async function sealLedger(db: Kysely<Tables>, kind: EngineKind): Promise<void> {
  for (const [name, event] of SEALS) {
    const does =
      kind === "sqlite"
        ? "begin select raise(abort, 'the ledger is only added to'); end"
        : "for each statement execute function ledger_stays()";
    await sql.raw(`create trigger ${name} before ${event} on ledger ${does}`).execute(db);
  }
}

/** For whoever replaces the whole store by a backup; sealed again in the same transaction. */
export async function unsealLedger(db: Kysely<Tables>, kind: EngineKind): Promise<void> {
  for (const [name] of SEALS) {
    await sql.raw(`drop trigger ${name} ${kind === "sqlite" ? "" : "on ledger"}`).execute(db);
  }
}
const SEALS = [
  ["ledger_keeps_lines", "delete"],
  ["ledger_keeps_words", "update"],
] as const;

const account = z.object({ platform: z.string(), workspace: z.string().nullable(), id: z.string() });
const place = z.looseObject({
  platform: z.string(),
  workspace: z.string().nullable(),
  to: z.union([z.strictObject({ person: z.string() }), z.strictObject({ channel: z.string() })]),
});
const accountText = jsonOf(account);
const placeText = jsonOf(place);

async function keysIntoAudit(db: Kysely<Tables>): Promise<void> {
  await sql`alter table audit add column actor_key text`.execute(db);
  const keys = new Map<string, string>();
  const keyOf = async ({ platform, workspace, id }: z.infer<typeof account>): Promise<string> => {
    const text = [platform, workspace, id].filter((part) => part !== null).join(":");
    const known = keys.get(text);
    if (known !== undefined) return known;
    const key = `P-${keys.size + 1}`;
    keys.set(text, key);
    const person = JSON.stringify({ platform, workspace, id });
    await sql`insert into people (key, now) values (${key}, ${key})`.execute(db);
    await sql`insert into accounts (account, key, person) values (${text}, ${key}, ${person})`.execute(db);
    return key;
  };
  const actors = await sql<{ actor: string }>`select actor from audit where actor is not null
    group by actor order by min(seq)`.execute(db);
  for (const { actor } of actors.rows) {
    const key = await keyOf(accountText.parse(actor));
    await sql`update audit set actor_key = ${key} where actor = ${actor}`.execute(db);
  }
  const direct = await sql<{ address: string }>`select address from audit where address like '%"person"%'
    group by address order by min(seq)`.execute(db);
  for (const { address } of direct.rows) {
    const read = placeText.parse(address);
    if (!("person" in read.to)) continue;
    const key = await keyOf({ ...read, id: read.to.person });
    const sealed = JSON.stringify({ ...read, to: { person: key } });
    await sql`update audit set address = ${sealed} where address = ${address}`.execute(db);
  }
  await sql`update counters set value = ${keys.size} where name = 'person'`.execute(db);
  await sql`alter table audit drop column actor`.execute(db);
}
