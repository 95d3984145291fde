import { FIXES, KNOWN, SCHEMA, SECRET, SHOWN } from "./config/variables.ts";
import type { Lang } from "./core/lang.ts";
import { edits } from "./core/nearest.ts";
import { formatAddress, parseAddress, parsePerson, type Address, type Person } from "./core/place.ts";
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
  /** `apiUrl` ends with a slash; null: Slack's own. */
  readonly slack: {
    readonly botToken: string;
    readonly appToken: string;
    readonly apiUrl: string | null;
  } | null;
  /** `domain` is a base URL without a slash at its end. */
  readonly feishu: { readonly appId: string; readonly appSecret: string; readonly domain: string } | null;
  /** Values that must never be printed or logged. */
  readonly secrets: readonly string[];
}

/** One thing that is wrong in the environment, never with the value of a secret: `variable: what fix` reads as text. */
export interface ConfigFault {
  readonly variable: string;
  readonly what: string;
  readonly fix: string;
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

const NO_WEBHOOKS = "a webhook is named; webhooks are not available in this version.";
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
  const destinations = readDestinations(given, show);
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
    ...destinations.faults,
    ...admins.faults,
    ...misspelt(given),
  ];
  if (!read.success || faults.length > 0) return { ok: false, faults };
  const { data } = read;
  const { SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: appToken, SLACK_API_URL: apiUrl = null } = data;
  const { FEISHU_APP_ID: appId, FEISHU_APP_SECRET: appSecret, FEISHU_DOMAIN: domain } = data;
  const config: Config = {
    dataset: data.QUSHI_DATASET,
    lang: data.QUSHI_LANG ?? null,
    zone: data.QUSHI_TZ ?? null,
    dir: data.QUSHI_DIR,
    databaseUrl: data.DATABASE_URL ?? null,
    admins: admins.people,
    logLevel: data.LOG_LEVEL,
    digest: { cron: data.QUSHI_DIGEST, to: destinations.to },
    slack: botToken === undefined || appToken === undefined ? null : { botToken, appToken, apiUrl },
    feishu: appId === undefined || appSecret === undefined ? null : { appId, appSecret, domain },
    secrets,
  };
  return { ok: true, config };
}

function fault(
  variable: string,
  what: string,
  fix = FIXES[variable] ?? "Correct it or leave it out.",
): ConfigFault {
  return { variable, what, fix };
}

type Given = ReadonlyMap<string, string>;

/** Credentials that come in pairs, and a signing secret that would ask for HTTP mode. */
function halves(given: Given): ConfigFault[] {
  const overHttp = given.has("SLACK_SIGNING_SECRET") && !given.has("SLACK_APP_TOKEN");
  const what = "alone, it asks for HTTP mode, which is not available in this version.";
  return [
    ...(overHttp ? [fault("SLACK_SIGNING_SECRET", what)] : half(given, "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN")),
    ...half(given, "FEISHU_APP_ID", "FEISHU_APP_SECRET"),
  ];
}

function half(given: Given, one: string, other: string): ConfigFault[] {
  if (given.has(one) === given.has(other)) return [];
  const [missing, set] = given.has(one) ? [other, one] : [one, other];
  return [fault(missing, `missing, while ${set} is set.`)];
}

/** Entries of a list, without empty ones. */
function entriesOf(given: Given, name: string): readonly string[] {
  return (given.get(name) ?? "")
    .split(/[,，]/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
}

function readAdmins(
  given: Given,
  show: (text: string) => string,
): { people: readonly Person[]; faults: ConfigFault[] } {
  const read = entriesOf(given, "QUSHI_ADMINS").map((entry) => ({ entry, person: parsePerson(entry) }));
  return {
    people: read.flatMap(({ person }) => person ?? []),
    faults: read.flatMap(({ entry, person }) =>
      person === null ? fault("QUSHI_ADMINS", `${show(entry)} is not a person.`) : [],
    ),
  };
}

function readDestinations(
  given: Given,
  show: (text: string) => string,
): { to: Address[]; faults: ConfigFault[] } {
  const to = new Map<string, Address>();
  const faults: ConfigFault[] = [];
  const configured = {
    terminal: true,
    slack: given.has("SLACK_BOT_TOKEN") || given.has("SLACK_APP_TOKEN") || given.has("SLACK_SIGNING_SECRET"),
    feishu: given.has("FEISHU_APP_ID") || given.has("FEISHU_APP_SECRET"),
  };
  for (const entry of entriesOf(given, "QUSHI_DIGEST_TO")) {
    const address = parseAddress(entry);
    if (/^webhook:/i.test(entry)) faults.push(fault("QUSHI_DIGEST_TO", NO_WEBHOOKS, "Leave it out."));
    else if (address === null) faults.push(fault("QUSHI_DIGEST_TO", `${show(entry)} is not an address.`));
    else if (configured[address.platform]) to.set(formatAddress(address), address);
    else {
      const what = `${show(entry)} needs ${address.platform}, which is not configured.`;
      faults.push(fault("QUSHI_DIGEST_TO", what, "Set its credentials, or leave the address out."));
    }
  }
  return { to: [...to.values()], faults };
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
