import { sql as raw } from "kysely";
import { sealLedger, unsealLedger } from "./migrations/002-record.ts";
import type { Sql, TableName } from "./sql-tables.ts";

/** Every table with the column it is read on by, but for `migrations`, which each database has of its own. */
const TABLES: readonly {
  readonly name: Exclude<TableName, "migrations">;
  readonly by: string;
  readonly counted: boolean;
}[] = [
  { name: "counters", by: "name", counted: false },
  { name: "inbox", by: "id", counted: false },
  { name: "slots", by: "key", counted: false },
  { name: "subscriptions", by: "seq", counted: true },
  { name: "settings", by: "place", counted: false },
  { name: "snapshots", by: "seq", counted: true },
  { name: "ledger", by: "seq", counted: false },
  { name: "audit", by: "seq", counted: true },
  { name: "people", by: "seq", counted: true },
  { name: "accounts", by: "seq", counted: true },
  { name: "grants", by: "seq", counted: true },
  { name: "dataset_seen", by: "id", counted: false },
  { name: "deliveries", by: "seq", counted: true },
  { name: "lanes", by: "name", counted: false },
  { name: "discussions", by: "seq", counted: true },
  { name: "replies", by: "seq", counted: true },
  { name: "offers", by: "seq", counted: true },
];
const PAGE = 400;

/** True where nothing was ever written that anybody would miss. */
export async function isEmpty({ db }: Sql): Promise<boolean> {
  for (const { name } of TABLES) {
    if (name === "counters") continue;
    if ((await raw`select 1 from ${raw.table(name)} limit 1`.execute(db)).rows.length > 0) return false;
  }
  return true;
}

/** Makes `to` hold what `from` holds, and nothing else; both have the schema of this program. */
export async function copyAll(from: Sql, to: Sql): Promise<void> {
  await unsealLedger(to.db, to.kind);
  for (const { name, by, counted } of TABLES) {
    await raw`delete from ${raw.table(name)}`.execute(to.db);
    for (let last: unknown = null; ;) {
      const page: readonly Readonly<Record<string, unknown>>[] = (
        await raw<Record<string, unknown>>`select * from ${raw.table(name)}
          ${last === null ? raw`` : raw`where ${raw.ref(by)} > ${last}`}
          order by ${raw.ref(by)} limit ${PAGE}`.execute(from.db)
      ).rows;
      const [first] = page;
      if (first === undefined) break;
      const columns = Object.keys(first);
      const rows = page.map((row) => raw`(${raw.join(columns.map((column) => row[column] ?? null))})`);
      await raw`insert into ${raw.table(name)} (${raw.join(columns.map((column) => raw.ref(column)))})
        values ${raw.join(rows)}`.execute(to.db);
      last = page.at(-1)?.[by];
    }
    if (name === "ledger") {
      await raw`update counters set value = (select coalesce(max(seq), 0) from ledger) where name = 'ledger'`.execute(
        to.db,
      );
    }
    if (counted && to.kind === "postgres") {
      await raw`select setval(pg_get_serial_sequence(${name}, 'seq'), greatest((select max(seq) from ${raw.table(name)}), 1))`.execute(
        to.db,
      );
    }
  }
  await sealLedger(to.db, to.kind);
}
