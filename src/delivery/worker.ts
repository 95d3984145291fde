import type { PlatformName } from "../core/place.ts";
import type { Platform } from "../platform/platform.ts";
import type { Claimed } from "../store/outbox.ts";
import { StoreError, type Store } from "../store/store.ts";
import { createAttempt } from "./attempt.ts";
import { backoffMs, STORE_AGAIN } from "./backoff.ts";
import { createBell } from "./bell.ts";
import { createLanes } from "./lanes.ts";
import type { OnProblem } from "./problem.ts";
import { createSettle, type WorkerLog } from "./settle.ts";
import { later } from "./verdict.ts";
import { waitByTimer, type Wait } from "./wait.ts";

/** How the worker is doing, for health and `doctor`. */
export interface WorkerState {
  readonly lastSentAt: Date | null;
  /** Deliveries taken and not settled. */
  readonly inFlight: number;
  /** When the next one falls due, as far as the worker knows. */
  readonly nextAt: Date | null;
  /** Why the store cannot be worked with; null while it can. */
  readonly storeFault: string | null;
}

export interface Worker {
  /** Sends what is due now, children after their parents, until nothing is left; resolves early when the store fails. */
  pump(): Promise<void>;
  /** Sends what is due now, and from then on by itself whatever falls due, until stopped. */
  wake(): void;
  /** Takes nothing new, settles what is in flight within the limit, and gives back what was not begun. */
  stop(limitMs?: number): Promise<void>;
  state(): WorkerState;
}

/** Deliveries in hand at once; a slow place holds up at most its own lane. */
const LANES = 32;
const LEASE_MS = 60_000;
const STOP_MS = 8_000;
/** A rest is never shorter or longer: clocks jump, and another process may leave work behind. */
const REST_MS = { least: 20, most: 10_000 };
/** While most lanes are taken, their ends are waited for together: one claim for many. */
const BUSY_REST_MS = 50;

/** Takes due deliveries from the outbox and sends them; every outcome goes back into the store. */
export function createWorker(options: {
  readonly store: Store;
  readonly platforms: ReadonlyMap<PlatformName, Platform>;
  readonly clock: () => Date;
  readonly log: WorkerLog;
  readonly onProblem: OnProblem;
  readonly leaseMs?: number;
  readonly wait?: Wait;
  readonly random?: () => number;
}): Worker {
  const {
    store,
    platforms,
    clock,
    log,
    leaseMs = LEASE_MS,
    wait = waitByTimer,
    random = Math.random,
  } = options;
  const budgets = new Map([...platforms].map(([name, platform]) => [name, platform.budgets]));
  const attempt = createAttempt({ platforms, clock, wait, random });
  const settle = createSettle({ store, clock, log, onProblem: options.onProblem, wait, random });
  const bell = createBell();
  const leaving = new AbortController();
  const left = new AbortController();
  let pumps: (() => void)[] = [];
  let resident = false;
  let looping = false;
  let loopEnd: Promise<void> = Promise.resolve();
  let lastSentAt: Date | null = null;
  let nextAt: Date | null = null;
  let storeFault: string | null = null;
  let storeFailures = 0;

  /** With its own time, so that it keeps its turn. */
  const giveBack = (row: Claimed): Promise<void> =>
    settle(row, later(row, row.dueAt, row.reason ?? "given back", null, false), left.signal);
  const run = async (row: Claimed): Promise<boolean> => {
    if (leaving.signal.aborted) {
      await giveBack(row);
      return false;
    }
    const verdict = await attempt(row);
    if (verdict.outcome.type === "sent") lastSentAt = clock();
    await settle(row, verdict, left.signal);
    return verdict.outcome.type !== "later" && verdict.outcome.type !== "plain";
  };
  const lanes = createLanes({
    run,
    giveBack,
    onDone: () => {
      if (lanes.size() <= LANES / 2) bell.ring();
    },
  });

  /** What is due and fits; null when the store cannot say. */
  const claim = async (): Promise<readonly Claimed[] | null> => {
    try {
      const limit = LANES - lanes.size();
      const rows = limit <= 0 ? [] : await store.claim({ now: clock(), limit, leaseMs, budgets });
      if (storeFault !== null) log.info("the store works again", { after: storeFault });
      storeFault = null;
      storeFailures = 0;
      return rows;
    } catch (error) {
      const fault = error instanceof StoreError ? error.code : String(error);
      const fix = error instanceof StoreError ? error.fix : "see the reason";
      if (storeFault !== fault) log.warn("the outbox cannot be read, trying again", { reason: fault, fix });
      storeFault = fault;
      storeFailures += 1;
      return null;
    }
  };

  const loop = async (): Promise<void> => {
    while (!leaving.signal.aborted) {
      bell.hush();
      const asked = pumps;
      pumps = [];
      const rows = await claim();
      for (const row of rows ?? []) lanes.add(row);
      const idle = (rows ?? []).length === 0 && lanes.size() === 0;
      if (idle) for (const resolve of asked) resolve();
      else pumps = [...asked, ...pumps];
      if (idle && !resident && pumps.length === 0) break;
      await (rows === null
        ? wait(backoffMs(STORE_AGAIN, storeFailures, random), leaving.signal)
        : rest(rows));
    }
    // Together with the decision to end: whoever pumps from here on begins a new loop.
    looping = false;
  };

  /** Until there may be something to do; always at least one turn of the event loop, so that answers get theirs. */
  const rest = async (rows: readonly Claimed[]): Promise<void> => {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    const free = LANES - lanes.size();
    if (rows.length > 0 && free >= LANES / 2) return;
    const ms = free < LANES / 2 ? BUSY_REST_MS : await restMs();
    const over = new AbortController();
    await Promise.race([bell.heard(), wait(ms, over.signal)]);
    over.abort();
  };
  const restMs = async (): Promise<number> => {
    try {
      nextAt = await store.nextClaimAt(clock());
    } catch {
      // The next claim meets the same fault and says so.
      return REST_MS.least;
    }
    const ms = nextAt === null ? REST_MS.most : nextAt.getTime() - clock().getTime();
    return Math.min(Math.max(ms, REST_MS.least), REST_MS.most);
  };

  const begin = (): void => {
    bell.ring();
    if (looping) return;
    looping = true;
    loopEnd = loop().catch((error: unknown) => {
      looping = false;
      log.warn("the worker failed", { reason: String(error) });
    });
  };

  return {
    pump: () =>
      new Promise((resolve) => {
        if (leaving.signal.aborted) return resolve();
        pumps.push(resolve);
        begin();
      }),
    wake() {
      if (leaving.signal.aborted) return;
      resident = true;
      begin();
    },
    async stop(limitMs = STOP_MS) {
      leaving.abort();
      bell.ring();
      const drained = new AbortController();
      // The lanes last: a claim under way may still bring something, which is then given back.
      const done = loopEnd.then(() => lanes.empty()).then(() => drained.abort());
      await Promise.race([done, wait(limitMs, drained.signal)]);
      left.abort();
      for (const resolve of pumps.splice(0)) resolve();
    },
    state: () => ({ lastSentAt, inFlight: lanes.size(), nextAt, storeFault }),
  };
}
