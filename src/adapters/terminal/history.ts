import { chmodSync, lstatSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { cleanText } from "../../message/width.ts";

/** Lines kept, and the longest line that is worth keeping, in characters. */
export const HISTORY_LINES = 500;
const LONGEST = 1_000;
/** No file of our own is larger; another one in its place is not read. */
const LARGEST = 4 * 1024 * 1024;

/** The lines of earlier sessions, the latest first; none where the file is missing, unreadable or no file. */
export function readHistory(file: string): string[] {
  try {
    const found = lstatSync(file);
    if (!found.isFile() || found.size > LARGEST) return [];
    const lines = readFileSync(file, "utf8").split("\n").map(cleanText);
    return lines
      .filter((line) => line !== "")
      .toReversed()
      .slice(0, HISTORY_LINES);
  } catch {
    return [];
  }
}

/** Keeps the lines (the latest first) for the next session, readable for the owner alone; false where it cannot. */
export function writeHistory(file: string, lines: readonly string[]): boolean {
  const kept = lines
    .filter((line) => line.length <= LONGEST)
    .slice(0, HISTORY_LINES)
    .toReversed();
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, kept.map((line) => `${line}\n`).join(""), { mode: 0o600 });
    // The mode above only counts for a file that is new.
    chmodSync(file, 0o600);
    return true;
  } catch {
    return false;
  }
}
