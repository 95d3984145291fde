import type { Address } from "../../core/place.ts";
import type { Log } from "../../log.ts";
import type { Message } from "../../message/message.ts";
import {
  DeliveryError,
  type Abilities,
  type Health,
  type OnInbound,
  type Platform,
} from "../../platform/platform.ts";
import { PlatformStartError } from "../../platform/start-error.ts";
import { createApi } from "./api.ts";
import { lackingScopes } from "./doctor-scopes.ts";
import { createDoor, type Door } from "./door.ts";
import type { OnEnvelope } from "./envelope.ts";
import { FILES_SCOPE, sendFiles } from "./files.ts";
import { findMessage } from "./find.ts";
import { readIdentity, type Identity } from "./identity.ts";
import { BUDGETS } from "./limits.ts";
import { mayPost } from "./may-post.ts";
import { permalink } from "./permalink.ts";
import { createReception } from "./reception.ts";
import { sdkLogger } from "./sdk-log.ts";
import { postMessage, updateMessage, type Sending } from "./send.ts";
import { createStanding } from "./standing.ts";
import { startError } from "./start-error.ts";
import { within } from "./time-limit.ts";
import { TIMINGS, type SlackTimings } from "./timings.ts";

export interface SlackOptions {
  readonly botToken: string;
  /** By Socket Mode, or by signed requests to our HTTP server. */
  readonly receive: { readonly appToken: string } | { readonly signingSecret: string };
  /** Another Web API than https://slack.com/api/, with the path. */
  readonly apiUrl: string | null;
  readonly log: Log;
  readonly now: () => Date;
  readonly startTimeoutMs?: number;
  readonly timings?: Partial<SlackTimings>;
}

/**
 * By what the admin has granted. A private channel's history needs groups:history besides, and is else "unknown"; which
 * channels are private does not show in their ids, so nothing counts as read unless both kinds are.
 */
function abilities(scopes: ReadonlySet<string>): Abilities {
  const history = scopes.has("channels:history");
  const files = scopes.has(FILES_SCOPE);
  return {
    threads: true,
    edits: true,
    forms: "modal",
    files,
    filesNeed: files ? null : FILES_SCOPE,
    reads: history && scopes.has("groups:history"),
    buttons: true,
    private: true,
    find: history ? "history" : "none",
  };
}

/** One workspace of Slack, the one that the bot token belongs to; by Socket Mode or HTTP. */
export function createSlack(options: SlackOptions): Platform {
  const { botToken, receive, apiUrl, log, now } = options;
  const timings: SlackTimings = {
    ...TIMINGS,
    ...options.timings,
    ...(options.startTimeoutMs === undefined ? {} : { start: options.startTimeoutMs }),
  };
  const logger = sdkLogger(log);
  const api = createApi(botToken, apiUrl, timings.call, logger);
  const inFlight = new Set<Promise<void>>();
  let identity: Identity | null = null;
  let able = abilities(new Set());
  let sending: Sending | null = null;
  let standing = createStanding(log);
  let door: Door | null = null;
  /** What health() says until there is a connection to ask about. */
  let before: Health | null = null;
  /** Counts calls of stop(), so that a start() that was overtaken by one does not connect after all. */
  let stops = 0;
  let stopping = new AbortController();

  const track = (work: Promise<void>): void => {
    inFlight.add(work);
    void work.finally(() => inFlight.delete(work));
  };
  const followPost = async (sending: Sending, message: Message, thread: Address): Promise<void> => {
    const trouble = await sendFiles(sending, message, thread, timings.call);
    if (trouble === null) return;
    await postMessage(sending, thread, trouble, null).catch(() =>
      log.info("slack: nor could it be said that a file is missing"),
    );
  };
  const onEnvelope: OnEnvelope = (envelope) => {
    // Not acknowledged while stopping: Slack sends events again, to whoever runs next.
    if (door === null) return null;
    const work = door.enter(envelope);
    track(work);
    return work;
  };
  const { link, callback, needs } = createReception({
    receive,
    apiUrl,
    log,
    logger,
    now,
    timings,
    onEnvelope,
  });
  const started = (): Sending => {
    if (sending === null) throw new DeliveryError("unreachable", "not_started", null, "all");
    return sending;
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
    const goOn = (): void => {
      if (stops === stopsBefore) return;
      door = null;
      throw new PlatformStartError("Slack was stopped while it started.", "Start it again.", true);
    };
    goOn();
    const { teamId, botId, scopes } = identity;
    able = abilities(scopes);
    standing = createStanding(log);
    sending = { api, teamId, botId, scopes, directs: new Map(), log };
    stopping = new AbortController();
    const answering = { sending, log, timings, stopped: stopping.signal };
    const onRemoved = (code: string): void => standing.removed(code);
    door = await createDoor({ botToken, apiUrl, identity, logger, answering, now, onInbound, onRemoved });
    goOn();
    before = null;
    try {
      await link.open(Math.max(1, deadline - now().getTime()));
    } catch (error) {
      door = null;
      throw startError(error, needs);
    }
    log.info("slack: connected", { team: teamId, bot: identity.botUserId });
  };

  return {
    name: "slack",
    get abilities() {
      return able;
    },
    callback,
    budgets: BUDGETS,
    health: () => before ?? (link.health().state === "stopped" ? null : standing.health()) ?? link.health(),
    // A token without any scope does not exist: then Slack did not name them.
    lacks: () => (sending === null || sending.scopes.size === 0 ? [] : lackingScopes(sending.scopes)),
    start,
    stop: async () => {
      door = null;
      before = null;
      stops += 1;
      stopping.abort();
      const done = Promise.allSettled(inFlight);
      await within(timings.drain, done).catch(() => log.warn("slack: stopped with lines in flight"));
      await link.close();
    },
    post: async (to, message, key) => {
      const sending = started();
      const posted = await standing.watch(() => postMessage(sending, to, message, key));
      // Not awaited: the message stands, and a slow upload must not make that look doubtful.
      const { address, id } = posted.ref;
      if (message.files !== undefined)
        track(followPost(sending, message, { ...address, thread: to.thread ?? id }));
      return posted;
    },
    edit: async (ref, message) => {
      const sending = started();
      await standing.watch(() => updateMessage(sending, ref, message));
    },
    link: (ref) => (identity === null ? null : permalink(ref, identity)),
    mayPost: async (to) => (sending === null ? "unknown" : mayPost(sending, to, timings.look)),
    find: async (to, key, since) => {
      const sending = started();
      return standing.watch(() => findMessage(sending, to, key, since));
    },
  };
}
