import type { OnInbound, Platform } from "./platform.ts";
import { PlatformStartError } from "./start-error.ts";

/** What the supervisor says; the fix is for the operator. */
export interface SuperviseLog {
  info(what: string, fields: Readonly<Record<string, string | number>>): void;
  warn(what: string, fields: Readonly<Record<string, string | number>>): void;
  error(what: string, fields: Readonly<Record<string, string | number>>): void;
}

/** A platform that is being started, and started again while that may help. */
export interface Supervised {
  /** true when it can never work as configured; false when it was stopped. A running platform leaves it pending. */
  readonly gaveUp: Promise<boolean>;
  readonly stop: () => Promise<void>;
}

const FIRST_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 300_000;

/** Starts a platform without holding up the others; what may pass is tried again with growing pauses. */
export function startPlatform(platform: Platform, onInbound: OnInbound, log: SuperviseLog): Supervised {
  const stopping = new AbortController();
  const gaveUp = Promise.withResolvers<boolean>();

  const run = async (): Promise<void> => {
    for (let wait = FIRST_WAIT_MS; !stopping.signal.aborted; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
      try {
        await platform.start(onInbound);
        if (platform.name !== "terminal") log.info("connected", { platform: platform.name });
        return;
      } catch (error) {
        // It was stopped while it started: nothing is wrong.
        if (stopping.signal.aborted) return;
        const known = error instanceof PlatformStartError ? error : null;
        const fields = {
          platform: platform.name,
          what: known?.message ?? String(error),
          fix: known?.fix ?? "see the log above",
        };
        if (known !== null && !known.retryable) {
          log.error("cannot start", fields);
          gaveUp.resolve(true);
          return;
        }
        log.warn("not reachable yet", { ...fields, "again in s": wait / 1_000 });
        await pause(wait, stopping.signal);
      }
    }
  };
  void run();

  return {
    gaveUp: gaveUp.promise,
    async stop() {
      stopping.abort();
      await platform.stop();
      gaveUp.resolve(false);
    },
  };
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener(
      "abort",
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
