import { App, type Receiver, type ReceiverEvent } from "@slack/bolt";
import type { Logger } from "@slack/web-api";
import type { OnInbound } from "../../platform/platform.ts";
import { apiAddress } from "./api.ts";
import type { Envelope } from "./envelope.ts";
import type { Identity } from "./identity.ts";
import type { Answering } from "./replies.ts";
import { createTaker } from "./take.ts";
import { createTicket, type Ticket } from "./ticket.ts";

export interface DoorOptions {
  readonly botToken: string;
  readonly apiUrl: string | null;
  readonly identity: Identity;
  readonly logger: Logger;
  readonly answering: Answering;
  readonly now: () => Date;
  readonly onInbound: OnInbound;
  /** The app was uninstalled or its token revoked; `code` says which. */
  readonly onRemoved: (code: string) => void;
}

/** Where everything from Slack comes in. */
export interface Door {
  /** Settles when an envelope is done with; never rejects. */
  readonly enter: (envelope: Envelope) => Promise<void>;
}

/** Bolt's app over a receiver of our own: every envelope is acknowledged or refused once, whatever becomes of it. */
export async function createDoor(options: DoorOptions): Promise<Door> {
  const { botToken, apiUrl, identity, logger, answering } = options;
  const { log, timings } = answering;
  // Envelopes come from the link or the callback, which outlive this app, so there is nothing to start or stop here.
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
    // What is ours is told apart where it is read: being taken out of a channel, for one, is our own event.
    ignoreSelf: false,
    // An object of its own: Bolt writes into it.
    clientOptions: {
      ...apiAddress(apiUrl),
      timeout: timings.call,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
    },
  });
  await app.init();
  app.error(async (error) => {
    log.error("slack: a line failed", { error: error.name, code: error.code });
  });
  const take = createTaker(options);
  // A map and not a WeakMap, whose entries make every collection of short-lived objects ten times as long.
  const tickets = new Map<object, Ticket>();
  // One middleware instead of a listener for each kind: Bolt runs the chain of every listener for every envelope.
  app.use(async ({ body }) => {
    const ticket = tickets.get(body);
    if (ticket !== undefined) await take(body, ticket);
  });

  return {
    enter: async (envelope) => {
      // docs.slack.dev/reference/events/app_rate_limited: more than 30,000 events in an hour; Bolt knows no such thing.
      if (envelope.body["type"] === "app_rate_limited")
        log.warn("slack: events are held back for a minute, the app is told too many of them");
      const ticket = createTicket(envelope);
      tickets.set(envelope.body, ticket);
      const event: ReceiverEvent = {
        body: envelope.body,
        // Bolt acknowledges events before anybody has seen them; here that is the ticket's.
        ack: async () => undefined,
        ...(envelope.retryNum === undefined ? {} : { retryNum: envelope.retryNum }),
        ...(envelope.retryReason === undefined ? {} : { retryReason: envelope.retryReason }),
      };
      try {
        await app.processEvent(event);
      } catch (error) {
        log.warn("slack: an envelope was not understood", {
          type: envelope.type,
          error: error instanceof Error ? error.name : "error",
        });
      }
      tickets.delete(envelope.body);
      // What nobody took is acknowledged too: else Slack shows the person a warning, or sends it again.
      await ticket.acknowledge().catch(() => log.debug("slack: an envelope could not be acknowledged"));
    },
  };
}
