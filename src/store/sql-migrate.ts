import { sql, type Kysely } from "kysely";
import { start } from "./migrations/001-start.ts";
import { record } from "./migrations/002-record.ts";
import { threads } from "./migrations/003-threads.ts";
import type { Migration } from "./migrations/migration.ts";
import type { Sql, Tables } from "./sql-tables.ts";
import { StoreError } from "./store.ts";

const MIGRATIONS: readonly Migration[] = [start, record, threads];
/** The schema that this program knows. */
const NEWEST = Math.max(...MIGRATIONS.map(({ number }) => number));

/** Brings the schema up to this program's, inside a transaction that nobody else migrates in. Throws StoreError "newer". */
export async function migrate({ db, kind }: Sql): Promise<void> {
  await db.schema
    .createTable("migrations")
    .ifNotExists()
    .addColumn("number", "integer", (c) => c.primaryKey())
    .addColumn("name", "text", (c) => c.notNull())
    .execute();
  const at = await reached(db);
  if (at > NEWEST) {
    throw new StoreError(
      "newer",
      `the database is at schema ${at}, and this program knows schemas up to ${NEWEST}`,
      "start the newer Qushi that wrote it, or restore a backup made by this version",
    );
  }
  for (const step of MIGRATIONS.filter(({ number }) => number > at)) {
    const { number, name } = step;
    await step.up(db, kind);
    await db.insertInto("migrations").values({ number, name }).execute();
  }
}

async function reached(db: Kysely<Tables>): Promise<number> {
  const found = await db
    .selectFrom("migrations")
    .select(sql<number | null>`max(number)`.as("at"))
    .executeTakeFirst();
  return found?.at ?? 0;
}
