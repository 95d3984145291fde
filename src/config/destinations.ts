import { formatAddress, parseAddress, parsePerson, type Address, type Person } from "../core/place.ts";
import { fault, type ConfigFault, type Given } from "./fault.ts";
import { WEBHOOK_FIX } from "./variables.ts";

/** An address that takes messages and answers nothing. `secret` signs what goes to Feishu. */
export interface Webhook {
  readonly name: string;
  readonly kind: "slack" | "feishu";
  readonly url: string;
  readonly secret: string | null;
}

/** Shows what was written without giving anything away. */
export type Show = (text: string) => string;

/** Entries of a list, without empty ones. */
function entriesOf(given: Given, name: string): readonly string[] {
  return (given.get(name) ?? "")
    .split(/[,，]/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
}

/** Who is named in QUSHI_ADMINS. */
export function readAdmins(given: Given, show: Show): { people: readonly Person[]; faults: ConfigFault[] } {
  const read = entriesOf(given, "QUSHI_ADMINS").map((entry) => ({ entry, person: parsePerson(entry) }));
  return {
    people: read.flatMap(({ person }) => person ?? []),
    faults: read.flatMap(({ entry, person }) =>
      person === null ? fault("QUSHI_ADMINS", `${show(entry)} is not a person.`) : [],
    ),
  };
}

/** `slack+https://… | feishu+https://…#secret` */
export function readWebhooks(given: Given): { read: readonly Webhook[]; faults: ConfigFault[] } {
  const all = [...given].flatMap(([variable, value]) => {
    const name = /^QUSHI_WEBHOOK_(\w+)$/.exec(variable)?.[1];
    return name === undefined ? [] : [{ variable, webhook: readWebhook(name.toUpperCase(), value) }];
  });
  return {
    read: all.flatMap(({ webhook }) => webhook ?? []),
    faults: all.flatMap(({ variable, webhook }, at) => {
      if (webhook === null) return fault(variable, "is no address of an incoming webhook.", WEBHOOK_FIX);
      const first = all.slice(0, at).find((other) => other.webhook?.name === webhook.name);
      return first === undefined ? [] : fault(variable, `means the same as ${first.variable}.`, "Keep one.");
    }),
  };
}

/** Empty where it is badly encoded. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}

function readWebhook(name: string, value: string): Webhook | null {
  const [, kind, address] = /^(slack|feishu)\+(https?:\/\/\S+)$/.exec(value) ?? [];
  const url = address === undefined ? null : URL.parse(address);
  if (url === null || (kind !== "slack" && kind !== "feishu")) return null;
  const secret = url.hash === "" ? null : decoded(url.hash.slice(1));
  if (secret === "") return null;
  url.hash = "";
  // Slack's take no signature: one that is given would be believed to protect something.
  return kind === "slack" && secret !== null ? null : { name, kind, url: url.href, secret };
}

/** Where QUSHI_DIGEST_TO sends; each once, and only where something is configured to take it. */
export function readDestinations(
  given: Given,
  webhooks: readonly Webhook[],
  show: Show,
): { to: Address[]; faults: ConfigFault[] } {
  const to = new Map<string, Address>();
  const faults: ConfigFault[] = [];
  const configured = {
    terminal: true,
    slack: given.has("SLACK_BOT_TOKEN") || given.has("SLACK_APP_TOKEN") || given.has("SLACK_SIGNING_SECRET"),
    feishu: given.has("FEISHU_APP_ID") || given.has("FEISHU_APP_SECRET"),
  };
  const isConfigured = ({ platform, to: target }: Address): boolean =>
    platform === "webhook"
      ? webhooks.some(({ name }) => "channel" in target && target.channel === name)
      : configured[platform];
  for (const entry of entriesOf(given, "QUSHI_DIGEST_TO")) {
    const address = parseAddress(entry);
    if (address === null) faults.push(fault("QUSHI_DIGEST_TO", `${show(entry)} is not an address.`));
    else if (isConfigured(address)) to.set(formatAddress(address), address);
    else {
      const needs = address.platform === "webhook" ? "its QUSHI_WEBHOOK_ variable" : address.platform;
      const what = `${show(entry)} needs ${needs}, which is not configured.`;
      faults.push(fault("QUSHI_DIGEST_TO", what, "Set its credentials, or leave the address out."));
    }
  }
  return { to: [...to.values()], faults };
}
