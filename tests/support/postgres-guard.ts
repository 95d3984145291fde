/**
 * Runs a PostgreSQL server for a test and never outlives it: when its input ends, because the test is done or was
 * killed, it stops the server and removes the folder. Takes lines "start" and "stop"; answers "started", "stopped",
 * or "failed" with the server's last words.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { createInterface } from "node:readline";
import { z } from "zod";

const { binary, folder, flags, user } = z
  .object({
    binary: z.string(),
    folder: z.string(),
    flags: z.array(z.string()),
    user: z.object({ uid: z.number(), gid: z.number() }).nullable(),
  })
  .parse(JSON.parse(process.argv[2] ?? ""));

let server: ChildProcess | null = null;

async function start(): Promise<string> {
  const child = spawn(binary, flags, { cwd: folder, stdio: ["ignore", "ignore", "pipe"], ...user });
  server = child;
  let said = "";
  const ready = new Promise<string>((resolve) => {
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      said = (said + text).slice(-2_000);
      if (text.includes("ready to accept connections")) resolve("started");
    });
    child.once("error", (error) => resolve(`failed ${error.message}`));
    child.once("exit", () => resolve(`failed ${said.trim().replaceAll("\n", " | ")}`));
  });
  return ready;
}

/** SIGQUIT ends it at once, as a crash of the machine would, with every connection. */
async function stop(): Promise<string> {
  const child = server;
  server = null;
  if (child !== null && child.exitCode === null && child.signalCode === null) {
    const gone = once(child, "exit");
    child.kill("SIGQUIT");
    await gone;
  }
  return "stopped";
}

// Ctrl-C reaches the whole group; the end of the input is the only end.
process.on("SIGINT", () => undefined);
process.on("SIGTERM", () => undefined);
for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${await (line === "start" ? start() : stop())}\n`);
}
await stop();
rmSync(folder, { recursive: true, force: true });
