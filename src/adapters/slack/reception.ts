import type { Logger } from "@slack/web-api";
import type { Log } from "../../log.ts";
import type { Callback, Health } from "../../platform/platform.ts";
import type { OnEnvelope } from "./envelope.ts";
import { createCallback } from "./http.ts";
import { createLink, type Link } from "./link.ts";
import { createSocket } from "./socket.ts";
import type { TokenName } from "./start-error.ts";
import type { SlackTimings } from "./timings.ts";

/** How Slack reaches us: over a connection of ours, or by requests to our HTTP server. */
export interface Reception {
  readonly link: Link;
  readonly callback: Callback | null;
  /** What is wrong where it cannot be opened. */
  readonly needs: TokenName;
}

export function createReception(options: {
  readonly receive: { readonly appToken: string } | { readonly signingSecret: string };
  readonly apiUrl: string | null;
  readonly log: Log;
  readonly logger: Logger;
  readonly now: () => Date;
  readonly timings: SlackTimings;
  readonly onEnvelope: OnEnvelope;
}): Reception {
  const { receive, apiUrl, log, logger, now, timings, onEnvelope } = options;
  if ("signingSecret" in receive) {
    let health: Health = { state: "stopped", detail: null };
    const link: Link = {
      health: () => health,
      open: async () => {
        health = { state: "connected", detail: null };
      },
      close: async () => {
        health = { state: "stopped", detail: null };
      },
    };
    const isOpen = (): boolean => health.state === "connected";
    const { signingSecret } = receive;
    const callback = createCallback({ signingSecret, log, now, isOpen, onEnvelope });
    return { link, callback, needs: "SLACK_BOT_TOKEN" };
  }
  const link = createLink({
    log,
    now,
    timings,
    connect: (onLost) =>
      createSocket({
        appToken: receive.appToken,
        apiUrl,
        logger,
        callMs: timings.call,
        onEnvelope,
        onLost,
        onFault: (name) => log.warn("slack: a frame was not understood", { error: name }),
      }),
  });
  return { link, callback: null, needs: "SLACK_APP_TOKEN" };
}
