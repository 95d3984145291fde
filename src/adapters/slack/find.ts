import { z } from "zod";
import type { Address, MessageRef } from "../../core/place.ts";
import type { DeliveryError, Found } from "../../platform/platform.ts";
import { directChannel } from "./directs.ts";
import { slackError } from "./errors.ts";
import { destination, KEY_EVENT, type Sending } from "./send.ts";

/** Of two machines' clocks, and of Slack's own between taking a message and dating it. */
const MARGIN_MS = 60_000;
/** Distributed apps are given 15 at a time whatever they ask for: docs.slack.dev/reference/methods/conversations.history. */
const PAGE = 200;
/** A range that needs more is not read to its end: the methods take some 50 calls a minute from an app. */
const MOST_PAGES = 15;

const entry = z.object({
  ts: z.string(),
  bot_id: z.string().optional(),
  metadata: z
    .object({ event_type: z.string(), event_payload: z.object({ key: z.string() }).catch({ key: "" }) })
    .optional()
    .catch(undefined),
});
const page = z.object({
  messages: z.array(entry),
  has_more: z.boolean().optional(),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional().catch(undefined),
});

/**
 * Looks in a channel's or a thread's history for our message with this key. absent: the whole range was read. Where
 * the history is closed to us: unknown; rejects with DeliveryError where asking again later may help.
 */
export async function findMessage(sending: Sending, to: Address, key: string, since: Date): Promise<Found> {
  const unknown: Found = { state: "unknown" };
  try {
    destination(to, sending.teamId);
    const channel = "channel" in to.to ? to.to.channel : await directChannel(sending, to.to.person);
    if (channel === null) return unknown;
    const ts = await read(sending, { channel, thread: to.thread, key, since });
    if (ts === null) return unknown;
    if (ts === "") return { state: "absent" };
    const ref: MessageRef = { address: { ...to, workspace: sending.teamId, to: { channel } }, id: ts };
    return { state: "posted", ref };
  } catch (error) {
    const refused = slackError(error);
    sending.log.info("slack: a delivery could not be looked for", { detail: refused.detail });
    if (passes(refused)) throw refused;
    return unknown;
  }
}

/** Asking again may help, or nothing goes out at all; a scope that is missing only here says nothing of posts. */
function passes({ code, detail, scope }: DeliveryError): boolean {
  if (/^(missing_scope|no_permission)\b/.test(detail)) return false;
  return scope === "all" || code === "rate_limited" || code === "unreachable" || code === "unknown_outcome";
}

/** The message's ts, "" where it is surely not there, null where the range could not be read to its end. */
async function read(
  { api, botId }: Sending,
  at: {
    readonly channel: string;
    readonly thread: string | null;
    readonly key: string;
    readonly since: Date;
  },
): Promise<string | null> {
  const method = at.thread === null ? "conversations.history" : "conversations.replies";
  let cursor = "";
  for (let count = 0; count < MOST_PAGES; count += 1) {
    const answer = page.safeParse(
      await api.apiCall(method, {
        channel: at.channel,
        ...(at.thread === null ? {} : { ts: at.thread }),
        oldest: String((at.since.getTime() - MARGIN_MS) / 1_000),
        inclusive: true,
        include_all_metadata: true,
        limit: PAGE,
        ...(cursor === "" ? {} : { cursor }),
      }),
    );
    if (!answer.success) return null;
    const { messages, has_more, response_metadata } = answer.data;
    const ours = messages.find(
      ({ bot_id, metadata }) =>
        bot_id === botId && metadata?.event_type === KEY_EVENT && metadata.event_payload.key === at.key,
    );
    if (ours !== undefined) return ours.ts;
    cursor = response_metadata?.next_cursor ?? "";
    if (cursor === "") return has_more === true ? null : "";
  }
  return null;
}
