import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { faultAt, type DatasetFault } from "./fault.ts";

/** The largest file that is read; datasets and articles are a hundred times smaller. */
export const LARGEST_BYTES = 4 * 1024 * 1024;

/** The text of a UTF-8 file, or the fault that says why there is none; never throws. */
export async function readText(
  path: string,
  what: string,
): Promise<{ readonly text: string } | { readonly fault: DatasetFault }> {
  const wrong = (why: string, fix: string) => ({
    fault: faultAt({ file: path, line: 1 }, `${what} ${why}`, fix),
  });
  let bytes: Buffer;
  try {
    // Opened without waiting for a writer, so that a named pipe cannot hang the program.
    const file = await open(path, NON_BLOCKING);
    try {
      const stat = await file.stat();
      if (stat.isDirectory()) return wrong("is a directory", "Give a file here.");
      if (!stat.isFile()) return wrong("is not an ordinary file", "Give an ordinary file here.");
      if (stat.size > LARGEST_BYTES) {
        return wrong(
          `has ${stat.size} bytes, more than ${LARGEST_BYTES}`,
          "Split it, or check that it is the right file.",
        );
      }
      bytes = await file.readFile();
    } finally {
      await file.close();
    }
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    if (code === "ENOENT" || code === "ENOTDIR")
      return wrong("is missing", "Create it, or correct the path.");
    if (code === "EISDIR") return wrong("is a directory", "Give a file here.");
    if (code === "EACCES" || code === "EPERM")
      return wrong("may not be read", "Give this user the right to read it.");
    return wrong(`cannot be read (${code})`, "Check the disk and the path.");
  }
  const zero = bytes.indexOf(0);
  if (zero >= 0) {
    const line = bytes.subarray(0, zero).filter((byte) => byte === 10).length + 1;
    return { fault: faultAt({ file: path, line }, `${what} has a NUL byte`, "Save it as plain UTF-8 text.") };
  }
  const text = decode(bytes);
  if (text === null) {
    const line = firstBadLine(bytes);
    return { fault: faultAt({ file: path, line }, `${what} is not UTF-8`, "Save it again as UTF-8.") };
  }
  if (text.trim() === "") return wrong("is empty", "Fill it, or remove what refers to it.");
  return { text };
}

/** Windows has no such flag and no such pipes. */
const NON_BLOCKING =
  process.platform === "win32" ? constants.O_RDONLY : constants.O_RDONLY | constants.O_NONBLOCK;

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** A line feed is never part of a longer UTF-8 character, so lines can be tried one by one. */
function firstBadLine(bytes: Uint8Array): number {
  let start = 0;
  for (let line = 1; start <= bytes.length; line += 1) {
    const found = bytes.indexOf(10, start);
    const end = found < 0 ? bytes.length : found;
    if (decode(bytes.subarray(start, end)) === null) return line;
    start = end + 1;
  }
  return 1;
}
