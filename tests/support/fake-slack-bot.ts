import { createServer, type Server } from "node:http";
import { afterEach } from "vitest";
import { createSlack, type SlackOptions } from "../../src/adapters/slack/index.ts";
import type { Log } from "../../src/log.ts";
import type { Message } from "../../src/message/message.ts";
import type { CommandInbound, Inbound, OnInbound, Platform } from "../../src/platform/platform.ts";
import { Waiters } from "./fake-slack-state.ts";
import { startFakeSlack, type FakeSlack } from "./fake-slack.ts";

/** What was logged, as text: level, words and fields. */
export interface Captured {
  readonly log: Log;
  readonly lines: string[];
  /** Resolves when something with these words is logged. */
  readonly said: (words: string) => Promise<string>;
}

export function captureLog(): Captured {
  const lines: string[] = [];
  const waiters = new Waiters<string>();
  const at =
    (level: string): Log["info"] =>
    (what, fields) => {
      const line = `${level} ${what} ${JSON.stringify(fields ?? {})}`;
      lines.push(line);
      waiters.tell(line);
    };
  const said = (words: string) => waiters.next((line) => line.includes(words));
  return { lines, said, log: { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") } };
}

export const NOW = new Date("2026-01-05T01:07:00Z");

/** A message that says back what it was given, with two buttons. */
export function echo(line: string): Message {
  return {
    summary: `echo: ${line}`,
    title: "Echo",
    blocks: [
      { type: "text", lines: [["you said ", { bold: line }]] },
      {
        type: "buttons",
        buttons: [
          { label: "Next", run: `next ${line}`, replace: true },
          { label: "Share", run: `share ${line}` },
        ],
      },
    ],
  };
}

/** Answers as the bot will: to everyone for a line that begins with "share", to the caller else. */
export async function echoing(inbound: CommandInbound): Promise<void> {
  const audience = inbound.line.startsWith("share") ? "channel" : "caller";
  await inbound.reply(echo(inbound.line), { audience });
}

export interface Bench {
  readonly slack: FakeSlack;
  readonly bot: Platform;
  /** The lines that came in, and whatever else. */
  readonly inbound: CommandInbound[];
  readonly others: Inbound[];
  readonly captured: Captured;
  /** Where the bot is called, by HTTP. */
  readonly url: string;
}

const opened: { readonly slack: FakeSlack; readonly bot: Platform; readonly server: Server | null }[] = [];

export interface BenchOptions extends Partial<SlackOptions> {
  /** By signed requests to a server of its own instead of Socket Mode. */
  readonly http?: boolean;
  /** Granted besides what the fake grants. */
  readonly scopes?: readonly string[];
}

/** A fake Slack and an adapter that points at it, not started yet; both are closed after the test. */
export async function bench({ http = false, scopes = [], ...options }: BenchOptions = {}): Promise<Bench> {
  const slack = await startFakeSlack();
  for (const scope of scopes) slack.scopes.add(scope);
  const captured = captureLog();
  const bot = createSlack({
    ...(http ? slack.httpCredentials : slack.credentials),
    log: captured.log,
    now: () => NOW,
    ...options,
    timings: { retryFirst: 1, retryLongest: 5, ...options.timings },
  });
  const server = http ? await serve(bot) : null;
  opened.push({ slack, bot, server });
  const address = server?.address() ?? null;
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const url = `http://127.0.0.1:${port}${bot.callback?.path ?? ""}`;
  if (http) slack.deliverTo(url);
  return { slack, bot, inbound: [], others: [], captured, url };
}

/** Qushi's HTTP server, as far as Slack is concerned. */
async function serve(bot: Platform): Promise<Server> {
  const server = createServer((request, response) => void bot.callback?.handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

/** The same, started, with a bot that keeps what comes in and answers lines by `onInbound`. */
export async function started(
  onInbound: (inbound: CommandInbound) => Promise<void> = echoing,
  options: BenchOptions = {},
): Promise<Bench> {
  const made = await bench(options);
  await made.bot.start(async (inbound) => {
    if (inbound.type !== "command") {
      made.others.push(inbound);
      return;
    }
    made.inbound.push(inbound);
    await onInbound(inbound);
  });
  return made;
}

/** The same with a bot that answers whatever comes in. */
export async function startedFor(onInbound: OnInbound, options: BenchOptions = {}): Promise<Bench> {
  const made = await bench(options);
  await made.bot.start(async (inbound) => {
    if (inbound.type === "command") made.inbound.push(inbound);
    else made.others.push(inbound);
    await onInbound(inbound);
  });
  return made;
}

afterEach(async () => {
  for (const { slack, bot, server } of opened.splice(0)) {
    await bot.stop();
    server?.closeAllConnections();
    server?.close();
    await slack.close();
  }
});

/** A promise and what settles it. */
export function gate(): { readonly passed: Promise<void>; readonly open: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { passed: promise, open: () => resolve() };
}
