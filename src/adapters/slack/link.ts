import { setTimeout as pause } from "node:timers/promises";
import type { Log } from "../../log.ts";
import { DeliveryError, type Health } from "../../platform/platform.ts";
import { slackError } from "./errors.ts";
import type { Socket } from "./socket.ts";
import { within } from "./time-limit.ts";
import type { SlackTimings } from "./timings.ts";

/** The connection as it should be: once opened, kept until closed. */
export interface Link {
  health(): Health;
  /** Resolves at the first hello; rejects with what the SDK threw, and may then be tried again. */
  open(limitMs: number): Promise<void>;
  close(): Promise<void>;
}

export interface LinkOptions {
  /** A new connection that reports its own end, or that it will end, once. */
  readonly connect: (onLost: (how: "leaving" | "gone") => void) => Socket;
  readonly log: Log;
  readonly now: () => Date;
  readonly timings: SlackTimings;
}

/**
 * Replaces a lost connection by a new one, with growing pauses while that fails. Nothing thrown on the way leaves
 * this function: it ends in health() and the log. A refused token is asked about again too, only rarely: Slack has
 * answered invalid_auth while it was itself at fault.
 */
export function createLink({ connect, log, now, timings }: LinkOptions): Link {
  let health: Health = { state: "stopped", detail: null };
  /** Every socket that was not given up: the current one and one that is still opening. */
  const sockets = new Set<Socket>();
  /** Those of them that Slack wants to close; they take in what comes until there is another one. */
  const leaving = new Set<Socket>();
  let current: Socket | null = null;
  let stopping = new AbortController();
  let since = 0;
  let failures = 0;

  const giveUp = (socket: Socket): Promise<void> => {
    sockets.delete(socket);
    leaving.delete(socket);
    return socket.close();
  };

  const attempt = async (limitMs: number): Promise<void> => {
    let greeted = false;
    const socket = connect((how) => {
      if (how === "gone" || !greeted) void giveUp(socket);
      else leaving.add(socket);
      if (current !== socket) return;
      current = null;
      if (now().getTime() - since >= timings.steady) failures = 0;
      void keep();
    });
    sockets.add(socket);
    try {
      await within(limitMs, socket.open());
      greeted = true;
    } catch (error) {
      void giveUp(socket);
      throw error;
    }
    // Slack may say hello and goodbye in one breath, and close() may have come in between.
    if (!sockets.has(socket)) throw new DeliveryError("unreachable", "closed_after_hello");
    for (const old of leaving) void giveUp(old);
    current = socket;
    since = now().getTime();
    health = { state: "connected", detail: null };
  };

  const wait = async (): Promise<void> => {
    const ms = failures === 0 ? 0 : Math.min(timings.retryLongest, timings.retryFirst * 2 ** (failures - 1));
    failures += 1;
    await pause(ms, undefined, { signal: stopping.signal });
  };

  const keep = async (): Promise<void> => {
    const { signal } = stopping;
    const stopped = (): boolean => signal.aborted;
    health = { state: "reconnecting", detail: null };
    log.info("slack: connection lost, connecting again");
    let told = "";
    while (!stopped()) {
      try {
        await wait();
        await attempt(timings.start);
        log.info("slack: connected again");
        return;
      } catch (error) {
        if (stopped()) return;
        const { code, detail } = slackError(error);
        health = { state: code === "forbidden" ? "failed" : "reconnecting", detail };
        // However long it lasts, one line for each thing that is wrong.
        log[detail === told ? "debug" : "warn"]("slack: cannot connect", { detail, attempt: failures });
        told = detail;
      }
    }
  };

  return {
    health: () => health,
    open: async (limitMs) => {
      stopping = new AbortController();
      failures = 0;
      health = { state: "connecting", detail: null };
      try {
        await attempt(limitMs);
      } catch (error) {
        if (!stopping.signal.aborted) health = { state: "failed", detail: slackError(error).detail };
        throw error;
      }
    },
    close: async () => {
      stopping.abort();
      current = null;
      health = { state: "stopped", detail: null };
      await Promise.all([...sockets].map(giveUp));
    },
  };
}
