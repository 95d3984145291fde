import type { WebClient } from "@slack/web-api";
import { z } from "zod";
import { startError, wrongToken } from "./start-error.ts";

/** Who the bot token belongs to. */
export interface Identity {
  readonly teamId: string;
  /** The Enterprise organisation (E…) that the workspace is one of; null outside one. */
  readonly enterpriseId: string | null;
  readonly botId: string;
  readonly botUserId: string;
  /** The workspace's address, such as https://watchers.slack.com/; null where Slack names none. */
  readonly url: string | null;
  /** What an admin has granted to the token. */
  readonly scopes: ReadonlySet<string>;
}

// docs.slack.dev/reference/methods/auth.test: bot_id is there for bot tokens only; the SDK adds the header x-oauth-scopes.
const answer = z.object({
  team_id: z.string(),
  enterprise_id: z.string().nullish().catch(null),
  user_id: z.string(),
  bot_id: z.string().optional(),
  url: z
    .url({ protocol: /^https?$/ })
    .nullable()
    .catch(null),
  response_metadata: z.object({ scopes: z.array(z.string()).catch([]) }).catch({ scopes: [] }),
});

/** Asks Slack who we are; rejects with PlatformStartError. */
export async function readIdentity(api: WebClient): Promise<Identity> {
  const result = await api.auth.test().catch((error: unknown) => {
    throw startError(error, "SLACK_BOT_TOKEN");
  });
  const read = answer.safeParse(result);
  if (!read.success) throw wrongToken("SLACK_BOT_TOKEN", "auth.test names no team and user");
  const { team_id, enterprise_id, user_id, bot_id, url, response_metadata } = read.data;
  if (bot_id === undefined) throw wrongToken("SLACK_BOT_TOKEN", "it is a person's token, not a bot's");
  const scopes = new Set(response_metadata.scopes);
  const enterpriseId = enterprise_id ?? null;
  return { teamId: team_id, enterpriseId, botId: bot_id, botUserId: user_id, url, scopes };
}
