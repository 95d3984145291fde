import {
  CompiledQuery,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  type TransactionSettings,
} from "kysely";
import { isFromServer } from "./postgres-errors.ts";

interface Client {
  query(query: { readonly name?: string; readonly text: string; readonly values: unknown[] }): Promise<{
    readonly rows: unknown[];
    readonly rowCount: number | null;
    readonly command: string;
  }>;
  release(destroy?: boolean): void;
}
/** As much of pg's pool as is used here. */
export interface ClientPool {
  connect(): Promise<Client>;
  end(): Promise<void>;
}

/** Statements that a connection keeps ready; their texts differ by what a change holds and by the length of lists. */
const KEPT_STATEMENTS = 200;

/** Kysely over a pool of pg whose connections keep their statements ready, which is a third of a short one's time. */
export function postgresDialect(pool: ClientPool): Dialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
    createDriver: () => driver(pool),
  };
}

function driver(pool: ClientPool): Driver {
  const names = new Map<string, string>();
  const nameOf = (text: string): string | undefined => {
    if (!names.has(text) && names.size < KEPT_STATEMENTS) names.set(text, `q${names.size + 1}`);
    return names.get(text);
  };
  const lent = new WeakMap<DatabaseConnection, Lent>();
  const run = (connection: DatabaseConnection, text: string) =>
    connection.executeQuery<unknown>(CompiledQuery.raw(text));
  return {
    init: () => Promise.resolve(),
    async acquireConnection() {
      const borrowed: Lent = { client: await pool.connect(), silent: false };
      const connection = connectionTo(borrowed, nameOf);
      lent.set(connection, borrowed);
      return connection;
    },
    releaseConnection(connection) {
      const borrowed = lent.get(connection);
      lent.delete(connection);
      borrowed?.client.release(borrowed.silent);
      return Promise.resolve();
    },
    async beginTransaction(connection, settings) {
      await run(connection, beginText(settings));
    },
    async commitTransaction(connection) {
      await run(connection, "commit");
    },
    async rollbackTransaction(connection) {
      if (lent.get(connection)?.silent !== true) await run(connection, "rollback");
    },
    destroy: () => pool.end(),
  };
}

/** `silent`: it did not answer, so what it was asked may still be under way; it is closed instead of lent again. */
interface Lent {
  readonly client: Client;
  silent: boolean;
}

function connectionTo(lent: Lent, nameOf: (text: string) => string | undefined): DatabaseConnection {
  return {
    async executeQuery<Row>({ sql: text, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
      const name = parameters.length === 0 ? undefined : nameOf(text);
      const query = { text, values: [...parameters], ...(name === undefined ? {} : { name }) };
      try {
        const result = await lent.client.query(query);
        // PostgreSQL answers a commit of a transaction that failed with ROLLBACK.
        if (text === "commit" && result.command === "ROLLBACK") throw new Error("the transaction was undone");
        const { rows } = result;
        return { rows: areRows<Row>(rows) ? rows : [], numAffectedRows: BigInt(result.rowCount ?? 0) };
      } catch (error) {
        if (!isFromServer(error)) lent.silent = true;
        throw error;
      }
    },
    streamQuery() {
      throw new Error("rows are not streamed");
    },
  };
}

/** A row's columns are those that the query names; what is in them is checked where rows become the program's types. */
function areRows<Row>(rows: readonly unknown[]): rows is Row[] {
  return rows.every((row) => typeof row === "object");
}

function beginText({ isolationLevel, accessMode }: TransactionSettings): string {
  const level = isolationLevel === undefined ? "" : ` isolation level ${isolationLevel}`;
  return `begin${level}${accessMode === undefined ? "" : ` ${accessMode}`}`;
}
