import { join } from "node:path";
import type { Store } from "./store.ts";

/** Where everything is remembered: a PostgreSQL database, else the file qushi.db in a folder. */
export interface StorePlace {
  readonly dir: string;
  readonly databaseUrl: string | null;
}

/** Opens the store that the environment names; the driver of the other is never loaded. Rejects with StoreError. */
export async function openStore(
  { dir, databaseUrl }: StorePlace,
  log: (what: string) => void = () => undefined,
): Promise<Store> {
  if (databaseUrl !== null) {
    const { openPostgres } = await import("./postgres.ts");
    return openPostgres({ url: databaseUrl, log });
  }
  const { openSqlite } = await import("./sqlite.ts");
  return openSqlite({ file: join(dir, "qushi.db") });
}
