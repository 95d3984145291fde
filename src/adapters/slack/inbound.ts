import { z } from "zod";
import type { Person } from "../../core/place.ts";
import type { CommandInbound, MessageInbound } from "../../platform/platform.ts";
import { readButtonValue } from "./buttons.ts";
import { decodeLine, decodeText } from "./decode.ts";
import type { Identity } from "./identity.ts";
import {
  acting,
  actorOf,
  address,
  delivered,
  digest,
  external,
  instant,
  isOurs,
  placeFor,
  ts,
} from "./wire.ts";

/** Something that came in and how it can be answered, before a Reply is made of it. */
export type Incoming = Omit<CommandInbound, "reply">;
/** By what it is answered; both are secrets while they live. */
interface Handles {
  readonly responseUrl: string;
  readonly trigger: string;
}

// docs.slack.dev/interactivity/implementing-slash-commands
const slashBody = z.object({
  command: z.string(),
  text: z.string().optional(),
  team_id: z.string(),
  enterprise_id: z.string().nullish().catch(null),
  channel_id: z.string(),
  user_id: z.string(),
  trigger_id: z.string(),
  response_url: z.url(),
});

/** A slash command; null when the payload is not one. */
export function readSlash(
  body: unknown,
  identity: Identity,
  at: Date,
): (Handles & { readonly incoming: Incoming }) | null {
  const read = slashBody.safeParse(body);
  if (!read.success) return null;
  const { team_id: team, channel_id: channel, user_id: user } = read.data;
  const actor: Person = { platform: "slack", workspace: team, id: user };
  const incoming: Incoming = {
    type: "command",
    id: `slack:${team}:slash:${digest(read.data.trigger_id)}`,
    at,
    actor,
    ...external(actor, read.data.enterprise_id ?? null, identity),
    address: address(team, channel, null),
    place: placeFor(team, channel, actor),
    via: "slash",
    line: decodeLine(read.data.text ?? "", identity.botUserId),
    ref: null,
  };
  return { incoming, responseUrl: read.data.response_url, trigger: read.data.trigger_id };
}

// docs.slack.dev/reference/events/app_mention and message.im, within docs.slack.dev/apis/events-api
const eventBody = delivered.extend({
  is_ext_shared_channel: z.boolean().optional().catch(undefined),
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

/** People's own words, alone or with something more: shown in the channel too, or with a file. */
const SPOKEN = new Set([undefined, "thread_broadcast", "file_share"]);

/** What people wrote, with where and when; null for bots' messages, ours included, and for other installations' events. */
function readWritten(body: unknown, identity: Identity) {
  const { teamId, enterpriseId, botUserId } = identity;
  const read = eventBody.safeParse(body);
  if (!read.success || !isOurs(read.data, teamId)) return null;
  const { event } = read.data;
  const byBot = typeof event.bot_id === "string" || event.user === botUserId;
  if (byBot || event.user === "USLACKBOT") return null;
  const here = address(teamId, event.channel, event.thread_ts ?? null);
  // An organisation's id names no workspace.
  const named = [event.user_team, event.team].find((each) => each !== undefined && each !== enterpriseId);
  const team = named ?? teamId;
  const actor: Person = { platform: "slack", workspace: team, id: event.user };
  // Of whom a channel that nobody outside shares has only people of our organisation; else it is not said whose they are.
  const organisation = read.data.is_ext_shared_channel === true ? null : enterpriseId;
  const source = {
    id: `slack:${teamId}:${event.channel}:${event.ts}`,
    at: instant(event.ts),
    actor,
    ...external(actor, organisation, identity),
    address: here,
    place: placeFor(teamId, event.channel, actor),
    ref: { address: here, id: event.ts },
  };
  return { event, source, direct: event.channel_type === "im" || event.channel.startsWith("D") };
}

/**
 * A line typed after a mention or in a direct message; null for everything else, bots' messages included. One message
 * may arrive as both events, so both give the same id. In a channel shared with another company the author's team is
 * theirs, the address stays ours.
 */
export function readTyped(body: unknown, identity: Identity): Incoming | null {
  const read = readWritten(body, identity);
  if (read === null || !SPOKEN.has(read.event.subtype)) return null;
  const { event, source, direct } = read;
  if (event.type === "message" && !direct) return null;
  const line = decodeLine(event.text, identity.botUserId);
  return { ...source, type: "command", via: direct ? "direct" : "mention", line };
}

/** What people wrote in a thread of a channel without naming us; a message that names us comes as a mention too. */
export function readTalk(body: unknown, identity: Identity): MessageInbound | null {
  const read = readWritten(body, identity);
  if (read === null || read.direct) return null;
  const { event, source } = read;
  const { type, subtype, text, thread_ts: thread } = event;
  if (type !== "message" || !SPOKEN.has(subtype) || thread === undefined || thread === event.ts) return null;
  const named = text.includes(`<@${identity.botUserId}>`) || text.includes(`<@${identity.botUserId}|`);
  return named ? null : { ...source, type: "message", text: decodeText(text, null) };
}

// docs.slack.dev/reference/interaction-payloads/block_actions-payload
const clickBody = acting.extend({
  type: z.literal("block_actions"),
  container: z.object({
    channel_id: z.string(),
    message_ts: ts,
    thread_ts: ts.optional(),
    is_ephemeral: z.boolean().optional(),
  }),
  response_url: z.url(),
  trigger_id: z.string(),
  actions: z.array(z.object({ type: z.string(), value: z.string().optional(), action_ts: ts })).min(1),
});

/** A click on one of our buttons in a message; null for link buttons and for whatever else is clickable. */
export function readClick(
  body: unknown,
  identity: Identity,
): (Handles & { readonly incoming: Incoming; readonly replace: boolean }) | null {
  const read = clickBody.safeParse(body);
  const action = read.data?.actions[0];
  const value = readButtonValue(action?.value ?? "");
  if (!read.success || action === undefined || value === null) return null;
  const { container, user } = read.data;
  // Whosever the clicker is, the place is ours.
  const { teamId: team } = identity;
  const here = address(team, container.channel_id, container.thread_ts ?? null);
  const { actor, ...whose } = actorOf(read.data, identity);
  const incoming: Incoming = {
    type: "command",
    id: `slack:${team}:${container.channel_id}:click:${action.action_ts}:${user.id}`,
    at: instant(action.action_ts),
    actor,
    ...whose,
    address: here,
    place: placeFor(team, container.channel_id, actor),
    via: "click",
    line: value.run,
    ref: container.is_ephemeral === true ? null : { address: here, id: container.message_ts },
  };
  const { response_url: responseUrl, trigger_id: trigger } = read.data;
  return { incoming, responseUrl, trigger, replace: value.replace };
}
