import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createInterface } from "node:readline";
import { join } from "node:path";
import { tmpdir } from "node:os";
import { afterAll, onTestFinished } from "vitest";
import type { Budgets } from "../../src/core/budget.ts";
import { formatAddress, type Address } from "../../src/core/place.ts";
import type { Abilities } from "../../src/platform/platform.ts";
import type { Delivery, OutboxRow } from "../../src/store/outbox.ts";
import type { Store } from "../../src/store/store.ts";
import type { ChildSetting } from "./delivery-child.ts";
import { fastClock, readClock, type FastClock } from "./delivery-clock.ts";
import { startFakePlatform, type FakePlatform } from "./fake-platform.ts";
import { seeded, type FakeFaults } from "./fake-platform-rules.ts";
import { joined } from "./joined.ts";

/** The short form runs in `npm test`, the long one in `npm run test:long`. */
export const LONG = process.env["QUSHI_LONG"] === "1";
export const SIZES = LONG
  ? { places: 1_000, kills: 24, ms: 900_000 }
  : { places: 100, kills: 3, ms: 180_000 };

/** When everything falls due. */
export const START = new Date("2026-11-30T01:07:00Z");
/**
 * Ten times as fast as the real clock. The limits run by it too (a call has one real second, a send two, a lease six),
 * so faster would make a busy machine look like a slow platform.
 */
const SPEED = 10;
/** As the worker takes them by itself, and a little more. */
const LEASE_MS = 61_000;
/** What the fake enforces, and what the workers keep to: a little less, for what the network pushes together. */
export const ENFORCED: Budgets = { place: [{ count: 1, perMs: 1_000 }], all: [{ count: 50, perMs: 1_000 }] };
export const KEPT: Budgets = { place: [{ count: 1, perMs: 1_100 }], all: [{ count: 20, perMs: 1_000 }] };
/** What goes wrong in every walk. */
export const TROUBLE: FakeFaults = {
  cut: 0.05,
  dropped: 0.01,
  broken: 0.02,
  garbage: 0.01,
  hang: 0.005,
  limited: 0.01,
  refusedForm: 0.02,
};

/** Digests for so many places, each with one reply in its thread. */
export function digests(places: number): readonly Delivery[] {
  const dueAt = START;
  return Array.from({ length: places }, (_none, at) => {
    const to: Address = { platform: "slack", workspace: "T1", to: { channel: `C${at}` }, thread: null };
    const blocks = [{ type: "divider" } as const];
    const parent: Delivery = {
      key: `digest-${at}`,
      to,
      act: "post",
      message: { summary: `digest ${at}`, blocks },
      dueAt,
      parentKey: null,
      subscriptionId: null,
    };
    return [parent, { ...parent, key: `reply-${at}`, parentKey: parent.key }];
  }).flat();
}

/** One walk: a fake platform on a fast clock, and workers in processes of their own. */
export interface Walk {
  readonly fake: FakePlatform;
  /** Moves the clock past every lease, for the fake and for workers that start from now on. */
  readonly passLeases: () => void;
  readonly worker: (options: ChildSetting["store"]) => Promise<ChildWorker>;
  /** Numbers from 0 to 1 by the walk's seed. */
  readonly random: () => number;
}

/** A process that sends. */
export interface ChildWorker {
  readonly process: ChildProcess;
  /** Resolves when nothing waits any more. */
  readonly done: Promise<void>;
  /** Moves its clock. */
  jump(ms: number): void;
  /** Ends it at once, as a power cut does. */
  kill(): Promise<void>;
  /** Ends it in order. */
  leave(): Promise<void>;
}

