import { afterEach } from "vitest";
import { createSlack, type SlackOptions } from "../../src/adapters/slack/index.ts";
import type { Log } from "../../src/log.ts";
import type { Message } from "../../src/message/message.ts";
import type { Inbound, OnInbound, Platform } from "../../src/platform/platform.ts";
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
export async function echoing(inbound: Inbound): Promise<void> {
  const audience = inbound.line.startsWith("share") ? "channel" : "caller";
  await inbound.reply(echo(inbound.line), { audience });
}

export interface Bench {
  readonly slack: FakeSlack;
  readonly bot: Platform;
  readonly inbound: Inbound[];
  readonly captured: Captured;
}

const opened: { readonly slack: FakeSlack; readonly bot: Platform }[] = [];

/** A fake Slack and an adapter that points at it, not started yet; both are closed after the test. */
export async function bench(options: Partial<SlackOptions> = {}): Promise<Bench> {
  const slack = await startFakeSlack();
  const captured = captureLog();
  const bot = createSlack({
    ...slack.credentials,
    log: captured.log,
    now: () => NOW,
    ...options,
    timings: { retryFirst: 1, retryLongest: 5, ...options.timings },
  });
  opened.push({ slack, bot });
  return { slack, bot, inbound: [], captured };
}

/** The same, started, with a bot that keeps what comes in and answers by `onInbound`. */
export async function started(
  onInbound: OnInbound = echoing,
  options: Partial<SlackOptions> = {},
): Promise<Bench> {
  const made = await bench(options);
  await made.bot.start(async (inbound) => {
    made.inbound.push(inbound);
    await onInbound(inbound);
  });
  return made;
}

afterEach(async () => {
  for (const { slack, bot } of opened.splice(0)) {
    await bot.stop();
    await slack.close();
  }
});

/** A promise and what settles it. */
export function gate(): { readonly passed: Promise<void>; readonly open: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { passed: promise, open: () => resolve() };
}
