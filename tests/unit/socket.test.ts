import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, lstat, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { createConnection, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { askSocket, isServed, serveSocket } from "../../src/cli/socket.ts";
import { PATH_LIMIT, placeOf, takeAway } from "../../src/cli/socket-place.ts";
import { REQUEST_LIMIT, SocketError, TIME_LIMIT, type SocketRequest } from "../../src/cli/socket-protocol.ts";
import { StoreError } from "../../src/store/store.ts";

const REQUEST: SocketRequest = {
  line: "光明 算力",
  id: null,
  dry: false,
  format: "text",
  lang: "zh",
  columns: 80,
  colour: false,
};

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "qushi-"));
  path = join(folder, "var", "qushi.sock");
});
afterEach(async () => {
  vi.useRealTimers();
  await rm(folder, { recursive: true, force: true });
});

type Run = Parameters<typeof serveSocket>[1];
type Backup = Parameters<typeof serveSocket>[2];
const echo: Run = async (request) => ({ out: JSON.stringify(request), err: "", exit: 0, taken: false });
const noBackup: Backup = () => Promise.reject(new Error("nobody asked for a backup"));

/** A server that is closed after the test. */
async function serving(
  run: Run = echo,
  at = path,
  backup: Backup = noBackup,
): Promise<{ close(): Promise<void> }> {
  const server = await serveSocket(at, run, backup);
  onTestFinished(() => server.close());
  return server;
}

/** What is answered to bytes that are no client of ours. */
async function raw(bytes: string | Uint8Array): Promise<string> {
  const socket = createConnection(path);
  socket.on("error", () => {});
  let answer = "";
  socket.setEncoding("utf8").on("data", (text: string) => {
    answer += text;
  });
  socket.end(bytes);
  await once(socket, "close");
  return answer;
}

/** The first bytes that come. */
function firstData(socket: Socket): Promise<string> {
  return new Promise((resolve) => socket.once("data", (chunk) => resolve(chunk.toString())));
}

/** Leaves a socket behind as a process does that is killed. */
async function killedAt(at: string): Promise<void> {
  await mkdir(dirname(at), { recursive: true });
  const script =
    "require('node:net').createServer().listen(process.argv[1], () => process.stdout.write('up'))";
  const child = spawn(process.execPath, ["-e", script, at], { stdio: ["ignore", "pipe", "inherit"] });
  await once(child.stdout, "data");
  child.kill("SIGKILL");
  await once(child, "exit");
  expect((await lstat(at)).isSocket()).toBe(true);
}

describe("a line", () => {
  test("reaches the one that runs, and its two outputs and exit code come back", async () => {
    const asked: SocketRequest[] = [];
    await serving(async (request) => {
      asked.push(request);
      return { out: "19 EFLOPS\n第二行", err: "⚠", exit: 2, taken: false };
    });
    expect(await askSocket(path, REQUEST)).toEqual({
      out: "19 EFLOPS\n第二行",
      err: "⚠",
      exit: 2,
      taken: false,
    });
    expect(asked).toEqual([REQUEST]);
  });

  test("of any characters arrives as it was typed", async () => {
    await serving();
    for (const line of ["", "a\nb\r\n\u2028", '"quoted" \\ \u0000', "𠮷🚦", "量".repeat(20_000)]) {
      const answer = await askSocket(path, { ...REQUEST, line, lang: null });
      expect(JSON.parse(answer?.out ?? "")).toEqual({ ...REQUEST, line, lang: null });
    }
  });

  test("gets its own answer while others are asked, whichever is done first", async () => {
    const waiting = new Map<string, () => void>();
    const { promise: all, resolve: arrived } = Promise.withResolvers<void>();
    await serving(async ({ line }) => {
      await new Promise<void>((resolve) => {
        waiting.set(line, resolve);
        if (waiting.size === 3) arrived();
      });
      return { out: line, err: "", exit: 0, taken: false };
    });
    const answers = ["a", "b", "c"].map((line) => askSocket(path, { ...REQUEST, line }));
    await all;
    for (const line of ["c", "a", "b"]) waiting.get(line)?.();
    expect((await Promise.all(answers)).map((answer) => answer?.out)).toEqual(["a", "b", "c"]);
  });

  test("may have an answer of megabytes", async () => {
    const out = "承诺,".repeat(1_000_000);
    await serving(async () => ({ out, err: "", exit: 0, taken: false }));
    expect((await askSocket(path, REQUEST))?.out).toBe(out);
  });

  test("longer than 64 KiB is refused before it is sent", async () => {
    const run = vi.fn<Run>(echo);
    await serving(run);
    const line = "x".repeat(REQUEST_LIMIT);
    await expect(askSocket(path, { ...REQUEST, line })).rejects.toMatchObject({ code: "too_large" });
    expect(run).not.toHaveBeenCalled();
  });
});