export async function walk(find: Abilities["find"], seed: number, budgets = ENFORCED): Promise<Walk> {
  let clock: FastClock = fastClock(SPEED, START.getTime());
  const fake = await startFakePlatform({
    find,
    budgets,
    clock: () => readClock(clock),
    seed,
    faults: TROUBLE,
  });
  onTestFinished(() => fake.close());
  return {
    fake,
    passLeases() {
      clock = { ...clock, from: clock.from + LEASE_MS };
    },
    random: seeded(seed + 1),
    worker: (store) => startWorker({ store, url: fake.url, find, budgets: KEPT, clock }),
  };
}

/** What the first of a file's processes has compiled, the next ones need not. */
const compiled = mkdtempSync(join(tmpdir(), "qushi-compiled-"));
afterAll(() => rmSync(compiled, { recursive: true, force: true }));

async function startWorker(setting: ChildSetting): Promise<ChildWorker> {
  const child = spawn(
    process.execPath,
    [joined("tests/support/delivery-child.ts"), JSON.stringify(setting)],
    {
      stdio: ["pipe", "pipe", "inherit"],
      env: { ...process.env, NODE_COMPILE_CACHE: compiled },
    },
  );
  const gone = once(child, "exit");
  const kill = async (): Promise<void> => {
    child.kill("SIGKILL");
    await gone;
  };
  onTestFinished(kill);
  // A process that is gone takes no more words.
  child.stdin.on("error", () => undefined);
  const [ready, done] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  createInterface({ input: child.stdout }).on("line", (line) => (line === "ready" ? ready : done).resolve());
  const early = gone.then((): never => {
    throw new Error("the worker ended before it was ready");
  });
  early.catch(() => undefined);
  await Promise.race([ready.promise, early]);
  return {
    process: child,
    done: done.promise,
    jump: (ms) => void child.stdin.write(`jump ${ms}\n`),
    kill,
    async leave() {
      child.stdin.end();
      await gone;
    },
  };
}

/** What became of everything that was put in line. */
export interface Reckoning {
  /** Neither at the platform nor shown as anything but sent. */
  readonly lost: readonly string[];
  /** More than once at the platform. */
  readonly doubled: readonly string[];
  /** Sent by the outbox, or unconfirmed there, and what of it stands at the platform. */
  readonly sent: number;
  readonly unconfirmed: readonly string[];
  /** Of those, the ones given up while a key might still have helped: 55 minutes, less the longest pause. */
  readonly early: readonly string[];
  /** Still under way in the outbox. */
  readonly unsettled: readonly string[];
  /** Failed: only what waited for an unconfirmed one may. */
  readonly failed: readonly string[];
}

function triedFor(row: OutboxRow | undefined): number {
  return (row?.settledAt?.getTime() ?? 0) - (row?.firstTriedAt?.getTime() ?? 0);
}

/** Compares the outbox with what stands at the platform. */
export async function reckon(
  store: Store,
  fake: FakePlatform,
  deliveries: readonly Delivery[],
): Promise<Reckoning> {
  const rows = new Map<string, OutboxRow>();
  const states = ["waiting", "sending", "sent", "unconfirmed", "failed", "dropped"] as const;
  for (const row of await store.outbox({ states, limit: deliveries.length * 2 }))
    rows.set(row.delivery.key, row);
  const inState = (...wanted: string[]): readonly string[] =>
    deliveries.map(({ key }) => key).filter((key) => wanted.includes(rows.get(key)?.state ?? "none"));
  const stands = ({ key, to }: Delivery): boolean => fake.times(formatAddress(to), key) > 0;
  return {
    lost: deliveries
      .filter((delivery) => !stands(delivery))
      .map(({ key }) => key)
      .filter((key) => !["unconfirmed", "failed"].includes(rows.get(key)?.state ?? "none")),
    doubled: fake.doubled(),
    sent: inState("sent").length,
    unconfirmed: inState("unconfirmed"),
    early: inState("unconfirmed").filter((key) => triedFor(rows.get(key)) < 45 * 60_000),
    unsettled: inState("waiting", "sending", "none", "dropped"),
    failed: inState("failed"),
  };
}
