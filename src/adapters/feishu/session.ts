import { z } from "zod";
import type { Log } from "../../log.ts";
import type { OnInbound } from "../../platform/platform.ts";
import { PlatformStartError } from "../../platform/start-error.ts";
import type { FeishuApi, Outcome } from "./api.ts";
import { createApi } from "./api.ts";
import { createChats } from "./chats.ts";
import type { Connection } from "./connection.ts";
import { credentialsFix, openConnection } from "./connection.ts";
import type { Handle } from "./events.ts";
import { eventTable } from "./events.ts";
import { describe, feishuError, wrongCredentials } from "./failure.ts";
import type { Files } from "./files.ts";
import { createFiles } from "./files.ts";
import type { EndpointWatch } from "./http.ts";
import { feishuHttp } from "./http.ts";
import { createHandlers } from "./inbound.ts";
import type { InFlight } from "./in-flight.ts";
import { createInFlight } from "./in-flight.ts";
import { READ_ALL, readScopes, type Scopes } from "./scopes.ts";
import { sdkLogger } from "./sdk-log.ts";
import type { Sender } from "./send.ts";
import { createSender } from "./send.ts";
import type { Topics } from "./topics.ts";
import { createTopics } from "./topics.ts";

export interface FeishuOptions {
  readonly appId: string;
  readonly appSecret: string;
  /** By a long connection, or by requests to our HTTP server. */
  readonly receive: "ws" | { readonly encryptKey: string; readonly verificationToken: string };
  /** Base address of the cloud, without a slash at its end: https://open.feishu.cn or https://open.larksuite.com. */
  readonly domain: string;
  readonly log: Log;
  readonly now: () => Date;
  readonly startTimeoutMs?: number;
  /** Seconds after which a connection that does not answer a ping counts as dead; 10 unless given. */
  readonly pingTimeoutS?: number;
  /** For one request to Feishu; 15,000 unless given. */
  readonly requestTimeoutMs?: number;
}

/** One life of the adapter, from start to stop. */
export interface Session {
  readonly sender: Sender;
  readonly files: Files;
  readonly events: ReadonlyMap<string, Handle>;
  readonly topics: Topics;
  readonly connection: Connection;
  readonly inFlight: InFlight;
  /** As they were at the start; null where Feishu did not tell. */
  readonly scopes: Scopes | null;
  /** Group messages that do not name the bot came in. */
  reads(): boolean;
  /** From now on events are refused, so that Feishu delivers them again to whoever comes next. */
  refuse(): void;
  /** Ends every request that is still open. */
  abort(): void;
}

/** "获取机器人信息" (bot/v3/info): its answer has `bot` where others have `data`. */
const botInfo = z.object({ bot: z.object({ open_id: z.string().min(1) }) });

function startError(outcome: Extract<Outcome, { ok: false }>, domain: string): PlatformStartError {
  const what = `Feishu did not accept the start (${describe(outcome.endpoint, outcome.failure)})`;
  if (wrongCredentials(outcome.failure)) return new PlatformStartError(what, credentialsFix(domain), false);
  const { code } = feishuError(outcome.endpoint, outcome.failure);
  if (code === "forbidden" || code === "rejected") {
    return new PlatformStartError(
      what,
      `In the developer console (${domain}/app) add the bot ability (机器人), check the IP allow list, and publish a version.`,
      false,
    );
  }
  return new PlatformStartError(what, `Check that this machine reaches ${domain}; it is tried again.`, true);
}

async function ownOpenId(api: FeishuApi, domain: string): Promise<string> {
  const outcome = await api.call({ endpoint: "bot", method: "GET", path: "/open-apis/bot/v3/info" });
  if (!outcome.ok) throw startError(outcome, domain);
  const parsed = botInfo.safeParse(outcome.body);
  if (parsed.success) return parsed.data.bot.open_id;
  throw startError({ ok: false, endpoint: "bot", failure: { kind: "unreadable" } }, domain);
}

/** Reachable as far as it depends on us: Feishu comes to us when something happens. */
const BY_HTTP: Connection = {
  ready: Promise.resolve(),
  health: () => ({ state: "connected", detail: null }),
  close: () => undefined,
};

/** Connects: token, the bot's own id, then the long connection where there is one. It may not be ready yet. */
export async function openSession(
  options: FeishuOptions,
  onInbound: OnInbound,
  signal: AbortController,
): Promise<Session> {
  const { appId, appSecret, domain, log, now, receive } = options;
  const sdk = await import("@larksuiteoapi/node-sdk");
  const watch: EndpointWatch = { refusal: null };
  const http = feishuHttp(
    { request: (config) => sdk.defaultHttpInstance.request<unknown, never>(config) },
    domain,
    signal.signal,
    watch,
    options.requestTimeoutMs,
  );
  const sdkLog = { logger: sdkLogger(log), loggerLevel: sdk.LoggerLevel.warn };
  // Its token cache has no single flight; ours is in api.ts.
  const own = { httpInstance: http, disableTokenCache: true, ...sdkLog };
  const client = new sdk.Client({ appId, appSecret, domain, ...own });
  const api = createApi({ client, http, appId, appSecret, domain, now, log });
  const chats = createChats(api);
  const topics = createTopics();
  const sender = createSender(api, chats, topics, log);
  const [botOpenId, scopes] = await Promise.all([ownOpenId(api, domain), readScopes(api)]);
  const granted = scopes?.granted ?? null;
  const files = createFiles({ api, sender, domain, granted, now, log, stopped: signal.signal });
  signal.signal.throwIfAborted();

  const inFlight = createInFlight();
  let reads = granted?.has(READ_ALL) === true;
  let refusing = false;
  const onOverheard = (): void => {
    reads = true;
  };
  const answering = { sender, files, log, stopped: signal.signal };
  const handlers = createHandlers({
    answering,
    chats,
    topics,
    onInbound,
    inFlight,
    botOpenId,
    log,
    now,
    onOverheard,
  });
  const events = eventTable(handlers, () => refusing, log);
  const dial = (): Connection => {
    const dispatcher = new sdk.EventDispatcher(sdkLog).register(Object.fromEntries(events));
    const { pingTimeoutS } = options;
    const timing = pingTimeoutS === undefined ? {} : { pingTimeoutS };
    return openConnection({ sdk, appId, appSecret, domain, http, watch, dispatcher, log, ...timing });
  };
  return {
    sender,
    files,
    events,
    topics,
    connection: receive === "ws" ? dial() : BY_HTTP,
    inFlight,
    scopes,
    reads: () => reads,
    refuse: () => {
      refusing = true;
    },
    abort: () => signal.abort(),
  };
}