describe("a backup", () => {
  test("is written by the one that runs, which says where, in the language asked for", async () => {
    const run = vi.fn<Run>(echo);
    const backup = vi.fn<Backup>(async () => {});
    await serving(run, path, backup);
    const file = join(folder, "copy.db");
    expect(await askSocket(path, { backup: file, lang: "zh" })).toEqual({
      out: `已备份到 ${file}\n`,
      err: "",
      exit: 0,
      taken: false,
    });
    expect((await askSocket(path, { backup: file, lang: null }))?.out).toBe(`Backed up to ${file}\n`);
    expect(backup.mock.calls).toEqual([[file], [file]]);
    expect(run).not.toHaveBeenCalled();
  });

  test.each([
    ["unusable", 2],
    ["full", 1],
  ] as const)("that cannot be written is told with its way out (%s)", async (code, exit) => {
    await serving(echo, path, async (file) => {
      throw new StoreError(code, `${file} is there already`, "name another file");
    });
    expect(await askSocket(path, { backup: "/x.db", lang: null })).toEqual({
      out: "",
      err: "/x.db is there already. Name another file.\n",
      exit,
      taken: false,
    });
  });

  test("that fails in another way is the server's fault, and it goes on", async () => {
    await serving();
    const asked = askSocket(path, { backup: "/x.db", lang: null });
    await expect(asked).rejects.toMatchObject({ code: "failed", message: "nobody asked for a backup" });
    expect(await askSocket(path, REQUEST)).toMatchObject({ exit: 0 });
  });
});

test("whether one listens is told without asking it anything", async () => {
  expect(await isServed(path)).toBe(false);
  await killedAt(path);
  expect(await isServed(path)).toBe(false);
  const run = vi.fn<Run>(echo);
  const server = await serving(run);
  expect(await isServed(path)).toBe(true);
  expect(run).not.toHaveBeenCalled();
  await server.close();
  expect(await isServed(path)).toBe(false);
});

describe("nobody listens", () => {
  test("where there is no socket, or no folder", async () => {
    expect(await askSocket(path, REQUEST)).toBeNull();
    await writeFile(join(folder, "var"), "");
    expect(await askSocket(path, REQUEST)).toBeNull();
  });

  test("at what a killed process left behind", async () => {
    await killedAt(path);
    expect(await askSocket(path, REQUEST)).toBeNull();
  });

  test("after the server is closed, and nothing is left in the folder", async () => {
    const server = await serveSocket(path, echo, noBackup);
    await server.close();
    expect(await askSocket(path, REQUEST)).toBeNull();
    expect(await readdir(dirname(path))).toEqual([]);
  });
});

