/**
 * A worker in a process of its own, for walks under fault. Its argument is a ChildSetting in JSON. It prints "ready",
 * then "done" once nothing waits any more, and ends when its stdin ends; a line "jump MS" on stdin moves its clock.
 */
import { flushCompileCache } from "node:module";
import { createInterface } from "node:readline";
import { z } from "zod";
import { problemChange } from "../../src/delivery/problem.ts";
import { createWorker } from "../../src/delivery/worker.ts";
import { StoreError, type Store } from "../../src/store/store.ts";
import { readClock, waitFast } from "./delivery-clock.ts";
import { connectFakePlatform } from "./fake-platform-client.ts";

const budget = z.array(z.object({ count: z.number(), perMs: z.number() })).readonly();
const setting = z.object({
  store: z.union([z.object({ url: z.string() }), z.object({ file: z.string() })]),
  url: z.string(),
  find: z.enum(["key", "history", "none"]),
  budgets: z.object({ place: budget, all: budget }),
  clock: z.object({ from: z.number(), origin: z.number(), speed: z.number() }),
});
export type ChildSetting = z.infer<typeof setting>;

/** How long a call to the platform may take, on the fast clock. */
const CALL_MS = 10_000;
/** How often it looks whether everything is done, in real milliseconds. */
const LOOK_MS = 25;

/** One engine is loaded and not the other: most of a short life is the start. */
async function openOne(options: ChildSetting["store"]): Promise<Store> {
  if ("url" in options) return (await import("../../src/store/postgres.ts")).openPostgres(options);
  return (await import("../../src/store/sqlite.ts")).openSqlite(options);
}

/** A file that a killed process held is free as soon as the system has seen its end. */
async function open(options: ChildSetting["store"], tries = 50): Promise<Store> {
  try {
    return await openOne(options);
  } catch (error) {
    if (!(error instanceof StoreError) || tries === 0) throw error;
    await new Promise((resolve) => {
      setTimeout(resolve, LOOK_MS);
    });
    return open(options, tries - 1);
  }
}

const { store: options, url, find, budgets, clock } = setting.parse(JSON.parse(process.argv[2] ?? ""));
let offset = 0;
const now = (): Date => new Date(readClock(clock) + offset);
const store = await open(options);
const platform = connectFakePlatform({ url, name: "slack", find, budgets, callMs: CALL_MS / clock.speed });
const worker = createWorker({
  store,
  platforms: new Map([["slack", platform]]),
  clock: now,
  wait: waitFast(clock),
  log: { info: () => undefined, warn: () => undefined },
  onProblem: (problem) => problemChange(problem, () => null),
});
worker.wake();
process.stdout.write("ready\n");
// A process that is killed would leave nothing for the start of the next.
flushCompileCache();

const isDone = async (): Promise<boolean> => {
  const { inFlight, nextAt, storeFault } = worker.state();
  if (inFlight > 0 || nextAt !== null || storeFault !== null) return false;
  return (await store.nextClaimAt(now())) === null;
};
const look = async (): Promise<void> => {
  // A database that is away for a moment is not done.
  if (!(await isDone().catch(() => false))) return;
  clearInterval(looking);
  process.stdout.write("done\n");
};
const looking = setInterval(() => void look(), LOOK_MS);

const lines = createInterface({ input: process.stdin });
lines.on("line", (line) => {
  const [word, ms] = line.split(" ");
  if (word === "jump") offset += Number(ms);
  worker.wake();
});
lines.on("close", () => {
  clearInterval(looking);
  void worker.stop(2_000).then(async () => {
    await store.close();
    process.exit(0);
  });
});
