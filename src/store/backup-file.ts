import { chmod, open, rename, rm, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { sql, type Kysely } from "kysely";
import { StoreError } from "./store.ts";

/** Marks an SQLite file as one of Qushi's, and so as a backup: "Qush", at byte 68 (https://sqlite.org/fileformat.html). */
export const APPLICATION_ID = 0x51757368;
const APPLICATION_ID_AT = 68;

/** True for a file that a store or a backup of it was written to. */
export async function isBackup(file: string): Promise<boolean> {
  const handle = await open(file, "r");
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, APPLICATION_ID_AT);
    return bytesRead === 4 && buffer.readUInt32BE() === APPLICATION_ID;
  } finally {
    await handle.close();
  }
}

/** Has a backup written beside its place and puts it there whole; a file that stands there already is never touched. */
export async function writeBackup(to: string, write: (partial: string) => Promise<void>): Promise<void> {
  const file = resolve(to);
  if (await exists(file)) {
    throw new StoreError(
      "unusable",
      `${file} is there already`,
      "name another file, or move that one away first",
    );
  }
  const partial = `${file}.partial`;
  const clear = async (): Promise<void> => {
    for (const end of ["", "-wal", "-journal"]) await rm(`${partial}${end}`, { force: true });
  };
  try {
    // A folder is not made for a name that was mistyped.
    await sync(dirname(file));
    await clear();
    await write(partial);
    await chmod(partial, 0o600);
    await sync(partial);
    await rename(partial, file);
    await sync(dirname(file));
  } catch (error) {
    await clear();
    if (error instanceof StoreError) throw error;
    throw notWritten(file, error);
  }
}

/** A consistent copy of an SQLite store while it runs, without the space that was given up. */
export async function vacuumInto<Tables>(db: Kysely<Tables>, file: string): Promise<void> {
  await sql`vacuum into ${file}`.execute(db);
}

function notWritten(file: string, error: unknown): StoreError {
  const full =
    error instanceof Error &&
    (/\bfull\b/.test(error.message) || ("code" in error && error.code === "ENOSPC"));
  return new StoreError(
    full ? "full" : "unusable",
    `the backup ${file} was not written: ${error instanceof Error ? error.message : String(error)}`,
    "name a file in a folder that can be written to and has space; the store itself is as it was",
  );
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
