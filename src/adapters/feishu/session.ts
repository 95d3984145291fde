import { z } from "zod";
import type { Log } from "../../log.ts";
import type { OnInbound } from "../../platform/platform.ts";
import { PlatformStartError } from "../../platform/platform.ts";
import type { FeishuApi, Outcome } from "./api.ts";
import { createApi } from "./api.ts";
import type { Connection } from "./connection.ts";
import { credentialsFix, openConnection } from "./connection.ts";
import { describe, feishuError, wrongCredentials } from "./failure.ts";
import type { EndpointWatch } from "./http.ts";
import { feishuHttp } from "./http.ts";
import type { Handlers } from "./inbound.ts";
import { createHandlers } from "./inbound.ts";
import type { InFlight } from "./in-flight.ts";
import { createInFlight } from "./in-flight.ts";
import { sdkLogger } from "./sdk-log.ts";
import type { Sender } from "./send.ts";
import { createSender } from "./send.ts";

export interface FeishuOptions {
  readonly appId: string;
  readonly appSecret: string;
  /** Base address of the cloud, without a slash at its end: https://open.feishu.cn or https://open.larksuite.com. */
  readonly domain: string;
  readonly log: Log;
  readonly now: () => Date;
  readonly startTimeoutMs?: number;
}

/** One life of the adapter, from start to stop. */
export interface Session {
  readonly sender: Sender;
  readonly connection: Connection;
  readonly inFlight: InFlight;
  /** From now on events are refused, so that Feishu delivers them again to whoever comes next. */
  refuse(): void;
  /** Ends every request that is still open. */
  abort(): void;
}

/** Events that arrive with common subscriptions and mean nothing to us; registered so that nothing warns. */
const IGNORED = [
  "im.message.message_read_v1",
  "im.message.recalled_v1",
  "im.message.reaction.created_v1",
  "im.message.reaction.deleted_v1",
  "im.chat.access_event.bot_p2p_chat_entered_v1",
  "im.chat.member.bot.added_v1",
  "im.chat.member.bot.deleted_v1",
  "im.chat.member.user.added_v1",
  "im.chat.member.user.deleted_v1",
  "im.chat.disbanded_v1",
  "im.chat.updated_v1",
  "application.bot.menu_v6",
];

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

/** Connects: token, the bot's own id, then the long connection. The connection may not be ready yet. */
export async function openSession(
  options: FeishuOptions,
  onInbound: OnInbound,
  signal: AbortController,
): Promise<Session> {
  const { appId, appSecret, domain, log, now } = options;
  const sdk = await import("@larksuiteoapi/node-sdk");
  const watch: EndpointWatch = { refusal: null };
  const http = feishuHttp(
    { request: (config) => sdk.defaultHttpInstance.request<unknown, never>(config) },
    domain,
    signal.signal,
    watch,
  );
  const sdkLog = { logger: sdkLogger(log), loggerLevel: sdk.LoggerLevel.warn };
  const client = new sdk.Client({
    appId,
    appSecret,
    domain,
    httpInstance: http,
    disableTokenCache: true,
    ...sdkLog,
  });
  const api = createApi({ client, appId, appSecret, now, log });
  const sender = createSender(api, log);
  const botOpenId = await ownOpenId(api, domain);
  signal.signal.throwIfAborted();

  const inFlight = createInFlight((error) => log.error("feishu: an answer failed", { error: nameOf(error) }));
  const handlers = createHandlers({ sender, onInbound, inFlight, botOpenId, log, now });
  let refusing = false;
  const dispatcher = dispatcherFor(sdk, sdkLog, handlers, () => refusing);
  const connection = openConnection({ sdk, appId, appSecret, domain, http, watch, dispatcher, log });
  return {
    sender,
    connection,
    inFlight,
    refuse: () => {
      refusing = true;
    },
    abort: () => signal.abort(),
  };
}

type Sdk = typeof import("@larksuiteoapi/node-sdk");

function dispatcherFor(
  sdk: Sdk,
  sdkLog: Pick<ConstructorParameters<Sdk["EventDispatcher"]>[0], "logger" | "loggerLevel">,
  handlers: Handlers,
  refusing: () => boolean,
): InstanceType<Sdk["EventDispatcher"]> {
  const guarded =
    (handle: (event: unknown) => unknown) =>
    async (event: unknown): Promise<unknown> => {
      // A rejection makes the SDK acknowledge with 500, and Feishu deliver again.
      if (refusing()) throw new Error("stopping");
      return handle(event);
    };
  const ignored = Object.fromEntries(IGNORED.map((name) => [name, () => undefined]));
  // The SDK's types do not know card.action.trigger, so the handlers are no literal at the call.
  const all = {
    ...ignored,
    "im.message.receive_v1": guarded((event) => handlers.message(event)),
    "card.action.trigger": guarded((event) => handlers.click(event)),
  };
  return new sdk.EventDispatcher(sdkLog).register(all);
}

/** What may be logged of an error: its name and, for ours, the platform's own code; messages can quote people. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  const at = /\n\s+at (.*)/.exec(error.stack ?? "")?.[1] ?? "";
  return "detail" in error && typeof error.detail === "string"
    ? `${error.name}: ${error.detail}`
    : `${error.name} ${at}`;
}
