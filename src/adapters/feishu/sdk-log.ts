import type { Log } from "../../log.ts";

/** The SDK's phrases that say something and hold nothing of ours. */
const SAFE =
  /^(ws connect failed|connect failed|ws error|new WebSocket error|send data failed|reconnect|handshake timeout after \d+ms|no [\w.]+ handle|no pong\/inbound within \d+s of last ping, terminating to trigger reconnect|code: \d+)/;

/** The only part of what the SDK logs that is passed on: known phrases. Its arguments hold tokens, the secret and texts. */
export function safePhrase(given: readonly unknown[]): string | null {
  const found = given
    .flat(3)
    .map((piece) => (typeof piece === "string" ? (SAFE.exec(piece)?.[0] ?? null) : null))
    .filter((phrase) => phrase !== null);
  return found.length === 0 ? null : found.join(" ");
}

type SdkLogger = Record<"error" | "warn" | "info" | "debug" | "trace", (...given: unknown[]) => void>;

/** A logger for the SDK: errors and warnings by their known phrase, everything else dropped. Calls report themselves. */
export function sdkLogger(log: Log): SdkLogger {
  const nothing = (): void => undefined;
  const phrase = (given: readonly unknown[]): void => {
    const what = safePhrase(given);
    if (what === null) log.debug("feishu sdk: a message was withheld");
    else log.info("feishu sdk", { what });
  };
  return {
    error: (...given) => phrase(given),
    warn: (...given) => phrase(given),
    info: nothing,
    debug: nothing,
    trace: nothing,
  };
}
