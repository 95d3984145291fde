import { DatabaseSync } from "node:sqlite";
import { CompiledQuery, Kysely } from "kysely";
import { Pool } from "pg";
import { start } from "../../src/store/migrations/001-start.ts";
import { postgresDialect } from "../../src/store/postgres-dialect.ts";
import type { PostgresOptions } from "../../src/store/postgres.ts";
import type { EngineKind, Tables } from "../../src/store/sql-tables.ts";
import { sqliteDialect } from "../../src/store/sqlite-dialect.ts";
import type { SqliteOptions } from "../../src/store/sqlite.ts";

type Row = Readonly<Record<string, unknown>>;

/** A database past the store, which must be closed; `say` runs one statement. */
export async function raw<Result>(
  options: SqliteOptions | PostgresOptions,
  work: (
    say: (text: string) => Promise<readonly Row[]>,
    db: Kysely<Tables>,
    kind: EngineKind,
  ) => Promise<Result>,
): Promise<Result> {
  const kind = "url" in options ? "postgres" : "sqlite";
  const dialect =
    "url" in options
      ? postgresDialect(new Pool({ connectionString: options.url }))
      : sqliteDialect(new DatabaseSync(options.file));
  const db = new Kysely<Tables>({ dialect });
  try {
    return await work(async (text) => (await db.executeQuery<Row>(CompiledQuery.raw(text))).rows, db, kind);
  } finally {
    await db.destroy();
  }
}

/** Makes an empty place a store as the first released program left it, with these statements run on it. */
export async function asFirstReleased(
  options: SqliteOptions | PostgresOptions,
  statements: readonly string[],
): Promise<void> {
  await raw(options, async (say, db, kind) => {
    await say("create table migrations (number integer primary key, name text not null)");
    await start.up(db, kind);
    await say("insert into migrations (number, name) values (1, 'start')");
    for (const statement of statements) await say(statement);
  });
}
