import { z } from "zod";
import { slackError } from "./errors.ts";
import type { Sending } from "./send.ts";

const opened = z.object({ channel: z.object({ id: z.string() }) });

/**
 * The channel (D…) of a person's direct messages, for the methods that take no person's id; null where it is not known
 * and may not be asked for (docs.slack.dev/reference/methods/conversations.open needs im:write).
 */
export async function directChannel(sending: Sending, person: string): Promise<string | null> {
  const { api, directs, scopes, log } = sending;
  const known = directs.get(person);
  if (known !== undefined || !scopes.has("im:write")) return known ?? null;
  try {
    const read = opened.safeParse(await api.apiCall("conversations.open", { users: person }));
    if (!read.success) return null;
    directs.set(person, read.data.channel.id);
    return read.data.channel.id;
  } catch (error) {
    log.info("slack: direct messages could not be opened", { detail: slackError(error).detail });
    return null;
  }
}
