import { createConnection, createServer, type Server, type Socket } from "node:net";
import { z } from "zod";
import {
  checkFolder,
  codeOf,
  makeFolder,
  placeOf,
  statOf,
  takeAway,
  userId,
  type Place,
} from "./socket-place.ts";
import { answerBackup } from "./backup.ts";
import {
  REQUEST_LIMIT,
  RESPONSE_LIMIT,
  SocketError,
  TIME_LIMIT,
  backupRequest,
  receive,
  socketReply,
  socketRequest,
  type BackupRequest,
  type SocketReply,
  type SocketRequest,
  type SocketResponse,
} from "./socket-protocol.ts";

type Run = (request: SocketRequest) => Promise<SocketResponse>;
/** `Store.backup`: rejects with StoreError. */
type Backup = (file: string) => Promise<void>;

const anyRequest = z.union([socketRequest, backupRequest]);

/**
 * Answers the command lines of this machine's user while Qushi runs: `run` those that are lines, `backup` those for a
 * copy of the store. Rejects with SocketError: `busy` where another Qushi listens. What a killed process left behind is
 * replaced. `close` lets requests that run come to their end.
 */
export async function serveSocket(
  path: string,
  run: Run,
  backup: Backup,
): Promise<{ close(): Promise<void> }> {
  const place = placeOf(path);
  await makeFolder(place);
  /** Connections, and whether the request of each is being worked on. */
  const connections = new Map<Socket, boolean>();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    connections.set(socket, false);
    // Who has gone away needs no answer; reading and writing tell of it by themselves.
    socket.on("error", () => {}).once("close", () => connections.delete(socket));
    void attend(socket, run, backup, () => connections.set(socket, true));
  });
  await listen(server, place);
  // A connection that could not be taken is the asker's to try again; the bot goes on.
  server.on("error", () => {});
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const [socket, isRunning] of connections) if (!isRunning) socket.destroy();
      }),
  };
}

/** One connection: one request, one reply, never a rejection. */
async function attend(socket: Socket, run: Run, backup: Backup, started: () => void): Promise<void> {
  const reply = await new Promise<SocketReply>((resolve) => {
    const limit = setTimeout(() => {
      resolve({ error: "timed_out", what: `Not done within ${TIME_LIMIT / 1_000} s.` });
      // Who does not read the reply either is left.
      setTimeout(() => socket.destroy(), TIME_LIMIT).unref();
    }, TIME_LIMIT);
    socket.once("close", () => clearTimeout(limit));
    void work(socket, run, backup, started).then(resolve);
  });
  if (!socket.destroyed) socket.end(`${JSON.stringify(reply)}\n`, () => socket.destroySoon());
}

async function work(socket: Socket, run: Run, backup: Backup, started: () => void): Promise<SocketReply> {
  try {
    const request = anyRequest.safeParse(await receive(socket, REQUEST_LIMIT));
    if (!request.success)
      return { error: "broken", what: "The line is not a request of this version of Qushi." };
    started();
    if ("backup" in request.data) return await answerBackup(request.data, backup);
    return await run(request.data);
  } catch (error) {
    if (error instanceof SocketError && (error.code === "too_large" || error.code === "broken"))
      return { error: error.code, what: error.message };
    return { error: "failed", what: error instanceof Error ? error.message : String(error) };
  }
}

/** Binds the socket for this user alone; what nobody listens at any more is taken away first. */
async function listen(server: Server, place: Place): Promise<void> {
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const code = await bind(server, place);
    if (code === null) return;
    if (code !== "EADDRINUSE" || place.kind === "pipe") {
      const busy = code === "EADDRINUSE";
      throw new SocketError(busy ? "busy" : "unusable", `No socket can be made at ${place.path} (${code}).`);
    }
    await clearAway(place.path);
  }
  throw new SocketError("busy", `Another process keeps taking ${place.path}.`);
}

