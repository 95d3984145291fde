import { z } from "zod";
import type { Address } from "../../core/place.ts";
import type { MayPost } from "../../platform/may-post.ts";
import { slackError } from "./errors.ts";
import type { Sending } from "./send.ts";
import { within } from "./time-limit.ts";

// docs.slack.dev/reference/methods/conversations.info
const found = z.object({
  channel: z.object({ is_member: z.boolean(), is_private: z.boolean().default(false) }),
});

const OUT: MayPost = { invite: "/invite @Qushi" };

/** Whether the bot is in a channel, which slash commands do not need but posts do; "unknown" after `limitMs`. */
export async function mayPost(
  { api, scopes, teamId }: Sending,
  { workspace, to }: Address,
  limitMs: number,
): Promise<MayPost> {
  if (!("channel" in to) || workspace !== teamId) return "unknown";
  try {
    const { channel } = found.parse(
      await within(limitMs, api.apiCall("conversations.info", { channel: to.channel })),
    );
    const isOpen = !channel.is_private && scopes.has("chat:write.public");
    return channel.is_member || isOpen ? "yes" : OUT;
  } catch (error) {
    // A private channel that the bot is not in does not exist for it.
    return slackError(error).detail === "channel_not_found" ? OUT : "unknown";
  }
}
