import { hash } from "node:crypto";
import { z } from "zod";
import type { Address, Person } from "../../core/place.ts";
import type { Identity } from "./identity.ts";

// Pieces that Slack's payloads have in common.

/** A message's id within its channel: seconds and microseconds. */
export const ts = z.string().regex(/^\d{1,12}\.\d{1,6}$/);

export function instant(timestamp: string): Date {
  return new Date(Math.round(Number(timestamp) * 1_000));
}

/** trigger_id is a secret while it lives, and too long for a key. */
export function digest(secret: string): string {
  return hash("sha256", secret, "hex").slice(0, 24);
}

export function address(workspace: string, channel: string, thread: string | null): Address {
  return { platform: "slack", workspace, to: { channel }, thread };
}

/** The channel, or the person where it is their direct messages with us (D…). */
export function placeFor(workspace: string, channel: string, { id }: Person): Address {
  const to = channel.startsWith("D") ? { person: id } : { channel };
  return { platform: "slack", workspace, to, thread: null };
}

/**
 * Whether somebody is of another company, as in a channel of Slack Connect (docs.slack.dev/apis/slack-connect): of another
 * workspace, and not one of our Enterprise organisation's; `organisation` is theirs, null where the payload does not say.
 */
export function external(
  { workspace }: Person,
  organisation: string | null,
  { teamId, enterpriseId }: Identity,
): { readonly isExternal?: true } {
  const isOurs =
    workspace === teamId ||
    (enterpriseId !== null && (workspace === enterpriseId || organisation === enterpriseId));
  return isOurs ? {} : { isExternal: true };
}

/** Who acts in a payload of interactivity. */
export const acting = z.object({
  user: z.object({ id: z.string(), team_id: z.string().optional() }),
  team: z.object({ id: z.string(), enterprise_id: z.string().nullish().catch(null) }).nullish(),
});

/**
 * In a channel shared with another company `team` may be theirs or ours; what it says of an organisation goes with it. In
 * an organisation `user.team_id` may be its id (E…; docs.slack.dev/reference/interaction-payloads/block_suggestion-payload):
 * commands and messages name the workspace, and so do grants.
 */
export function actorOf(
  { user, team }: z.infer<typeof acting>,
  identity: Identity,
): { readonly actor: Person; readonly isExternal?: true } {
  const { teamId, enterpriseId } = identity;
  const isOrganisation = enterpriseId !== null && user.team_id === enterpriseId;
  const within = team?.enterprise_id === enterpriseId ? team?.id : null;
  const workspace = isOrganisation ? (within ?? teamId) : (user.team_id ?? team?.id ?? teamId);
  const actor: Person = { platform: "slack", workspace, id: user.id };
  const organisation = team?.id === workspace ? (team.enterprise_id ?? null) : null;
  return { actor, ...external(actor, organisation, identity) };
}

/** A payload that may be addressed to several installations of the app: docs.slack.dev/apis/events-api, "authorizations". */
export const delivered = z.object({
  team_id: z.string().nullish(),
  authorizations: z.array(z.object({ team_id: z.string().nullish() })).optional(),
});

/** The event was sent for our installation, not for another one of the same app. */
export function isOurs(body: z.infer<typeof delivered>, teamId: string): boolean {
  const teams = body.authorizations?.map((authorization) => authorization.team_id) ?? [body.team_id];
  return teams.includes(teamId);
}