/** Null, or the code of why it could not be bound. The bind itself happens inside `listen`, so the mask holds for it alone. */
function bind(server: Server, { path, kind }: Place): Promise<string | null> {
  return new Promise((resolve) => {
    const failed = (error: Error): void => resolve(codeOf(error));
    server.once("error", failed);
    const mask = kind === "pipe" ? null : process.umask(0o177);
    try {
      server.listen(path, () => {
        server.off("error", failed);
        resolve(null);
      });
    } finally {
      if (mask !== null) process.umask(mask);
    }
  });
}

/** Takes away a socket that nobody listens at. */
async function clearAway(path: string): Promise<void> {
  const seen = await statOf(path);
  if (seen === null) return;
  if (!seen.isSocket()) throw new SocketError("unusable", `${path} is there and is no socket; move it away.`);
  const other = await connect(path);
  if (other !== null) {
    other.destroy();
    throw new SocketError("busy", `A Qushi listens at ${path} already.`);
  }
  try {
    takeAway(path, seen);
  } catch (error) {
    // Another process that starts at the same time was first; the next attempt tells what it made.
    if (codeOf(error) !== "ENOENT")
      throw new SocketError("unusable", `${path} cannot be replaced (${codeOf(error)}).`);
  }
}

/**
 * Asks the Qushi that runs; null where none does. Rejects with SocketError where one does and gives no answer: then the
 * line may have been carried out or not.
 */
export async function askSocket(
  path: string,
  request: SocketRequest | BackupRequest,
): Promise<SocketResponse | null> {
  const line = `${JSON.stringify(request)}\n`;
  if (Buffer.byteLength(line) > REQUEST_LIMIT)
    throw new SocketError("too_large", `The line is longer than ${REQUEST_LIMIT} bytes.`);
  const socket = await reach(path);
  if (socket === null) return null;
  const waited = new SocketError("timed_out", `Qushi did not answer within ${TIME_LIMIT / 1_000} s.`);
  let limit: NodeJS.Timeout | undefined;
  try {
    const late = new Promise<never>((_resolve, reject) => {
      limit = setTimeout(() => reject(waited), TIME_LIMIT);
    });
    socket.on("error", () => {}).write(line);
    const reply = socketReply.safeParse(await Promise.race([receive(socket, RESPONSE_LIMIT), late]));
    if (!reply.success) throw new SocketError("broken", "What answered is not this version of Qushi.");
    if ("error" in reply.data) throw new SocketError(reply.data.error, reply.data.what);
    return reply.data;
  } finally {
    clearTimeout(limit);
    socket.destroy();
  }
}

/** True where a Qushi listens. Rejects with SocketError where one cannot be asked. */
export async function isServed(path: string): Promise<boolean> {
  const socket = await reach(path);
  socket?.destroy();
  return socket !== null;
}

async function reach(path: string): Promise<Socket | null> {
  const place = placeOf(path);
  return place.kind === "pipe" || (await isOurs(place)) ? connect(place.path) : null;
}

/** False where there is no socket. One of another user's may be an impostor's, unless we are root and may ask anybody's. */
async function isOurs(place: Place): Promise<boolean> {
  await checkFolder(place);
  const found = await statOf(place.path);
  if (found === null || !found.isSocket()) return false;
  if (userId() !== 0 && found.uid !== userId())
    throw new SocketError("forbidden", `${place.path} is another user's; ask as the user that runs Qushi.`);
  return true;
}

/** A connection; null where nobody listens. */
function connect(path: string): Promise<Socket | null> {
  return new Promise((resolve, reject) => {
    const socket = createConnection(path);
    socket.once("connect", () => resolve(socket.off("error", failed)));
    const failed = (error: Error): void => {
      const code = codeOf(error);
      if (code === "ECONNREFUSED" || code === "ENOENT") resolve(null);
      // A server whose queue is full is one that lives.
      else if (code === "EAGAIN") reject(new SocketError("busy", `Too many ask at ${path} at once.`));
      else reject(new SocketError("forbidden", `${path} cannot be reached (${code}).`));
    };
    socket.once("error", failed);
  });
}
