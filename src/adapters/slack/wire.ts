import { hash } from "node:crypto";
import { z } from "zod";
import type { Address, Person } from "../../core/place.ts";

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
