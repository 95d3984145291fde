import { createServer, type Server } from "node:http";
import { createFeishu } from "../../src/adapters/feishu/index.ts";
import type { Fields, Log } from "../../src/log.ts";
import type { Message } from "../../src/message/message.ts";
import type { CommandInbound, Inbound, Platform } from "../../src/platform/platform.ts";
import type { FakeFeishu } from "./fake-feishu.ts";

/** A log that keeps its lines, so that a test can look for what must not be in them. */
export function keptLog(): Log & { readonly lines: string[] } {
  const lines: string[] = [];
  const line =
    (level: string) =>
    (what: string, fields: Fields = {}): void => {
      lines.push(`${level} ${what} ${JSON.stringify(fields)}`);
    };
  return { lines, debug: line("debug"), info: line("info"), warn: line("warn"), error: line("error") };
}

/** Says the line back, with one button of each kind. */
export function echo(line: string): Message {
  return {
    summary: `echo: ${line}`,
    title: "Echo",
    blocks: [
      { type: "text", lines: [[`you said ${line}`]] },
      {
        type: "buttons",
        buttons: [
          { label: "More", run: `more ${line}` },
          { label: "Next page", run: `next ${line}`, replace: true },
        ],
      },
    ],
  };
}

export interface EchoBot {
  readonly start: () => Promise<void>;
  /** Stops the adapter, and the server that Feishu calls. */
  readonly stop: () => Promise<void>;
  /** Where Feishu calls, once started by HTTP. */
  readonly url: () => string;
  readonly platform: Platform;
  /** The lines that came in, and whatever else. */
  readonly seen: CommandInbound[];
  readonly others: Inbound[];
  readonly log: ReturnType<typeof keptLog>;
}

/** How Feishu reaches the bot. */
export type Mode = "ws" | "http";
export const MODES: readonly Mode[] = ["ws", "http"];

interface EchoOptions {
  readonly mode?: Mode;
  readonly onInbound?: (inbound: CommandInbound) => Promise<void>;
  readonly onOther?: (inbound: Inbound) => Promise<void>;
  readonly appSecret?: string;
  readonly startTimeoutMs?: number;
  readonly pingTimeoutS?: number;
  readonly requestTimeoutMs?: number;
  readonly domain?: string;
}

/** The Feishu adapter before a fake, with a bot that echoes; not started yet. */
export function echoBot(feishu: FakeFeishu, options: EchoOptions = {}): EchoBot {
  const { mode = "ws", onInbound, onOther, appSecret, ...rest } = options;
  const seen: CommandInbound[] = [];
  const others: Inbound[] = [];
  const log = keptLog();
  const platform = createFeishu({
    ...(mode === "ws" ? feishu.credentials : feishu.httpCredentials),
    ...(appSecret === undefined ? {} : { appSecret }),
    log,
    now: () => new Date("2026-03-02T01:07:00Z"),
    ...rest,
  });
  const answer =
    onInbound ?? ((inbound: CommandInbound) => inbound.reply(echo(inbound.line), { audience: "channel" }));
  const take = (inbound: Inbound): Promise<void> => {
    if (inbound.type === "command") {
      seen.push(inbound);
      return answer(inbound);
    }
    others.push(inbound);
    return onOther?.(inbound) ?? Promise.resolve();
  };
  let server: Server | null = null;
  let url = "";
  return {
    platform,
    seen,
    others,
    log,
    url: () => url,
    start: async () => {
      if (platform.callback !== null && server === null) {
        const { handle } = platform.callback;
        server = createServer((request, response) => void handle(request, response));
        url = `${await addressOf(server)}${platform.callback.path}`;
        feishu.deliverTo(url);
      }
      await platform.start(take);
    },
    stop: async () => {
      await platform.stop();
      server?.closeAllConnections();
      server?.close();
    },
  };
}

async function addressOf(server: Server): Promise<string> {
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve());
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return `http://127.0.0.1:${address.port}`;
}
