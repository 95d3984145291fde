import {
  CompiledQuery,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
} from "kysely";

type Bound = null | number | bigint | string | Uint8Array;
interface Statement {
  columns(): readonly unknown[];
  all(...bound: Bound[]): unknown[];
  run(...bound: Bound[]): { readonly changes: number | bigint };
}
/** As much of node:sqlite's database as is used here. */
export interface SqliteDatabase {
  readonly isTransaction: boolean;
  prepare(text: string): Statement;
  close(): void;
}

/** Statements that are kept ready; their texts differ by the length of lists only. */
const KEPT_STATEMENTS = 400;

/** Kysely over one connection of node:sqlite; its adapter says so, and Kysely lends it to one at a time. */
export function sqliteDialect(database: SqliteDatabase): Dialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createDriver: () => driver(database),
  };
}

function driver(database: SqliteDatabase): Driver {
  const connection = connectionTo(database);
  const run = (text: string): Promise<unknown> => connection.executeQuery(CompiledQuery.raw(text));
  return {
    init: () => Promise.resolve(),
    acquireConnection: () => Promise.resolve(connection),
    releaseConnection: () => Promise.resolve(),
    async beginTransaction() {
      await run("begin immediate");
    },
    async commitTransaction() {
      await run("commit");
    },
    async rollbackTransaction() {
      // A full disk has SQLite roll back by itself.
      if (database.isTransaction) await run("rollback");
    },
    async destroy() {
      database.close();
    },
  };
}

function connectionTo(database: SqliteDatabase): DatabaseConnection {
  const statements = new Map<string, Prepared>();
  const prepared = (text: string): Prepared => {
    const found = statements.get(text) ?? prepare(database, text);
    statements.delete(text);
    statements.set(text, found);
    for (const oldest of statements.keys()) {
      if (statements.size <= KEPT_STATEMENTS) break;
      statements.delete(oldest);
    }
    return found;
  };
  return {
    async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
      const { statement, reads } = prepared(sql);
      const bound = parameters.map(checked);
      if (reads) {
        const rows = statement.all(...bound);
        return { rows: areRows<Row>(rows) ? rows : [] };
      }
      return { rows: [], numAffectedRows: BigInt(statement.run(...bound).changes) };
    },
    streamQuery() {
      throw new Error("rows are not streamed");
    },
  };
}

interface Prepared {
  readonly statement: Statement;
  /** It gives rows. */
  readonly reads: boolean;
}

function prepare(database: SqliteDatabase, text: string): Prepared {
  const statement = database.prepare(text);
  return { statement, reads: statement.columns().length > 0 };
}

/** A row's columns are those that the query names; what is in them is checked where rows become the program's types. */
function areRows<Row>(rows: readonly unknown[]): rows is Row[] {
  return rows.every((row) => typeof row === "object");
}

/** node:sqlite takes a Date bound first for named parameters and writes NULL: only what it stores as it is passes. */
function checked(value: unknown): Bound {
  if (value === null || typeof value === "string" || typeof value === "bigint") return value;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  if (value instanceof Uint8Array) return value;
  throw new TypeError(`cannot be bound: ${value instanceof Date ? "a Date" : typeof value}`);
}
