import { createHash } from "node:crypto";
import { z } from "zod";
import type { Address, Person } from "../../core/place.ts";
import type { Inbound } from "../../platform/platform.ts";
import { readButtonValue } from "./buttons.ts";
import { decodeLine } from "./decode.ts";
import type { Identity } from "./identity.ts";

/** Something that came in and how it can be answered, before a Reply is made of it. */
export type Incoming = Omit<Inbound, "reply">;

const ts = z.string().regex(/^\d{1,12}\.\d{1,6}$/);

function instant(timestamp: string): Date {
  return new Date(Math.round(Number(timestamp) * 1_000));
}

/** trigger_id is a secret while it lives, and too long for a key. */
function digest(secret: string): string {
  return createHash("sha256").update(secret).digest("hex").slice(0, 24);
}

function address(workspace: string, channel: string, thread: string | null): Address {
  return { platform: "slack", workspace, to: { channel }, thread };
}

/** The channel, or the person where it is their direct messages with us (D…). */
function placeFor(workspace: string, channel: string, { id }: Person): Address {
  const to = channel.startsWith("D") ? { person: id } : { channel };
  return { platform: "slack", workspace, to, thread: null };
}

// docs.slack.dev/interactivity/implementing-slash-commands
const slashBody = z.object({
  command: z.string(),
  text: z.string().optional(),
  team_id: z.string(),
  channel_id: z.string(),
  user_id: z.string(),
  trigger_id: z.string(),
  response_url: z.url(),
});

/** A slash command; null when the payload is not one. */
export function readSlash(body: unknown, identity: Identity, at: Date) {
  const read = slashBody.safeParse(body);
  if (!read.success) return null;
  const { team_id: team, channel_id: channel, user_id: user } = read.data;
  const actor: Person = { platform: "slack", workspace: team, id: user };
  const incoming: Incoming = {
    type: "command",
    id: `slack:${team}:slash:${digest(read.data.trigger_id)}`,
    at,
    actor,
    address: address(team, channel, null),
    place: placeFor(team, channel, actor),
    via: "slash",
    line: decodeLine(read.data.text ?? "", identity.botUserId),
    ref: null,
  };
  return { incoming, responseUrl: read.data.response_url };
}

// docs.slack.dev/reference/events/app_mention and message.im, within docs.slack.dev/apis/events-api
const eventBody = z.object({
  team_id: z.string().nullish(),
  authorizations: z.array(z.object({ team_id: z.string().nullish() })).optional(),
  event: z.object({
    type: z.enum(["app_mention", "message"]),
    subtype: z.string().optional(),
    channel_type: z.string().optional(),
    bot_id: z.string().nullish(),
    user: z.string(),
    user_team: z.string().optional(),
    team: z.string().optional(),
    channel: z.string(),
    text: z.string(),
    ts,
    thread_ts: ts.optional(),
  }),
});

/** The event was sent for our installation, not for another one of the same app. */
function isOurs(body: z.infer<typeof eventBody>, identity: Identity): boolean {
  const teams = body.authorizations?.map((authorization) => authorization.team_id) ?? [body.team_id];
  return teams.includes(identity.teamId);
}

/**
 * A line typed after a mention or in a direct message; null for everything else, bots' messages included. One message
 * may arrive as both events, so both give the same id. In a channel shared with another company the author's team is
 * theirs, the address stays ours.
 */
export function readTyped(body: unknown, identity: Identity): Incoming | null {
  const read = eventBody.safeParse(body);
  if (!read.success || !isOurs(read.data, identity)) return null;
  const { event } = read.data;
  const byBot = typeof event.bot_id === "string" || event.user === identity.botUserId;
  if (byBot || event.user === "USLACKBOT" || event.subtype !== undefined) return null;
  const direct = event.channel_type === "im" || event.channel.startsWith("D");
  if (event.type === "message" && !direct) return null;
  const here = address(identity.teamId, event.channel, event.thread_ts ?? null);
  const team = event.user_team ?? event.team ?? identity.teamId;
  const actor: Person = { platform: "slack", workspace: team, id: event.user };
  return {
    type: "command",
    id: `slack:${identity.teamId}:${event.channel}:${event.ts}`,
    at: instant(event.ts),
    actor,
    address: here,
    place: placeFor(identity.teamId, event.channel, actor),
    via: direct ? "direct" : "mention",
    line: decodeLine(event.text, identity.botUserId),
    ref: { address: here, id: event.ts },
  };
}

// docs.slack.dev/reference/interaction-payloads/block_actions-payload
const clickBody = z.object({
  type: z.literal("block_actions"),
  user: z.object({ id: z.string(), team_id: z.string().optional() }),
  team: z.object({ id: z.string() }).nullish(),
  container: z.object({
    channel_id: z.string(),
    message_ts: ts,
    thread_ts: ts.optional(),
    is_ephemeral: z.boolean().optional(),
  }),
  response_url: z.url(),
  actions: z.array(z.object({ type: z.string(), value: z.string().optional(), action_ts: ts })).min(1),
});

/** A click on one of our buttons; null for link buttons and for whatever else is clickable. */
export function readClick(body: unknown, identity: Identity) {
  const read = clickBody.safeParse(body);
  const action = read.data?.actions[0];
  const value = readButtonValue(action?.value ?? "");
  if (!read.success || action === undefined || value === null) return null;
  const { container, user } = read.data;
  const team = read.data.team?.id ?? identity.teamId;
  const here = address(team, container.channel_id, container.thread_ts ?? null);
  const actor: Person = { platform: "slack", workspace: user.team_id ?? team, id: user.id };
  const incoming: Incoming = {
    type: "command",
    id: `slack:${team}:${container.channel_id}:click:${action.action_ts}:${user.id}`,
    at: instant(action.action_ts),
    actor,
    address: here,
    place: placeFor(team, container.channel_id, actor),
    via: "click",
    line: value.run,
    ref: container.is_ephemeral === true ? null : { address: here, id: container.message_ts },
  };
  return { incoming, responseUrl: read.data.response_url, replace: value.replace };
}
