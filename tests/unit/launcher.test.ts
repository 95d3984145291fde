import { spawn } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

const LAUNCHER = fileURLToPath(new URL("../../bin/qushi.mjs", import.meta.url));
/** Makes the Node that runs the launcher look like one that is too old. */
const OLD = `--import=data:text/javascript,${encodeURIComponent(
  'Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.18.1" } });',
)}`;

/** In place of src/cli.ts: TypeScript, so that a Node without types fails. */
const PROGRAM = `
const [verb = "", ...rest]: string[] = process.argv.slice(2);
if (verb === "say") console.log(JSON.stringify({ rest, cwd: process.cwd(), pid: process.pid }));
if (verb === "exit") process.exitCode = Number(rest[0]);
if (verb === "echo") process.stdin.pipe(process.stdout);
if (verb === "warn") {
  process.emitWarning("this one is new", "ExperimentalWarning");
  process.emitWarning("this one matters", "SomeWarning");
}
if (verb === "die") process.kill(process.pid, "SIGKILL");
if (verb === "wait") {
  process.on("SIGTERM", () => { console.log("tidied up"); process.exit(7); });
  setInterval(() => undefined, 1_000_000);
  console.log("ready");
}
`;

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

let folder = "";
let root = "";
let launcher = "";

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "qushi launcher ")));
  root = join(folder, "a project");
  launcher = join(root, "bin", "qushi.mjs");
  for (const part of ["bin", "src", "node_modules/.bin", "tmp"])
    mkdirSync(join(root, part), { recursive: true });
  copyFileSync(LAUNCHER, launcher);
  copyFileSync(join(dirname(LAUNCHER), "built.mjs"), join(root, "bin", "built.mjs"));
  chmodSync(launcher, 0o755);
  writeFileSync(join(root, "package.json"), '{ "type": "module" }');
  writeFileSync(join(root, "src", "cli.ts"), PROGRAM);
  symlinkSync(process.execPath, join(root, "node_modules", ".bin", "node"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface How {
  readonly old?: boolean;
  readonly start?: string;
  readonly cwd?: string;
  readonly input?: string;
  readonly tmp?: string;
  /** Sent once the program is ready. */
  readonly signal?: NodeJS.Signals;
}

function run(args: readonly string[], how: How = {}): Promise<Ended> {
  const { old = false, start = launcher, cwd = folder, tmp = join(root, "tmp") } = how;
  const { NODE_COMPILE_CACHE: _cache, NODE_OPTIONS: _options, ...env } = process.env;
  const child = spawn(process.execPath, [...(old ? [OLD] : []), start, ...args], {
    cwd,
    env: { ...env, TMPDIR: tmp },
  });
  const ended = Promise.withResolvers<Ended>();
  let out = "";
  let err = "";
  let sent = false;
  child.stdout.on("data", (chunk: Buffer) => {
    out += chunk.toString();
    if (how.signal === undefined || sent || !out.includes("ready")) return;
    sent = true;
    child.kill(how.signal);
  });
  child.stderr.on("data", (chunk: Buffer) => (err += chunk.toString()));
  child.on("error", ended.reject);
  child.on("close", (code, signal) => ended.resolve({ code, signal, out, err }));
  child.stdin.end(how.input ?? "");
  return ended.promise;
}

describe.each([
  ["on a Node that is new enough", false],
  ["on an old Node, through the one the project carries", true],
])("%s", (_name, old) => {
  test("hands over the arguments and keeps the working directory", async () => {
    const { code, out, err } = await run(["say", "光明 算力", "--x=a b", ""], { old });
    expect(JSON.parse(out)).toMatchObject({ rest: ["光明 算力", "--x=a b", ""], cwd: folder });
    expect({ code, err }).toEqual({ code: 0, err: "" });
  });

  test("is found through a symbolic link", async () => {
    const link = join(folder, "qushi");
    symlinkSync(launcher, link);
    expect((await run(["say"], { old, start: link, cwd: root })).code).toBe(0);
  });

  test("keeps the exit code, the input and the output", async () => {
    expect((await run(["exit", "2"], { old })).code).toBe(2);
    expect((await run(["echo"], { old, input: "a\nb" })).out).toBe("a\nb");
  });

  test("ends by the signal that ended the program", async () => {
    expect((await run(["die"], { old })).signal).toBe("SIGKILL");
  });

  test("lets the program tidy up at a signal", async () => {
    expect(await run(["wait"], { old, signal: "SIGTERM" })).toMatchObject({
      code: 7,
      signal: null,
      out: "ready\ntidied up\n",
    });
    expect((await run(["wait"], { old, signal: "SIGHUP" })).signal).toBe("SIGHUP");
  });

  test("shows no experimental warnings, and all others", async () => {
    const { err } = await run(["warn"], { old });
    expect(err).not.toContain("ExperimentalWarning");
    expect(err).toContain("SomeWarning: this one matters");
  });

  test("works where nothing can be kept for the next start", async () => {
    expect((await run(["say"], { old, tmp: join(folder, "nowhere") })).code).toBe(0);
  });

  test("keeps nothing where others could put code", async () => {
    const kept = join(folder, "open", `qushi-compile-cache-${process.getuid?.() ?? "user"}`);
    mkdirSync(kept, { recursive: true });
    chmodSync(kept, 0o777);
    expect((await run(["say"], { old, tmp: join(folder, "open") })).code).toBe(0);
    expect(readdirSync(kept)).toEqual([]);
  });

  test("says what to do where nothing is installed", async () => {
    rmSync(join(root, "node_modules"), { recursive: true });
    const { code, out, err } = await run(["say"], { old });
    expect({ code, out }).toEqual({ code: 3, out: "" });
    expect(err).toBe(`Qushi needs Node 24, which its own installation brings: run npm ci in ${root}\n`);
  });
});

test("says what to do where the carried Node is missing or does not run", async () => {
  const carried = join(root, "node_modules", ".bin", "node");
  rmSync(carried);
  expect(await run(["say"], { old: true })).toMatchObject({ code: 3, out: "" });
  mkdirSync(carried);
  const { code, err } = await run(["say"], { old: true });
  expect(code).toBe(3);
  expect(err).toMatch(/^Qushi needs Node 24.*npm ci.*\n$/);
});

test("keeps compiled code where only its user can write", async () => {
  await run(["say"]);
  const kept = join(root, "tmp", `qushi-compile-cache-${process.getuid?.() ?? "user"}`);
  expect(statSync(kept).mode & 0o077).toBe(0);
});

describe("what was joined before", () => {
  const source = (): string => join(root, "src", "cli.ts");
  /** As bin/build.mjs leaves it, of the sources as they are. */
  const build = (index?: string): void => {
    const { size, mtimeMs } = statSync(source());
    mkdirSync(join(root, "dist", "0123"), { recursive: true });
    const code = 'console.log("joined");';
    writeFileSync(join(root, "dist", "0123", "cli.mjs"), code);
    const written = {
      folder: "0123",
      files: { "src/cli.ts": [size, mtimeMs] },
      parts: { "cli.mjs": code.length },
    };
    writeFileSync(join(root, "dist", "built.json"), index ?? JSON.stringify(written));
  };
  const runs = async (old = false): Promise<string> => {
    const { code, out, err } = await run(["say"], { old });
    expect({ code, err }).toEqual({ code: 0, err: "" });
    return out.startsWith("{") ? "sources" : out.trim();
  };

  test.each([false, true])("runs in place of exactly those sources (old Node: %s)", async (old) => {
    build();
    expect(await runs(old)).toBe("joined");
  });

  test("gives way to sources of another length", async () => {
    build();
    const { atime, mtime } = statSync(source());
    writeFileSync(source(), `${PROGRAM}\n`);
    utimesSync(source(), atime, mtime);
    expect(await runs()).toBe("sources");
  });

  test("gives way to sources of another time, an earlier one too", async () => {
    build();
    utimesSync(source(), new Date("2026-01-01"), new Date("2026-01-01"));
    expect(await runs()).toBe("sources");
  });

  test("gives way where it is not whole", async () => {
    build("{");
    expect(await runs()).toBe("sources");
    build(JSON.stringify({ folder: "0123" }));
    expect(await runs()).toBe("sources");
    build();
    writeFileSync(join(root, "dist", "0123", "cli.mjs"), "");
    expect(await runs()).toBe("sources");
    rmSync(join(root, "dist", "0123"), { recursive: true });
    expect(await runs()).toBe("sources");
  });
});
