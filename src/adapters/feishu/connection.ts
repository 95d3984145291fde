import type { EventDispatcher, HttpInstance } from "@larksuiteoapi/node-sdk";
import type { Log } from "../../log.ts";
import type { Health } from "../../platform/platform.ts";
import { PlatformStartError } from "../../platform/start-error.ts";
import type { EndpointWatch } from "./http.ts";
import { sdkLogger } from "./sdk-log.ts";

type Sdk = typeof import("@larksuiteoapi/node-sdk");

/** Seconds; it must be less than the server's ping interval (120), or it would never fire. */
const PING_TIMEOUT_S = 10;
const HANDSHAKE_TIMEOUT_MS = 15_000;
const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 60_000;

/** Refusals that trying again cannot change: forbidden, wrong credentials, wrong domain ("长连接" endpoint codes). */
const FATAL: ReadonlySet<number> = new Set([403, 514, 10003, 10014, 99991543, 1000040351]);

export interface Connection {
  /** Resolves at the first connection; rejects when Feishu refuses it for good. */
  readonly ready: Promise<void>;
  health(): Health;
  close(): void;
}

interface ConnectionOptions {
  readonly sdk: Sdk;
  readonly appId: string;
  readonly appSecret: string;
  readonly domain: string;
  readonly http: HttpInstance;
  readonly watch: EndpointWatch;
  readonly dispatcher: EventDispatcher;
  readonly log: Log;
  readonly pingTimeoutS?: number;
}

/** Where the operator finds what the app id and secret must be. */
export function credentialsFix(domain: string): string {
  return `Set FEISHU_APP_ID and FEISHU_APP_SECRET to the values in the developer console (${domain}/app), under "Credentials & Basic Info" (凭证与基础信息), and check that FEISHU_DOMAIN is the app's own cloud (feishu or lark).`;
}

/**
 * The long connection. The SDK's client reconnects after a drop by itself, but gives up for good when the endpoint
 * refuses (busy, too many connections): then a new client is made, with growing pauses.
 */
export function openConnection(options: ConnectionOptions): Connection {
  const {
    sdk,
    appId,
    appSecret,
    domain,
    http,
    watch,
    dispatcher,
    log,
    pingTimeoutS = PING_TIMEOUT_S,
  } = options;
  const first = Promise.withResolvers<void>();
  first.promise.catch(() => undefined);
  let closed = false;
  let fatal: string | null = null;
  let failures = 0;
  let retry: NodeJS.Timeout | null = null;
  let attempt = 0;
  let client = connect();

  function connected(what: string): void {
    failures = 0;
    log.info(`feishu: ${what}`);
    first.resolve();
  }

  function gaveUp(of: number): void {
    // A client can report its end twice, or after another has followed it.
    if (closed || fatal !== null || retry !== null || of !== attempt) return;
    const { refusal } = watch;
    const why =
      refusal === null ? "the connection failed" : `the connection was refused (code ${refusal.code})`;
    if (refusal !== null && FATAL.has(refusal.code)) {
      fatal = why;
      log.error(`feishu: ${why}, not tried again`, { fix: credentialsFix(domain) });
      first.reject(new PlatformStartError(`Feishu: ${why}`, credentialsFix(domain), false));
      return;
    }
    // Not all who were refused at once come back at once.
    const pause = Math.round(
      Math.min(FIRST_RETRY_MS * 2 ** failures, LAST_RETRY_MS) * (0.5 + Math.random() / 2),
    );
    failures += 1;
    log.warn(`feishu: ${why}, trying again`, { inMs: pause });
    retry = setTimeout(() => {
      retry = null;
      client.close({ force: true });
      client = connect();
    }, pause);
  }

  function connect(): InstanceType<Sdk["WSClient"]> {
    attempt += 1;
    const mine = attempt;
    const ended = (): void => gaveUp(mine);
    const made = new sdk.WSClient({
      appId,
      appSecret,
      domain,
      httpInstance: http,
      logger: sdkLogger(log),
      loggerLevel: sdk.LoggerLevel.warn,
      autoReconnect: true,
      handshakeTimeoutMs: HANDSHAKE_TIMEOUT_MS,
      wsConfig: { pingTimeout: pingTimeoutS },
      onReady: () => connected("connected"),
      onReconnected: () => connected("connected again"),
      onReconnecting: () => log.warn("feishu: connection lost, reconnecting"),
      onError: ended,
    });
    made.start({ eventDispatcher: dispatcher }).catch(ended);
    return made;
  }

  return {
    ready: first.promise,
    health: () => {
      if (closed) return { state: "stopped", detail: null };
      if (fatal !== null) return { state: "failed", detail: fatal };
      const { state, reconnectAttempts } = client.getConnectionStatus();
      if (state === "connected") return { state, detail: null };
      if (state === "failed")
        return { state: "reconnecting", detail: "Feishu refuses connections, trying again" };
      const detail = reconnectAttempts === 0 ? null : `attempt ${reconnectAttempts}`;
      return { state: state === "idle" ? "connecting" : state, detail };
    },
    close: () => {
      closed = true;
      if (retry !== null) clearTimeout(retry);
      client.close();
    },
  };
}
