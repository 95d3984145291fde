import { LogLevel, type Logger } from "@slack/web-api";
import type { Log } from "../../log.ts";

/** Long enough for a reason, too short for a payload. */
const LONGEST = 200;

function said(parts: readonly unknown[]): string {
  const text = parts.find((part) => typeof part === "string");
  const error = parts.find((part) => part instanceof Error);
  return (text ?? error?.name ?? "").slice(0, LONGEST);
}

/**
 * What the SDK says, in our log. Its debug lines print whole payloads, response addresses included, and its info
 * lines tell nothing that health does not: both are dropped. What it warns of also reaches us as a rejection or an event
 * and is told from there, once and not at each attempt.
 */
export function sdkLogger(log: Log): Logger {
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: (...parts: unknown[]) => log.debug("slack sdk", { said: said(parts) }),
    error: (...parts: unknown[]) => log.debug("slack sdk", { said: said(parts) }),
    setLevel: () => undefined,
    getLevel: () => LogLevel.WARN,
    setName: () => undefined,
  };
}
