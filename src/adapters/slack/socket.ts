import { SocketModeReceiver } from "@slack/bolt";
import type { Logger } from "@slack/web-api";
import { z } from "zod";
import { DeliveryError } from "../../platform/platform.ts";
import { apiAddress } from "./api.ts";
import type { OnEnvelope } from "./envelope.ts";
import { within } from "./time-limit.ts";

export interface SocketOptions {
  readonly appToken: string;
  readonly apiUrl: string | null;
  readonly logger: Logger;
  readonly callMs: number;
  readonly onEnvelope: OnEnvelope;
  /** Called once. leaving: Slack asked us to go elsewhere, but still delivers here for a moment; gone: it is cut. */
  readonly onLost: (how: "leaving" | "gone") => void;
  /** A frame that the SDK choked on. */
  readonly onFault: (name: string) => void;
}

/** One connection, from apps.connections.open to its end. It never connects again by itself. */
export interface Socket {
  /** Resolves at Slack's hello; may be called once. */
  readonly open: () => Promise<void>;
  readonly close: () => Promise<void>;
}

const envelope = z.object({
  type: z.string(),
  body: z.record(z.string(), z.unknown()).catch({}),
  retry_num: z.number().optional().catch(undefined),
  retry_reason: z.string().optional().catch(undefined),
  ack: z.custom<(payload?: unknown) => Promise<void>>((value) => typeof value === "function"),
});

const farewell = z.object({ type: z.literal("disconnect") });

function isFarewell(frame: unknown): boolean {
  if (typeof frame !== "string" || frame.length > 2_000 || !frame.includes('"disconnect"')) return false;
  try {
    return farewell.safeParse(JSON.parse(frame)).success;
  } catch {
    return false;
  }
}

/** How long a closing handshake may take before the socket is cut. */
const CLOSING_MS = 1_000;

/**
 * Only the SDK's client is used of Bolt's receiver: its own way of connecting again rejects inside timers, which ends
 * the process, and its listener is not given an app, so that acknowledgements stay in one place (door.ts).
 */
export function createSocket(options: SocketOptions): Socket {
  const receiver = new SocketModeReceiver({
    appToken: options.appToken,
    logger: options.logger,
    autoReconnectEnabled: false,
    clientPingTimeout: 10_000,
    serverPingTimeout: 60_000,
    // An object of its own: the SDK writes the app token's header and retry policy into it.
    installerOptions: {
      clientOptions: {
        ...apiAddress(options.apiUrl),
        timeout: options.callMs,
        retryConfig: { retries: 0 },
        rejectRateLimitedCalls: true,
      },
    },
  });
  const { client } = receiver;
  let state: "alive" | "lost" | "closed" = "alive";

  const lost = (how: "leaving" | "gone") => {
    if (state !== "alive") return;
    state = "lost";
    options.onLost(how);
  };

  // The SDK's frame handler is async and nobody awaits it: a frame it does not expect would be an unhandled rejection.
  const handlers = client.listeners("ws_message");
  client.removeAllListeners("ws_message");
  client.on("ws_message", (frame: unknown, isBinary: unknown) => {
    // Not shown to the SDK, which would close at once: what is clicked until there is another connection would be lost.
    if (isFarewell(frame)) return lost("leaving");
    for (const handler of handlers) {
      const handled: unknown = Reflect.apply(handler, client, [frame, isBinary]);
      if (handled instanceof Promise) {
        handled.catch((error: unknown) => options.onFault(error instanceof Error ? error.name : "error"));
      }
    }
  });
  client.on("slack_event", (event: unknown) => {
    const read = envelope.safeParse(event);
    if (!read.success) return options.onFault("unreadable_envelope");
    const { type, body, retry_num, retry_reason, ack } = read.data;
    // What is not acknowledged is refused: Slack sends an event again, to whoever is connected then.
    const refuse = (): void => undefined;
    const acknowledge = async (payload?: object): Promise<void> => {
      // The SDK would still write to a socket that is closing, and nobody would read it.
      if (state === "closed") throw new DeliveryError("unreachable", "closed");
      await ack(payload);
    };
    const retry = { retryNum: retry_num, retryReason: retry_reason };
    void options.onEnvelope({ type, body, ...retry, acknowledge, refuse });
  });
  client.on("disconnected", () => lost("gone"));

  const disconnect = () => {
    // With socket-mode 3.2 this may reject when it races an opening connection; the connection is given up anyway.
    const done = client.disconnect().catch(() => undefined);
    return within(CLOSING_MS, done).catch(() => undefined);
  };

  return {
    open: async () => {
      try {
        await client.start();
      } catch (error) {
        // The SDK rejects with nothing when the socket closes before hello.
        throw error instanceof Error ? error : new DeliveryError("unreachable", "closed_before_hello");
      }
    },
    close: async () => {
      state = "closed";
      // Given up while still opening: the SDK would go on to connect, and the connection would belong to nobody.
      client.on("connecting", () => queueMicrotask(() => void disconnect()));
      await disconnect();
      // A second call cuts a socket whose peer does not answer the close.
      await disconnect();
    },
  };
}
