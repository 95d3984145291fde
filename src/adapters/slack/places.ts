import { z } from "zod";
import { directTo, type Address, type Person } from "../../core/place.ts";
import type { HomeInbound, PlaceInbound } from "../../platform/platform.ts";
import type { Identity } from "./identity.ts";
import { address, delivered, instant, isOurs, ts } from "./wire.ts";

// Events of docs.slack.dev/reference/events; each names the channel, and most of them who did it.
const renamed = z.object({ id: z.string() });
const event = z.discriminatedUnion("type", [
  z.object({
    type: z.literal(["member_joined_channel", "member_left_channel"]),
    user: z.string(),
    inviter: z.string().optional(),
    channel: z.string(),
  }),
  z.object({
    type: z.literal(["channel_left", "group_left"]),
    actor_id: z.string().optional(),
    channel: z.string(),
  }),
  z.object({
    type: z.literal([
      "channel_archive",
      "group_archive",
      "channel_deleted",
      "group_deleted",
      "channel_unarchive",
      "group_unarchive",
    ]),
    actor_id: z.string().optional(),
    user: z.string().optional(),
    channel: z.string(),
  }),
  z.object({ type: z.literal(["channel_rename", "group_rename"]), channel: renamed }),
  z.object({
    type: z.literal("channel_id_changed"),
    old_channel_id: z.string(),
    new_channel_id: z.string(),
  }),
  z.object({
    type: z.literal("app_home_opened"),
    user: z.string(),
    channel: z.string(),
    tab: z.enum(["home", "messages"]),
  }),
  z.object({ type: z.literal("app_uninstalled") }),
  z.object({
    type: z.literal("tokens_revoked"),
    tokens: z.object({ bot: z.array(z.string()).optional() }),
  }),
]);
const eventBody = delivered.extend({
  event_id: z.string(),
  event_time: z.number(),
  event: z.intersection(event, z.object({ event_ts: ts.optional() })),
});

type Happened = z.infer<typeof event>;
/** Something that happened to a place, to the bot's own page, or to the installation as a whole. */
export type Occurrence =
  PlaceInbound | Omit<HomeInbound, "show"> | { readonly type: "removed"; readonly code: string };

/** What happened; null for whatever concerns others only. */
export function readOccurrence(body: unknown, identity: Identity): Occurrence | null {
  const read = eventBody.safeParse(body);
  if (!read.success || !isOurs(read.data, identity.teamId)) return null;
  const { event, event_id, event_time } = read.data;
  const at = event.event_ts === undefined ? new Date(event_time * 1_000) : instant(event.event_ts);
  return decode(event, identity, { id: `slack:${identity.teamId}:${event_id}`, at });
}

function decode(
  event: Happened,
  { teamId, botUserId }: Identity,
  source: Pick<PlaceInbound, "id" | "at">,
): Occurrence | null {
  const person = (id: string): Person => ({ platform: "slack", workspace: teamId, id });
  const place = (
    what: PlaceInbound["what"],
    channel: string,
    by?: string,
    to: Address | null = null,
  ): PlaceInbound => {
    const actor = by === undefined ? null : person(by);
    return { type: "place", ...source, what, place: address(teamId, channel, null), actor, to };
  };
  switch (event.type) {
    case "member_joined_channel":
      return event.user === botUserId ? place("joined", event.channel, event.inviter) : null;
    case "member_left_channel":
      return event.user === botUserId ? place("left", event.channel) : null;
    case "channel_left":
    case "group_left":
      return place("left", event.channel, event.actor_id);
    case "channel_archive":
    case "group_archive":
    case "channel_deleted":
    case "group_deleted":
      return place("gone", event.channel, event.user ?? event.actor_id);
    case "channel_unarchive":
    case "group_unarchive":
      return place("back", event.channel, event.user ?? event.actor_id);
    case "channel_rename":
    case "group_rename":
      return place("renamed", event.channel.id);
    case "channel_id_changed":
      return place("moved", event.old_channel_id, undefined, address(teamId, event.new_channel_id, null));
    case "app_home_opened": {
      const actor = person(event.user);
      const direct = directTo(actor);
      return event.tab === "home"
        ? { type: "home", ...source, actor, address: direct, place: direct }
        : { type: "place", ...source, what: "joined", place: direct, actor, to: null };
    }
    case "app_uninstalled":
      return { type: "removed", code: "app_uninstalled" };
    case "tokens_revoked":
      return (event.tokens.bot ?? []).length > 0 ? { type: "removed", code: "tokens_revoked" } : null;
    default: {
      const never: never = event;
      return never;
    }
  }
}
