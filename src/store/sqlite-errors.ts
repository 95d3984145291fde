import { StoreError } from "./store.ts";

/** The primary result code of an error of node:sqlite (https://sqlite.org/rescode.html); null for any other error. */
function codeOf(error: unknown): number | null {
  if (!(error instanceof Error) || !("errcode" in error) || typeof error.errcode !== "number") return null;
  // Extended codes keep the primary one in their lowest byte.
  return error.errcode % 256;
}

const CODES = { busy: 5, locked: 6, readOnly: 8, corrupt: 11, full: 13, cannotOpen: 14, noDatabase: 26 };

/** What an error of the driver means for the store in this file. */
export function explainSqlite(file: string, error: unknown): StoreError {
  const code = codeOf(error);
  const said = error instanceof Error ? error.message : String(error);
  switch (code) {
    case CODES.busy:
    case CODES.locked:
      return new StoreError(
        "busy",
        `another Qushi is running on ${file}`,
        "stop the other one first, or give this one a folder of its own by QUSHI_DIR; while the bot runs, `qushi ask` talks to it",
      );
    case CODES.full:
      return new StoreError(
        "full",
        `there is no space left for ${file}`,
        "make space on its disk; Qushi goes on by itself, and nothing half-written stays",
      );
    case CODES.readOnly:
      return new StoreError(
        "unusable",
        `${file} cannot be written to`,
        "let the user that runs Qushi write to the file and its folder, or set QUSHI_DIR to a folder where it may",
      );
    case CODES.corrupt:
    case CODES.noDatabase:
      return new StoreError(
        "unusable",
        `${file} is no database of Qushi, or is damaged`,
        "move it away and restore a backup: qushi backup --restore FILE",
      );
    case CODES.cannotOpen:
      return cannotOpen(file, said);
    default:
      return new StoreError(
        "unusable",
        `the store in ${file} failed: ${said}`,
        "look at the disk and the log; nothing of it was written",
      );
  }
}

/** A folder or file that is not there, or not what it should be. */
export function cannotOpen(file: string, said: string): StoreError {
  return new StoreError(
    "unusable",
    `${file} cannot be opened: ${said}`,
    "set QUSHI_DIR to a folder that the user who runs Qushi may write to; the file must be a plain file",
  );
}
