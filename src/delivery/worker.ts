import { formatAddress, type PlatformName } from "../core/place.ts";
import { DeliveryError, type Platform } from "../platform/platform.ts";
import type { DeliveryState, OutboxRow, Store } from "../store/store.ts";

/** What the worker says about deliveries; never their text. */
export interface WorkerLog {
  info(what: string, fields: Readonly<Record<string, string | number>>): void;
  warn(what: string, fields: Readonly<Record<string, string | number>>): void;
}

export interface Worker {
  /** Sends what is due now, children after their parents, until nothing is left. */
  pump(): Promise<void>;
  /** Pumps now, and again by itself when the next delivery falls due, until stopped. */
  wake(): void;
  /** Starts nothing new and resolves when what is in flight is settled. */
  stop(): Promise<void>;
}

/** Deliveries sent side by side; a slow destination holds up at most its own lane. */
const LANES = 16;
const FIRST_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 600_000;
/** After this a digest is old news. */
const GIVE_UP_MS = 36 * 3_600_000;
/** A delivery key is honoured for an hour; never resend later than this. */
const KEY_MS = 55 * 60_000;

/** Takes due deliveries from the outbox and posts them; every outcome goes back into the store. */
export function createWorker(options: {
  readonly store: Store;
  readonly platforms: ReadonlyMap<PlatformName, Platform>;
  readonly clock: () => Date;
  readonly log: WorkerLog;
}): Worker {
  const { store, platforms, clock, log } = options;
  let running: Promise<void> = Promise.resolve();
  let stopped = false;
  let timer: NodeJS.Timeout | null = null;

  const attempt = async (row: OutboxRow): Promise<void> => {
    const state = await send(row, platforms.get(row.delivery.to.platform), clock);
    const fields = { key: row.delivery.key, to: formatAddress(row.delivery.to), attempt: row.attempts };
    if (state.state === "sent") log.info("delivered", fields);
    else log.warn(`delivery ${state.state}`, { ...fields, reason: state.reason ?? "" });
    await store.settle(row.delivery.key, state, clock());
  };

  const drain = async (): Promise<void> => {
    for (let rows = await claim(); rows.length > 0; rows = await claim())
      await Promise.all(rows.map(attempt));
  };
  const claim = async (): Promise<readonly OutboxRow[]> =>
    stopped ? [] : store.claimDeliveries(clock(), LANES);

  // One after the other: whoever pumps while a round is under way gets a round of its own behind it.
  const pump = (): Promise<void> => {
    running = running.then(drain, drain);
    return running;
  };

  const rest = async (): Promise<void> => {
    const next = await store.nextDueAt();
    if (next === null || stopped) return;
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(wake, Math.min(Math.max(next.getTime() - clock().getTime(), 50), LONGEST_WAIT_MS));
  };
  const wake = (): void => {
    if (stopped) return;
    pump()
      .then(rest)
      .catch((error: unknown) => log.warn("the worker failed", { reason: String(error) }));
  };

  return {
    pump,
    wake,
    async stop() {
      stopped = true;
      if (timer !== null) clearTimeout(timer);
      await running.catch(() => undefined);
    },
  };
}

async function send(
  row: OutboxRow,
  platform: Platform | undefined,
  clock: () => Date,
): Promise<DeliveryState> {
  const { delivery } = row;
  if (platform === undefined) return { state: "failed", reason: `${delivery.to.platform} is not configured` };
  try {
    const { ref } = await platform.post(delivery.to, delivery.message, delivery.key);
    return { state: "sent", ref };
  } catch (error) {
    if (!(error instanceof DeliveryError)) return { state: "unconfirmed", reason: "unexpected error" };
    return afterError(error, row, platform, clock());
  }
}

/** What an error means for a delivery: certain not to have arrived → later; unknown → only where the key makes it safe. */
function afterError(error: DeliveryError, row: OutboxRow, platform: Platform, now: Date): DeliveryState {
  const since = now.getTime() - (row.firstTriedAt ?? now).getTime();
  const wait = error.retryAfterMs ?? Math.min(FIRST_WAIT_MS * 2 ** (row.attempts - 1), LONGEST_WAIT_MS);
  const reason = `${error.code}: ${error.detail}`;
  const later: DeliveryState = { state: "waiting", dueAt: new Date(now.getTime() + wait), reason };
  switch (error.code) {
    case "rate_limited":
    case "unreachable":
      return since + wait > GIVE_UP_MS ? { state: "failed", reason } : later;
    case "unknown_outcome":
      return platform.abilities.find === "key" && since + wait <= KEY_MS
        ? later
        : { state: "unconfirmed", reason };
    case "target_gone":
    case "forbidden":
    case "rejected":
      return { state: "failed", reason };
  }
}
