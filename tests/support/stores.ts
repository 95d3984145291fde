/**
 * The stores that every suite runs on: SQLite in a file, and PostgreSQL where it can run.
 *
 *     describe.each(stores)("$name", ({ open }) => {
 *       test("…", async () => {
 *         const opened = await open();           // a new, empty store; closed and removed after the test by itself
 *         await opened.store.commit({ at });
 *         const again = await opened.reopen();   // the same data as after a restart of the process
 *         const other = await opened.second();   // another client of the same data: PostgreSQL only
 *         opened.options;                        // what a child process opens it with: openStore(options)
 *         opened.halt / opened.resume            // PostgreSQL only: the server goes and comes back
 *       });
 *     });
 *
 * One server is started per test file, before its tests, and ends after the file. Outside vitest (a bench) use
 * tests/support/postgres.ts with openPostgres.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, onTestFinished } from "vitest";
import type { PostgresOptions } from "../../src/store/postgres.ts";
import type { SqliteOptions } from "../../src/store/sqlite.ts";
import type { Store } from "../../src/store/store.ts";
import { postgresTrouble, startPostgres, type Postgres } from "./postgres.ts";
import { openStore } from "./store-open.ts";

export interface Opened {
  readonly store: Store;
  readonly options: SqliteOptions | PostgresOptions;
  /** Closes what is open and opens the same data anew. */
  readonly reopen: () => Promise<Store>;
  /** Another client; rejects on SQLite, which is for one process. */
  readonly second: () => Promise<Store>;
  /** Ends the server at once / starts it again; rejects on SQLite. */
  readonly halt: () => Promise<void>;
  readonly resume: () => Promise<void>;
  /** Called by itself after the test. */
  readonly close: () => Promise<void>;
}
export interface StoreKind {
  readonly name: "sqlite" | "postgres";
  readonly open: () => Promise<Opened>;
  /** A place where nothing is yet, not even the schema; it goes after the test. */
  readonly empty: () => Promise<SqliteOptions | PostgresOptions>;
}

let server: Promise<Postgres> | null = null;
/** The server of this test file. */
export function sharedPostgres(): Promise<Postgres> {
  server ??= startPostgres();
  return server;
}
let migrated: Promise<string> | null = null;
/** A database that is migrated already: copying it takes a fifth of the time of a new one. */
function template(): Promise<string> {
  migrated ??= (async () => {
    const url = await (await sharedPostgres()).createDatabase();
    await (await openStore({ url })).close();
    return url;
  })();
  return migrated;
}
afterAll(async () => {
  const running = await server?.catch(() => null);
  server = null;
  migrated = null;
  await running?.remove();
});

const sqlite: StoreKind = {
  name: "sqlite",
  async empty() {
    const folder = await mkdtemp(join(tmpdir(), "qushi-store-"));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    return { file: join(folder, "qushi.db") };
  },
  async open() {
    const folder = await mkdtemp(join(tmpdir(), "qushi-store-"));
    const only = (): Promise<never> => Promise.reject(new Error("only PostgreSQL has this"));
    return opened(
      { file: join(folder, "var", "qushi.db") },
      { second: false, halt: only, resume: only },
      () => rm(folder, { recursive: true, force: true }),
    );
  },
};

const postgres: StoreKind = {
  name: "postgres",
  empty: async () => ({ url: await (await sharedPostgres()).createDatabase() }),
  async open() {
    const running = await sharedPostgres();
    const url = await running.createDatabase(await template());
    return opened({ url }, { second: true, halt: running.halt, resume: running.resume }, () =>
      Promise.resolve(),
    );
  },
};

async function opened(
  options: SqliteOptions | PostgresOptions,
  can: { readonly second: boolean } & Pick<Opened, "halt" | "resume">,
  remove: () => Promise<void>,
): Promise<Opened> {
  let stores = [await openStore(options)];
  const [store] = stores;
  if (store === undefined) throw new Error("no store");
  const closeAll = async (): Promise<void> => {
    const open = stores;
    stores = [];
    await Promise.all(open.map((each) => each.close()));
  };
  const add = async (): Promise<Store> => {
    const next = await openStore(options);
    stores.push(next);
    return next;
  };
  const close = async (): Promise<void> => {
    await closeAll();
    await remove();
  };
  onTestFinished(close);
  return {
    store,
    options,
    async reopen() {
      await closeAll();
      return add();
    },
    second: () => (can.second ? add() : Promise.reject(new Error("an SQLite store is for one process"))),
    halt: can.halt,
    resume: can.resume,
    close,
  };
}

const trouble = postgresTrouble();
if (trouble !== null) {
  process.stderr.write(`\n*** THE POSTGRESQL HALF OF THE STORE'S TESTS IS SKIPPED: ${trouble} ***\n\n`);
}
// Not within the first test: on a busy machine the start alone takes half of what a test may.
if (trouble === null) beforeAll(template, 90_000);
export const stores: readonly StoreKind[] = trouble === null ? [sqlite, postgres] : [sqlite];

/** Text in an expected object, of which only this must be there. */
export function containing(text: string | RegExp): unknown {
  return typeof text === "string" ? expect.stringContaining(text) : expect.stringMatching(text);
}
