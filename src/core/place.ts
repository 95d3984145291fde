/** Where messages can go. */
export const PLATFORMS = ["terminal", "slack", "feishu", "webhook"] as const;
export type PlatformName = (typeof PLATFORMS)[number];

/** A place in a chat: a channel or one person's direct messages, and the thread in it (the id of its first message). */
export interface Address {
  readonly platform: PlatformName;
  /** Slack's team id; null where the platform has one workspace per app. */
  readonly workspace: string | null;
  readonly to: { readonly channel: string } | { readonly person: string };
  readonly thread: string | null;
}

/** Who acts. `id` is the platform's own (Slack U…, Feishu open_id). */
export interface Person {
  readonly platform: PlatformName;
  readonly workspace: string | null;
  readonly id: string;
}

/** A message that was posted and can be answered, edited or threaded under. */
export interface MessageRef {
  readonly address: Address;
  readonly id: string;
}

/** `slack:T1:C1`, `feishu:oc_x`, `terminal`: the form used in QUSHI_DIGEST_TO and logs. */
export function formatAddress(address: Address): string {
  const target = "channel" in address.to ? address.to.channel : address.to.person;
  return [address.platform, address.workspace, target]
    .filter((part) => part !== null && part !== "")
    .join(":");
}

/** Reads the form that `formatAddress` writes; null when it is none. */
export function parseAddress(text: string): Address | null {
  const [platform, ...rest] = text.trim().split(":");
  if (platform === "terminal" && rest.length === 0) {
    return { platform, workspace: null, to: { channel: "" }, thread: null };
  }
  if (platform === "slack" && rest.length === 2) {
    const [team = "", channel = ""] = rest;
    if (!/^[TE][A-Z0-9]+$/.test(team) || !/^[CGDUW][A-Z0-9]+$/.test(channel)) return null;
    // W…: a person of an Enterprise organisation.
    const to = /^[UW]/.test(channel) ? { person: channel } : { channel };
    return { platform, workspace: team, to, thread: null };
  }
  if (platform === "webhook" && rest.length === 1) {
    const [name = ""] = rest;
    if (!/^[A-Za-z0-9_]+$/.test(name)) return null;
    return { platform, workspace: null, to: { channel: name.toUpperCase() }, thread: null };
  }
  if (platform === "feishu" && rest.length === 1) {
    const [id = ""] = rest;
    if (!/^(oc|ou)_[A-Za-z0-9]+$/.test(id)) return null;
    return {
      platform,
      workspace: null,
      to: id.startsWith("ou_") ? { person: id } : { channel: id },
      thread: null,
    };
  }
  return null;
}

/** The place of an address: threads of one channel are one place. */
export function placeOf(address: Address): Address {
  return address.thread === null ? address : { ...address, thread: null };
}

/** True for addresses of one channel, or of one person's direct messages. */
export function samePlace(a: Address, b: Address): boolean {
  return formatAddress(a) === formatAddress(b);
}

export function samePerson(a: Person, b: Person): boolean {
  return a.platform === b.platform && a.workspace === b.workspace && a.id === b.id;
}

/** The account by which somebody is shown on a platform: theirs there, else their oldest; null where there is none. */
export function accountOn(platform: PlatformName, accounts: readonly Person[]): Person | null {
  return accounts.find((account) => account.platform === platform) ?? accounts[0] ?? null;
}

/** A person as text: `slack:T1:U1`, `feishu:ou_x`; the form of QUSHI_ADMINS. */
export function formatPerson(person: Person): string {
  return [person.platform, person.workspace, person.id].filter((part) => part !== null).join(":");
}

/** Reads the form that `formatPerson` writes; null when it is none. */
export function parsePerson(text: string): Person | null {
  const slack = /^slack:([TE][A-Z0-9]+):([UW][A-Z0-9]+)$/.exec(text);
  if (slack !== null) return { platform: "slack", workspace: slack[1] ?? null, id: slack[2] ?? "" };
  const feishu = /^feishu:(ou_[A-Za-z0-9]+)$/.exec(text);
  return feishu === null ? null : { platform: "feishu", workspace: null, id: feishu[1] ?? "" };
}

/** Where direct messages to a person go. */
export function directTo(person: Person): Address {
  return { platform: person.platform, workspace: person.workspace, to: { person: person.id }, thread: null };
}
