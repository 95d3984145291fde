import type { Log } from "../../log.ts";
import type { Message } from "../../message/message.ts";
import type { Reply } from "../../platform/platform.ts";
import type { SlackPayload } from "./payload.ts";
import { preparePayload, sendPrepared } from "./prepare.ts";
import { respond, type Shown } from "./respond.ts";
import { postMessage, type Sending } from "./send.ts";
import type { Incoming } from "./inbound.ts";
import type { SlackTimings } from "./timings.ts";

export interface Answering {
  readonly sending: Sending;
  readonly log: Log;
  readonly timings: SlackTimings;
}

/** How an acknowledgement is sent; rejects when the socket is gone. */
export type Acknowledge = (payload?: Shown & SlackPayload) => Promise<void>;

function audience(how: { readonly audience: "caller" | "channel" }): Shown["response_type"] {
  return how.audience === "channel" ? "in_channel" : "ephemeral";
}

/** A typed line is answered where everybody sees it: in its thread, in a direct message beside it. */
export function typedReply(incoming: Incoming, { sending }: Answering): Reply {
  const { address, ref, via } = incoming;
  const thread = via === "direct" ? address.thread : (address.thread ?? ref?.id ?? null);
  return async (message) => {
    await postMessage(sending, { ...address, thread }, message, null);
  };
}

/** A click was acknowledged already; its answer is one call of the response_url. */
export function clickReply(
  incoming: Incoming,
  responseUrl: string,
  replaces: boolean,
  { log, timings }: Answering,
): Reply {
  const { thread } = incoming.address;
  return async (message, how) => {
    const shown: Shown = {
      response_type: audience(how),
      replace_original: replaces,
      ...(thread === null ? {} : { thread_ts: thread }),
    };
    await sendPrepared(message, log, (payload) => respond(responseUrl, payload, shown, timings.call));
  };
}

/**
 * A slash command's answer travels inside its acknowledgement while that is open; when the answer is late or the
 * socket gone, by response_url. `finish` acknowledges if nothing has.
 */
export function slashReply(
  responseUrl: string,
  acknowledge: Acknowledge,
  { log, timings }: Answering,
): { readonly reply: Reply; readonly finish: () => Promise<void> } {
  let open = true;
  const close = (): boolean => {
    const was = open;
    open = false;
    clearTimeout(timer);
    return was;
  };
  const finish = async (): Promise<void> => {
    if (!close()) return;
    await acknowledge().catch(() => log.debug("slack: a command could not be acknowledged"));
  };
  const timer = setTimeout(() => void finish(), timings.acknowledge);

  const inAcknowledgement = async (message: Message, shown: Shown): Promise<boolean> => {
    if (!close()) return false;
    try {
      await acknowledge({ ...shown, ...preparePayload(message, log) });
      return true;
    } catch {
      log.info("slack: the socket went away before an answer, using the response address");
      return false;
    }
  };

  const reply: Reply = async (message, how) => {
    const shown: Shown = { response_type: audience(how) };
    if (await inAcknowledgement(message, shown)) return;
    await sendPrepared(message, log, (payload) => respond(responseUrl, payload, shown, timings.call));
  };
  return { reply, finish };
}
