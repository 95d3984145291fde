import { pino } from "pino";

/** Structured lines on stderr. `fields` must not hold message bodies; secrets in any text are masked. */
export interface Log {
  debug(what: string, fields?: Fields): void;
  info(what: string, fields?: Fields): void;
  warn(what: string, fields?: Fields): void;
  error(what: string, fields?: Fields): void;
}
export type Fields = Readonly<Record<string, string | number | boolean | null>>;

export const LOG_LEVELS = ["debug", "info", "warn", "error", "silent"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

const SECRETS = [
  /xox[abeprs]-[\w-]+/g,
  /xapp-[\w-]+/g,
  /\bt-[A-Za-z0-9_-]{20,}/g,
  /Bearer\s+[\w.~+/-]+=*/gi,
  /hooks\.slack\.com\/\S+/g,
  /\/open-apis\/bot\/v2\/hook\/\S+/g,
  /([?&](?:token|ticket|access_key|secret)=)[^&\s"]+/gi,
];

/** The text with everything that looks like a credential replaced by "***". */
export function mask(text: string, secrets: readonly string[] = []): string {
  let masked = text;
  for (const secret of secrets) if (secret.length >= 6) masked = masked.replaceAll(secret, "***");
  for (const pattern of SECRETS)
    masked = masked.replace(pattern, (_all, lead) => (typeof lead === "string" ? `${lead}***` : "***"));
  return masked;
}

/** A log at a level. `secrets` are values from the configuration that must never appear. */
export function createLog(level: LogLevel, secrets: readonly string[] = []): Log {
  const out = pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ dest: 2, sync: true }),
  );
  const clean = (fields: Fields = {}): Record<string, unknown> =>
    Object.fromEntries(
      Object.entries(fields).map(([key, value]) => [
        key,
        typeof value === "string" ? mask(value, secrets) : value,
      ]),
    );
  return {
    debug: (what, fields) => out.debug(clean(fields), mask(what, secrets)),
    info: (what, fields) => out.info(clean(fields), mask(what, secrets)),
    warn: (what, fields) => out.warn(clean(fields), mask(what, secrets)),
    error: (what, fields) => out.error(clean(fields), mask(what, secrets)),
  };
}