describe("starting", () => {
  test("makes the folder and the socket for this user alone, whatever the mask", async () => {
    const mask = process.umask(0);
    onTestFinished(() => void process.umask(mask));
    await serving();
    await writeFile(join(folder, "other"), "");
    expect((await lstat(join(folder, "other"))).mode & 0o777).toBe(0o666);
    expect((await lstat(path)).mode & 0o777).toBe(0o600);
    expect((await lstat(dirname(path))).mode & 0o777).toBe(0o700);
  });

  test("leaves the mode of a folder that was there", async () => {
    await mkdir(dirname(path));
    await chmod(dirname(path), 0o755);
    await serving();
    expect((await lstat(dirname(path))).mode & 0o777).toBe(0o755);
    expect((await lstat(path)).mode & 0o777).toBe(0o600);
  });

  test("replaces what a killed process left behind", async () => {
    await killedAt(path);
    await serving();
    expect(await askSocket(path, REQUEST)).toMatchObject({ exit: 0 });
    expect(await readdir(dirname(path))).toEqual(["qushi.sock"]);
  });

  test("is refused beside one that lives, which goes on", async () => {
    await serving(async () => ({ out: "first", err: "", exit: 0, taken: false }));
    await expect(serveSocket(path, echo, noBackup)).rejects.toMatchObject({
      name: "SocketError",
      code: "busy",
    });
    expect(await askSocket(path, REQUEST)).toMatchObject({ out: "first" });
  });

  test("several times at once over a dead socket leaves one, which answers", async () => {
    await killedAt(path);
    const started = await Promise.allSettled([1, 2, 3, 4].map(() => serveSocket(path, echo, noBackup)));
    const up = started.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
    for (const server of up) onTestFinished(() => server.close());
    expect(up).toHaveLength(1);
    for (const each of started)
      if (each.status === "rejected") expect(each.reason).toMatchObject({ code: "busy" });
    expect(await askSocket(path, REQUEST)).toMatchObject({ exit: 0 });
    expect(await readdir(dirname(path))).toEqual(["qushi.sock"]);
  });

  test("takes away what was seen dead, not what has come in its place", async () => {
    await killedAt(path);
    const seen = await lstat(path);
    await rm(path);
    await serving();
    takeAway(path, seen);
    expect(await askSocket(path, REQUEST)).toMatchObject({ exit: 0 });
    takeAway(path, await lstat(path));
    expect(await readdir(dirname(path))).toEqual([]);
  });

  test("does not take away a file that is no socket", async () => {
    await mkdir(dirname(path));
    await writeFile(path, "notes");
    await expect(serveSocket(path, echo, noBackup)).rejects.toMatchObject({ code: "unusable" });
    expect((await lstat(path)).isFile()).toBe(true);
    expect(await askSocket(path, REQUEST)).toBeNull();
  });
});

