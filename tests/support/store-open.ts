import { openPostgres, type PostgresOptions } from "../../src/store/postgres.ts";
import { openSqlite, type SqliteOptions } from "../../src/store/sqlite.ts";
import type { Store } from "../../src/store/store.ts";

/** Opens whichever store the options are for; child processes get them as JSON. */
export function openStore(options: SqliteOptions | PostgresOptions): Promise<Store> {
  return "url" in options ? openPostgres(options) : openSqlite(options);
}
