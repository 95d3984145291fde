import { App, type Receiver, type ReceiverEvent } from "@slack/bolt";
import type { Logger } from "@slack/web-api";
import type { OnInbound } from "../../platform/platform.ts";
import { apiAddress } from "./api.ts";
import type { Identity } from "./identity.ts";
import { readClick, readSlash, readTyped } from "./inbound.ts";
import { clickReply, slashReply, typedReply, type Answering } from "./replies.ts";
import type { Envelope } from "./socket.ts";

export interface DoorOptions {
  readonly botToken: string;
  readonly apiUrl: string | null;
  readonly identity: Identity;
  readonly logger: Logger;
  readonly answering: Answering;
  readonly now: () => Date;
  readonly onInbound: OnInbound;
}

/** Where everything from Slack comes in. */
export interface Door {
  /** Settles when an envelope is done with; never rejects. */
  readonly enter: (envelope: Envelope) => Promise<void>;
}

function listen(app: App, { identity, answering, now, onInbound }: DoorOptions): void {
  app.command(/.*/, async ({ body, ack }) => {
    const slash = readSlash(body, identity, now());
    if (slash === null) return;
    const { reply, finish } = slashReply(slash.responseUrl, ack, answering);
    try {
      await onInbound({ ...slash.incoming, reply });
    } finally {
      await finish();
    }
  });
  const typed = async ({ body }: { readonly body: unknown }): Promise<void> => {
    const incoming = readTyped(body, identity);
    if (incoming !== null) await onInbound({ ...incoming, reply: typedReply(incoming, answering) });
  };
  app.event("app_mention", typed);
  app.event("message", typed);
  app.action({ type: "block_actions" }, async ({ body, ack }) => {
    const acknowledged = ack().catch(() => answering.log.debug("slack: a click could not be acknowledged"));
    const click = readClick(body, identity);
    await acknowledged;
    if (click === null) return;
    const { incoming, responseUrl, replace } = click;
    await onInbound({ ...incoming, reply: clickReply(incoming, responseUrl, replace, answering) });
  });
}

/** Bolt's app over a receiver of our own: every envelope is acknowledged once, whatever its listeners do. */
export async function createDoor(options: DoorOptions): Promise<Door> {
  const { botToken, apiUrl, identity, logger, answering } = options;
  // Envelopes come from the link, which outlives single sockets, so there is nothing to start or stop here.
  const receiver: Receiver = {
    init: () => undefined,
    start: () => Promise.resolve(),
    stop: () => Promise.resolve(),
  };
  const app = new App({
    receiver,
    token: botToken,
    botId: identity.botId,
    botUserId: identity.botUserId,
    logger,
    convoStore: false,
    deferInitialization: true,
    // With both ids given Bolt asks nothing; auth.test was made once (identity.ts).
    tokenVerificationEnabled: false,
    // An object of its own: Bolt writes into it.
    clientOptions: {
      ...apiAddress(apiUrl),
      timeout: answering.timings.call,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
    },
  });
  await app.init();
  app.error(async (error) => {
    answering.log.error("slack: a line failed", { error: error.name, code: error.code });
  });
  listen(app, options);

  return {
    enter: async (envelope) => {
      let acknowledged = false;
      const acknowledge = async (payload?: unknown): Promise<void> => {
        if (acknowledged) return;
        acknowledged = true;
        await envelope.acknowledge(payload);
      };
      const event: ReceiverEvent = {
        body: envelope.body,
        ack: acknowledge,
        ...(envelope.retryNum === undefined ? {} : { retryNum: envelope.retryNum }),
        ...(envelope.retryReason === undefined ? {} : { retryReason: envelope.retryReason }),
      };
      try {
        await app.processEvent(event);
      } catch (error) {
        answering.log.warn("slack: an envelope was not understood", {
          type: envelope.type,
          error: error instanceof Error ? error.name : "error",
        });
      }
      // What no listener took is acknowledged too: else Slack shows the person a warning, or sends it again.
      await acknowledge().catch(() => answering.log.debug("slack: an envelope could not be acknowledged"));
    },
  };
}
