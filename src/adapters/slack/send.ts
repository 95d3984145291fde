import type { WebClient } from "@slack/web-api";
import { z } from "zod";
import type { Address, MessageRef } from "../../core/place.ts";
import type { Log } from "../../log.ts";
import type { Message } from "../../message/message.ts";
import { DeliveryError, type Posted } from "../../platform/platform.ts";
import { sendPrepared } from "./prepare.ts";

// docs.slack.dev/reference/methods/chat.postMessage: for a person's id the answer names the direct message's D… id.
const posted = z.object({ channel: z.string(), ts: z.string() });

export interface Sending {
  readonly api: WebClient;
  readonly teamId: string;
  readonly botId: string;
  /** What an admin has granted to the bot: docs.slack.dev/reference/scopes. */
  readonly scopes: ReadonlySet<string>;
  /** The channels (D…) of people's direct messages, by their id, as far as they are known. */
  readonly directs: Map<string, string>;
  readonly log: Log;
}

/** The delivery key in a message's metadata, by which `find` knows it again. */
export const KEY_EVENT = "qushi_delivery";

/** Where a message goes: channel or person's id. Rejects addresses of other workspaces: our token would post elsewhere. */
export function destination(to: Address, teamId: string): string {
  if (to.platform !== "slack" || (to.workspace !== null && to.workspace !== teamId)) {
    const place = `${to.platform}:${to.workspace ?? ""}`;
    throw new DeliveryError("target_gone", `other_workspace ${place} is not slack:${teamId}`);
  }
  return "channel" in to.to ? to.to.channel : to.to.person;
}

/** Posts a message; `key` goes along as metadata, so that the post can be found again, and is null for replies. */
export async function postMessage(
  { api, teamId, directs, log }: Sending,
  to: Address,
  message: Message,
  key: string | null,
): Promise<Posted> {
  const channel = destination(to, teamId);
  const answer = await sendPrepared(message, log, (payload) =>
    api.apiCall("chat.postMessage", {
      channel,
      text: payload.text,
      blocks: payload.blocks,
      unfurl_links: false,
      unfurl_media: false,
      ...(to.thread === null ? {} : { thread_ts: to.thread }),
      ...(key === null ? {} : { metadata: { event_type: KEY_EVENT, event_payload: { key } } }),
    }),
  );
  const read = posted.safeParse(answer);
  if (!read.success) throw new DeliveryError("unknown_outcome", "no_ts_in_answer");
  if ("person" in to.to) directs.set(to.to.person, read.data.channel);
  return {
    ref: { address: { ...to, workspace: teamId, to: { channel: read.data.channel } }, id: read.data.ts },
  };
}

/** Replaces a message of ours. A message that can no longer be edited: target_gone, with Slack's code in the detail. */
export async function updateMessage(
  { api, teamId, log }: Sending,
  ref: MessageRef,
  message: Message,
): Promise<void> {
  const channel = destination(ref.address, teamId);
  await sendPrepared(message, log, (payload) =>
    // chat.update would fall back to parse "client", which links what looks like a mention.
    api.apiCall("chat.update", {
      channel,
      ts: ref.id,
      text: payload.text,
      blocks: payload.blocks,
      parse: "none",
    }),
  );
}
