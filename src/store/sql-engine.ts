import type { Kysely, Transaction } from "kysely";
import { ZodError } from "zod";
import type { EngineKind, Sql, Tables } from "./sql-tables.ts";
import { StoreError } from "./store.ts";

/** A database that is open and has the schema. */
export interface Engine {
  readonly kind: EngineKind;
  readonly db: Kysely<Tables>;
  /** What an error of the driver means; "again": the transaction lost against another and may be tried anew. */
  explain(error: unknown): StoreError | "again";
  backup(file: string): Promise<void>;
  close(): Promise<void>;
}

/** Transactions that lost against another are tried this often. */
const TRIES = 6;

/** Undoes the transaction that it is thrown in: what was asked is not to be done, which is no fault. */
export class Undone extends Error {
  readonly because: "accepted_before" | "claimed_before" | "changed_before" | "not_held";
  constructor(because: Undone["because"]) {
    super(because);
    this.because = because;
  }
}

/** One transaction: written whole or not at all; rejects with StoreError or Undone. */
export async function transaction<Result>(
  engine: Engine,
  work: (sql: Sql) => Promise<Result>,
  options: { readonly snapshot?: boolean } = {},
): Promise<Result> {
  const builder = engine.db.transaction();
  const wanted =
    options.snapshot === true && engine.kind === "postgres"
      ? builder.setIsolationLevel("repeatable read").setAccessMode("read only")
      : builder;
  return attempt(engine, () => wanted.execute((db: Transaction<Tables>) => work({ db, kind: engine.kind })));
}

/** One call of `insertAll` as a transaction: on PostgreSQL its one statement is one by itself. */
export async function single<Result>(engine: Engine, work: (sql: Sql) => Promise<Result>): Promise<Result> {
  if (engine.kind === "sqlite") return transaction(engine, work);
  return attempt(engine, () => work({ db: engine.db, kind: engine.kind }));
}

/** A look at the database by one statement, which sees one moment. */
export async function look<Result>(
  engine: Engine,
  work: (db: Kysely<Tables>) => Promise<Result>,
): Promise<Result> {
  return attempt(engine, () => work(engine.db));
}

async function attempt<Result>(engine: Engine, work: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (error instanceof Undone || error instanceof StoreError) throw error;
      if (error instanceof ZodError) throw unreadable(error);
      const meaning = engine.explain(error);
      if (meaning !== "again") throw meaning;
      if (tries === TRIES)
        throw new StoreError(
          "busy",
          "other processes kept the database busy",
          "it is tried again; if this stays, look for a process that holds locks",
        );
    }
  }
}

function unreadable(error: ZodError): StoreError {
  const [issue] = error.issues;
  const where = issue === undefined ? "" : ` (${issue.path.join(".")}: ${issue.message})`;
  return new StoreError(
    "unusable",
    `a row of the database does not read as this program writes it${where}`,
    "restore a backup; the row was changed by something other than Qushi",
  );
}
