import { Kysely, sql as raw } from "kysely";
import { Pool, TypeOverrides } from "pg";
import { writeBackup } from "./backup-file.ts";
import { postgresDialect } from "./postgres-dialect.ts";
import { explainPostgres } from "./postgres-errors.ts";
import { copyAll } from "./sql-copy.ts";
import { transaction, type Engine } from "./sql-engine.ts";
import { migrate } from "./sql-migrate.ts";
import { sqlStore } from "./sql-store.ts";
import type { Tables } from "./sql-tables.ts";
import { openSqliteEngine } from "./sqlite.ts";
import { StoreError, type Store } from "./store.ts";

export interface PostgresOptions {
  /** DATABASE_URL: postgres://user:password@host:port/database */
  readonly url: string;
  /** Told when a connection broke; never the password. */
  readonly log?: (what: string) => void;
}

const CONNECT_MS = 5_000;
/** The server gives a statement up after this; the client a little later, should the server be silent. */
const STATEMENT_MS = 15_000;
const SILENT_MS = 20_000;
const CONNECTIONS = 10;
const INT8 = 20;
/** One number for every Qushi: whoever migrates holds it until the transaction ends. */
const MIGRATION_LOCK = 71_755_368;

/** Opens the store on a server, which any number of processes may share, and migrates it. Rejects with StoreError. */
export async function openPostgres(options: PostgresOptions): Promise<Store> {
  return sqlStore(await openPostgresEngine(options));
}

/** The same one level below the store, for backups. */
export async function openPostgresEngine({ url, log = () => undefined }: PostgresOptions): Promise<Engine> {
  const where = placeOf(url);
  const pool = makePool(url);
  // Without listeners a restart of the server would end this process: the pool speaks for idle connections only.
  const broke = (error: Error): void => log(`a connection to PostgreSQL at ${where} broke: ${error.message}`);
  pool.on("error", broke);
  pool.on("connect", (client) => client.on("error", broke));
  const db = new Kysely<Tables>({ dialect: postgresDialect(pool) });
  const engine: Engine = {
    kind: "postgres",
    db,
    explain: (error) => explainPostgres(where, error),
    backup: (file) => writeBackup(file, (partial) => copyTo(engine, partial)),
    close: () => db.destroy(),
  };
  try {
    await transaction(engine, async (sql) => {
      await raw`select pg_advisory_xact_lock(${raw.lit(MIGRATION_LOCK)})`.execute(sql.db);
      await migrate(sql);
    });
    return engine;
  } catch (error) {
    await db.destroy();
    throw error;
  }
}

function makePool(url: string): Pool {
  const types = new TypeOverrides();
  // Times and positions are far below 2^53.
  types.setTypeParser(INT8, Number);
  return new Pool({
    connectionString: url,
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: STATEMENT_MS,
    idle_in_transaction_session_timeout: STATEMENT_MS,
    query_timeout: SILENT_MS,
    application_name: "qushi",
    keepAlive: true,
    types,
  });
}

/** Everything as one SQLite file, as it stands at one moment, so that either engine can be restored from it. */
async function copyTo(engine: Engine, file: string): Promise<void> {
  const target = await openSqliteEngine({ file });
  try {
    await transaction(target, (to) => transaction(engine, (from) => copyAll(from, to), { snapshot: true }));
  } finally {
    await target.close();
  }
}

/** Host, port and database of a connection string. Throws StoreError where it is none. */
function placeOf(url: string): string {
  const read = URL.canParse(url) ? new URL(url) : null;
  if (read === null || !/^postgres(?:ql)?:$/.test(read.protocol)) {
    throw new StoreError(
      "unusable",
      "DATABASE_URL is no address of a PostgreSQL database",
      "write it as postgres://USER:PASSWORD@HOST:5432/DATABASE",
    );
  }
  return `${read.host}${read.pathname}`;
}
