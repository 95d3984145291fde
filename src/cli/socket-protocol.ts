import type { Socket } from "node:net";
import { z } from "zod";
import { LANGS } from "../core/lang.ts";

/** A line of the command line for the Qushi that runs, and how the terminal that asked would have it printed. */
export const socketRequest = z.strictObject({
  line: z.string(),
  /** The same line with it is taken once; null: a line of its own. */
  id: z.string().max(100).nullable(),
  /** What it would write is left unwritten. */
  dry: z.boolean(),
  format: z.enum(["text", "json", "slack", "feishu"]),
  lang: z.enum(LANGS).nullable(),
  columns: z.int().min(1).max(10_000),
  colour: z.boolean(),
});
export type SocketRequest = Readonly<z.infer<typeof socketRequest>>;

/** A copy of the store that the Qushi that runs holds, as a file at an absolute path; the answer is in `lang`. */
export const backupRequest = z.strictObject({ backup: z.string().min(1), lang: z.enum(LANGS).nullable() });
export type BackupRequest = Readonly<z.infer<typeof backupRequest>>;

/** What the command line prints on its two outputs, and the code it ends with. */
export const socketResponse = z.strictObject({
  out: z.string(),
  err: z.string(),
  exit: z.int().min(0).max(255),
  /** A line with this id was taken before: there is nothing to print. */
  taken: z.boolean(),
});
export type SocketResponse = Readonly<z.infer<typeof socketResponse>>;

const ANSWERED = ["too_large", "timed_out", "broken", "failed"] as const;
/** One line the other way: a response, or why there is none. */
export const socketReply = z.union([
  socketResponse,
  z.strictObject({ error: z.enum(ANSWERED), what: z.string() }),
]);
export type SocketReply = Readonly<z.infer<typeof socketReply>>;

/**
 * busy: a Qushi listens there already. forbidden: the socket is another user's. unusable: no socket can be made there.
 * too_large, broken: what was sent is more than a request, or none. timed_out, failed: it may have been done or not.
 */
export class SocketError extends Error {
  override readonly name = "SocketError";
  readonly code: "busy" | "forbidden" | "unusable" | (typeof ANSWERED)[number];
  constructor(code: SocketError["code"], what: string) {
    super(what);
    this.code = code;
  }
}

/** Longest request, in bytes, its line end included. */
export const REQUEST_LIMIT = 64 * 1024;
/** Longest response, in bytes: an export of the largest dataset many times over. */
export const RESPONSE_LIMIT = 64 * 1024 * 1024;
/** How long one request may take from connection to answer, in milliseconds. */
export const TIME_LIMIT = 30_000;

/** The first line that arrives, parsed as JSON; rejects with SocketError where there is none within `limit` bytes. */
export async function receive(socket: Socket, limit: number): Promise<unknown> {
  const line = await firstLine(socket, limit);
  try {
    const content: unknown = JSON.parse(line);
    return content;
  } catch {
    throw new SocketError("broken", "The line is not JSON.");
  }
}

function firstLine(socket: Socket, limit: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const fail = (code: "too_large" | "broken", what: string) => () => reject(new SocketError(code, what));
    const take = (chunk: Buffer): void => {
      const end = chunk.indexOf(10);
      size += end < 0 ? chunk.length : end + 1;
      chunks.push(end < 0 ? chunk : chunk.subarray(0, end));
      if (size <= limit && end < 0) return;
      socket.off("data", take).pause();
      if (size > limit) fail("too_large", `More than ${limit} bytes in one line.`)();
      else resolve(Buffer.concat(chunks).toString("utf8"));
    };
    const cut = fail("broken", "The connection ended in the middle of a line.");
    socket.on("data", take).once("end", cut).once("error", cut).once("close", cut);
  });
}
