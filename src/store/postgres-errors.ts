import { StoreError } from "./store.ts";

/** SQLSTATE of an error that the server sent (https://www.postgresql.org/docs/current/errcodes-appendix.html). */
function sqlStateOf(error: unknown): string | null {
  if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") return null;
  return "severity" in error && /^[0-9A-Z]{5}$/.test(error.code) ? error.code : null;
}

/** Whether the server said so: the connection is well, and what was asked is over. */
export function isFromServer(error: unknown): boolean {
  return sqlStateOf(error) !== null;
}

/** serialization_failure, deadlock_detected. */
const AGAIN: ReadonlySet<string> = new Set(["40001", "40P01"]);
/** Connection classes, shutting down or starting up, too many connections. */
const AWAY = /^(?:08|57P|53300|53400|25P03)/;
const FULL: ReadonlySet<string> = new Set(["53100", "53200"]);
/** lock_not_available, query_canceled (a time limit). */
const BUSY: ReadonlySet<string> = new Set(["55P03", "57014"]);
/** Authorization, a database or schema that is not there, no right, read only. */
const REFUSED = /^(?:28|3D|3F|42501|25006)/;

/** What an error of the driver means for a store on the server `where` (never with its password). */
export function explainPostgres(where: string, error: unknown): StoreError | "again" {
  const state = sqlStateOf(error);
  const said = error instanceof Error && error.message !== "" ? error.message : describe(error);
  if (state === null || AWAY.test(state)) {
    return new StoreError(
      "unreachable",
      `PostgreSQL at ${where} does not answer: ${said}`,
      "start it, or correct DATABASE_URL; Qushi goes on by itself as soon as it answers",
    );
  }
  if (AGAIN.has(state)) return "again";
  if (FULL.has(state)) {
    return new StoreError(
      "full",
      `PostgreSQL at ${where} has no space left: ${said}`,
      "make space there; Qushi goes on by itself",
    );
  }
  if (BUSY.has(state)) {
    return new StoreError(
      "busy",
      `PostgreSQL at ${where} took too long: ${said}`,
      "it is tried again; if this stays, look for a session that holds locks",
    );
  }
  if (REFUSED.test(state)) {
    return new StoreError(
      "unusable",
      `PostgreSQL at ${where} refuses: ${said}`,
      "check user, password and database in DATABASE_URL, and that this user may create tables there",
    );
  }
  return new StoreError(
    "unusable",
    `PostgreSQL at ${where} failed: ${said}`,
    "look at the server's log; nothing of it was written",
  );
}

/** Where several addresses were tried, Node hides what became of each. */
function describe(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map((each) => describe(each)).join("; ");
  if (error instanceof Error) return error.message === "" ? error.name : error.message;
  return String(error);
}
