import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isBackup } from "./backup-file.ts";
import { openPostgresEngine, type PostgresOptions } from "./postgres.ts";
import { copyAll, isEmpty } from "./sql-copy.ts";
import { transaction } from "./sql-engine.ts";
import { openSqliteEngine, type SqliteOptions } from "./sqlite.ts";
import { StoreError } from "./store.ts";

/**
 * Fills a store with a backup, whichever engine that was taken on. Rejects with StoreError, and changes nothing, where
 * the store is not empty and `force` is not given, or the file is no backup.
 */
export async function restore(
  file: string,
  into: SqliteOptions | PostgresOptions,
  { force }: { readonly force: boolean },
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "qushi-restore-"));
  try {
    // A copy, because opening migrates: a backup stays as it was taken.
    const copy = join(folder, "backup.db");
    await copyFile(file, copy).catch((error: unknown) => {
      throw noBackup(file, error instanceof Error ? error.message : String(error));
    });
    if (!(await isBackup(copy))) throw noBackup(file, "another program wrote it");
    const from = await openSqliteEngine({ file: copy });
    try {
      const to = await ("url" in into ? openPostgresEngine(into) : openSqliteEngine(into));
      try {
        await transaction(to, async (target) => {
          if (!force && !(await isEmpty(target))) {
            throw new StoreError(
              "unusable",
              "the store that the backup would replace is not empty",
              "back it up first, then restore with --force",
            );
          }
          await transaction(from, (source) => copyAll(source, target));
        });
      } finally {
        await to.close();
      }
    } finally {
      await from.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function noBackup(file: string, said: string): StoreError {
  return new StoreError(
    "unusable",
    `${file} is no backup of Qushi: ${said}`,
    "name a file that `qushi backup` wrote",
  );
}
