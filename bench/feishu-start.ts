import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { startFakeFeishu } from "../tests/support/fake-feishu.ts";
import { startFakeSlack } from "../tests/support/fake-slack.ts";
import { build, QUSHI } from "../tests/support/joined.ts";
import { middle } from "./measure.ts";

/** What a process cost until it was ready. */
export interface Cost {
  readonly ms: number;
  /** Resident, in MB. */
  readonly mb: number;
}

const ROUNDS = 3;
/** Compiled code is kept between the rounds, as bin/qushi.mjs keeps it between starts. */
const COMPILED = join(tmpdir(), `qushi-bench-compiled-${process.pid}`);
process.once("exit", () => rmSync(COMPILED, { recursive: true, force: true }));
const ROOT = fileURLToPath(new URL("..", import.meta.url));
const run = promisify(execFile);

/** In turns, so that what else the machine does meets all alike; the first round is not counted. */
export async function inTurns(makes: readonly (() => Promise<Cost>)[]): Promise<readonly Cost[]> {
  const seen: Cost[][] = makes.map(() => []);
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const [at, make] of makes.entries()) {
      const cost = await make();
      if (round > 0) seen[at]?.push(cost);
    }
  }
  return seen.map((costs) => ({
    ms: middle(costs.map(({ ms }) => ms)),
    mb: middle(costs.map(({ mb }) => mb)),
  }));
}

/** A process that runs this and ends; it says itself what it holds. */
export async function bare(code: string): Promise<Cost> {
  const script = `${code}; process.stdout.write(String(process.memoryUsage.rss()))`;
  const from = performance.now();
  const { stdout } = await run(process.execPath, ["--input-type=module", "-e", script], { cwd: ROOT });
  return { ms: performance.now() - from, mb: Number(stdout) / 2 ** 20 };
}

/** Qushi as bin/qushi.mjs starts it, until it is connected with the platforms named. */
export async function started(platforms: readonly ("slack" | "feishu")[]): Promise<Cost> {
  const folder = await mkdtemp(join(tmpdir(), "qushi-bench-"));
  const slack = await startFakeSlack();
  const feishu = await startFakeFeishu();
  const env = {
    PATH: process.env["PATH"],
    NODE_COMPILE_CACHE: COMPILED,
    QUSHI_DIR: folder,
    LOG_LEVEL: "error",
    ...(platforms.includes("slack")
      ? {
          SLACK_BOT_TOKEN: slack.credentials.botToken,
          SLACK_APP_TOKEN: slack.credentials.receive.appToken,
          SLACK_API_URL: slack.credentials.apiUrl,
        }
      : {}),
    ...(platforms.includes("feishu")
      ? { FEISHU_APP_ID: feishu.appId, FEISHU_APP_SECRET: feishu.appSecret, FEISHU_DOMAIN: feishu.url }
      : {}),
  };
  const ready = Promise.all([
    platforms.includes("slack") ? slack.nextGreeting() : null,
    platforms.includes("feishu") ? feishu.connected() : null,
  ]);
  build();
  const from = performance.now();
  const child = spawn(process.execPath, [QUSHI, "start"], {
    cwd: folder,
    env,
    stdio: ["pipe", "ignore", "inherit"],
  });
  const gone = once(child, "exit");
  const early = gone.then((): never => {
    throw new Error("Qushi ended before it was connected");
  });
  early.catch(() => undefined);
  await Promise.race([ready, early]);
  const ms = performance.now() - from;
  const { stdout } = await run("ps", ["-o", "rss=", "-p", String(child.pid)]);
  child.kill("SIGTERM");
  await gone;
  await Promise.all([slack.close(), feishu.close()]);
  await rm(folder, { recursive: true, force: true });
  return { ms, mb: Number(stdout) / 1_024 };
}
