import { CompiledQuery } from "kysely";
import type { Sql, TableName } from "./sql-tables.ts";

type Value = string | number | null;
export type Row = Readonly<Record<string, Value>>;

/** How rows of one kind are put into a table; made once, so that its statements are made once too. */
export interface Shape {
  readonly name: string;
  readonly table: TableName;
  readonly columns: Readonly<Record<string, "text" | "bigint">>;
  /** What happens to a row whose key is there already. */
  readonly conflict: string;
  /** A column that SQLite computes, where one statement at a time runs. */
  readonly computed?: { readonly column: string; readonly sqlite: string };
  /** For PostgreSQL in place of a plain insert, from rows with their order as `nth`; the part with the name is counted. */
  readonly postgres?: (given: string) => readonly string[];
}

export interface Insert {
  readonly shape: Shape;
  readonly rows: readonly Row[];
}

/**
 * Puts rows in, in this order; how many of each insert were new or changed. On PostgreSQL it is one statement, so one
 * round trip, and none of its parts sees another's rows; on SQLite, where a round trip is a call, one for each row.
 */
export async function insertAll(sql: Sql, inserts: readonly Insert[]): Promise<readonly number[]> {
  const wanted = inserts.filter(({ rows }) => rows.length > 0);
  if (wanted.length === 0) return inserts.map(() => 0);
  const counts = await (sql.kind === "sqlite" ? oneByOne(sql, wanted) : together(sql, wanted));
  return inserts.map((insert) => counts.get(insert) ?? 0);
}

async function oneByOne({ db }: Sql, inserts: readonly Insert[]): Promise<ReadonlyMap<Insert, number>> {
  const counts = new Map<Insert, number>();
  for (const insert of inserts) {
    const { shape, rows } = insert;
    const text = sqliteText(shape);
    const columns = Object.keys(shape.columns);
    let count = 0;
    for (const row of rows) {
      const result = await db.executeQuery(
        CompiledQuery.raw(
          text,
          columns.map((column) => row[column] ?? null),
        ),
      );
      count += Number(result.numAffectedRows ?? 0);
    }
    counts.set(insert, count);
  }
  return counts;
}

async function together({ db }: Sql, inserts: readonly Insert[]): Promise<ReadonlyMap<Insert, number>> {
  const parts = inserts.flatMap(({ shape }, at) => postgresParts(shape, `$${at + 1}`));
  const counted = inserts.map(({ shape: { name } }) => `(select count(*) from ${name}) as ${name}`);
  const text = `with ${parts.join(", ")} select ${counted.join(", ")}`;
  const { rows } = await db.executeQuery<Readonly<Record<string, number>>>(
    CompiledQuery.raw(
      text,
      inserts.map((insert) => jsonRows(insert)),
    ),
  );
  return new Map(inserts.map((insert) => [insert, rows[0]?.[insert.shape.name] ?? 0]));
}

/** Half of a character outside the first plane cannot be stored there; it is replaced as binding it would have been. */
function jsonRows({ rows }: Insert): string {
  return JSON.stringify(rows, (_key, value: unknown) =>
    typeof value === "string" ? value.toWellFormed() : value,
  );
}

const texts = new WeakMap<Shape, string>();
function sqliteText(shape: Shape): string {
  const known = texts.get(shape);
  if (known !== undefined) return known;
  const { table, columns, computed, conflict } = shape;
  const names = Object.keys(columns);
  const into = computed === undefined ? names : [computed.column, ...names];
  const values = [...(computed === undefined ? [] : [computed.sqlite]), ...names.map(() => "?")];
  const text = `insert into ${table} (${into.join(", ")}) values (${values.join(", ")}) ${conflict}`;
  texts.set(shape, text);
  return text;
}

function postgresParts(
  { name, table, columns, conflict, postgres }: Shape,
  parameter: string,
): readonly string[] {
  const typed = Object.entries(columns).map(([column, type]) => `${column} ${type}`);
  const names = Object.keys(columns).join(", ");
  const given = `rows from (json_to_recordset(${parameter}) as (${typed.join(", ")}))
    with ordinality as given (${names}, nth)`;
  if (postgres !== undefined) return postgres(given);
  return [
    `${name} as (insert into ${table} (${names}) select ${names} from ${given} order by nth
      ${conflict} returning 1)`,
  ];
}
