import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, vi } from "vitest";
import { isServed } from "../../src/cli/socket.ts";

/** What a user runs. */
export const LAUNCHER = fileURLToPath(new URL("../../bin/qushi.mjs", import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** An empty folder that goes away with the test. */
export function emptyFolder(): string {
  const made = mkdtempSync(join(tmpdir(), "qushi-"));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

type Env = Readonly<Record<string, string>>;

/** Starts the command as a user would, with nothing in the environment but what is given. */
function launch(
  args: readonly string[],
  { cwd, env }: { readonly cwd: string; readonly env: Env },
): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, [LAUNCHER, ...args], {
    cwd,
    env: { PATH: process.env["PATH"] ?? "", HOME: tmpdir(), LOG_LEVEL: "info", ...env },
  });
}

/** Runs a command to its end; in an empty folder unless one is given. */
export function qushi(
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: Env; readonly input?: string } = {},
): Promise<Ended> {
  const child = launch(args, { cwd: options.cwd ?? emptyFolder(), env: options.env ?? {} });
  let [out, err] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
  child.stdin.on("error", () => undefined);
  child.stdin.end(options.input ?? "");
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, out, err })));
}

/** A Qushi that runs in a folder until the test ends; resolves once the command line reaches it. */
export async function running(
  cwd: string,
  env: Env = {},
): Promise<{ stop(): Promise<number | null>; kill(): Promise<number | null> }> {
  const child = launch(["start"], { cwd, env });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
  child.stdout.resume();
  const closed = new Promise<number | null>((resolve) => child.on("close", resolve));
  const stop = (): Promise<number | null> => {
    child.kill("SIGTERM");
    return closed;
  };
  /** As a power cut does. */
  const kill = (): Promise<number | null> => {
    child.kill("SIGKILL");
    return closed;
  };
  onTestFinished(async () => void (await stop()));
  const listens = async (): Promise<void> =>
    expect(await isServed(join(cwd, "var", "qushi.sock")), said).toBe(true);
  await vi.waitFor(listens, { timeout: 50_000, interval: 20 });
  return { stop, kill };
}
