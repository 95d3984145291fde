import { ZodError } from "zod";
import { readEntries } from "./entry-rows.ts";
import { toJson } from "./json.ts";
import type { Insert, Row, Shape } from "./sql-insert.ts";
import { sealed, type Keys } from "./sql-keys.ts";
import { StoreError, type NewEntry } from "./store.ts";

const COLUMNS = {
  id: "text",
  commitment_id: "text",
  type: "text",
  actor_key: "text",
  at: "bigint",
  effective_on: "text",
  data: "text",
  address: "text",
  message: "text",
} as const;
const NAMES = Object.keys(COLUMNS).join(", ");

/**
 * Positions come from one counter whose row is held until the commit, so that whoever reads on from a position misses
 * nothing. SQLite has one writer at a time, and entries never go: the last position is the counter.
 */
const LEDGER: Shape = {
  name: "ledger_rows",
  table: "ledger",
  columns: COLUMNS,
  conflict: "on conflict (id) do nothing",
  computed: { column: "seq", sqlite: "(select coalesce(max(seq), 0) + 1 from ledger)" },
  postgres: (given) => [
    `fresh as (select given.*, row_number() over (order by nth) as place from ${given}
      where not exists (select 1 from ledger known where known.id = given.id))`,
    `moved as (update counters set value = value + (select count(*) from fresh) where name = 'ledger' returning value)`,
    `ledger_rows as (insert into ledger (seq, ${NAMES})
      select moved.value - (select count(*) from fresh) + fresh.place, ${NAMES} from fresh, moved
      on conflict (id) do nothing returning 1)`,
  ],
};

/**
 * Appends entries; one whose id is there already is not written. Throws StoreError for one that could not be read back:
 * it would stand in the way of the whole ledger for good.
 */
export function ledgerInsert(entries: readonly NewEntry[], keys: Keys): Insert {
  const first = entries.filter(({ id }, at) => entries.findIndex((each) => each.id === id) === at);
  return {
    shape: LEDGER,
    rows: first.map((entry) => {
      const row = {
        id: entry.id,
        commitment_id: entry.commitmentId,
        type: entry.type,
        actor_key: entry.actorKey,
        at: entry.at.getTime(),
        effective_on: entry.effectiveOn,
        data: JSON.stringify(entry.data),
        address: toJson(sealed(entry.from.address, keys)),
        message: entry.from.message,
      };
      check(row);
      return row;
    }),
  };
}

function check(row: Row & { readonly id: string }): void {
  try {
    readEntries([{ ...row, seq: 1 }]);
  } catch (error) {
    if (!(error instanceof ZodError)) throw error;
    const [issue] = error.issues;
    throw new StoreError(
      "unusable",
      `the entry ${row.id} is none of the record (${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""})`,
      "this is a fault of the program; nothing was written",
    );
  }
}