describe("a path longer than a socket's may be", () => {
  const long = () => join(folder, "x".repeat(PATH_LIMIT), "qushi.sock");

  test("is served in a short one, in a folder of this user alone", async () => {
    const place = placeOf(long());
    expect(Buffer.byteLength(place.path)).toBeLessThanOrEqual(PATH_LIMIT);
    expect(placeOf(`${long()}2`).path).not.toBe(place.path);
    await serving(echo, long());
    expect(await askSocket(long(), REQUEST)).toMatchObject({ exit: 0 });
    const found = await lstat(dirname(place.path));
    expect([found.mode & 0o777, found.uid]).toEqual([0o700, process.getuid?.()]);
    expect((await lstat(place.path)).mode & 0o777).toBe(0o600);
  });

  test("begins after the last that fits, counted in bytes", async () => {
    const fits = join(folder, "量".repeat(Math.floor((PATH_LIMIT - Buffer.byteLength(folder) - 1) / 3)));
    expect(placeOf(fits).kind).toBe("asked");
    expect(placeOf(`${fits}量`).kind).toBe("short");
    await serving(echo, fits);
    expect(await askSocket(fits, REQUEST)).toMatchObject({ exit: 0 });
  });

  test.each(["open to others", "a link"])("is refused where that folder is %s", async (what) => {
    vi.stubEnv("TMPDIR", folder);
    const short = dirname(placeOf(long()).path);
    expect(dirname(short)).toBe(folder);
    const elsewhere = join(folder, "elsewhere");
    await mkdir(elsewhere, { mode: 0o700 });
    if (what === "a link") await symlink(elsewhere, short);
    else {
      await mkdir(short);
      await chmod(short, 0o777);
    }
    await expect(serveSocket(long(), echo, noBackup)).rejects.toMatchObject({ code: "forbidden" });
    await expect(askSocket(long(), REQUEST)).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("the server", () => {
  test.each([
    ["no JSON", "show GM-001\n", "broken"],
    ["another shape", '{"line":"show"}\n', "broken"],
    ["more than a request has", `${JSON.stringify({ ...REQUEST, user: "x:admin" })}\n`, "broken"],
    ["a line without its end", JSON.stringify(REQUEST), "broken"],
    ["nothing", "", "broken"],
    ["bytes that are no text", new Uint8Array([0xff, 0xfe, 10]), "broken"],
    ["64 KiB and more in a line", "x".repeat(REQUEST_LIMIT + 1), "too_large"],
    ["64 KiB and more in a line that ends", `${"x".repeat(REQUEST_LIMIT)}\n`, "too_large"],
  ])("answers %s with what is wrong, and runs nothing", async (_, bytes, error) => {
    const run = vi.fn<Run>(echo);
    await serving(run);
    expect(JSON.parse(await raw(bytes))).toMatchObject({ error });
    expect(run).not.toHaveBeenCalled();
    expect(await askSocket(path, REQUEST)).toMatchObject({ exit: 0 });
  });

  test("takes a line that comes in pieces, once, whatever follows it", async () => {
    const run = vi.fn<Run>(echo);
    await serving(run);
    const socket = createConnection(path).setNoDelay();
    const bytes = Buffer.from(`${JSON.stringify(REQUEST)}\n${JSON.stringify(REQUEST)}\n`);
    for (const byte of bytes) await new Promise((resolve) => socket.write(Buffer.of(byte), resolve));
    const answer = await firstData(socket);
    expect(JSON.parse(answer)).toMatchObject({ exit: 0 });
    expect(run).toHaveBeenCalledTimes(1);
    socket.destroy();
  });

  test("answers for a run that failed, and serves the next", async () => {
    await serving(async ({ line }) => {
      if (line === "bad") throw new Error("no such thing");
      return { out: "", err: "", exit: 0, taken: false };
    });
    await expect(askSocket(path, { ...REQUEST, line: "bad" })).rejects.toMatchObject({
      code: "failed",
      message: "no such thing",
    });
    expect(await askSocket(path, REQUEST)).toMatchObject({ exit: 0 });
  });

  test("goes on when the asker leaves before the answer", async () => {
    const { promise: asked, resolve: running } = Promise.withResolvers<void>();
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    await serving(async ({ line }) => {
      if (line !== "slow") return { out: "", err: "", exit: 0, taken: false };
      running();
      await released;
      return { out: "x".repeat(1_000_000), err: "", exit: 0, taken: false };
    });
    const socket = createConnection(path);
    socket.write(`${JSON.stringify({ ...REQUEST, line: "slow" })}\n`);
    await asked;
    socket.destroy();
    release();
    expect(await askSocket(path, REQUEST)).toMatchObject({ exit: 0 });
  });

  test("that closes lets what runs come to its end, and leaves those who ask nothing", async () => {
    const { promise: asked, resolve: running } = Promise.withResolvers<void>();
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    const server = await serving(async () => {
      running();
      await released;
      return { out: "done", err: "", exit: 0, taken: false };
    });
    const idle = createConnection(path);
    await once(idle, "connect");
    const answer = askSocket(path, REQUEST);
    await asked;
    const closed = server.close();
    await once(idle, "close");
    release();
    expect(await answer).toEqual({ out: "done", err: "", exit: 0, taken: false });
    await closed;
  });
});

describe("the asker", () => {
  /** Something else that listens at the path and answers a line. */
  async function stranger(answer: string | null): Promise<void> {
    await mkdir(dirname(path), { recursive: true });
    const server = createServer((socket) => {
      socket
        .on("error", () => {})
        .once("data", () => (answer === null ? socket.destroy() : socket.end(answer)));
    }).listen(path);
    await once(server, "listening");
    onTestFinished(() => void server.close());
  }

  test.each([
    ["another shape", '{"out":1}\n'],
    ["no JSON", "hello\n"],
    ["a line without its end", '{"out":"","err":"","exit":0}'],
    ["nothing", null],
  ])("of something that answers %s is told so", async (_, answer) => {
    await stranger(answer);
    await expect(askSocket(path, REQUEST)).rejects.toBeInstanceOf(SocketError);
    await expect(askSocket(path, REQUEST)).rejects.toMatchObject({ code: "broken" });
  });

  test("waits 30 seconds and no longer", async () => {
    const { promise: started, resolve: running } = Promise.withResolvers<void>();
    await serving(() => {
      running();
      return new Promise(() => {});
    });
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const answer = askSocket(path, REQUEST);
    const settled = vi.fn<() => void>();
    void answer.catch(settled);
    await started;
    vi.advanceTimersByTime(TIME_LIMIT - 1);
    await new Promise((resolve) => setImmediate(resolve));
    expect(settled).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    await expect(answer).rejects.toMatchObject({ code: "timed_out" });
  });

  test("who sends nothing is told after 30 seconds", async () => {
    await serving();
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const socket = createConnection(path);
    await once(socket, "connect");
    // The server has set its limit once it has answered a later one.
    await askSocket(path, REQUEST);
    vi.advanceTimersByTime(TIME_LIMIT);
    const answer = await firstData(socket);
    expect(JSON.parse(answer)).toMatchObject({ error: "timed_out" });
    socket.destroy();
  });
});
