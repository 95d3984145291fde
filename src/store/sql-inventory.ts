import { sql, type Kysely } from "kysely";
import type { Inventory } from "../core/inventory.ts";
import type { EngineKind, Tables } from "./sql-tables.ts";

const BYTES: Readonly<Record<EngineKind, string>> = {
  sqlite: "(select page_count from pragma_page_count()) * (select page_size from pragma_page_size())",
  postgres: "pg_database_size(current_database())",
};

interface Counted {
  readonly bytes: number;
  readonly seq: number;
  readonly waiting: number;
  readonly sending: number;
  readonly unconfirmed: number;
  readonly failed: number;
  readonly first: number | null;
}

/** The statement behind `inventory`: it counts what is open by its index, not what was ever sent. */
export function inventoryQuery(kind: EngineKind) {
  const inState = (state: string): string => `(select count(*) from deliveries where state = '${state}')`;
  return sql.raw<Counted>(
    `select ${BYTES[kind]} as bytes,
      (select coalesce(max(seq), 0) from ledger) as seq,
      ${inState("waiting")} as waiting,
      ${inState("sending")} as sending,
      ${inState("unconfirmed")} as unconfirmed,
      ${inState("failed")} as failed,
      (select min(due_at) from deliveries where state = 'waiting' and ready = 1) as first`,
  );
}

export async function inventory(db: Kysely<Tables>, engine: EngineKind): Promise<Inventory> {
  const { rows } = await inventoryQuery(engine).execute(db);
  const [row] = rows;
  if (row === undefined) throw new Error("a select without a table gives one row");
  const { bytes, seq, waiting, sending, unconfirmed, failed, first } = row;
  return {
    engine,
    bytes,
    seq,
    outbox: { waiting, sending, unconfirmed, failed },
    firstDueAt: first === null ? null : new Date(first),
  };
}
