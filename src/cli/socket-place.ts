import { createHash, randomUUID } from "node:crypto";
import { lstatSync, renameSync, unlinkSync, type Stats } from "node:fs";
import { lstat, mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { SocketError } from "./socket-protocol.ts";

/** Bytes of a path that fit `sun_path` of unix(7) with its end: 108 on Linux, 104 on macOS and the BSDs. */
export const PATH_LIMIT = process.platform === "linux" ? 107 : 103;
const PRIVATE = 0o700;

/** Where a socket really is: at its path, in a short one of this user's where that is too long, a pipe on Windows. */
export interface Place {
  readonly path: string;
  readonly kind: "asked" | "short" | "pipe";
}

/** The same for server and client; rejects nothing, touches nothing. */
export function placeOf(path: string): Place {
  const whole = resolve(path);
  const name = createHash("sha256").update(whole).digest("hex").slice(0, 16);
  if (process.platform === "win32") {
    const isPipe = /^\\\\[.?]\\pipe\\/u.test(path);
    return { path: isPipe ? path : `\\\\.\\pipe\\qushi-${name}`, kind: "pipe" };
  }
  if (Buffer.byteLength(whole) <= PATH_LIMIT) return { path: whole, kind: "asked" };
  return { path: join(tmpdir(), `qushi-${userId() ?? 0}`, `${name}.sock`), kind: "short" };
}

/** Makes the folder, for this user alone, where it is missing; one that exists keeps its mode, the socket has its own. */
export async function makeFolder(place: Place): Promise<void> {
  if (place.kind === "pipe") return;
  if (Buffer.byteLength(place.path) > PATH_LIMIT)
    throw new SocketError("unusable", `${place.path} is too long for a socket; give a shorter folder.`);
  try {
    await mkdir(dirname(place.path), { recursive: true, mode: PRIVATE });
  } catch (error) {
    throw new SocketError("unusable", `The folder of ${place.path} cannot be made (${codeOf(error)}).`);
  }
  await checkFolder(place);
}

/** Anybody may have made a folder below the temporary one: it counts only where nobody else can put a socket into it. */
export async function checkFolder({ path, kind }: Place): Promise<void> {
  if (kind !== "short") return;
  const folder = dirname(path);
  const found = await statOf(folder);
  if (found === null) return;
  if (!found.isDirectory() || found.uid !== userId() || (found.mode & 0o077) !== 0)
    throw new SocketError("forbidden", `${folder} is not a folder of this user alone; remove it.`);
}

/** Null where nothing is there. */
export async function statOf(path: string): Promise<Stats | null> {
  try {
    return await lstat(path);
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes(codeOf(error))) return null;
    throw new SocketError("forbidden", `${path} cannot be looked at (${codeOf(error)}).`);
  }
}

/**
 * Removes the socket that was seen dead, and no other that has come in its place since: looked at again, moved and
 * looked at once more without a pause; what was moved by mistake goes back.
 */
export function takeAway(path: string, seen: Stats): void {
  // Numbers of inodes are used again at once; a socket is written only when it is bound.
  const isSeen = ({ ino, mtimeMs }: Stats): boolean => ino === seen.ino && mtimeMs === seen.mtimeMs;
  if (!isSeen(lstatSync(path))) return;
  const aside = `${path}.${randomUUID()}`;
  renameSync(path, aside);
  if (isSeen(lstatSync(aside))) unlinkSync(aside);
  else renameSync(aside, path);
}

/** Null on Windows, where files have no such owner. */
export function userId(): number | null {
  return process.getuid?.() ?? null;
}

/** The system's code of an error: ENOENT. */
export function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "unknown";
}
