import { sql, type CreateTableBuilder, type Kysely } from "kysely";
import type { EngineKind, Tables } from "../sql-tables.ts";

/** A table whose rows are numbered in `seq`; on SQLite a strict one, so that a value of the wrong type is refused there too. */
export async function numberedTable(
  db: Kysely<Tables>,
  kind: EngineKind,
  name: string,
  columns: (table: CreateTableBuilder<string, "seq">) => CreateTableBuilder<string, string>,
): Promise<void> {
  const numbered = db.schema.createTable(name);
  await (
    kind === "sqlite"
      ? columns(numbered.addColumn("seq", "integer", (c) => c.primaryKey())).modifyEnd(sql`strict`)
      : columns(numbered.addColumn("seq", "bigint", (c) => c.primaryKey().generatedByDefaultAsIdentity()))
  ).execute();
}
