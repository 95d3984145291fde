import { formatAddress } from "../core/place.ts";
import type { Claimed } from "../store/outbox.ts";
import { StoreError, type Change, type Store } from "../store/store.ts";
import { backoffMs, STORE_AGAIN } from "./backoff.ts";
import type { OnProblem } from "./problem.ts";
import type { Verdict } from "./verdict.ts";
import type { Wait } from "./wait.ts";

/** What the worker says about deliveries; never their text. */
export interface WorkerLog {
  info(what: string, fields: Readonly<Record<string, string | number>>): void;
  warn(what: string, fields: Readonly<Record<string, string | number>>): void;
}

/** Writes a verdict into the store, as often as it takes until the store is well or `signal` says to stop; never rejects. */
export type Settle = (row: Claimed, verdict: Verdict, signal: AbortSignal) => Promise<void>;

const MOST_FAULTS = 3;

export function createSettle(options: {
  readonly store: Store;
  readonly clock: () => Date;
  readonly log: WorkerLog;
  readonly onProblem: OnProblem;
  readonly wait: Wait;
  readonly random: () => number;
}): Settle {
  const { store, clock, log, onProblem, wait, random } = options;

  const write = async (row: Claimed, verdict: Verdict): Promise<void> => {
    const { key } = row.delivery;
    const change = verdict.problem === null ? { at: clock() } : await changeFor(row, verdict);
    const ours = await store.settle(key, row.lease, verdict.outcome, change);
    report(log, row, verdict, ours);
  };

  const changeFor = async (row: Claimed, { outcome, problem }: Verdict): Promise<Change> => {
    const at = clock();
    if (problem === null) return { at };
    const { subscriptionId } = row.delivery;
    const reason = "reason" in outcome ? outcome.reason : "";
    try {
      const subscription = subscriptionId === null ? null : await store.subscription(subscriptionId);
      return await onProblem({ kind: problem, row, reason, subscription, at });
    } catch (error) {
      if (passes(error)) throw error;
      // What became of the delivery must be kept even where its owner cannot be told.
      log.warn("the owner of a delivery cannot be told", { key: row.delivery.key, reason: String(error) });
      return { at };
    }
  };

  return async (row, verdict, signal) => {
    for (let failures = 1; !signal.aborted; failures += 1) {
      try {
        return await write(row, verdict);
      } catch (error) {
        const reason = error instanceof StoreError ? error.code : String(error);
        const fields = { key: row.delivery.key, reason };
        if (failures === 1) log.warn("the outcome of a delivery cannot be written yet", fields);
        // What does not pass by waiting: the lease runs out, and the delivery is looked into again.
        if (!passes(error) && failures === MOST_FAULTS) return;
        await wait(backoffMs(STORE_AGAIN, failures, random), signal);
      }
    }
  };
}

/** true where the store does the same thing later. */
function passes(error: unknown): boolean {
  return error instanceof StoreError && ["busy", "full", "unreachable"].includes(error.code);
}

function report(log: WorkerLog, row: Claimed, { outcome }: Verdict, ours: boolean): void {
  const fields = {
    key: row.delivery.key,
    to: formatAddress(row.delivery.to),
    attempt: row.attempts,
    ...("reason" in outcome ? { reason: outcome.reason } : {}),
  };
  if (!ours) log.warn("a delivery was taken over by another worker", fields);
  else if (outcome.type === "sent") log.info("delivered", fields);
  else if (outcome.type === "later" && outcome.counts === false) log.info("delivery given back", fields);
  else log.warn(`delivery ${outcome.type}`, fields);
}
