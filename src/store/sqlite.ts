import { chmodSync, closeSync, mkdirSync, openSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Kysely } from "kysely";
import { APPLICATION_ID, vacuumInto, writeBackup } from "./backup-file.ts";
import { transaction, type Engine } from "./sql-engine.ts";
import { withPlaceMemory } from "./place-memory.ts";
import { migrate } from "./sql-migrate.ts";
import { sqlStore } from "./sql-store.ts";
import type { Tables } from "./sql-tables.ts";
import { sqliteDialect } from "./sqlite-dialect.ts";
import { cannotOpen, explainSqlite } from "./sqlite-errors.ts";
import { StoreError, type Store } from "./store.ts";

export interface SqliteOptions {
  /** A path, or ":memory:". */
  readonly file: string;
  /** The most pages (4 KiB each) that the file may have; none: as many as the disk has. */
  readonly maxPages?: number;
}

/** Opens the embedded store for this process alone, makes it where there is none, and migrates it. Rejects with StoreError. */
export async function openSqlite(options: SqliteOptions): Promise<Store> {
  return withPlaceMemory(sqlStore(await openSqliteEngine(options)));
}

/** The same one level below the store, for backups. */
export async function openSqliteEngine({ file, maxPages }: SqliteOptions): Promise<Engine> {
  const path = file === ":memory:" ? file : resolve(file);
  const database = openFile(path, maxPages);
  const db = new Kysely<Tables>({ dialect: sqliteDialect(database) });
  const engine: Engine = {
    kind: "sqlite",
    db,
    explain: (error) => explainSqlite(path, error),
    backup: (to) =>
      writeBackup(to, (partial) => vacuumInto(db, partial)).catch((error: unknown) => {
        throw error instanceof StoreError ? error : explainSqlite(to, error);
      }),
    close: () => db.destroy(),
  };
  try {
    await transaction(engine, (sql) => migrate(sql));
    return engine;
  } catch (error) {
    await db.destroy();
    throw error;
  }
}

function openFile(path: string, maxPages: number | undefined): DatabaseSync {
  if (path !== ":memory:") prepare(path);
  let database: DatabaseSync | null = null;
  try {
    database = new DatabaseSync(path, { timeout: 0 });
    // EXCLUSIVE before the first access: whoever comes second is refused at once instead of waiting in the event loop.
    database.exec("pragma locking_mode = exclusive; pragma journal_mode = wal; pragma synchronous = full");
    database.exec(`pragma application_id = ${APPLICATION_ID}`);
    if (maxPages !== undefined) database.exec(`pragma max_page_count = ${Math.trunc(maxPages)}`);
    // Reading alone would take a lock that others can share.
    database.exec("begin exclusive; commit");
    return database;
  } catch (error) {
    database?.close();
    throw explainSqlite(path, error);
  }
}

/** The folder and the file are for the user alone: they hold what people wrote. */
function prepare(path: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) throw new Error("it is a folder");
    closeSync(openSync(path, "a", 0o600));
    chmodSync(path, 0o600);
  } catch (error) {
    throw cannotOpen(path, error instanceof Error ? error.message : String(error));
  }
}
