import { createFeishu } from "../../src/adapters/feishu/index.ts";
import type { Fields, Log } from "../../src/log.ts";
import type { Message } from "../../src/message/message.ts";
import type { Inbound, OnInbound, Platform } from "../../src/platform/platform.ts";
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
  readonly platform: Platform;
  readonly seen: Inbound[];
  readonly log: ReturnType<typeof keptLog>;
}

interface EchoOptions {
  readonly onInbound?: OnInbound;
  readonly appSecret?: string;
  readonly startTimeoutMs?: number;
}

/** The Feishu adapter before a fake, with a bot that echoes; not started yet. */
export function echoBot(feishu: FakeFeishu, options: EchoOptions = {}): EchoBot {
  const seen: Inbound[] = [];
  const log = keptLog();
  const platform = createFeishu({
    appId: feishu.appId,
    appSecret: options.appSecret ?? feishu.appSecret,
    domain: feishu.url,
    log,
    now: () => new Date("2026-03-02T01:07:00Z"),
    ...(options.startTimeoutMs === undefined ? {} : { startTimeoutMs: options.startTimeoutMs }),
  });
  const onInbound =
    options.onInbound ?? ((inbound: Inbound) => inbound.reply(echo(inbound.line), { audience: "channel" }));
  return {
    platform,
    seen,
    log,
    start: () =>
      platform.start((inbound) => {
        seen.push(inbound);
        return onInbound(inbound);
      }),
  };
}
