import type { Log } from "../../log.ts";
import {
  DeliveryError,
  type Health,
  PlatformStartError,
  type OnInbound,
  type Platform,
} from "../../platform/platform.ts";
import { createApi } from "./api.ts";
import { createDoor, type Door } from "./door.ts";
import { readIdentity, type Identity } from "./identity.ts";
import { BUDGETS } from "./limits.ts";
import { createLink } from "./link.ts";
import { sdkLogger } from "./sdk-log.ts";
import { postMessage, updateMessage, type Sending } from "./send.ts";
import { createSocket, type Envelope } from "./socket.ts";
import { startError } from "./start-error.ts";
import { within } from "./time-limit.ts";
import { TIMINGS, type SlackTimings } from "./timings.ts";

export interface SlackOptions {
  readonly botToken: string;
  readonly appToken: string;
  /** Another Web API than https://slack.com/api/, with the path. */
  readonly apiUrl: string | null;
  readonly log: Log;
  readonly now: () => Date;
  readonly startTimeoutMs?: number;
  readonly timings?: Partial<SlackTimings>;
}

const ABILITIES: Platform["abilities"] = {
  threads: true,
  edits: true,
  files: false,
  buttons: true,
  private: true,
  find: "none",
};

/** Slack by Socket Mode: one workspace, the one that the bot token belongs to. */
export function createSlack(options: SlackOptions): Platform {
  const { botToken, appToken, apiUrl, log, now } = options;
  const timings: SlackTimings = {
    ...TIMINGS,
    ...options.timings,
    ...(options.startTimeoutMs === undefined ? {} : { start: options.startTimeoutMs }),
  };
  const logger = sdkLogger(log);
  const api = createApi(botToken, apiUrl, timings.call, logger);
  const inFlight = new Set<Promise<void>>();
  let identity: Identity | null = null;
  let door: Door | null = null;
  /** What health() says until there is a connection to ask about. */
  let before: Health | null = null;
  /** Counts calls of stop(), so that a start() that was overtaken by one does not connect after all. */
  let stops = 0;

  const onEnvelope = (envelope: Envelope): void => {
    // Not acknowledged while stopping: Slack sends events again, to whoever runs next.
    if (door === null) return;
    const work = door.enter(envelope);
    inFlight.add(work);
    void work.finally(() => inFlight.delete(work));
  };
  const link = createLink({
    log,
    now,
    timings,
    connect: (onLost) =>
      createSocket({
        appToken,
        apiUrl,
        logger,
        callMs: timings.call,
        onEnvelope,
        onLost,
        onFault: (name) => log.warn("slack: a frame was not understood", { error: name }),
      }),
  });
  const sending = (): Sending => {
    if (identity === null) throw new DeliveryError("unreachable", "not_started", null, "all");
    return { api, teamId: identity.teamId, log };
  };

  const start = async (onInbound: OnInbound): Promise<void> => {
    before = { state: "connecting", detail: null };
    const stopsBefore = stops;
    const deadline = now().getTime() + timings.start;
    try {
      identity = await within(timings.start, readIdentity(api));
    } catch (error) {
      const fault = startError(error, "SLACK_BOT_TOKEN");
      before = { state: "failed", detail: fault.message };
      throw fault;
    }
    if (stops !== stopsBefore)
      throw new PlatformStartError("Slack was stopped while it started.", "Start it again.", true);
    const answering = { sending: sending(), log, timings };
    door = await createDoor({ botToken, apiUrl, identity, logger, answering, now, onInbound });
    before = null;
    try {
      await link.open(Math.max(1, deadline - now().getTime()));
    } catch (error) {
      door = null;
      throw startError(error, "SLACK_APP_TOKEN");
    }
    log.info("slack: connected", { team: identity.teamId, bot: identity.botUserId });
  };

  return {
    name: "slack",
    abilities: ABILITIES,
    budgets: BUDGETS,
    health: () => before ?? link.health(),
    start,
    stop: async () => {
      door = null;
      before = null;
      stops += 1;
      const done = Promise.allSettled(inFlight);
      await within(timings.drain, done).catch(() => log.warn("slack: stopped with lines in flight"));
      await link.close();
    },
    post: async (to, message, key) => postMessage(sending(), to, message, key),
    edit: async (ref, message) => updateMessage(sending(), ref, message),
    find: async () => ({ state: "unknown" }),
  };
}
