import {
  feishuOf,
  halves,
  slackOf,
  type FeishuCredentials,
  type SlackCredentials,
} from "./config/credentials.ts";
import { readAdmins, readDestinations, readWebhooks, type Webhook } from "./config/destinations.ts";
import { fault, type ConfigFault, type Given } from "./config/fault.ts";
import { KNOWN, SCHEMA, SECRET, SHOWN } from "./config/variables.ts";
import type { Lang } from "./core/lang.ts";
import { edits } from "./core/nearest.ts";
import type { Address, Person } from "./core/place.ts";
import { mask, type LogLevel } from "./log.ts";

/** What the environment asks for. */
export interface Config {
  /** An id under data/ or a path. */
  readonly dataset: string;
  readonly lang: Lang | null;
  /** null: the dataset's own zone. */
  readonly zone: string | null;
  readonly dir: string;
  /** postgres://…; null: the file qushi.db in `dir`. */
  readonly databaseUrl: string | null;
  /** Who is admin from the start. */
  readonly admins: readonly Person[];
  readonly logLevel: LogLevel;
  /** A cron expression of five fields, and where each digest goes. */
  readonly digest: { readonly cron: string; readonly to: readonly Address[] };
  /** Where the one HTTP server listens; `asked`: the port was set, so it runs even where no platform needs it. */
  readonly http: { readonly host: string; readonly port: number; readonly asked: boolean };
  readonly slack: SlackCredentials | null;
  readonly feishu: FeishuCredentials | null;
  /** Incoming webhooks, each by the name that addresses it (`webhook:NAME`). */
  readonly webhooks: readonly Webhook[];
  /** Values that must never be printed or logged. */
  readonly secrets: readonly string[];
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** Stands in an environment for a .env file that is there and cannot be read; no shell can set this name. */
const UNREADABLE = ".env";

/** The process's environment, with what the file adds to it; the file changes nothing that is set already. */
export function currentEnvironment(file = ".env"): Environment {
  try {
    process.loadEnvFile(file);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (code !== "ENOENT") return { ...process.env, [UNREADABLE]: code };
  }
  return process.env;
}

/** Reads the whole environment, or names everything that is wrong with it. An empty value counts as not set. */
export function readConfig(
  env: Environment,
): { ok: true; config: Config } | { ok: false; faults: ConfigFault[] } {
  const given = new Map(
    Object.entries(env).flatMap(([name, value]) => (value?.trim() ? [[name, value.trim()]] : [])),
  );
  const secrets = [...given].filter(([name]) => SECRET.test(name)).map(([, value]) => value);
  const show = (text: string): string =>
    `"${mask(text, secrets)
      .replace(/\p{Cc}/gu, " ")
      .slice(0, 60)}"`;
  const read = SCHEMA.safeParse(Object.fromEntries(given));
  const webhooks = readWebhooks(given);
  const destinations = readDestinations(given, webhooks.read, show);
  const admins = readAdmins(given, show);
  const faults: ConfigFault[] = [
    ...(env[UNREADABLE] === undefined
      ? []
      : [fault(UNREADABLE, "cannot be read as a file.", "Correct or remove it.")]),
    ...(read.error?.issues ?? []).map(({ path: [name], message }) => {
      const variable = String(name);
      return fault(
        variable,
        `${SHOWN.has(variable) ? show(given.get(variable) ?? "") : "the value"} ${message}`,
      );
    }),
    ...halves(given),
    ...webhooks.faults,
    ...destinations.faults,
    ...admins.faults,
    ...misspelt(given),
  ];
  if (!read.success || faults.length > 0) return { ok: false, faults };
  const { data } = read;
  const config: Config = {
    dataset: data.QUSHI_DATASET,
    lang: data.QUSHI_LANG ?? null,
    zone: data.QUSHI_TZ ?? null,
    dir: data.QUSHI_DIR,
    databaseUrl: data.DATABASE_URL ?? null,
    admins: admins.people,
    logLevel: data.LOG_LEVEL,
    digest: { cron: data.QUSHI_DIGEST, to: destinations.to },
    http: { host: data.HOST, port: data.PORT ?? 3_000, asked: data.PORT !== undefined },
    slack: slackOf(data),
    feishu: feishuOf(data),
    webhooks: webhooks.read,
    // Their parts are as secret as the whole, which is what stands in the environment.
    secrets: [...secrets, ...webhooks.read.flatMap(({ url, secret }) => [url, secret ?? []].flat())],
  };
  return { ok: true, config };
}

/** A name of ours with a slip in it would be ignored without a word. */
function misspelt(given: Given): ConfigFault[] {
  return [...given.keys()].flatMap((name) => {
    if (!/^(?:QUSHI|SLACK|FEISHU)_/.test(name) || name.startsWith("QUSHI_WEBHOOK_") || KNOWN.includes(name))
      return [];
    const meant = KNOWN.find((known) => edits(name.toUpperCase(), known) <= 2);
    return meant === undefined ? [] : [fault(name, "not a variable of Qushi.", `Did you mean ${meant}?`)];
  });
}
